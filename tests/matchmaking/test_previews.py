"""What a change would do to the list, before anybody applies it: on the pages and without them."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import HistoryEntry
from matchmaking import previews
from matchmaking.engine.changes import Listing, compare
from matchmaking.engine.facts import Code
from matchmaking.engine.values import Weights
from matchmaking.models import Pair, Participation, ProposalRun
from products.models import Business
from tests.clients import client_of, page_of
from tests.factories import BusinessFactory, NeedFactory, ProductFactory
from tests.holders import text_of
from tests.matchmaking.market_scene import TODAY, Market, make_market

pytestmark = pytest.mark.django_db


@pytest.fixture
def market() -> Market:
    made = make_market()
    made.propose()
    return made


@pytest.fixture
def officer(market: Market) -> Client:
    return client_of(market.scene.host)


@pytest.fixture
def newcomer(market: Market) -> Business:
    """A business of the host that looks for the coffee and is in no delegation yet."""
    business = BusinessFactory(office=market.scene.host.office, name="Kedai Baru")
    NeedFactory(business=business, category=market.coffee, text="Kopi arabika")
    return business


def preview(market: Market, **changes: Any) -> Any:
    return previews.preview(trade_contact=market.scene.trade_contact, today=TODAY, **changes)


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Pair, Participation, ProposalRun, HistoryEntry))


def test_no_change_changes_nothing(market: Market) -> None:
    changes = preview(market, weights=Weights(), least_pairs=3)

    assert changes.is_empty
    assert changes.unmoved == 1


def test_hiding_a_pair_takes_it_off_the_list_and_writes_nothing(market: Market) -> None:
    before = rows()

    changes = preview(market, vetoed=Pair.objects.get(rank=1))

    assert [(one.old_rank, [fact.code for fact in one.why]) for one in changes.went] == [(1, [Code.VETOED])]
    assert changes.came == ()
    assert rows() == before


def test_joining_business_brings_its_pairs_and_writes_nothing(market: Market, newcomer: Business) -> None:
    before = rows()

    changes = preview(market, joining=[newcomer])

    (came,) = changes.came
    assert {came.a, came.b} == {market.roaster.name, "Kedai Baru"}
    assert [(fact.code, fact.params) for fact in came.why] == [(Code.JOINED, {"business": "Kedai Baru"})]
    assert rows() == before


def test_report_speaks_to_the_reader(market: Market, newcomer: Business) -> None:
    report = previews.report_of(preview(market, joining=[newcomer]))

    assert [sentence.text for sentence in report.came.lines[0].why] == ["Kedai Baru baru masuk delegasi."]
    assert not report.is_empty


def test_report_shows_the_first_lines_and_counts_the_rest() -> None:
    names = {number: f"Usaha {number}" for number in range(300)}
    many = Listing(names=names, scores={(0, number): 0.5 for number in range(1, 250)}, quota=300)
    nothing = Listing(names=names, scores={}, quota=300)

    report = previews.report_of(compare(nothing, many))

    assert (len(report.came.lines), report.came.count, report.came.more) == (100, 249, 149)
    assert (report.went.count, report.went.more) == (0, 0)


# The pages


def test_hide_page_shows_what_the_list_would_be_without_the_pair(market: Market, officer: Client) -> None:
    pair = Pair.objects.get(rank=1)

    page = officer.get(page_of(market.scene, "pair_hide", pair.pk))

    assert page.status_code == 200
    assert "Bila disembunyikan dan dihitung lagi" in text_of(page)
    assert "keluar, tadinya urutan 1" in text_of(page)
    pair.refresh_from_db()
    assert pair.hidden_at is None


def test_hide_page_of_a_pair_without_rank_computes_nothing(market: Market, officer: Client) -> None:
    pair = market.scene.make_pair(rank=None, origin="officer")

    page = officer.get(page_of(market.scene, "pair_hide", pair.pk))

    assert page.context["changes"] is None
    assert "Bila disembunyikan" not in text_of(page)


def test_officer_looks_at_a_newcomer_before_putting_it_in(
    market: Market, officer: Client, newcomer: Business
) -> None:
    address = page_of(market.scene, "participant_add", market.scene.host_delegation.pk)

    looked = officer.post(address, {"businesses": [newcomer.pk], "lihat": "1"})

    assert looked.headers["Location"] == f"{address}?businesses={newcomer.pk}#perubahan"
    page = officer.get(looked.headers["Location"])
    assert "Kedai Baru baru masuk delegasi." in text_of(page)
    assert f'value="{newcomer.pk}" id="b{newcomer.pk}" checked' in text_of(page)
    assert not Participation.objects.filter(business=newcomer).exists()
    officer.post(address, {"businesses": [newcomer.pk]})
    assert Participation.objects.filter(business=newcomer).exists()


def test_businesses_chosen_on_another_page_stay_chosen(
    market: Market, officer: Client, newcomer: Business
) -> None:
    address = page_of(market.scene, "participant_add", market.scene.host_delegation.pk)
    BusinessFactory(office=market.scene.host.office, name="Toko Lain")

    page = officer.get(address, {"businesses": newcomer.pk, "q": "Toko Lain"})

    assert f'<input type="hidden" name="businesses" value="{newcomer.pk}">' in text_of(page)


def test_business_of_another_region_is_not_looked_at(market: Market, officer: Client) -> None:
    foreign = ProductFactory().business
    address = page_of(market.scene, "participant_add", market.scene.host_delegation.pk)

    page = officer.get(address, {"businesses": foreign.pk})

    assert page.status_code == 422
    assert "Ada pilihan yang bukan pelaku usaha daerah ini." in text_of(page)
    assert page.context["changes"] is None
