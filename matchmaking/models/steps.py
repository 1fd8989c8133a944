"""The steps of a pair's path and why a path ends, as the codes that rows keep."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """How far a pair has come. The order is that of the path; ``closed`` may follow any of them."""

    PROPOSED = "proposed", _("diusulkan")
    AGREED = "agreed", _("sama-sama mau")
    MET = "met", _("sudah bertemu")
    SAMPLE = "sample", _("contoh")
    QUOTE = "quote", _("penawaran")
    LOI = "loi", _("LoI")
    ORDER = "order", _("pesanan (PO)")
    DELIVERED = "delivered", _("terkirim")
    REPEAT = "repeat", _("pesanan ulang")
    CLOSED = "closed", _("ditutup")


STEPS = [
    "proposed", "agreed", "met", "sample", "quote", "loi", "order", "delivered", "repeat", "closed",
]  # fmt: skip
MONEY_STEPS = ["loi", "order", "delivered", "repeat"]
"""Steps that claim money: each needs a document's number or a file."""


class Reason(models.TextChoices):
    """Why a path ended, or what a judged sample lacks."""

    HALAL = "halal", _("halal dulu")
    PERMIT = "permit", _("izin edar belum ada")
    PACKAGING = "packaging", _("kemasan kurang")
    QUALITY = "quality", _("mutu belum sesuai")
    CAPACITY = "capacity", _("kapasitas kurang")
    PRICE = "price", _("harga tidak cocok")
    SHIPPING = "shipping", _("ongkos kirim terlalu besar")
    OTHER_PARTNER = "other_partner", _("sudah dapat mitra lain")
    NO_NEWS = "no_news", _("tidak ada kabar")
    OTHER = "other", _("alasan lain")


REASONS = [
    "halal", "permit", "packaging", "quality", "capacity", "price", "shipping", "other_partner", "no_news",
    "other",
]  # fmt: skip
ACTIONABLE = ["halal", "permit", "packaging", "quality", "capacity"]
"""Reasons that an office can do something about; they become tasks."""
