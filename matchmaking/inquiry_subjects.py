"""What a stranger may write about: a product, a business, or a need that the stranger can supply."""

from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404

from matchmaking.models import Inquiry
from products.access import get_public_business, get_public_product
from products.models import Business, Need, Product, Unit
from products.public_needs import open_needs


@dataclass(frozen=True)
class Subject:
    """One of a product, a business, a need; ``business`` is whose product or need it is."""

    business: Business
    product: Product | None = None
    need: Need | None = None

    @property
    def about(self) -> Inquiry.About:
        if self.product is not None:
            return Inquiry.About.PRODUCT
        return Inquiry.About.BUSINESS if self.need is None else Inquiry.About.NEED

    @property
    def key(self) -> str:
        """What the hidden token of its form is about, such as ``product 7``."""
        return f"{self.about} {(self.product or self.need or self.business).pk}"

    @property
    def unit(self) -> Unit | None:
        thing = self.product or self.need
        return thing.unit if thing else None

    @property
    def name(self) -> str:
        return Inquiry(about=self.about, product=self.product, need=self.need).subject_name


def product_subject(product_id: int) -> Subject:
    """Return a listed product; anything else is a 404."""
    product = get_public_product(product_id)
    return Subject(product.business, product=product)


def business_subject(business_id: int) -> Subject:
    """Return a business with a public page; anything else is a 404."""
    return Subject(get_public_business(business_id))


def need_subject(need_id: int, today: date) -> Subject:
    """Return a need that is open today; anything else is a 404."""
    need = get_object_or_404(open_needs(today), pk=need_id)
    return Subject(need.business, need=need)
