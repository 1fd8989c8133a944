"""The officers' queue: by keyboard at a desk, and on a phone with a mistake."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from products.models import Product
from regions.models import OfficeMember
from tests.browser.actions import assert_accessible, follow, sign_in
from tests.factories import BusinessFactory, OfficeMemberFactory, ProductFactory, RevisionFactory

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/binaan/antrean/"


@pytest.fixture
def member(db: None) -> OfficeMember:
    member = OfficeMemberFactory()
    business = BusinessFactory(office=member.office, name="Anyaman Contoh")
    for day, name in enumerate(["Tas anyam", "Topi pandan", "Tikar mendong"], start=1):
        ProductFactory(
            business=business, name=name, status="submitted", submitted_at=datetime(2018, 3, day, tzinfo=UTC)
        )
    return member


def test_officer_lists_products_by_keyboard(member: OfficeMember, desktop: Page) -> None:
    sign_in(desktop, member.user)
    desktop.goto(QUEUE)
    assert_accessible(desktop)

    for key in ["j", "x", "j", "j", "x"]:
        desktop.keyboard.press(key)

    expect(desktop.get_by_label("Tas anyam")).to_be_checked()
    expect(desktop.get_by_label("Topi pandan")).not_to_be_checked()
    desktop.get_by_role("button", name="Tampilkan di katalog").click()
    expect(desktop.get_by_text("2 produk kini tampil di katalog.")).to_be_visible()
    assert dict(Product.objects.values_list("name", "status")) == {
        "Tas anyam": "listed",
        "Topi pandan": "submitted",
        "Tikar mendong": "listed",
    }


def test_enter_opens_the_product_of_the_row(member: OfficeMember, desktop: Page) -> None:
    sign_in(desktop, member.user)
    desktop.goto(QUEUE)

    desktop.keyboard.press("j")
    desktop.keyboard.press("Enter")

    expect(desktop.get_by_role("heading", name="Tas anyam")).to_be_visible()
    assert_accessible(desktop)


def test_sending_back_on_a_phone_needs_a_reason_and_keeps_the_ticks(
    member: OfficeMember, phone: Page
) -> None:
    sign_in(phone, member.user)
    phone.goto(QUEUE)
    phone.get_by_role("button", name="Centang semua di halaman ini").click()
    phone.get_by_label("Tas anyam").uncheck()

    phone.get_by_role("button", name="Kembalikan dengan alasan").click()

    expect(phone.get_by_role("alert")).to_contain_text("Tulis alasannya")
    expect(phone.get_by_label("Topi pandan")).to_be_checked()
    assert_accessible(phone)
    phone.get_by_label("Alasan bagi pelaku usaha").fill("Foto belum ada.")
    phone.get_by_role("button", name="Kembalikan dengan alasan").click()
    expect(phone.get_by_text("2 produk dikembalikan.")).to_be_visible()


def test_officer_accepts_a_change(member: OfficeMember, phone: Page) -> None:
    product = ProductFactory(business=member.office.businesses.get(), name="Sandal")
    RevisionFactory(product=product, changes={"name": "Sandal pandan"})
    sign_in(phone, member.user)
    phone.goto(QUEUE)
    follow(phone.get_by_role("link", name="Sandal"))
    assert_accessible(phone)

    phone.get_by_role("button", name="Terima perubahan").click()

    expect(phone.get_by_text("Perubahan diterima dan tampil di katalog.")).to_be_visible()
