"""One undo takes an import back, unless something else has touched its rows; then it says what."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.actors import COMMAND, Actor
from products import importing
from products.models import Business, Certificate, ImportBatch, ImportedRow, Product
from products.profiles import update_business, update_product
from tests.factories import (
    CertificateFactory,
    EvidenceFactory,
    MessageFactory,
    NeedFactory,
    PairFactory,
    PersonalLinkFactory,
    PriceTierFactory,
    ProductFactory,
)
from tests.products.excel.sheets import workbook
from tests.products.importing_office import (
    DELEGATION,
    NEEDS,
    NOW,
    USAHA_A,
    everything,
    imported,
    listed,
    undo,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.mark.parametrize("content", [DELEGATION, NEEDS])
def test_undo_takes_everything_back(actor: Actor, content: bytes) -> None:
    batch = imported(actor, content)

    undone = undo(actor, batch)

    assert everything() == [[], [], [], [], []]
    assert (undone.state, undone.undone_at, ImportedRow.objects.count()) == (ImportBatch.State.UNDONE, NOW, 0)
    assert undo(actor, batch).undone_at == NOW


def test_undo_erases_messages_to_businesses_that_go(actor: Actor) -> None:
    batch = imported(actor, DELEGATION)
    business = Business.objects.order_by("pk")[0]
    message = MessageFactory(about=f"business:{business.pk}")

    undo(actor, batch)

    message.refresh_from_db()
    assert (message.to, message.body, message.state) == ("", "", "given_up")


def test_undo_puts_back_what_the_import_changed(actor: Actor) -> None:
    titles = ["Nama Usaha", "NIB", "Tahun Berdiri", "Kategori", "Produk", "Harga", "Satuan", "Halal",
    "Kebutuhan",
              "Sertifikat wajib", "Jenis Usaha", "HP"]  # fmt: skip
    first = ["Usaha A", "9120000000031", "12/03/2001", "Kuliner", "Keripik", 5_000, "bungkus", "Proses",
    "Kopi", "halal",
             "Butik", "081270000548"]  # fmt: skip
    second = ["Usaha AA", "9120000000031", 2004, "Kriya", "Keripik", 6_000, "kg", "ID32110000123450522",
    "Kopi", "sni",
              "Hotel", "081270000549"]  # fmt: skip
    imported(actor, workbook([titles, first]))
    before = everything()
    batch = imported(
        actor, workbook([titles, second, ["", "", "", "Kuliner", "Dodol", 1, "", "", "", "", "", ""]])
    )
    assert everything() != before

    undo(actor, batch)

    assert everything() == before
    assert Business.objects.get().founded_year_only is False


def test_undo_removes_a_price_and_a_certificate_that_were_not_there(actor: Actor) -> None:
    titles = ["Nama Usaha", "NIB", "Kategori", "Produk", "Harga", "Halal"]
    business = ["Usaha A", "9120000000031", "Kuliner", "Keripik"]
    imported(actor, workbook([titles, [*business, "", ""]]))
    before = everything()
    batch = imported(actor, workbook([titles, [*business, 5_000, "Ada"], ["", "", "", "", "", "Ada"]]))
    assert Certificate.objects.count() == 2

    undo(actor, batch)

    assert everything() == before


def test_imports_are_undone_one_after_the_other(actor: Actor) -> None:
    first = imported(actor, listed(USAHA_A))
    second = imported(actor, listed([*USAHA_A[:3], "Ciwidey", *USAHA_A[4:6], 15_000, *USAHA_A[7:]]))
    with pytest.raises(importing.AlreadyUsed, match=r"Usaha A: diubah oleh impor “daftar\.xlsx”"):
        undo(actor, first)

    undo(actor, second)
    undo(actor, first)

    assert everything() == [[], [], [], [], []]


def test_edit_keeps_an_import_and_is_named(actor: Actor) -> None:
    batch = imported(actor, listed(USAHA_A))
    business = Business.objects.get()
    update_business(actor=actor, business=business, version=1, changes={"district": "Ciwidey"})
    before = everything()

    with pytest.raises(importing.AlreadyUsed, match=r"Usaha A: diubah oleh Petugas \d+"):
        undo(actor, batch)

    assert everything() == before


def test_edit_through_a_command_or_without_history_is_named_too(actor: Actor) -> None:
    batch = imported(actor, listed(USAHA_A))
    update_product(actor=COMMAND, product=Product.objects.get(), version=1, changes={"min_order": 5})
    with pytest.raises(importing.AlreadyUsed, match="Keripik singkong: diubah oleh perintah sistem"):
        undo(actor, batch)

    Business.objects.update(version=9)
    with pytest.raises(importing.AlreadyUsed, match="Usaha A: diubah sesudah impor ini"):
        undo(actor, batch)


def test_deleted_row_keeps_an_import(actor: Actor) -> None:
    batch = imported(actor, listed(USAHA_A))
    Product.objects.all().delete()

    with pytest.raises(importing.AlreadyUsed, match="produk: sudah dihapus"):
        undo(actor, batch)


@pytest.mark.parametrize(
    ("touch", "words"),
    [
        (lambda business: PairFactory(business_a=business), "Usaha A: dipakai oleh 1 pasangan usaha"),
        (lambda business: PersonalLinkFactory(business=business), "Usaha A: dipakai oleh 1 tautan pribadi"),
        (lambda business: ProductFactory(business=business), "Usaha A: dipakai oleh 1 produk"),
        (lambda business: NeedFactory(business=business), "Usaha A: dipakai oleh 1 kebutuhan"),
        (lambda business: EvidenceFactory(business=business), "Usaha A: dipakai oleh 1 berkas bukti"),
    ],
)
def test_row_that_builds_on_an_import_keeps_it(
    actor: Actor, touch: Callable[[Business], Any], words: str
) -> None:
    batch = imported(actor, listed(USAHA_A))
    touch(Business.objects.get())
    before = everything()

    with pytest.raises(importing.AlreadyUsed, match=words):
        undo(actor, batch)

    assert everything() == before
    assert ImportBatch.objects.get(pk=batch.pk).state == ImportBatch.State.IMPORTED


def test_many_uses_are_named_in_part(actor: Actor) -> None:
    batch = imported(actor, DELEGATION)
    for business in Business.objects.all()[:7]:
        PersonalLinkFactory(business=business)

    with pytest.raises(importing.AlreadyUsed, match="dan 2 lagi"):
        undo(actor, batch)


def test_certificate_checked_meanwhile_goes_with_its_product(actor: Actor) -> None:
    batch = imported(actor, listed(USAHA_A))
    CertificateFactory(business=Business.objects.get(), kind="sni")
    PriceTierFactory(product=Product.objects.get(), min_quantity=100)

    undo(actor, batch)

    assert everything() == [[], [], [], [], []]
