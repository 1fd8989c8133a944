"""Pages behind a personal link: the offers, answering in two taps, and nobody's contact before both agree."""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actors import COMMAND
from matchmaking import interest
from matchmaking.models import Answer, Interest, Pair
from matchmaking.pairing import hide_pair
from products.links import issue_link, revoke_link
from products.models import PersonalLink
from tests.factories import InquiryFactory, PairFactory, ParticipationFactory, ProductFactory
from tests.holders import LinkHolder, holder_of, text_of
from tests.matchmaking.market_scene import make_market
from tests.scenes import CLOSED, ContactScene, make_contact

pytestmark = pytest.mark.django_db

PHONE, EMAIL, OWNER = "+6281298765432", "galeri@contoh.test", "Bapak Pemilik Contoh"
COMING = {"trade_contact__starts_on": "2099-03-22", "trade_contact__ends_on": "2099-03-22"}


def make_coming() -> ContactScene:
    """A contact that is still to come, whose host business has everything that could leak."""
    scene = make_contact(**COMING)
    scene.host_business.name = "Galeri Kauman"
    scene.host_business.phone = PHONE
    scene.host_business.email = EMAIL
    scene.host_business.owner_name = OWNER
    scene.host_business.save()
    return scene


def leaks(response: Any) -> list[str]:
    """Return which private facts of the host's business stand anywhere in the page's source."""
    source = response.content.decode()
    digits = source.replace("-", "").replace(" ", "")
    found = [fact for fact in (EMAIL, OWNER) if fact in source]
    return found + [number for number in ("81298765432",) if number in digits]


def test_home_greets_by_name_and_says_who_when_where_and_why() -> None:
    market = make_market()
    market.scene.trade_contact.ends_on = "2099-03-23"
    market.scene.trade_contact.starts_on = "2099-03-22"
    market.scene.trade_contact.save()
    market.propose()

    text = text_of(holder_of(market.roaster).get("link_home"))

    for words in [
        f"{market.roaster.office.name} mengundang",
        f"{market.roaster.name}, ada 1 mitra yang menunggu jawaban Anda.",
        "22 Maret 2099 sampai 23 Maret 2099",
        "Balai Kota Surakarta",
        market.shop.name,
        "Mencari “Kopi bubuk, kemasan hadiah”. Anda menawarkan Kopi arabika Pangalengan.",
        "Menunggu jawaban Anda",
    ]:
        assert words in text
    assert text.count("<li class=") == 3


@pytest.mark.parametrize(("pair_is", "is_locked"), [(CLOSED, False), ({}, True)])
def test_home_counts_only_what_still_takes_an_answer(pair_is: dict, *, is_locked: bool) -> None:
    scene = make_coming()
    pair = scene.make_pair(**pair_is)
    if is_locked:
        type(scene.trade_contact).objects.update(answers_locked_at=timezone.now())
    holder = holder_of(scene.guest_business)

    home, page = text_of(holder.get("link_home")), text_of(holder.get("link_pair", pair.pk))

    assert "selamat datang" in home
    assert "menunggu jawaban" not in home
    assert holder.path("link_answer", pair.pk) not in home + page
    assert ("sudah ditutup" in page, "Jawaban sudah dikunci" in page) == (not is_locked, is_locked)


def test_home_without_offers_says_what_to_do_meanwhile() -> None:
    scene = make_coming()

    text = text_of(holder_of(scene.guest_business).get("link_home"))

    assert "Belum ada usulan mitra" in text
    assert "Lengkapi produk dan kebutuhan" in text


def test_home_without_a_contact_says_what_this_place_is_for() -> None:
    text = text_of(holder_of(ProductFactory().business).get("link_home"))

    assert "Belum ada kontak dagang" in text


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same_for_one_pair_and_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scene = make_coming()
    for rank in range(count):
        partner = ParticipationFactory(delegation=scene.host_delegation).business
        PairFactory(
            trade_contact=scene.trade_contact,
            business_a=scene.guest_business,
            business_b=partner,
            rank=rank + 1,
        )
    holder = holder_of(scene.guest_business)

    with django_assert_num_queries(6):
        text = text_of(holder.get("link_home"))

    assert text.count("<article") == count


def test_yes_from_the_list_is_recorded_and_confirmed() -> None:
    scene = make_coming()
    pair = scene.make_pair()
    holder = holder_of(scene.guest_business)

    response = holder.post("link_answer", pair.pk, answer="yes")

    assert (response.status_code, response.url) == (302, holder.path("link_pair", pair.pk))
    assert (Pair.objects.get().answer_a, Interest.objects.get().via) == ("yes", "link")
    text = text_of(holder.get("link_pair", pair.pk))
    assert "Terima kasih. Jawaban Anda tercatat: Mau." in text
    assert "Galeri Kauman belum menjawab." in text


@pytest.mark.parametrize(("answer", "label"), [("yes", "Mau"), ("no", "Tidak"), ("other_time", "Jam lain")])
def test_each_answer_is_confirmed_in_its_own_word(answer: str, label: str) -> None:
    scene = make_coming()
    pair = scene.make_pair()
    holder = holder_of(scene.guest_business)

    holder.post("link_answer", pair.pk, answer=answer, note="Pagi lebih baik.")

    text = text_of(holder.get("link_pair", pair.pk))
    assert f"Terima kasih. Jawaban Anda tercatat: {label}." in text
    assert f"<strong>Jawaban Anda: {label}</strong>" in text
    assert "“Pagi lebih baik.”" in text
    assert "Ubah jawaban" in text


def test_pressing_twice_makes_one_answer() -> None:
    scene = make_coming()
    pair = scene.make_pair()
    holder = holder_of(scene.guest_business)

    responses = [holder.post("link_answer", pair.pk, answer="yes") for _ in range(3)]

    assert [response.status_code for response in responses] == [302, 302, 302]
    assert Interest.objects.count() == 1


def test_answer_by_an_officer_is_shown_as_such() -> None:
    scene = make_coming()
    pair = scene.make_pair()
    interest.record_answer(
        actor=scene.guest_actor, pair=pair, business=scene.guest_business, answer=Answer.YES
    )

    text = text_of(holder_of(scene.guest_business).get("link_pair", pair.pk))

    assert "diisi oleh petugas" in text


def test_partners_answer_is_told_once_the_own_one_is_given() -> None:
    scene = make_coming()
    pair = scene.make_pair(answer_b="other_time")
    holder = holder_of(scene.guest_business)

    holder.post("link_answer", pair.pk, answer="yes")

    assert "Jawaban Galeri Kauman: Jam lain." in text_of(holder.get("link_pair", pair.pk))


def test_after_an_answer_the_next_offer_is_one_tap_away() -> None:
    scene = make_coming()
    pair = scene.make_pair()
    partner = ParticipationFactory(delegation=scene.host_delegation).business
    following = PairFactory(
        trade_contact=scene.trade_contact, business_a=scene.guest_business, business_b=partner, rank=2
    )
    holder = holder_of(scene.guest_business)

    holder.post("link_answer", pair.pk, answer="no")

    text = text_of(holder.get("link_pair", pair.pk))
    assert f'href="{holder.path("link_pair", following.pk)}">Usulan berikutnya' in text


@pytest.mark.parametrize("data", [{}, {"answer": "mungkin"}])
def test_answer_that_is_none_of_the_three_is_refused(data: dict[str, str]) -> None:
    scene = make_coming()
    pair = scene.make_pair()

    response = holder_of(scene.guest_business).post("link_answer", pair.pk, **data)

    assert response.status_code == 422
    assert "Pilih Mau, Jam lain, atau Tidak." in text_of(response)
    assert Interest.objects.count() == 0


def test_note_that_is_too_long_is_kept_with_what_to_do() -> None:
    scene = make_coming()
    pair = scene.make_pair()
    note = "x" * 301

    response = holder_of(scene.guest_business).post("link_answer", pair.pk, answer="no", note=note)

    assert response.status_code == 422
    assert "Terlalu panjang: paling banyak 300 huruf, sekarang 301." in text_of(response)
    assert note in text_of(response)


def test_address_of_an_answer_opened_by_hand_leads_to_the_offer() -> None:
    scene = make_coming()
    pair = scene.make_pair()
    holder = holder_of(scene.guest_business)

    response = holder.get("link_answer", pair.pk)

    assert (response.status_code, response.url) == (302, holder.path("link_pair", pair.pk))


def test_hidden_offer_says_that_it_was_withdrawn() -> None:
    scene = make_coming()
    pair = scene.make_pair(hidden_at=timezone.now(), staff_reason="Rahasia dinas.")
    holder = holder_of(scene.guest_business)

    shown, answered = holder.get("link_pair", pair.pk), holder.post("link_answer", pair.pk, answer="yes")

    assert (shown.status_code, answered.status_code) == (410, 409)
    for response in (shown, answered):
        assert "Usulan ini sudah ditarik oleh dinas, jadi tidak perlu dijawab lagi." in text_of(response)
        assert "Rahasia dinas." not in text_of(response)
    assert Interest.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_offer_hidden_while_the_answer_is_on_its_way_says_so() -> None:
    scene = make_coming()
    pair = scene.make_pair()
    holder = holder_of(scene.guest_business)
    responses: list[Any] = []

    with transaction.atomic():
        hide_pair(actor=scene.host_actor, pair=pair, reason="Sudah bekerja sama.")
        answering = threading.Thread(target=answer_apart, args=[holder, pair, responses])
        answering.start()
        wait_until_somebody_waits_for_a_row()
    answering.join()

    assert [response.status_code for response in responses] == [409]
    assert "Usulan ini sudah ditarik oleh dinas" in text_of(responses[0])
    assert Interest.objects.count() == 0


def answer_apart(holder: LinkHolder, pair: Pair, responses: list[Any]) -> None:
    """Answer on a database connection of its own, which reads the pair as it was before the others commit."""
    responses.append(holder.post("link_answer", pair.pk, answer="yes"))
    connection.close()


def wait_until_somebody_waits_for_a_row() -> None:
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits for the row")


def test_pair_of_others_is_not_found() -> None:
    scene = make_coming()
    scene.make_pair()
    foreign = scene.make_pair()
    holder = holder_of(scene.guest_business)

    responses = [holder.get("link_pair", foreign.pk), holder.post("link_answer", foreign.pk, answer="yes")]

    assert [response.status_code for response in responses] == [404, 404]
    for response in responses:
        assert "Halaman ini tidak ada, atau bukan milik usaha Anda." in text_of(response)
        assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("own", "partner"),
    [("", ""), ("yes", ""), ("", "yes"), ("yes", "no"), ("yes", "other_time"), ("no", "yes")],
)
def test_contact_of_the_partner_is_in_no_source_before_both_said_yes(own: str, partner: str) -> None:
    scene = make_coming()
    pair = scene.make_pair(answer_a=own, answer_b=partner)
    holder = holder_of(scene.guest_business)

    pages = [
        holder.get("link_home"),
        holder.get("link_pair", pair.pk),
        holder.get("link_products"),
        holder.get("link_inquiries"),
        holder.get("link_profile"),
        holder.post("link_answer", pair.pk, answer="salah"),
    ]

    assert [leaks(page) for page in pages] == [[], [], [], [], [], []]


def test_contact_of_the_partner_opens_when_both_said_yes() -> None:
    scene = make_coming()
    pair = scene.make_pair(answer_a="yes", answer_b="yes")

    response = holder_of(scene.guest_business).get("link_pair", pair.pk)

    assert leaks(response) == [EMAIL, OWNER, "81298765432"]
    text = text_of(response)
    assert 'href="tel:+6281298765432"' in text
    assert 'href="https://wa.me/6281298765432?text=Halo%20Galeri%20Kauman%2C%20saya%20dari%20' in text
    assert 'href="mailto:galeri@contoh.test"' in text


def test_contact_closes_again_when_one_side_changes_its_mind() -> None:
    scene = make_coming()
    pair = scene.make_pair(answer_a="yes", answer_b="yes")
    holder = holder_of(scene.guest_business)

    holder.post("link_answer", pair.pk, answer="no")

    assert leaks(holder.get("link_pair", pair.pk)) == []


def test_agreed_partner_without_a_number_leads_to_the_office() -> None:
    scene = make_contact(**COMING)
    pair = scene.make_pair(answer_a="yes", answer_b="yes")

    text = text_of(holder_of(scene.guest_business).get("link_pair", pair.pk))

    assert f"Nomor kontak mitra belum tersedia. Tanyakan kepada {scene.guest.office.name}." in text


def test_agreed_partner_stays_within_reach_after_the_visit() -> None:
    scene = make_contact()
    pair = scene.make_pair(answer_a="yes", answer_b="yes")
    holder = holder_of(scene.guest_business)

    text = text_of(holder.get("link_home"))

    assert "Sudah selesai. Mitra yang sama-sama mau tetap dapat Anda hubungi." in text
    assert holder.path("link_pair", pair.pk) in text


def test_inquiries_about_own_products_are_shown_and_nobody_elses() -> None:
    product = ProductFactory(name="Tas anyaman")
    InquiryFactory(
        business=product.business,
        product=product,
        quantity=40,
        company="Hotel Contoh",
        message="Apakah bisa <b>indigo</b>?",
        phone="+6285612345678",
    )
    InquiryFactory(sender_name="Orang Lain")
    holder = holder_of(product.business)

    text = text_of(holder.get("link_inquiries"))

    for words in [
        "Hotel Contoh",
        "Tas anyaman · 40",
        "Apakah bisa &lt;b&gt;indigo",
        'href="tel:+6285612345678"',
    ]:
        assert words in text
    assert "Orang Lain" not in text
    assert "Hubungi pembeli yang menulis tentang " in text_of(holder.get("link_home"))


def test_no_inquiry_says_how_they_come() -> None:
    text = text_of(holder_of(ProductFactory().business).get("link_inquiries"))

    assert "Belum ada pernyataan minat" in text


@pytest.mark.parametrize("count", [1, 3])
def test_inquiries_cost_the_same_for_one_and_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    product = ProductFactory()
    InquiryFactory.create_batch(count, business=product.business, product=product)
    holder = holder_of(product.business)

    with django_assert_num_queries(3):
        text = text_of(holder.get("link_inquiries"))

    assert text.count("<article") == count


PAGES = ["link_home", "link_products", "link_inquiries", "link_need_new", "link_profile"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_neither_stored_nor_indexed_nor_referred_and_need_no_cookie(page: str) -> None:
    holder = holder_of(ProductFactory().business)

    response = holder.get(page)

    assert response.status_code == 200
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex">' in text_of(response)
    assert dict(response.cookies) == {}


@pytest.mark.parametrize("page", PAGES)
def test_unknown_link_says_what_to_do(page: str) -> None:
    response = LinkHolder("bukan-token-yang-pernah-ada").get(page)

    assert response.status_code == 404
    assert "Tautan ini tidak dikenal. Mungkin alamatnya terpotong ketika disalin." in text_of(response)
    assert "mintalah tautan baru kepada dinas koperasi dan UKM daerah Anda" in text_of(response)
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_expired_link_names_the_office_that_makes_a_new_one() -> None:
    scene = make_contact()
    _, token = issue_link(
        actor=COMMAND, business=scene.guest_business, now=timezone.now() - timedelta(days=61)
    )
    holder = LinkHolder(token)

    responses = [holder.get("link_home"), holder.post("link_answer", scene.make_pair().pk, answer="yes")]

    assert [response.status_code for response in responses] == [410, 410]
    for response in responses:
        assert "Masa berlaku tautan ini sudah lewat." in text_of(response)
        assert f"Mintalah tautan baru kepada {scene.guest.office.name}." in text_of(response)
    assert Interest.objects.count() == 0


def test_revoked_link_opens_nothing() -> None:
    scene = make_contact()
    holder = holder_of(scene.guest_business)
    assert holder.get("link_home").status_code == 200

    revoke_link(actor=scene.guest_actor, link=PersonalLink.objects.get(), now=datetime.now(UTC))

    response = holder.get("link_home")
    assert response.status_code == 410
    assert "Tautan ini sudah dicabut oleh dinas." in text_of(response)


def test_language_is_switched_without_a_token_and_leads_back() -> None:
    holder = holder_of(ProductFactory().business)

    response = holder.post("link_language", language="en", next=holder.path("link_products"))

    assert (response.status_code, response.url) == (302, holder.path("link_products"))
    assert '<html lang="en"' in text_of(holder.get("link_products"))


def test_language_switch_never_leads_to_another_site() -> None:
    holder = holder_of(ProductFactory().business)

    response = holder.post("link_language", language="en", next="https://jahat.test/")

    assert response.url == "/"


def test_officers_session_gives_a_link_no_more_rights() -> None:
    scene = make_coming()
    scene.make_pair()
    foreign = scene.make_pair()
    client = Client()
    client.force_login(scene.guest.user)
    holder = LinkHolder(holder_of(scene.guest_business).token, client)

    assert holder.get("link_pair", foreign.pk).status_code == 404
