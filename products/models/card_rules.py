"""What must hold among the facts of a product's card, whoever writes them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CARD_RULES = [
    models.CheckConstraint(
        condition=Q(pack_content__gt=0),
        name="product_pack_content_positive",
        violation_error_message=_("Isi satu satuan harus lebih dari 0."),
    ),
    models.CheckConstraint(
        condition=Q(pack_content=None, pack_unit=None)
        | Q(pack_content__isnull=False, pack_unit__isnull=False, unit__isnull=False),
        name="product_pack_is_whole",
        violation_error_message=_("Isi satuan memerlukan satuan, jumlah isinya, dan satuan isinya."),
    ),
    models.CheckConstraint(
        condition=~Q(pack_unit=models.F("unit")),
        name="product_pack_of_another_unit",
        violation_error_message=_("Satuan isi harus berbeda dari satuan yang dijual."),
    ),
    models.CheckConstraint(
        condition=Q(shelf_life_days__gt=0),
        name="product_shelf_life_positive",
        violation_error_message=_("Masa simpan harus lebih dari 0 hari."),
    ),
    models.CheckConstraint(
        condition=Q(sample_terms__in=["", "free", "paid", "ask", "none"]), name="product_sample_terms_known"
    ),
    models.CheckConstraint(
        condition=Q(sample_price_rupiah=None) | Q(sample_price_rupiah__gt=0, sample_terms="paid"),
        name="product_sample_price_when_paid",
        violation_error_message=_("Harga contoh hanya untuk contoh berbayar, dan lebih dari Rp0."),
    ),
    models.CheckConstraint(
        condition=Q(consignment_days=None)
        | Q(consignment_days__gt=0, accepts_consignment__isnull=False, accepts_consignment=True),
        name="product_consignment_days_when_accepted",
        violation_error_message=_("Hari penyelesaian hanya bila menerima titip jual, dan lebih dari 0."),
    ),
    models.CheckConstraint(
        condition=Q(delivery_area__in=["", "everywhere", "province", "region", "listed"]),
        name="product_delivery_area_known",
    ),
    models.CheckConstraint(
        condition=Q(delivery_area="listed", delivery_places__len__gt=0)
        | (~Q(delivery_area="listed") & Q(delivery_places__len=0)),
        name="product_delivery_places_when_listed",
        violation_error_message=_("Pilih paling sedikit satu wilayah pengiriman."),
    ),
    models.UniqueConstraint(fields=["form_token"], name="product_form_token_unique"),
]
"""What must hold among the facts of a product's card; each unknown fact is empty."""
