"""An owner sends photos from a phone: shrunk there, again when the line breaks, and without a script."""

from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import FilePayload, Page, Route, expect

from accounts.actors import COMMAND
from products.links import issue_link
from products.models import Product
from tests.browser.actions import assert_accessible, sign_in
from tests.browser.conftest import OPEN_PAGE
from tests.factories import OfficeMemberFactory, ProductFactory
from tests.pictures import drawn, store_photo

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def product(reference_data: None) -> Product:
    return ProductFactory(name="Keripik tempe")


def file(name: str, content: bytes | None = None, **look: object) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content or drawn(**look)}


def open_photos(page: Page, product: Product) -> None:
    _, token = issue_link(actor=COMMAND, business=product.business, now=timezone.now())
    page.goto(f"/tautan/{token}/produk/{product.pk}/foto/")


def send(page: Page, *files: FilePayload) -> None:
    page.get_by_label("Foto", exact=True).set_input_files(list(files))
    page.get_by_role("button", name="Kirim foto").click()


def test_photos_are_shrunk_and_sent_one_by_one(phone: Page, product: Product) -> None:
    sizes: list[int] = []
    phone.on("request", lambda request: sizes.append(len(request.post_data_buffer or b"")))
    noise = BytesIO()
    Image.effect_noise((600, 400), 40).resize((3000, 2000)).convert("RGB").save(noise, "JPEG", quality=95)
    open_photos(phone, product)
    assert_accessible(phone)

    send(phone, file("besar.jpg", noise.getvalue()), file("biru.jpg", colour="blue"))

    expect(phone.get_by_text("Selesai. Foto tersimpan.")).to_be_visible(timeout=30_000)
    expect(phone.get_by_role("listitem").filter(has_text="Sampul")).to_have_count(1)
    assert list(product.photos.in_order().values_list("width", flat=True)) == [1600, 800]
    assert max(sizes) < len(noise.getvalue()) / 2
    assert_accessible(phone)


def test_a_broken_line_is_waited_out_and_makes_no_second_photo(phone: Page, product: Product) -> None:
    seen: list[str] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method != "POST" or len(seen) >= 2:
            route.continue_()
            return
        seen.append("lost")
        if len(seen) == 2:
            route.fetch()  # it arrives, only the answer is lost
        route.abort()

    open_photos(phone, product)
    phone.route("**/foto/", lose_the_answer)
    send(phone, file("a.jpg"))

    expect(phone.get_by_text("Sambungan terputus.")).to_be_visible()
    expect(phone.get_by_text("Selesai. Foto tersimpan.")).to_be_visible(timeout=30_000)
    assert product.photos.count() == 1


def test_what_is_no_photo_is_told_at_once(phone: Page, product: Product) -> None:
    open_photos(phone, product)

    send(phone, file("a.jpg", b"\x00\x00\x00\x18ftypheic" + bytes(4) + b"mif1heic"))

    expect(phone.get_by_text("Foto HEIC atau AVIF belum dapat dibaca.")).to_be_visible()
    assert product.photos.count() == 0


def test_photos_are_sent_ordered_and_removed_without_a_script(open_page: OPEN_PAGE, product: Product) -> None:
    page = open_page(**PHONE, java_script_enabled=False)
    open_photos(page, product)

    for colour in ("red", "blue"):
        send(page, file("a.jpg", colour=colour))
        expect(page.get_by_text("Foto disimpan.")).to_be_visible()
    first, second = product.photos.in_order()
    page.get_by_role("button", name="Naikkan foto 2").click()
    expect(page.get_by_text("Urutan foto diubah.")).to_be_visible()
    page.get_by_role("button", name="Hapus foto 2").click()

    expect(page.get_by_text("Foto dihapus.")).to_be_visible()
    assert [photo.pk for photo in product.photos.all()] == [second.pk]
    assert first.pk != second.pk


def test_the_office_sends_on_behalf(desktop: Page, product: Product) -> None:
    sign_in(desktop, OfficeMemberFactory(office=product.business.office).user)
    desktop.goto(f"/binaan/{product.business_id}/produk/{product.pk}/foto/")

    send(desktop, file("a.jpg"))

    expect(desktop.get_by_text("Selesai. Foto tersimpan.")).to_be_visible()
    assert_accessible(desktop)
    desktop.goto(f"/produk/{product.pk}/")
    assert desktop.locator(".gallery img").evaluate("image => image.naturalWidth") > 0
    assert_accessible(desktop)


def test_what_an_owner_wants_of_its_photos_waits_and_the_office_compares(
    phone: Page, desktop: Page, product: Product
) -> None:
    first, _second = store_photo(product), store_photo(product, colour="blue")
    member = OfficeMemberFactory(office=product.business.office)
    type(member.office).objects.update(sees_changes_first=True)
    open_photos(phone, product)

    phone.get_by_role("button", name="Hapus foto 1").click()
    expect(phone.get_by_text("dihapus setelah disetujui dinas")).to_be_visible()
    assert_accessible(phone)

    sign_in(desktop, member.user)
    desktop.goto(f"/binaan/antrean/perubahan/{product.revisions.get().pk}/")
    expect(desktop.get_by_role("listitem").filter(has_text="dihapus")).to_have_count(1)
    assert_accessible(desktop)
    desktop.get_by_role("button", name="Terima perubahan").click()
    expect(desktop.get_by_text("Perubahan diterima dan tampil di katalog.")).to_be_visible()
    assert not product.photos.filter(pk=first.pk).exists()
