"""Fills a database with an invented catalogue of any size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from products.invented.copying import copy_rows, move_sequences, next_id
from products.invented.rows import MOST_NAMES, Batch, Inventor, Numbers, Place, Shelf
from products.models import Business, Category, Certificate, PriceTier, Product, Unit
from products.taxonomy import LINES_OF_BUSINESS
from regions.models import Office, Region

BATCH = 20_000


class CatalogueRefused(ValidationError):
    """This database must not be filled with invented rows."""


def make_catalogue(*, products: int, seed: int, until: datetime, force: bool = False) -> Iterator[int]:
    """Add ``products`` invented products; yields how many stand there after each batch, which is then kept.

    Businesses, prices and certificates come with them, and an office for every region without one. The
    same ``seed`` and ``until`` (the moment of the newest product) give the same rows. Takes some three
    minutes for 1,000,000 on two cores.

    Raises:
        CatalogueRefused: the portal is public, holds businesses already, or has no reference data.
    """
    _require_playground(force=force)
    inventor = _inventor(seed, until)
    for start in range(0, products, BATCH):
        count = min(BATCH, products - start)
        with transaction.atomic():
            _write(inventor.batch(count))
            move_sequences(Business, Product, PriceTier, Certificate)
        yield start + count


def _require_playground(*, force: bool) -> None:
    if settings.IS_HTTPS:
        raise CatalogueRefused(
            _("Portal ini umum (PUBLIC_URL memakai https). Katalog buatan tidak dipasang.")
        )
    if not force and Business.objects.exists():
        raise CatalogueRefused(
            _("Basis data ini sudah berisi usaha. Pakai --force bila memang bukan data nyata.")
        )
    if not Category.objects.exists() or not Region.objects.exists():
        raise CatalogueRefused(_("Muat data acuan lebih dahulu: manage.py load_reference_data."))


def _inventor(seed: int, until: datetime) -> Inventor:
    """Return the maker of rows with the places, families and free ids of this database."""
    return Inventor(
        seed=seed,
        until=until,
        places=_places(),
        shelves=_shelves(),
        units=dict(Unit.objects.values_list("code", "pk")),
        numbers=Numbers(*map(next_id, (Business, Product, PriceTier, Certificate))),
    )


def _places() -> list[Place]:
    """Return every region with its office, which is opened where there is none."""
    regions = list(Region.objects.select_related("province").order_by("code"))
    known = set(Office.objects.values_list("region_id", flat=True))
    Office.objects.bulk_create(
        Office(region=region, name=f"Dinas Koperasi dan UKM {region.name}")
        for region in regions
        if region.pk not in known
    )
    offices = dict(Office.objects.values_list("region_id", "pk"))
    return [Place(region.pk, offices[region.pk], region.province.code) for region in regions]


def _shelves() -> list[Shelf]:
    families = Category.objects.families().exclude(parent__code=LINES_OF_BUSINESS)
    rows = families.select_related("parent").order_by("position", "pk")
    return [Shelf(row.pk, row.parent.code, _names(row)) for row in rows if row.parent]


def _names(family: Category) -> tuple[str, ...]:
    words = [family.name_id, *family.synonyms_id[: MOST_NAMES - 1]]
    return tuple(word[:1].upper() + word[1:] for word in words)


def _write(batch: Batch) -> None:
    """Write a batch; prices before products, whose trigger then finds them (foreign keys are deferred)."""
    copy_rows(Business, batch.businesses)
    copy_rows(Certificate, batch.certificates)
    copy_rows(PriceTier, batch.tiers)
    copy_rows(Product, batch.products)
