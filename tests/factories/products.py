"""Reference rows, businesses and what they offer and need."""

import uuid
from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from products.models import (
    Business,
    Category,
    CategoryComplement,
    Certificate,
    EvidenceFile,
    ImportBatch,
    LinkUse,
    Need,
    PersonalLink,
    Photo,
    PriceTier,
    Product,
    ProductionProof,
    ProductRevision,
    SavedSearch,
    SearchSynonym,
    Subscriber,
    Unit,
)
from tests.factories.accounts import ConsentFactory
from tests.factories.regions import OfficeFactory


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit
        django_get_or_create = ("code",)

    code = "buah"
    label_id = "buah"
    label_en = "pc"
    dimension = "count"


class CategoryFactory(DjangoModelFactory[Category]):
    """A sector."""

    class Meta:
        model = Category

    code = factory.Sequence(lambda n: f"sektor-contoh-{n}")
    name_id = factory.Sequence(lambda n: f"Sektor {n}")
    name_en = factory.Sequence(lambda n: f"Sector {n}")


class FamilyFactory(CategoryFactory):
    """A family of products inside a sector."""

    parent = factory.SubFactory(CategoryFactory)
    code = factory.Sequence(lambda n: f"keluarga-contoh-{n}")
    name_id = factory.Sequence(lambda n: f"Keluarga {n}")
    name_en = factory.Sequence(lambda n: f"Family {n}")


class SynonymFactory(DjangoModelFactory[SearchSynonym]):
    class Meta:
        model = SearchSynonym

    words = ["keripik", "kripik"]


class ComplementFactory(DjangoModelFactory[CategoryComplement]):
    class Meta:
        model = CategoryComplement

    buyer = factory.SubFactory(FamilyFactory)
    supplier = factory.SubFactory(FamilyFactory)
    need_id = "kotak kemasan"
    need_en = "boxes"
    role = CategoryComplement.Role.PACKAGING
    weight = 0.5


class BusinessFactory(DjangoModelFactory[Business]):
    class Meta:
        model = Business

    office = factory.SubFactory(OfficeFactory)
    region = factory.SelfAttribute("office.region")
    name = factory.Sequence(lambda n: f"Usaha {n}")


class CertificateFactory(DjangoModelFactory[Certificate]):
    class Meta:
        model = Certificate

    business = factory.SubFactory(BusinessFactory)
    kind = Certificate.Kind.PIRT
    state = Certificate.State.UNCHECKED
    checked_at = factory.LazyAttribute(
        lambda row: datetime(2018, 3, 1, tzinfo=UTC) if row.state == "checked" else None
    )
    check_note = factory.LazyAttribute(lambda row: "Dilihat aslinya." if row.state == "checked" else "")


class EvidenceFactory(DjangoModelFactory[EvidenceFile]):
    """The row alone; a file of its name lies nowhere until ``evidence.keep_file`` writes one."""

    class Meta:
        model = EvidenceFile

    business = factory.SubFactory(BusinessFactory)
    purpose = EvidenceFile.Purpose.CERTIFICATE
    file = factory.Sequence(lambda n: f"bukti/{n}.pdf")
    shown_name = "sertifikat.pdf"
    content_type = EvidenceFile.Type.PDF
    size = 1000
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    token = factory.Sequence(lambda n: f"{n:043x}")
    via = "account"


class ProductionProofFactory(DjangoModelFactory[ProductionProof]):
    class Meta:
        model = ProductionProof

    evidence = factory.SubFactory(EvidenceFactory, purpose="own_production")
    business = factory.SelfAttribute("evidence.business")
    visited_on = date(2018, 3, 2)


class PersonalLinkFactory(DjangoModelFactory[PersonalLink]):
    class Meta:
        model = PersonalLink

    business = factory.SubFactory(BusinessFactory)
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    created_at = datetime(2018, 3, 1, tzinfo=UTC)
    expires_at = datetime(2099, 1, 1, tzinfo=UTC)


class ProductFactory(DjangoModelFactory[Product]):
    class Meta:
        model = Product

    business = factory.SubFactory(BusinessFactory)
    category = factory.SubFactory(FamilyFactory)
    name = factory.Sequence(lambda n: f"Produk {n}")


class PhotoFactory(DjangoModelFactory[Photo]):
    """The row alone: no file lies in the storage."""

    class Meta:
        model = Photo

    product = factory.SubFactory(ProductFactory)
    position = 1
    token = factory.Sequence(lambda n: f"token-of-photo-{n:017d}")
    content_hash = factory.Sequence(lambda n: f"{n:064x}")
    width = 1600
    height = 1200


class RevisionFactory(DjangoModelFactory[ProductRevision]):
    class Meta:
        model = ProductRevision

    product = factory.SubFactory(ProductFactory)
    changes = {"name": "Nama baru"}


class PriceTierFactory(DjangoModelFactory[PriceTier]):
    class Meta:
        model = PriceTier

    product = factory.SubFactory(ProductFactory)
    price_rupiah = 25_000


class NeedFactory(DjangoModelFactory[Need]):
    class Meta:
        model = Need

    business = factory.SubFactory(BusinessFactory)
    category = factory.SubFactory(FamilyFactory)
    text = factory.Sequence(lambda n: f"Kebutuhan {n}")
    source = Need.Source.EXCEL


class ImportBatchFactory(DjangoModelFactory[ImportBatch]):
    class Meta:
        model = ImportBatch

    office = factory.SubFactory(OfficeFactory)
    file_name = "daftar.xlsx"
    sha256 = "0" * 64
    content = b"PK"


class SubscriberFactory(DjangoModelFactory[Subscriber]):
    class Meta:
        model = Subscriber

    email = factory.Sequence(lambda n: f"pelanggan{n}@contoh.test")


class SavedSearchFactory(DjangoModelFactory[SavedSearch]):
    """A search of the needs board that its address has confirmed."""

    class Meta:
        model = SavedSearch

    subscriber = factory.SubFactory(SubscriberFactory)
    kind = SavedSearch.Kind.NEEDS
    form_token = factory.LazyFunction(uuid.uuid4)
    consent = factory.SubFactory(ConsentFactory, purpose="alerts")
    confirmed_at = datetime(2018, 3, 1, tzinfo=UTC)
    seen_until = datetime(2018, 3, 1, tzinfo=UTC)


class LinkUseFactory(DjangoModelFactory[LinkUse]):
    class Meta:
        model = LinkUse

    link = factory.SubFactory(PersonalLinkFactory)
    what = LinkUse.What.OPENED
    at = datetime(2018, 3, 2, tzinfo=UTC)
