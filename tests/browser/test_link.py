"""An UMKM owner on a cheap phone opens the personal link from WhatsApp: offers, answers, own data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request, Route, expect

from accounts.actors import COMMAND, Actor, Via
from matchmaking.interest import record_answer
from matchmaking.models import Answer, Interest, Pair
from matchmaking.pairing import propose_now
from products.links import issue_link, revoke_link, url_of
from products.models import Business, Category, LinkUse, Need, PersonalLink, Product, Unit
from tests.browser.actions import assert_accessible
from tests.browser.conftest import OPEN_PAGE
from tests.factories import NeedFactory, ParticipationFactory, PriceTierFactory, ProductFactory
from tests.scenes import ContactScene, make_contact

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
LONG_NAME = "Kerajinan Anyaman Pandan dan Mendong Ibu-Ibu PKK Desa Sukarasa Wetan Kecamatan Ciparay"
BUDGET_BYTES, BUDGET_REQUESTS = 100_000, 8


@dataclass
class Visit:
    """A weaver of the guests and a gallery of the hosts that suit each other, in a visit still to come."""

    scene: ContactScene
    weaver: Business
    gallery: Business
    bag: Product
    family: Category

    def propose(self) -> None:
        propose_now(actor=COMMAND, trade_contact=self.scene.trade_contact, now=timezone.now())


@pytest.fixture
def visit(reference_data: None) -> Visit:
    day = timezone.localdate() + timedelta(days=30)
    scene = make_contact(trade_contact__starts_on=day, trade_contact__ends_on=day)
    weaver, gallery = scene.guest_business, scene.host_business
    weaver.name, gallery.name = "Sari Rancabali", "Galeri Kauman"
    gallery.phone, gallery.owner_name = "+6281298765432", "Bapak Contoh"
    weaver.save()
    gallery.save()
    family, pieces = Category.objects.get(code="anyaman-serat"), Unit.objects.get(code="buah")
    bag = ProductFactory(
        business=weaver,
        category=family,
        name="Tas anyaman mendong",
        unit=pieces,
        capacity_per_month=350,
        min_order=12,
    )
    PriceTierFactory(product=bag, price_rupiah=79_900)
    NeedFactory(
        business=gallery,
        category=family,
        text="Tas anyaman untuk dijual titip",
        quantity=20,
        unit=pieces,
        price_ceiling_rupiah=300_000,
    )
    visit = Visit(scene, weaver, gallery, bag, family)
    visit.propose()
    return visit


def link_of(business: Business) -> str:
    _, token = issue_link(actor=COMMAND, business=business, now=timezone.now())
    return url_of(token)


def partner_says_yes(visit: Visit) -> None:
    record_answer(
        actor=Actor(via=Via.LINK, business_id=visit.gallery.pk),
        pair=Pair.objects.get(business_b=visit.gallery),
        business=visit.gallery,
        answer=Answer.YES,
    )


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["with-script", "without-script"])
def test_owner_answers_in_two_taps_and_reaches_the_partner(
    open_page: OPEN_PAGE,
    visit: Visit,
    java_script_enabled: bool,  # noqa: FBT001
) -> None:
    page = open_page(**PHONE, java_script_enabled=java_script_enabled)

    page.goto(link_of(visit.weaver))
    expect(page.get_by_role("heading", level=1)).to_contain_text("ada 1 mitra yang menunggu jawaban Anda.")
    offer = page.get_by_role("article").filter(has_text="Galeri Kauman")
    expect(offer).to_contain_text(
        "Mencari “Tas anyaman untuk dijual titip”. Anda menawarkan Tas anyaman mendong."
    )
    expect(offer.get_by_role("listitem")).to_have_count(3)
    offer.get_by_role("button", name="Mau").tap()

    expect(page.get_by_text("Terima kasih. Jawaban Anda tercatat: Mau.")).to_be_visible()
    expect(page.get_by_text("Galeri Kauman belum menjawab.")).to_be_visible()
    assert "81298765432" not in page.content().replace("-", "")

    page.get_by_text("Tambahkan alasan atau catatan").tap()
    page.get_by_label("Catatan").fill("Sesudah pukul 13.00.")
    page.get_by_role("button", name="Jam lain").tap()
    expect(page.get_by_text("“Sesudah pukul 13.00.”")).to_be_visible()
    page.get_by_role("button", name="Mau").tap()
    expect(page.get_by_text("Jawaban Anda: Mau", exact=True)).to_be_visible()

    partner_says_yes(visit)
    page.get_by_role("link", name="Semua usulan").tap()
    page.get_by_role("link", name="Lihat nomor kontak").tap()
    expect(page.get_by_text("Bapak Contoh")).to_be_visible()
    expect(page.get_by_role("link", name="0812-9876-5432")).to_have_attribute("href", "tel:+6281298765432")
    answers = Interest.objects.filter(business=visit.weaver).order_by("pk").values_list("answer", flat=True)
    assert list(answers) == ["yes", "other_time", "yes"]


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["with-script", "without-script"])
def test_owner_sees_and_corrects_own_data(
    open_page: OPEN_PAGE,
    visit: Visit,
    java_script_enabled: bool,  # noqa: FBT001
) -> None:
    page = open_page(**PHONE, java_script_enabled=java_script_enabled)

    page.goto(link_of(visit.weaver))
    page.get_by_role("link", name="Produk", exact=True).tap()
    page.get_by_role("link", name="Ubah harga Tas anyaman mendong").tap()
    page.get_by_label("Harga satuan (Rp)").first.fill("tujuh puluh ribu")
    page.get_by_role("button", name="Simpan").tap()
    expect(page.get_by_role("alert")).to_contain_text("Tulis rupiah penuh, mis. 30.000.000.")
    expect(page.get_by_label("Harga satuan (Rp)").first).to_have_value("tujuh puluh ribu")
    page.get_by_label("Harga satuan (Rp)").first.fill("75.000")
    page.get_by_role("button", name="Simpan").tap()
    expect(page.get_by_text("Perubahan produk disimpan.")).to_be_visible()
    expect(page.get_by_text("Rp75.000")).to_be_visible()

    page.get_by_role("link", name="Tambah kebutuhan").tap()
    page.get_by_label("Apa yang dicari").fill("Kotak kemasan hadiah")
    page.get_by_label("Kategori").select_option(label="Kotak dan dus makanan")
    page.get_by_label("Jumlah").fill("500")
    page.get_by_role("button", name="Simpan").tap()
    expect(page.get_by_role("heading", name="Kotak kemasan hadiah")).to_be_visible()
    page.get_by_role("button", name="Tidak dicari lagi").tap()
    page.get_by_text("1 kebutuhan tidak dicari lagi").tap()
    page.get_by_role("button", name="Buka lagi").tap()
    expect(page.get_by_text("Kebutuhan dibuka lagi.")).to_be_visible()

    page.get_by_role("link", name="Profil").tap()
    page.get_by_label("Kecamatan").fill("Rancabali")
    page.get_by_label("Nomor HP/WA").fill("0812 3456 7890")
    page.get_by_role("button", name="Simpan").tap()
    expect(page.get_by_text("Profil usaha disimpan.")).to_be_visible()

    visit.weaver.refresh_from_db()
    assert (visit.weaver.district, str(visit.weaver.phone)) == ("Rancabali", "+6281234567890")
    assert Need.objects.filter(business=visit.weaver).get().withdrawn_at is None


def test_revoked_link_says_whom_to_ask(phone: Page, visit: Visit) -> None:
    address = link_of(visit.weaver)
    phone.goto(address)
    expect(phone.get_by_role("heading", level=1)).to_contain_text(visit.weaver.name)

    revoke_link(actor=visit.scene.guest_actor, link=PersonalLink.objects.get(), now=timezone.now())
    phone.reload()

    expect(phone.get_by_text("Tautan ini sudah dicabut oleh dinas.")).to_be_visible()
    expect(phone.get_by_text("Mintalah tautan baru kepada")).to_contain_text(visit.weaver.office.name)


def test_language_is_switched_and_stays(phone: Page, visit: Visit) -> None:
    phone.goto(link_of(visit.weaver))

    phone.get_by_role("button", name="English").tap()

    expect(phone.locator("html")).to_have_attribute("lang", "en")
    phone.get_by_role("button", name="Bahasa Indonesia").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("menunggu jawaban Anda")


def test_first_visit_with_many_offers_stays_within_the_budget(open_page: OPEN_PAGE, visit: Visit) -> None:
    for number in range(12):
        shop = ParticipationFactory(
            delegation=visit.scene.host_delegation, business__name=f"{LONG_NAME} {number}"
        ).business
        NeedFactory(
            business=shop, category=visit.family, text=f"Tas anyaman untuk tamu {number}", quantity=20
        )
    visit.propose()
    page = open_page(**PHONE)
    finished: list[Request] = []

    def remember(request: Request) -> None:
        finished.append(request)

    page.on("requestfinished", remember)

    page.goto(link_of(visit.weaver), wait_until="networkidle")

    sizes = [request.sizes()["responseBodySize"] for request in finished]
    assert page.get_by_role("article").count() >= 8
    assert len(sizes) <= BUDGET_REQUESTS
    assert sum(sizes) <= BUDGET_BYTES


@pytest.mark.parametrize("trouble", ["out_of_reach", "refused"])
def test_opening_that_did_not_arrive_is_told_by_the_next_page(
    phone: Page, visit: Visit, trouble: str
) -> None:
    """Seen failing (nothing is ever told) with ``told`` left in place when the request fails."""
    base = link_of(visit.weaver)
    lose: Callable[[Route], None] = (
        (lambda route: route.abort())
        if trouble == "out_of_reach"
        else lambda route: route.fulfill(status=429)
    )
    phone.route("**/dibuka/", lose)
    phone.goto(base, wait_until="networkidle")
    assert LinkUse.objects.count() == 0

    phone.unroute("**/dibuka/")
    for path in ("", "produk/"):
        phone.goto(base + path, wait_until="networkidle")

    assert LinkUse.objects.get().what == "opened"


def test_opening_is_told_once_a_visit(phone: Page, visit: Visit) -> None:
    base = link_of(visit.weaver)
    told: list[str] = []
    phone.on("request", lambda request: told.append(request.url))

    for path in ("", "produk/", "profil/"):
        phone.goto(base + path, wait_until="networkidle")

    assert [url for url in told if url.endswith("/dibuka/")] == [f"{base}dibuka/"]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_the_screen_and_are_accessible(
    open_page: OPEN_PAGE, visit: Visit, language: str, width: int, scheme: str
) -> None:
    Business.objects.filter(pk=visit.weaver.pk).update(name=LONG_NAME)
    NeedFactory(business=visit.weaver, text="Kotak kemasan", category=visit.family)
    pair = Pair.objects.get(business_b=visit.gallery)
    base = link_of(visit.weaver)
    page = open_page(
        viewport={"width": width, "height": 740},
        color_scheme=scheme,
        locale={"id": "id-ID", "en": "en-US"}[language],
    )
    paths = [
        "",
        f"pasangan/{pair.pk}/",
        "produk/",
        f"produk/{visit.bag.pk}/?bagian=harga",
        f"produk/{visit.bag.pk}/?bagian=kapasitas",
        "kebutuhan/tambah/",
        "minat/",
        "profil/",
        "../tautan-yang-salah/",
    ]

    for path in paths:
        page.goto(base + path)
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert_accessible(page)
