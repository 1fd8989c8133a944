"""The pages of the proposals: the list with its filters, its progress, why not, and officers' decisions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.history import entries_of
from matchmaking.models import Pair, ProposalRun
from matchmaking.proposal_list import card_of
from tests.factories import (
    FamilyFactory,
    NeedFactory,
    ParticipationFactory,
    ProductFactory,
    ProposalRunFactory,
    UserFactory,
)
from tests.matchmaking.market_scene import Market, make_market
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def address(scene: ContactScene, name: str = "proposals", *args: int) -> str:
    return reverse(f"matchmaking:{name}", args=[scene.trade_contact.slug, *args])


@pytest.fixture
def market(client: Client) -> Market:
    """A market whose officer of the guest is signed in."""
    made = make_market()
    client.force_login(made.scene.guest.user)
    return made


def pairs_on(response: HttpResponse) -> list[Pair]:
    return [card.pair for card in response.context["cards"]]


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


# The list


def test_list_before_the_first_press_says_what_it_is_for(client: Client, market: Market) -> None:
    page = text_of(client.get(address(market.scene)))

    assert "Belum ada usulan" in page
    assert "Usulkan pasangan</button>" in page


def test_pressing_the_button_computes_the_list_and_shows_it(
    client: Client, market: Market, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pressed = client.post(address(market.scene, "proposals_request"))

    assert pressed.headers["Location"] == address(market.scene)
    run = ProposalRun.objects.get()
    assert (run.state, run.requested_by) == ("done", market.scene.guest.user)
    page = text_of(client.get(address(market.scene)))
    assert "1 pasangan usaha" in page
    assert "mencari “Kopi bubuk, kemasan hadiah”." in page
    assert "Waktu pengerjaan belum tersedia: Kopi arabika Pangalengan." in page
    assert "2 dari 3 pelaku usaha mendapat usulan" in page


def test_list_with_nothing_to_pair_says_what_to_complete(client: Client, market: Market) -> None:
    market.product.delete()
    market.propose()

    assert "Belum ada yang dapat dipasangkan" in text_of(client.get(address(market.scene)))


def test_best_pair_comes_first_and_pages_hold_twenty(client: Client, market: Market) -> None:
    for rank in range(25, 0, -1):
        market.scene.make_pair(rank=rank)

    first = client.get(address(market.scene))
    second = client.get(address(market.scene), {"page": "2"})

    assert [pair.rank for pair in pairs_on(first)] == list(range(1, 21))
    assert [pair.rank for pair in pairs_on(second)] == list(range(21, 26))


def test_unknown_filter_values_and_pages_filter_nothing(client: Client, market: Market) -> None:
    market.propose()

    odd = {
        "usaha": "x",
        "kategori": "apa",
        "arah": "99.99",
        "jawaban": "mungkin",
        "keadaan": "?",
        "page": "z",
    }

    assert len(pairs_on(client.get(address(market.scene), odd))) == 1


def proposed(market: Market) -> Pair:
    """Return the proposed pair, beside one of two other businesses that nothing is known of."""
    market.propose()
    ParticipationFactory(delegation=market.scene.guest_delegation)
    market.scene.make_pair(rank=2, trades=[], answer_a="no", locked_at=timezone.now())
    return Pair.objects.get(rank=1)


@pytest.mark.parametrize(
    "asked",
    [
        lambda market: {"usaha": market.roaster.pk},
        lambda market: {"kategori": "kopi"},
        lambda market: {"kategori": "kuliner"},
        lambda market: {"arah": market.roaster.region.code},
        lambda market: {"jawaban": "unanswered"},
    ],
)
def test_filter_finds_the_pair_it_asks_for(
    client: Client, market: Market, asked: Callable[[Market], dict[str, Any]]
) -> None:
    pair = proposed(market)

    assert pairs_on(client.get(address(market.scene), asked(market))) == [pair]


def test_filters_that_fit_no_pair_offer_to_be_removed(client: Client, market: Market) -> None:
    proposed(market)

    page = client.get(address(market.scene), {"arah": market.shop.region.code})

    assert pairs_on(page) == []
    assert "Tidak ada pasangan dengan saringan ini" in text_of(page)


def test_answers_and_states_are_filters(client: Client, market: Market) -> None:
    pair = proposed(market)
    hidden = market.scene.make_pair(rank=None, hidden_at=timezone.now(), staff_reason="Sudah bekerja sama.")
    locked = Pair.objects.get(rank=2)

    found = {
        value: pairs_on(client.get(address(market.scene), {name: value}))
        for name, value in [("jawaban", "declined"), ("keadaan", "dikunci"), ("keadaan", "disembunyikan")]
    }

    assert found == {"declined": [locked], "dikunci": [locked], "disembunyikan": [hidden]}
    assert pairs_on(client.get(address(market.scene))) == [pair, locked]


def test_hidden_pair_shows_its_reason_and_can_be_shown_again(client: Client, market: Market) -> None:
    pair = market.scene.make_pair(hidden_at=timezone.now(), staff_reason="Sudah bekerja sama.")

    page = text_of(client.get(address(market.scene), {"keadaan": "disembunyikan"}))

    assert "Disembunyikan: Sudah bekerja sama." in page
    assert address(market.scene, "pair_unhide", pair.pk) in page


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow_with_the_pairs(
    client: Client, market: Market, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _ in range(count):
        market.scene.make_pair(reasons=[{"code": "kept", "by": "locked"}])
        business = ParticipationFactory(delegation=market.scene.guest_delegation).business
        ProductFactory(business=business, category=FamilyFactory())
    market.propose()

    with django_assert_num_queries(10):
        client.get(address(market.scene))


def test_phone_numbers_are_nowhere_on_the_list(client: Client, market: Market) -> None:
    market.shop.phone, market.shop.email, market.shop.owner_name = (
        "+6281270000548",
        "a@contoh.test",
        "Ibu Rahasia",
    )
    market.shop.save()
    market.propose()

    page = text_of(client.get(address(market.scene)))

    assert market.shop.name in page
    assert [secret for secret in ("81270000548", "a@contoh.test", "Ibu Rahasia") if secret in page] == []


# A card


def test_card_puts_the_seller_first_with_its_fit() -> None:
    scene = make_contact()
    trade = {"seller_id": scene.host_business.pk, "seller": "B", "buyer": "A", "product": "Kotak"}
    pair = scene.make_pair(
        trades=[trade | {"need": None, "implied": True, "implied_need": {"id": "kotak", "en": "boxes"}}],
        score_parts={"a": 0.4, "b": 0.8},
    )

    card = card_of(Pair.objects.with_businesses().get(pk=pair.pk))

    assert (card.first, card.second) == (scene.host_business, scene.guest_business)
    assert (card.first_fit, card.second_fit, card.is_both_ways) == (0.8, 0.4, False)
    assert [(line.need, line.is_implied) for line in card.trades] == [("kotak", True)]


def test_card_of_trades_both_ways_says_so() -> None:
    scene = make_contact()
    line = {"seller": "A", "buyer": "B", "product": "Kopi", "need": "Kopi", "implied": False}
    sides = (scene.guest_business.pk, scene.host_business.pk)
    pair = scene.make_pair(trades=[line | {"seller_id": side} for side in sides])

    card = card_of(Pair.objects.with_businesses().get(pk=pair.pk))

    assert card.is_both_ways
    assert card.first == scene.guest_business


# Progress


def test_run_at_work_shows_how_far_it_is_and_reloads_without_a_script(client: Client, market: Market) -> None:
    ProposalRunFactory(
        trade_contact=market.scene.trade_contact, state="running", done_count=20, total_count=51
    )

    page = text_of(client.get(address(market.scene)))

    assert "20 dari 51" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "Usulkan lagi" not in page


def test_progress_answers_htmx_with_the_count_until_the_list_is_there(client: Client, market: Market) -> None:
    run = ProposalRunFactory(trade_contact=market.scene.trade_contact, done_count=7, total_count=9)
    at_work = client.get(address(market.scene, "proposals_progress"), headers=HTMX)
    ProposalRun.objects.filter(pk=run.pk).update(state="done")

    done = client.get(address(market.scene, "proposals_progress"), headers=HTMX)

    assert "7 dari 9" in text_of(at_work)
    assert "<html" not in text_of(at_work)
    assert done.headers["HX-Refresh"] == "true"


def test_progress_opened_as_a_page_leads_to_the_list(client: Client, market: Market) -> None:
    response = client.get(address(market.scene, "proposals_progress"))

    assert (response.status_code, response.headers["Location"]) == (302, address(market.scene))


@pytest.mark.parametrize(
    "run", [{"state": "failed"}, {"state": "running", "started_at": timezone.now() - timedelta(minutes=5)}]
)
def test_failed_or_stuck_run_says_so_and_can_be_pressed_again(
    client: Client, market: Market, run: dict[str, Any]
) -> None:
    ProposalRunFactory(trade_contact=market.scene.trade_contact, **run)

    page = text_of(client.get(address(market.scene)))

    assert "Perhitungan terakhir terhenti sebelum selesai." in page
    assert "Usulkan lagi</button>" in page


# Why not


def test_why_not_asks_for_two_businesses(client: Client, market: Market) -> None:
    page = client.get(address(market.scene, "proposal_why_not"))

    assert "Pilih dua pelaku usaha." in text_of(page)
    assert "answer" not in page.context


def test_why_not_names_the_failed_gate_and_the_nearest_pair(client: Client, market: Market) -> None:
    two = {"one": market.second_shop.pk, "other": market.roaster.pk}

    page = text_of(client.get(address(market.scene, "proposal_why_not"), two))

    assert "harga Rp62.400 per bungkus melebihi batas Rp30.000, selisih Rp32.400." in page
    assert f"ada {market.shop.name}, urutan 1 dalam daftar." in page
    assert "Tambahkan pasangan ini" in page


def test_why_not_of_a_pair_on_the_list_leads_to_it(client: Client, market: Market) -> None:
    market.propose()
    two = {"one": market.shop.pk, "other": market.roaster.pk}

    page = text_of(client.get(address(market.scene, "proposal_why_not"), two))

    assert "Pasangan ini ada dalam daftar, urutan 1." in page
    assert address(market.scene, "pair_detail", Pair.objects.get().pk) in page


def test_why_not_of_a_pair_that_the_next_run_would_propose_says_so(client: Client, market: Market) -> None:
    two = {"one": market.shop.pk, "other": market.roaster.pk}

    page = text_of(client.get(address(market.scene, "proposal_why_not"), two))

    assert "Menurut data sekarang pasangan ini layak diusulkan." in page


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ("", "Pilih pelaku usaha."),
        ("999999", "Pelaku usaha ini tidak ikut"),
        (None, "Pilih dua pelaku usaha yang berbeda."),
    ],
)
def test_why_not_of_wrong_choices_says_what_to_choose(
    client: Client, market: Market, other: str | None, sentence: str
) -> None:
    two = {"one": market.shop.pk, "other": market.shop.pk if other is None else other}

    page = client.get(address(market.scene, "proposal_why_not"), two)

    assert sentence in text_of(page)
    assert "answer" not in page.context


# Officers' decisions


def test_adding_a_pair_leads_to_its_page(client: Client, market: Market) -> None:
    values = {"one": market.second_shop.pk, "other": market.roaster.pk, "reason": "Sudah berkirim contoh."}

    response = client.post(address(market.scene, "pair_add"), values)

    pair = Pair.objects.get()
    assert (pair.origin, pair.staff_reason) == ("officer", "Sudah berkirim contoh.")
    assert response.headers["Location"] == address(market.scene, "pair_detail", pair.pk)


def test_adding_keeps_what_was_typed_and_says_what_is_wrong(client: Client, market: Market) -> None:
    values = {"one": market.second_shop.pk, "other": market.shop.pk, "reason": "Bertetangga."}

    response = client.post(address(market.scene, "pair_add"), values)

    assert response.status_code == 422
    assert "berasal dari daerah yang sama" in text_of(response)
    assert 'value="Bertetangga."' in text_of(response)


def test_adding_without_a_reason_is_refused(client: Client, market: Market) -> None:
    response = client.post(
        address(market.scene, "pair_add"), {"one": market.shop.pk, "other": market.roaster.pk, "reason": ""}
    )

    assert response.status_code == 422
    assert "Tulis alasannya, supaya dinas lain mengerti." in text_of(response)


def test_add_page_takes_the_two_businesses_of_why_not_along(client: Client, market: Market) -> None:
    page = client.get(address(market.scene, "pair_add"), {"one": market.shop.pk, "other": market.roaster.pk})

    assert text_of(page).count(" selected>") == 2


def test_locking_leads_back_to_where_it_was_pressed(client: Client, market: Market) -> None:
    pair = market.scene.make_pair()
    back = f"{address(market.scene)}?page=1#pasangan-{pair.pk}"

    response = client.post(address(market.scene, "pair_lock", pair.pk), {"next": back})

    assert response.headers["Location"] == back
    pair.refresh_from_db()
    assert pair.locked_at is not None


@pytest.mark.parametrize("elsewhere", ["https://contoh.test/", "//contoh.test", "", "javascript:alert(1)"])
def test_no_decision_leads_out_of_the_portal(client: Client, market: Market, elsewhere: str) -> None:
    pair = market.scene.make_pair()

    response = client.post(address(market.scene, "pair_lock", pair.pk), {"next": elsewhere})

    assert response.headers["Location"] == address(market.scene)


def test_locking_by_htmx_answers_with_the_card(client: Client, market: Market) -> None:
    pair = market.scene.make_pair()

    response = client.post(address(market.scene, "pair_lock", pair.pk), headers=HTMX)

    assert text_of(response).lstrip().startswith('<article class="card pair locked"')
    assert "Buka kunci" in text_of(response)


def test_locking_a_hidden_pair_says_why_not(client: Client, market: Market) -> None:
    pair = market.scene.make_pair(hidden_at=timezone.now(), staff_reason="Bersaing.")

    response = client.post(address(market.scene, "pair_lock", pair.pk), headers=HTMX)

    assert "Tampilkan lagi sebelum menguncinya." in text_of(response)


def test_unlocking_leaves_the_pair_to_the_next_run(client: Client, market: Market) -> None:
    pair = market.scene.make_pair(locked_at=timezone.now())

    client.post(address(market.scene, "pair_unlock", pair.pk))

    pair.refresh_from_db()
    assert pair.locked_at is None


def test_hiding_asks_for_the_reason_first(client: Client, market: Market) -> None:
    pair = market.scene.make_pair()

    asked = client.get(address(market.scene, "pair_hide", pair.pk), {"next": "/kontak-dagang/?page=2"})
    empty = client.post(address(market.scene, "pair_hide", pair.pk), {"reason": ""})
    done = client.post(address(market.scene, "pair_hide", pair.pk), {"reason": "Bersaing langsung."})

    assert 'name="next" value="/kontak-dagang/?page=2"' in text_of(asked)
    assert (empty.status_code, done.status_code) == (422, 302)
    pair.refresh_from_db()
    assert pair.staff_reason == "Bersaing langsung."


def test_hiding_a_locked_pair_says_what_to_do_first(client: Client, market: Market) -> None:
    pair = market.scene.make_pair(locked_at=timezone.now())

    response = client.post(address(market.scene, "pair_hide", pair.pk), {"reason": "Bersaing."})

    assert response.status_code == 422
    assert "Buka kuncinya sebelum menyembunyikannya." in text_of(response)


def test_showing_again_says_when_it_gets_its_place(client: Client, market: Market) -> None:
    pair = market.scene.make_pair(hidden_at=timezone.now(), staff_reason="Bersaing.")

    response = client.post(address(market.scene, "pair_unhide", pair.pk), follow=True)

    assert "Perhitungan berikutnya mengusulkannya bila cocok." in text_of(response)
    pair.refresh_from_db()
    assert pair.hidden_at is None


# Who may


READ = ["proposals", "proposals_progress", "proposal_why_not", "pair_add"]
WRITE = ["proposals_request", "pair_add"]
WRITE_PAIR = ["pair_lock", "pair_unlock", "pair_hide", "pair_unhide"]


@pytest.mark.parametrize("name", READ)
def test_officer_of_a_third_region_finds_nothing(client: Client, name: str) -> None:
    scene = make_contact()
    client.force_login(scene.stranger.user)

    assert client.get(address(scene, name)).status_code == 404


@pytest.mark.parametrize("name", WRITE)
def test_officer_of_a_third_region_changes_nothing(client: Client, name: str) -> None:
    scene = make_contact()
    client.force_login(scene.stranger.user)

    assert client.post(address(scene, name)).status_code == 404
    assert ProposalRun.objects.count() == 0


@pytest.mark.parametrize("name", WRITE_PAIR)
def test_pair_of_another_contact_cannot_be_reached_through_ones_own(client: Client, name: str) -> None:
    own, foreign = make_contact(), make_contact()
    client.force_login(own.guest.user)
    pair = foreign.make_pair()

    assert client.post(address(own, name, pair.pk), {"reason": "Bersaing."}).status_code == 404
    assert client.post(address(foreign, name, pair.pk), {"reason": "Bersaing."}).status_code == 404
    pair.refresh_from_db()
    assert (pair.locked_at, pair.hidden_at) == (None, None)


@pytest.mark.parametrize("who", ["guest", "host"])
def test_officers_of_both_offices_may_decide(client: Client, who: str) -> None:
    scene = make_contact()
    client.force_login(getattr(scene, who).user)
    pair = scene.make_pair()

    client.post(address(scene, "pair_lock", pair.pk))

    pair.refresh_from_db()
    assert pair.locked_at is not None


def test_user_without_an_office_and_anonymous_see_nothing(client: Client) -> None:
    scene = make_contact()

    anonymous = client.get(address(scene))
    client.force_login(UserFactory())
    without_office = client.get(address(scene))

    assert anonymous.headers["Location"].startswith("/akun/")
    assert without_office.status_code == 404


@pytest.mark.parametrize("name", ["proposals_request", "pair_lock", "pair_unlock", "pair_unhide"])
def test_nothing_is_written_by_reading(client: Client, market: Market, name: str) -> None:
    pair = market.scene.make_pair()
    arguments = [] if name == "proposals_request" else [pair.pk]

    assert client.get(address(market.scene, name, *arguments)).status_code == 405


def test_need_that_is_added_changes_the_next_list(client: Client, market: Market) -> None:
    market.propose()
    NeedFactory(business=market.second_shop, category=market.coffee, text="Kopi apa saja")

    market.propose()

    assert len(pairs_on(client.get(address(market.scene)))) == 2


# The queue


def test_worker_computes_what_was_pressed_for_the_officer_who_pressed(
    client: Client,
    market: Market,
    settings: Any,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(market.scene, "proposals_request"))
    waiting = ProposalRun.objects.get().state

    job = DBTaskResult.objects.get()
    job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])

    assert (waiting, ProposalRun.objects.get().state) == ("queued", "done")
    entry = entries_of(market.scene.trade_contact).get()
    assert (entry.via, entry.user, entry.office_id) == (
        "account",
        market.scene.guest.user,
        market.scene.guest.office_id,
    )
