"""Provinces, regions (kabupaten and kota), offices and their officers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LATITUDE_IN_RANGE = Q(latitude__gte=-90, latitude__lte=90)
LONGITUDE_IN_RANGE = Q(longitude__gte=-180, longitude__lte=180)


class Province(models.Model):
    """A province with its Kemendagri code (``32``) and its time zone."""

    code = models.CharField(_("kode"), max_length=2)
    name = models.CharField(_("nama"), max_length=60)
    iso_code = models.CharField(_("kode ISO 3166-2"), max_length=5)
    time_zone = models.CharField(_("zona waktu"), max_length=32)
    time_zone_short = models.CharField(_("singkatan zona waktu"), max_length=4)
    latitude = models.FloatField(_("lintang"), null=True, blank=True)
    longitude = models.FloatField(_("bujur"), null=True, blank=True)

    class Meta:
        verbose_name = _("provinsi")
        verbose_name_plural = _("provinsi")
        constraints = [
            models.UniqueConstraint(fields=["code"], name="province_code_unique"),
            models.CheckConstraint(condition=LATITUDE_IN_RANGE, name="province_latitude_in_range"),
            models.CheckConstraint(condition=LONGITUDE_IN_RANGE, name="province_longitude_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Region(models.Model):
    """A regency (kabupaten) or city (kota) with its Kemendagri code (``32.04``) and centroid."""

    class Kind(models.TextChoices):
        REGENCY = "kabupaten", _("kabupaten")
        CITY = "kota", _("kota")

    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, related_name="regions", verbose_name=_("provinsi")
    )
    code = models.CharField(_("kode"), max_length=5)
    kind = models.CharField(_("jenis"), max_length=9, choices=Kind)
    name = models.CharField(_("nama"), max_length=80)
    latitude = models.FloatField(_("lintang"), null=True, blank=True)
    longitude = models.FloatField(_("bujur"), null=True, blank=True)

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        constraints = [
            models.UniqueConstraint(fields=["code"], name="region_code_unique"),
            models.CheckConstraint(condition=Q(kind__in=["kabupaten", "kota"]), name="region_kind_known"),
            models.CheckConstraint(condition=LATITUDE_IN_RANGE, name="region_latitude_in_range"),
            models.CheckConstraint(condition=LONGITUDE_IN_RANGE, name="region_longitude_in_range"),
        ]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """The cooperative and SME office (dinas) of one region."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="offices", verbose_name=_("wilayah")
    )
    name = models.CharField(_("nama"), max_length=120)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    sees_changes_first = models.BooleanField(_("melihat perubahan produk lebih dahulu"), default=False)

    class Meta:
        verbose_name = _("dinas")
        verbose_name_plural = _("dinas")
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                name="office_region_unique",
                violation_error_message=_("Wilayah ini sudah mempunyai dinas."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class OfficeMember(models.Model):
    """A user who works for one office."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("petugas")
        HEAD = "head", _("kepala")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="office_memberships",
        verbose_name=_("pengguna"),
    )
    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, related_name="members", verbose_name=_("dinas")
    )
    role = models.CharField(_("peran"), max_length=8, choices=Role, default=Role.OFFICER)

    class Meta:
        verbose_name = _("anggota dinas")
        verbose_name_plural = _("anggota dinas")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                name="office_member_user_unique",
                violation_error_message=_("Pengguna ini sudah menjadi anggota sebuah dinas."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["officer", "head"]), name="office_member_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.office}"
