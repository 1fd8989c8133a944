"""Photos of products: rows only; the files lie in the storage under names that nobody can guess."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.models.catalogue import Product

MOST_PHOTOS = 8
RENDITION_WIDTHS = (320, 640, 1280)


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Photos of many products."""

    def shown(self) -> PhotoQuerySet:
        """Those that the public may see once their product is listed."""
        return self.filter(is_waiting=False)

    def covers(self) -> PhotoQuerySet:
        """The first shown photo of each product."""
        return self.shown().order_by("product_id", "position").distinct("product_id")

    def in_order(self) -> PhotoQuerySet:
        return self.order_by("position", "pk")


class Photo(models.Model):
    """A photo of a product, kept as one WebP with smaller renditions; the first one stands on its card.

    Without ``alt`` it is described by the product's name. ``is_waiting`` until the office has seen it, where
    the office wants to see changes first. ``rendered_at`` tells that the renditions are there.
    """

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="photos", verbose_name=_("produk")
    )
    position = models.PositiveSmallIntegerField(_("urutan"))
    alt = models.CharField(_("keterangan foto"), max_length=120, blank=True)
    token = models.CharField(_("nama berkas"), max_length=32, editable=False)
    content_hash = models.CharField(_("sidik isi"), max_length=64, editable=False)
    width = models.PositiveIntegerField(_("lebar (piksel)"), editable=False)
    height = models.PositiveIntegerField(_("tinggi (piksel)"), editable=False)
    is_waiting = models.BooleanField(_("menunggu dinas"), default=False)
    rendered_at = models.DateTimeField(_("ukuran kecil dibuat"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("dicatat"), default=timezone.now, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foto")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "position"],
                name="photo_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["product", "content_hash"], name="photo_once_per_product"),
            models.UniqueConstraint(fields=["token"], name="photo_token_unique"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_PHOTOS), name="photo_position_in_range"
            ),
            models.CheckConstraint(condition=~Q(token=""), name="photo_token_not_empty"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="photo_sides_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.alt or self.token[:6]} (#{self.pk})"

    @property
    def rendition_widths(self) -> list[int]:
        """All widths in px in which it is or will be there, smallest first; the last is the photo as kept."""
        return [*(width for width in RENDITION_WIDTHS if width < self.width), self.width]

    @property
    def widths(self) -> list[int]:
        """Widths in px that can be asked for by now, smallest first."""
        return self.rendition_widths if self.rendered_at else [self.width]

    @property
    def file_names(self) -> list[str]:
        """The names of all its files, whether they are there yet or not."""
        return [self.file_name(width) for width in self.rendition_widths]

    def file_name(self, width: int) -> str:
        """Return the name in the storage of the photo at one of its widths."""
        return f"foto/{self.token[:2]}/{self.token}/{width}.webp"
