"""Over the real pages: every number is a link, and the rows behind it come to the same."""

import gzip
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from products.models import Business
from reports.equity import Mark
from tests.clients import admin_client, client_of
from tests.factories import DelegationFactory, PairFactory, TradeContactFactory
from tests.reports.scenes import commit, make_reports
from tests.scenes import ContactScene

pytestmark = pytest.mark.django_db

NUMBER = re.compile(
    r'<a href="([^"]+)">(?:[^<]+<b>|\s*(?:<strong>)?)(Rp[\d.]+|\d[\d.]*)×?(?:</strong>|</b>)?\s*</a>'
)
PAGES = ["overview", "ledger", "funnel", "balance", "equity"]
BY = ["", *(f"?per={by}" for by in ("contact", "direction", "office", "commodity", "district"))]


@pytest.fixture
def scene() -> ContactScene:
    return make_reports()


def addresses(scene: ContactScene) -> list[str]:
    balance = "?daerah={}&mitra={}&tingkat=".format(
        *(one.office.region.code for one in (scene.guest, scene.host))
    )
    return [
        *(reverse(f"reports:{name}") + by for name in ("ledger", "funnel", "equity") for by in BY),
        *(reverse("reports:balance") + balance + rung for rung in ("loi", "order", "realised")),
        reverse("reports:overview"),
        reverse("reports:overview") + "?tahun=2018",
        reverse("reports:council", args=[scene.trade_contact.slug]),
    ]


def numbers(client: Client, address: str) -> Iterator[tuple[str, str]]:
    """Yield every number of a page that is a link, with the address it leads to."""
    for href, number in NUMBER.findall(client.get(address).content.decode()):
        yield href.replace("&amp;", "&"), number


def told_by_rows(client: Client, address: str) -> str:
    """Return what the page of rows comes to, added up from its own context."""
    context = client.get(address).context
    lines = context["lines"]
    if "sums" not in context:
        return f"{len(lines)}"
    assert len(context["sums"]) <= 1  # rungs are never added
    total = sum(line.row.rupiah for line in lines)
    assert [one.rupiah for _rung, _standing, one in context["sums"]] == ([total] if lines else [])
    return f"Rp{total:,}".replace(",", ".")


@pytest.mark.parametrize("role", ["guest", "host", "admin"])
def test_every_number_opens_rows_with_the_same_total(scene: ContactScene, role: str) -> None:
    client = admin_client() if role == "admin" else client_of(getattr(scene, role))

    found = [pair for address in addresses(scene) for pair in numbers(client, address)]

    assert len(found) > 60
    opened = {href: told_by_rows(client, href) for href in {href for href, _number in found}}
    assert [(href, number) for href, number in found if opened[href] != number] == []


def test_headline_has_the_rungs_side_by_side(scene: ContactScene) -> None:
    statement = client_of(scene.guest).get(reverse("reports:ledger")).context["statement"]

    counted = {rung.value: figure.sum.rupiah for rung, figure in statement.headline.counted.items()}
    assert counted == {
        "potential": 0,
        "loi": 30_000_000,
        "order": 12_000_000,
        "consigned": 0,
        "realised": 19_400_000,
    }
    assert statement.headline.overdue.sum.rupiah == 5_000_000
    assert statement.headline.disputed["order"].sum.rupiah == 9_000_000


def test_definition_date_and_rows_stand_beside_every_number(scene: ContactScene) -> None:
    page = client_of(scene.guest).get(reverse("reports:ledger")).content.decode()

    for text in (
        "2 baris, per ",
        "Median Rp8.000.000; transaksi terbesar 59% dari jumlah",
        "Barang atau uang yang sudah berpindah, dengan bukti.",
        "Tingkat-tingkat ini tidak dijumlahkan",
    ):
        assert text in page


def test_rows_of_a_rung_have_a_total_without_what_is_disputed(scene: ContactScene) -> None:
    response = client_of(scene.guest).get(reverse("reports:ledger_rows"), {"tingkat": "order"})

    sums = [(standing.value, one.rupiah) for _rung, standing, one in response.context["sums"]]
    assert sums == [("counted", 12_000_000), ("disputed", 9_000_000)]
    assert "Pesanan (PO), disengketakan: 1 baris" in response.content.decode()


@pytest.mark.parametrize("name", ["ledger_rows", "funnel_rows", "equity_rows"])
def test_question_without_rows_says_so(scene: ContactScene, name: str) -> None:
    page = client_of(scene.stranger).get(reverse(f"reports:{name}")).content.decode()

    assert "untuk pertanyaan ini." in page
    assert "<table" not in page


def test_disputes_and_old_potentials_are_listed(scene: ContactScene) -> None:
    context = client_of(scene.guest).get(reverse("reports:ledger")).context

    assert [line.row.standing.value for line in context["left_out"]] == ["overdue", "disputed"]


def make_another_contact(scene: ContactScene, title: str) -> None:
    """Open one more contact of both offices, with a pair that met and has agreed on every rung."""
    contact = TradeContactFactory(title=title)
    for office, role in ((scene.guest.office, "guest"), (scene.host.office, "host")):
        DelegationFactory(trade_contact=contact, office=office, role=role)
    facts = {"answer_a": "yes", "answer_b": "yes", "step": "met", "step_at": contact.created_at}
    pair = PairFactory(trade_contact=contact, **facts)
    for level in ("potential", "loi", "order", "realised"):
        commit(pair, level, 1_000_000)


def test_overview_of_many_contacts_comes_in_pages_within_the_budget(scene: ContactScene) -> None:
    for number in range(24):
        make_another_contact(scene, f"Kunjungan contoh nomor {number:02} dari dua kabupaten")
    client = client_of(scene.guest)

    pages = [client.get(reverse("reports:overview"), {"page": number}) for number in (1, 2, 3)]

    assert [len(page.context["lines"]) for page in pages] == [10, 10, 5]
    assert len({line.contact.slug for page in pages for line in page.context["lines"]}) == 25
    assert max(len(gzip.compress(page.content)) for page in pages) <= 15_000
    assert max(len(page.content) for page in pages) <= 30_000
    assert 'href="?page=2"' in pages[0].content.decode()


@pytest.mark.parametrize("name", ["ledger", "funnel"])
def test_lines_of_many_contacts_come_in_pages(scene: ContactScene, name: str) -> None:
    for number in range(21):
        make_another_contact(scene, f"Kunjungan contoh nomor {number:02} dari dua kabupaten")
    client = client_of(scene.guest)

    pages = [client.get(reverse(f"reports:{name}"), {"page": number}) for number in (1, 2)]

    keys = [line.key for page in pages for line in page.context["page"]]
    assert [len(page.context["page"]) for page in pages] == [20, 2]
    assert len(set(keys)) == 22
    assert max(len(gzip.compress(page.content)) for page in pages) <= 15_000


def test_unknown_question_asks_for_all(scene: ContactScene) -> None:
    client = client_of(scene.guest)
    query = "?kontak=tidak-ada&dinas=0&arah=x&tahun=abc&tingkat=semua&per=bulan&usaha=-1&page=x"

    for name in [*PAGES, "ledger_rows", "funnel_rows", "equity_rows"]:
        assert client.get(reverse(f"reports:{name}") + query).status_code == 200
    assert client.get(reverse("reports:ledger") + query).context["asked"].question.asked == {}


def test_office_of_a_third_region_counts_nothing(scene: ContactScene) -> None:
    client = client_of(scene.stranger)

    assert client.get(reverse("reports:ledger")).context["asked"].rows == []
    assert client.get(reverse("reports:funnel")).context["asked"].rows == []
    assert client.get(reverse("reports:equity")).context["asked"].rows == []
    assert client.get(reverse("reports:council", args=[scene.trade_contact.slug])).status_code == 404


def test_trips_are_those_of_the_own_office(scene: ContactScene) -> None:
    own = {str(scene.guest.office_id)}

    rows = client_of(scene.guest).get(reverse("reports:equity")).context["asked"].rows

    assert {trip.office for trip in rows} == own


def test_women_led_counts_where_the_business_states_it(scene: ContactScene) -> None:
    other = scene.make_pair().business_a
    Business.objects.filter(pk=other.pk).update(women_led="yes")
    Business.objects.filter(pk=scene.guest_business.pk).update(women_led="no")

    marks = client_of(scene.guest).get(reverse("reports:equity")).context["equity"].headline.marks

    assert (marks[Mark.WOMEN].number, marks[Mark.NOT_STATED].number) == (1, marks[Mark.TRIPS].number - 2)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("overview", 12), ("ledger", 11), ("ledger_rows", 11), ("funnel", 8), ("funnel_rows", 9),
     ("balance", 11), ("equity", 11), ("equity_rows", 10)],
)  # fmt: skip
def test_page_costs_the_same_for_one_row_and_many(
    name: str, queries: int, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scene = make_reports()
    for _ in range(count - 1):
        commit(scene.make_pair(), "order", 1_000_000)
    client = client_of(scene.guest)

    with django_assert_num_queries(queries):
        client.get(reverse(f"reports:{name}"))


def test_balance_shows_what_it_has_taken_by_itself(scene: ContactScene) -> None:
    own, other = (one.office.region.code for one in (scene.guest, scene.host))

    for query in ("", "?mitra=x&tingkat=semua", f"?daerah={own}&mitra={own}"):
        form = client_of(scene.guest).get(reverse("reports:balance") + query).context["regions"]
        assert [form[name].value() for name in ("daerah", "mitra", "tingkat")] == [own, other, "realised"]
