"""A small trade contact whose proposals can be told in advance, in database rows."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from matchmaking.models import ProposalRun
from matchmaking.pairing import propose_now
from products.models import Business, Category, Need, Product
from tests.factories import (
    CategoryFactory,
    CertificateFactory,
    FamilyFactory,
    NeedFactory,
    ParticipationFactory,
    PriceTierFactory,
    ProductFactory,
    UnitFactory,
)
from tests.scenes import ContactScene, make_contact

TODAY = date(2018, 3, 1)


@dataclass
class Market:
    """Coffee of the guest for a shop of the host; ``second_shop`` looks for coffee at a lower price."""

    scene: ContactScene
    coffee: Category
    roaster: Business
    shop: Business
    second_shop: Business
    product: Product
    need: Need

    def propose(self) -> ProposalRun:
        """Press the button and let the run finish."""
        return propose_now(
            actor=self.scene.guest_actor, trade_contact=self.scene.trade_contact, now=timezone.now()
        )


def make_market(**need: object) -> Market:
    scene = make_contact()
    coffee = FamilyFactory(
        parent=CategoryFactory(code="kuliner", name_id="Kuliner", name_en="Food"),
        code="kopi",
        name_id="Kopi",
        name_en="Coffee",
    )
    pack = UnitFactory(code="bungkus", label_id="bungkus", label_en="pack", dimension="package")
    product = ProductFactory(
        business=scene.guest_business,
        category=coffee,
        name="Kopi arabika Pangalengan",
        unit=pack,
        min_order=24,
        capacity_per_month=1_500,
    )
    PriceTierFactory(product=product, price_rupiah=62_400)
    CertificateFactory(business=scene.guest_business, product=product, kind="halal")
    values = {
        "quantity": 120,
        "unit": pack,
        "price_ceiling_rupiah": 75_000,
        "certificates_required": ["halal"],
    }
    wanted = NeedFactory(
        business=scene.host_business, category=coffee, text="Kopi bubuk, kemasan hadiah", **values | need
    )
    second_shop = ParticipationFactory(delegation=scene.host_delegation).business
    NeedFactory(
        business=second_shop,
        category=coffee,
        text="Kopi bubuk murah",
        quantity=100,
        unit=pack,
        price_ceiling_rupiah=30_000,
    )
    return Market(scene, coffee, scene.guest_business, scene.host_business, second_shop, product, wanted)
