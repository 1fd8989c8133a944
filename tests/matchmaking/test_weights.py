"""The weights of a contact: checked, saved with history, looked at before they are applied."""

from dataclasses import asdict
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.history import entries_of
from matchmaking import timeline, weights
from matchmaking.engine.values import Weights
from matchmaking.models import ProposalRun, TradeContact
from matchmaking.pairing_inputs import rules_of, weights_of
from products.profiles import StaleVersion
from tests.clients import client_of, page_of
from tests.holders import text_of
from tests.matchmaking.market_scene import Market, make_market
from tests.scenes import make_contact

pytestmark = pytest.mark.django_db


def ignore(run_id: int) -> None:
    """Queue nothing."""


def typed(contact: TradeContact, **changes: str) -> dict[str, str]:
    """What the form sends when only ``changes`` were typed."""
    values = {name: str(value).replace(".", ",") for name, value in asdict(weights_of(contact)).items()}
    stored = {"least_pairs": str(contact.least_pairs_per_business), "version": str(contact.version)}
    return {**values, **stored, **changes}


# What the engine can work with


def test_weights_not_named_are_the_usual_ones() -> None:
    assert weights.checked_weights({"buyer_price": 0.5}) == Weights(buyer_price=0.5)


def test_unknown_weight_is_refused() -> None:
    with pytest.raises(weights.UnknownWeight, match=r"Bobot ini tidak dikenal: luck, stars\."):
        weights.checked_weights({"stars": 0.5, "luck": 0.1})


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), "0.5", None, True])
def test_weight_out_of_range_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError, match="Tulis angka dari 0 sampai 1"):
        weights.checked_weights({"buyer_price": value})


def test_side_without_any_weight_is_refused() -> None:
    nothing = {name: 0.0 for name in weights.NAMES if name.startswith("seller_")}

    with pytest.raises(ValidationError, match="Paling sedikit satu bobot pihak ini harus lebih dari 0"):
        weights.checked_weights(nothing)


def test_contact_stores_only_what_differs_from_the_usual() -> None:
    assert weights.changes_from_usual(Weights(buyer_price=0.5)) == {"buyer_price": 0.5}
    assert weights.changes_from_usual(Weights()) == {}


# Saving


def save(market: Market, *, version: int = 1, least_pairs: int = 3, **values: float) -> TradeContact:
    return weights.set_weights(
        actor=market.scene.guest_actor,
        trade_contact=market.scene.trade_contact,
        version=version,
        weights=Weights(**values),
        least_pairs=least_pairs,
    )


def test_saving_tells_history_from_what_to_what() -> None:
    market = make_market()

    saved = save(market, buyer_price=0.5, least_pairs=2)

    assert (saved.weights, saved.least_pairs_per_business, saved.version) == ({"buyer_price": 0.5}, 2, 2)
    assert rules_of(saved).least_pairs == 2
    entry = entries_of(saved)[0]
    assert (entry.action, entry.before, entry.after, entry.user) == (
        "weights_changed",
        {"buyer_price": 0.25, "least_pairs": 3},
        {"buyer_price": 0.5, "least_pairs": 2},
        market.scene.guest.user,
    )


def test_history_is_read_in_both_languages() -> None:
    market = make_market()
    save(market, buyer_price=0.5)

    lines = timeline.of_contact(market.scene.trade_contact, [], market.scene.guest_actor)

    assert lines[0].text == "Bobot diubah: Harganya murah 0,25 → 0,5."
    with override("en"):
        lines = timeline.of_contact(market.scene.trade_contact, [], market.scene.guest_actor)
        assert lines[0].text == "Weights changed: The price is low 0.25 → 0.5."


def test_weights_as_they_were_change_nothing() -> None:
    market = make_market()

    saved = save(market, version=99)

    assert saved.version == 1
    assert list(entries_of(saved)) == []


def test_save_of_somebody_faster_is_noticed() -> None:
    market = make_market()
    save(market, buyer_price=0.5)

    with pytest.raises(StaleVersion, match="baru saja diubah oleh orang lain"):
        save(market, version=1, buyer_price=0.6)


def test_more_pairs_wished_for_than_allowed_are_refused() -> None:
    with pytest.raises(ValidationError, match="Tulis angka dari 0 sampai 8"):
        save(make_market(), least_pairs=9)


def test_applying_asks_for_a_new_list_once() -> None:
    market, started = make_market(), list[int]()
    asked = {
        "actor": market.scene.host_actor,
        "trade_contact": market.scene.trade_contact,
        "weights": Weights(implied=0.2),
        "least_pairs": 3,
        "now": timezone.now(),
        "start": started.append,
    }

    first = weights.apply_weights(version=1, **asked)
    second = weights.apply_weights(version=1, **asked)

    assert first == second == ProposalRun.objects.get()
    assert first.weights["implied"] == 0.2


# The page


@pytest.fixture
def market() -> Market:
    return make_market()


@pytest.fixture
def officer(market: Market) -> Client:
    return client_of(market.scene.guest)


def test_page_shows_what_counts_how_much(market: Market, officer: Client) -> None:
    page = officer.get(page_of(market.scene, "contact_weights"))

    assert page.status_code == 200
    text = text_of(page)
    assert "Harganya murah" in text
    assert 'value="0,25"' in text
    assert "Terapkan" not in text


def test_looking_shows_what_would_change_and_writes_nothing(market: Market, officer: Client) -> None:
    market.propose()
    contact = market.scene.trade_contact
    entered = typed(contact, buyer_certificate="0", buyer_price="1")

    page = officer.get(page_of(market.scene, "contact_weights"), entered)

    assert page.status_code == 200
    assert "Tidak ada pasangan yang masuk, keluar, atau pindah urutan." in text_of(page)
    assert "Terapkan" in text_of(page)
    contact.refresh_from_db()
    assert (contact.weights, ProposalRun.objects.count()) == ({}, 1)


def test_applying_sends_the_fields_themselves(market: Market, officer: Client) -> None:
    address = page_of(market.scene, "contact_weights")

    page = text_of(officer.get(address, typed(market.scene.trade_contact, buyer_price="1")))

    assert page.count('name="buyer_price"') == 1
    token = '<button form="weights" formmethod="post" formaction="{}" name="csrfmiddlewaretoken" value="'
    assert token.format(address) in page
    assert page.split('<form id="weights"')[1].split("</form>")[0].count("csrf") == 0


def test_page_speaks_of_all_offices(market: Market, officer: Client) -> None:
    page = text_of(officer.get(page_of(market.scene, "contact_weights")))

    assert "<h1>Seberapa penting setiap hal dihitung</h1>" in page
    assert "bagi semua dinas yang ikut." in page
    assert "mendapat sekurang-kurangnya sebanyak ini." in page
    proposals = text_of(officer.get(page_of(market.scene, "proposals")))
    assert "Bobot: seberapa penting setiap hal dihitung" in proposals


def test_applying_saves_and_starts_a_run(market: Market, officer: Client) -> None:
    contact = market.scene.trade_contact

    page = officer.post(page_of(market.scene, "contact_weights"), typed(contact, buyer_price="0,5"))

    assert page.headers["Location"] == page_of(market.scene, "proposals")
    contact.refresh_from_db()
    assert contact.weights == {"buyer_price": 0.5}
    run = ProposalRun.objects.get()
    assert (run.requested_by, run.weights["buyer_price"]) == (market.scene.guest.user, 0.5)
    assert "Daftar dihitung ulang dengan bobot ini." in text_of(officer.get(page.headers["Location"]))


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("queued", "Bobot disimpan. Daftar dihitung ulang dengan bobot ini."),
        (
            "running",
            "Bobot disimpan. Perhitungan yang sedang berjalan memakai nilai saat perhitungan itu dimulai; tekan “Usulkan lagi” sesudahnya.",  # noqa: E501
        ),
    ],
)
@pytest.mark.parametrize("changes", [{"implied": "0,1"}, {"least_pairs": "1"}])
def test_joined_run_uses_the_new_values_only_when_it_has_not_started(
    market: Market, officer: Client, state: str, text: str, changes: dict[str, str]
) -> None:
    contact = market.scene.trade_contact
    officer.post(page_of(market.scene, "proposals_request"))
    ProposalRun.objects.update(state=state)

    page = officer.post(page_of(market.scene, "contact_weights"), typed(contact, **changes), follow=True)

    assert [message.message for message in page.context["messages"]] == [text]
    assert ProposalRun.objects.count() == 1


def test_queued_run_that_is_joined_uses_the_new_weights(market: Market, officer: Client) -> None:
    officer.post(page_of(market.scene, "proposals_request"))
    officer.post(page_of(market.scene, "contact_weights"), typed(market.scene.trade_contact, implied="0,1"))

    run = market.propose()

    assert run == ProposalRun.objects.get()
    assert run.weights["implied"] == 0.1


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"buyer_price": "banyak"}, "Tulis angka dari 0 sampai 1, mis. 0,25."),
        ({"buyer_price": ""}, "Tulis angka dari 0 sampai 1, mis. 0,25."),
        ({"buyer_price": "1,5"}, "Tulis angka dari 0 sampai 1, mis. 0,25."),
        ({"least_pairs": "9"}, "Tulis angka dari 0 sampai 8, yaitu usulan paling banyak per pelaku usaha."),
        ({"least_pairs": "tiga"}, "Tulis jumlah usulan dengan angka, mis. 3."),
        (
            {name: "0" for name in weights.NAMES if name.startswith("buyer_")},
            "Paling sedikit satu bobot pihak ini harus lebih dari 0.",
        ),
    ],
)
def test_mistakes_are_named_and_typed_values_kept(
    market: Market, officer: Client, changes: dict[str, str], text: str, method: str
) -> None:
    page = getattr(officer, method)(
        page_of(market.scene, "contact_weights"), typed(market.scene.trade_contact, **changes)
    )

    assert page.status_code == 422
    assert text in text_of(page)
    assert all(f'value="{value}"' in text_of(page) for value in changes.values() if value)
    assert "Terapkan" not in text_of(page)


def test_colleague_who_was_faster_is_shown_beside_what_was_typed(market: Market, officer: Client) -> None:
    started_from = typed(market.scene.trade_contact, buyer_price="0,9")
    save(market, buyer_price=0.5)

    page = officer.post(page_of(market.scene, "contact_weights"), started_from)

    assert page.status_code == 409
    assert "Orang lain menyimpan lebih dahulu" in text_of(page)
    assert "<td>0,5</td> <td>0,9</td>" in text_of(page)
    again = officer.post(page_of(market.scene, "contact_weights"), started_from | {"version": "2"})
    assert again.status_code == 302


def test_usual_weights_are_one_press_away(market: Market, officer: Client) -> None:
    save(market, buyer_price=0.5)

    page = officer.get(page_of(market.scene, "contact_weights"), {"biasa": "1"})

    assert page.status_code == 200
    assert page.context["form"]["buyer_price"].value() == "0,25"
    assert page.context["form"]["version"].value() == "2"
    assert "mengganti semua yang tertulis di sini dengan nilai biasa. Belum ada yang disimpan." in text_of(
        page
    )


def test_weights_are_nobody_elses(market: Market) -> None:
    stranger = client_of(make_contact().guest)

    page = stranger.post(
        page_of(market.scene, "contact_weights"), typed(market.scene.trade_contact, implied="0")
    )

    assert page.status_code == 404
    market.scene.trade_contact.refresh_from_db()
    assert market.scene.trade_contact.weights == {}
