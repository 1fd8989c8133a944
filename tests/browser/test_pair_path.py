"""From handshake to order in a real browser: a sample, "kemasan kurang", the next one, LoI and order."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.actors import COMMAND
from matchmaking.models import Pair, QuoteRequest, Task
from products.links import issue_link, url_of
from tests.browser.actions import assert_accessible, sign_in
from tests.browser.conftest import OPEN_PAGE
from tests.factories import QuoteFactory, QuoteRequestFactory, SampleFactory, TaskFactory
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Kerajinan Anyaman Pandan dan Mendong Ibu-Ibu PKK Desa Sukarasa Wetan Kecamatan Ciparay"


@pytest.fixture
def scene(reference_data: None) -> ContactScene:
    scene = make_contact()
    pair = scene.make_pair(step="agreed", step_at=timezone.now(), answer_a="yes", answer_b="yes")
    assert pair.business_a == scene.guest_business
    return scene


def link_to_path(business: object, pair: Pair) -> str:
    _, token = issue_link(actor=COMMAND, business=business, now=timezone.now())
    return f"{url_of(token)}pasangan/{pair.pk}/jalan/"


def agree_on_sample(page: Page, what: str) -> None:
    page.get_by_role("link", name="Sepakati contoh").or_(
        page.get_by_role("link", name="Contoh berikutnya")
    ).click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Contoh apa dan berapa?").fill(what)
    page.get_by_label("pengirim").check()
    page.get_by_role("button", name="Catat contoh").click()
    page.get_by_role("button", name="Dikirim").click()
    expect(page.get_by_text("Kabar contoh dicatat.")).to_be_visible()


def judge(page: Page, verdict: str, lacking: str = "") -> None:
    page.get_by_role("link", name="Nilai contoh ini").click()
    page.get_by_label(verdict, exact=True).check()
    page.get_by_label("Apa yang kurang?").select_option(label=lacking or "tidak ada")
    page.get_by_role("button", name="Simpan penilaian").click()
    expect(page.get_by_text("Penilaian contoh dicatat.")).to_be_visible()


def test_from_sample_to_order(open_page: OPEN_PAGE, scene: ContactScene, phone: Page, desktop: Page) -> None:
    pair = Pair.objects.get()
    seller, buyer = phone, open_page(viewport={"width": 360, "height": 740})
    seller.goto(link_to_path(scene.guest_business, pair))
    buyer.goto(link_to_path(scene.host_business, pair))

    agree_on_sample(seller, "2 pasang sepatu")
    buyer.reload()
    judge(buyer, "perlu perbaikan", "kemasan kurang")
    seller.reload()
    agree_on_sample(seller, "2 pasang, kotak baru")
    buyer.reload()
    judge(buyer, "cocok")
    sign_in(desktop, scene.host.user)
    desktop.goto(reverse("matchmaking:pair_path", args=[scene.trade_contact.slug, pair.pk]))
    for step, number in [("LoI", "LOI-1"), ("pesanan (PO)", "PO-1")]:
        desktop.get_by_label(step, exact=True).check()
        desktop.get_by_label("Nomor dokumen").fill(number)
        desktop.get_by_role("button", name="Catat langkah").click()
        expect(desktop.get_by_text(f"Langkah dicatat: {step}.")).to_be_visible()

    pair.refresh_from_db()
    assert pair.step == "order"
    assert [sample.verdict for sample in pair.samples.order_by("number")] == ["change", "good"]
    assert Task.objects.get().office == scene.guest.office


def fill(scene: ContactScene, pair: Pair) -> QuoteRequest:
    """Something long on every page of the path."""
    asked = QuoteRequestFactory(
        trade_contact=scene.trade_contact,
        buyer=scene.host_business,
        what=LONG,
        closes_on=timezone.localdate() + timedelta(days=9),
    )
    QuoteFactory(request=asked, pair=pair, terms=LONG)
    for _number in range(3):
        other = scene.make_pair(step="met", step_at=timezone.now())
        QuoteFactory(request=asked, pair=other, price_rupiah=12_500_000)
    SampleFactory(pair=pair, what=LONG)
    TaskFactory(pair=pair)
    type(scene.host_business).objects.filter(pk=scene.host_business.pk).update(name=LONG)
    return asked


@pytest.mark.parametrize("language", ["id-ID", "en-GB"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_the_path_fit_and_are_accessible(
    open_page: OPEN_PAGE, scene: ContactScene, language: str, width: int
) -> None:
    pair = Pair.objects.get()
    asked = fill(scene, pair)
    parts = ["", "tutup/", "contoh/", f"contoh/{pair.samples.get().pk}/nilai/", "penawaran/"]
    parts += [f"penawaran/{asked.pk}/"]
    page = open_page(viewport={"width": width, "height": 800}, locale=language)
    sign_in(page, scene.guest.user)
    office = reverse("matchmaking:pair_path", args=[scene.trade_contact.slug, pair.pk])
    link = link_to_path(scene.host_business, pair)
    task = reverse("matchmaking:office_task", args=[Task.objects.get().pk])
    for address in [*(office + part for part in parts), *(link + part for part in parts), "/tugas/", task]:
        page.goto(address)
        check(page, lambda: page.evaluate("document.documentElement.scrollWidth"), width)


def check(page: Page, measure: Callable[[], int], width: int) -> None:
    assert_accessible(page)
    assert measure() <= width, page.url
