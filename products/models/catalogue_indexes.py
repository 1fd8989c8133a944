"""The indexes of listed products: one for each way in which the catalogue is read."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

UNKNOWN_PRICE = 10**15
"""Stands for no price where products are ordered by price, so that they come last; no price reaches it."""

IN_CATALOGUE = Q(status="listed")
CATALOGUE_INDEXES = [
    models.Index(fields=["-created_at", "-id"], name="product_newest", condition=IN_CATALOGUE),
    models.Index(
        Coalesce("lowest_price", Value(UNKNOWN_PRICE)), "id", name="product_cheapest", condition=IN_CATALOGUE
    ),
    models.Index(
        fields=["category", "-created_at", "-id"], name="product_category_newest", condition=IN_CATALOGUE
    ),
    models.Index(
        fields=["province", "-created_at", "-id"], name="product_province_newest", condition=IN_CATALOGUE
    ),
    models.Index(
        fields=["region", "-created_at", "-id"], name="product_region_newest", condition=IN_CATALOGUE
    ),
    models.Index(
        fields=["sample"],
        include=[
            *["id", "category", "province", "region", "lowest_price", "min_order", "capacity_per_month"],
            *["lead_time_days", "accepts_consignment", "makes_itself"],
            *["certificates_held", "certificates_checked", "certificates_until", "business"],
        ],
        name="product_sample",
        condition=IN_CATALOGUE,
    ),
    models.Index(
        fields=["-created_at", "-id"],
        name="product_made_newest",
        condition=IN_CATALOGUE & Q(makes_itself=True),
    ),
]
