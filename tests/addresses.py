"""What stands in the addresses of the matrix: rows of the guest's side, made when a test asks for them."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from accounts.actors import COMMAND
from matchmaking import ask_links
from matchmaking.digests import stop_address
from matchmaking.models import Inquiry, Pair
from products.links import hash_of, issue_link
from products.models import Business, Need, PersonalLink, Photo, Product, SavedSearch
from products.saved_searches import confirmation_token, subscriber_token
from tests.factories import (
    ApplicationFactory,
    ApplicationLinkFactory,
    CertificateFactory,
    CommitmentFactory,
    ComplementFactory,
    CurationFactory,
    FollowUpFactory,
    ImportBatchFactory,
    InquiryFactory,
    MessageFactory,
    NeedFactory,
    PairStepFactory,
    PriceTierFactory,
    ProductFactory,
    ProposalRunFactory,
    QuoteRequestFactory,
    ReviewerFactory,
    RevisionFactory,
    SampleFactory,
    SavedSearchFactory,
    SupplyOfferFactory,
    SynonymFactory,
    TaskFactory,
)
from tests.files import keep_pdf
from tests.pictures import store_photo
from tests.scenes import ContactScene

SAMPLE = Path(__file__).parent / "samples" / "delegasi-kab-bandung.xlsx"


class Addresses:
    """Values by their names in the matrix; what a name needs besides its row is made with it."""

    def __init__(self, scene: ContactScene) -> None:
        self.scene = scene
        self._values: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if name not in self._values:
            made = next((make for names, make in TOGETHER if name in names), None)
            self._values |= made(self.scene) if made else {name: ALONE[name](self)}
        return self._values[name]

    @cached_property
    def business(self) -> Business:
        return self.scene.guest_business

    @cached_property
    def product(self) -> Product:
        product: Product = ProductFactory(business=self.business)
        PriceTierFactory(product=product)
        return product

    @cached_property
    def need(self) -> Need:
        return NeedFactory(business=self.business)

    @cached_property
    def search(self) -> SavedSearch:
        return SavedSearchFactory()

    @cached_property
    def inquiry(self) -> Inquiry:
        values = {"business": self.business, "product": self.product, "form_token": uuid.UUID(int=7)}
        return InquiryFactory(**values)

    @cached_property
    def photo(self) -> Photo:
        return store_photo(ProductFactory(business=self.business, status="draft"), size=(400, 300))

    @cached_property
    def link(self) -> tuple[PersonalLink, str]:
        return issue_link(actor=COMMAND, business=self.business, now=datetime.now(UTC))


def curation_addresses(scene: ContactScene) -> dict[str, object]:
    """A curation whose ranking is open, and the public one of the other office."""
    curation = CurationFactory(delegation=scene.guest_delegation, state="scoring")
    ReviewerFactory(curation=curation, user=scene.guest.user, finished_at=datetime.now(UTC))
    public = CurationFactory(delegation=scene.host_delegation)
    ApplicationLinkFactory(curation=public, token_hash=hash_of("rahasia"))
    applied = ApplicationFactory(curation=public, form_token=uuid.UUID(int=8))
    return {
        "curation": curation.pk,
        "application": ApplicationFactory(curation=curation).pk,
        "own_application": ApplicationFactory(curation=curation, business=scene.guest_business).pk,
        "application_link": ApplicationLinkFactory(curation=curation).pk,
        "public_token": "rahasia",
        "application_token": applied.form_token,
        "delegation": scene.guest_delegation.pk,
    }


def money_addresses(pair: Pair) -> dict[str, object]:
    """What the guest's office recorded, goods on consignment, and the link that asks the host's business."""
    deal = CommitmentFactory(pair=pair)
    consigned = CommitmentFactory(pair=pair, level="order", kind="consignment", settlement_days=30)
    _link, token = ask_links.issue(
        actor=COMMAND, commitment=deal, business=pair.business_b, now=datetime.now(UTC)
    )
    return {"deal": deal.pk, "consignment": consigned.pk, "ask_token": token}


def path_addresses(scene: ContactScene) -> dict[str, object]:
    """A pair on its way, with a sample and a proof of the guest, and a request of the host."""
    pair = scene.make_pair(step="met", step_at=datetime.now(UTC))
    proof = keep_pdf(scene.guest_business, purpose="deal")
    PairStepFactory(pair=pair, to_step="order", evidence=proof)
    asked = QuoteRequestFactory(trade_contact=scene.trade_contact, buyer=scene.host_business)
    return money_addresses(pair) | {
        "pair": pair.pk,
        "deal_file": proof.token,
        "sample": SampleFactory(pair=pair).pk,
        "asked": asked.pk,
        "task": TaskFactory(pair=pair).pk,
        "follow_up": FollowUpFactory(pair=pair).pk,
    }


CURATION = {
    "curation", "application", "own_application", "application_link", "public_token", "application_token",
    "delegation",
}  # fmt: skip
PATH = {"pair", "deal_file", "sample", "asked", "task", "follow_up", "deal", "consignment", "ask_token"}
TOGETHER: list[tuple[set[str], Callable[[ContactScene], dict[str, object]]]] = [
    (CURATION, curation_addresses),
    (PATH, path_addresses),
]
ALONE: dict[str, Callable[[Addresses], object]] = {
    "slug": lambda made: made.scene.trade_contact.slug,
    "product": lambda made: made.product.pk,
    "revision": lambda made: RevisionFactory(product=made.product).pk,
    "need": lambda made: made.need.pk,
    "offer": lambda made: SupplyOfferFactory(need=made.need, business=made.scene.host_business).pk,
    "board": lambda made: "kebutuhan",
    "confirmation": lambda made: confirmation_token(made.search),
    "subscription": lambda made: subscriber_token(made.search.subscriber),
    "digest": lambda made: stop_address(f"business:{made.business.pk}").rsplit("/", 2)[1],
    "photo": lambda made: made.photo.pk,
    "photo_token": lambda made: made.photo.token,
    "width": lambda made: made.photo.width,
    "business": lambda made: made.product.business_id,
    "complement": lambda made: ComplementFactory().pk,
    "synonyms": lambda made: SynonymFactory().pk,
    "run": lambda made: ProposalRunFactory(trade_contact=made.scene.trade_contact, state="failed").pk,
    "batch": lambda made: ImportBatchFactory(office=made.scene.guest.office, content=SAMPLE.read_bytes()).pk,
    "form_token": lambda made: made.inquiry.form_token,
    "receipt": lambda made: made.inquiry.receipt_number,
    "token": lambda made: made.link[1],
    "link": lambda made: made.link[0].pk,
    "certificate": lambda made: CertificateFactory(business=made.business, number="1").pk,
    "evidence": lambda made: keep_pdf(made.business).token,
    "message": lambda made: MessageFactory(office=made.scene.guest.office).pk,
    "kind": lambda made: "inquiry_received",
    "language": lambda made: "id",
    "extension": lambda made: "xlsx",
}
