"""Goods on consignment are no order: a column of their own, until they are sold and paid."""

import pytest
from django.test import Client
from django.urls import reverse

from matchmaking.commitments import Kind, Level, withdraw
from matchmaking.models import Commitment, Pair, Step
from matchmaking.path import take_step
from reports.funnel import Fate, Stage
from reports.ledger import Rung
from tests.clients import client_of
from tests.deals import NOW, agreed_pair, record, terms
from tests.reports.test_report_files import download, sheets_of
from tests.scenes import ContactScene, make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> ContactScene:
    return make_contact()


@pytest.fixture
def client(scene: ContactScene) -> Client:
    return client_of(scene.guest)


def hand_over(scene: ContactScene, pair: Pair) -> Commitment:
    said = terms(Level.ORDER, 5_000_000, kind=Kind.CONSIGNMENT, settlement_days=30, document="TJ 1")
    return record(pair, scene.guest_actor, said)


def sell(scene: ContactScene, pair: Pair, lot: Commitment) -> Commitment:
    sold = terms(Level.REALISED, 4_100_000, kind=Kind.CONSIGNMENT, unsold_rupiah=900_000, grew_from=lot)
    return record(pair, scene.guest_actor, sold, has_file=True)


def rungs(client: Client) -> dict[str, int]:
    counted = client.get(reverse("reports:ledger")).context["statement"].headline.counted
    return {rung.value: figure.sum.rupiah for rung, figure in counted.items() if figure.sum.count}


def stages(client: Client) -> list[str]:
    """Return the stages and fates that a pair of the funnel bears."""
    headline = client.get(reverse("reports:funnel")).context["funnel"].headline
    found = [*headline.stages.items(), *headline.fates.items()]
    return [key.value for key, count in found if count.number][2:]  # after "proposed" and "answered"


def test_ledger_keeps_consignments_out_of_orders(scene: ContactScene, client: Client) -> None:
    lot = hand_over(scene, agreed_pair(scene))

    assert rungs(client) == {Rung.CONSIGNED: 5_000_000}
    sell(scene, lot.pair, lot)
    assert rungs(client) == {Rung.CONSIGNED: 5_000_000, Rung.REALISED: 4_100_000}


def test_funnel_keeps_a_consignment_out_of_orders_until_it_is_sold(
    scene: ContactScene, client: Client
) -> None:
    pair = agreed_pair(scene)
    lot = hand_over(scene, pair)

    assert pair.step == Step.ORDER
    assert stages(client) == [Stage.AGREED, Fate.STUCK, Fate.CONSIGNED]
    sell(scene, pair, lot)
    assert {Stage.ORDER, Stage.DELIVERED, Fate.CONSIGNED} <= set(stages(client))


def test_second_lot_is_no_repeat_order(scene: ContactScene, client: Client) -> None:
    pair = agreed_pair(scene)
    sell(scene, pair, hand_over(scene, pair))
    record(
        pair,
        scene.guest_actor,
        terms(Level.ORDER, 2_000_000, kind=Kind.CONSIGNMENT, settlement_days=30, document="TJ 2"),
    )

    assert pair.step == Step.REPEAT
    assert Stage.DELIVERED in stages(client)
    assert Stage.REPEAT not in stages(client)


@pytest.mark.parametrize("is_commitment", [True, False])
def test_order_beside_a_consignment_counts(
    scene: ContactScene, client: Client, *, is_commitment: bool
) -> None:
    pair = agreed_pair(scene)
    if is_commitment:
        hand_over(scene, pair)
        record(pair, scene.guest_actor, terms(Level.ORDER, 12_000_000, document="PO 7"))
    else:
        take_step(actor=scene.guest_actor, pair=pair, to=Step.ORDER, now=NOW, document="PO 7")
        hand_over(scene, pair)

    assert Stage.ORDER in stages(client)


def test_consignment_taken_back_is_no_order_either(scene: ContactScene, client: Client) -> None:
    lot = hand_over(scene, agreed_pair(scene))
    withdraw(actor=scene.guest_actor, commitment=lot, reason="Barangnya diambil lagi.", now=NOW)

    assert rungs(client) == {}
    assert stages(client) == [Stage.AGREED, Fate.STUCK]


def test_overview_counts_as_the_funnel_does(scene: ContactScene, client: Client) -> None:
    hand_over(scene, agreed_pair(scene))

    [line] = client.get(reverse("reports:overview")).context["lines"]

    assert line.funnel.stages[Stage.ORDER].number == 0
    assert line.ledger.counted[Rung.CONSIGNED].sum.rupiah == 5_000_000


def test_files_have_the_column_and_its_definition(scene: ContactScene, client: Client) -> None:
    hand_over(scene, agreed_pair(scene))

    sheets = sheets_of(download(client, scene, "ledger", "xlsx").content)

    assert ("Titip jual", "dihitung", 5_000_000, 1, 5_000_000, 1) in sheets["1 Ringkasan"]
    assert "Titip jual (Rp)" in sheets["2 Rincian"][0]
    [meaning] = [text for name, text in sheets["i"] if name == "Titip jual"]
    assert meaning.startswith("Barang yang dititipkan, menurut nilai saat diserahkan.")
    assert "Titip jual" in sheets_of(download(client, scene, "funnel", "xlsx").content)["1 Ringkasan"][0]


def test_page_says_what_the_column_means(scene: ContactScene, client: Client) -> None:
    hand_over(scene, agreed_pair(scene))

    page = client.get(reverse("reports:ledger")).content.decode()

    assert "yang laku dan dibayar masuk realisasi, yang tersisa tidak dihitung" in page
    assert f'<a href="{reverse("reports:ledger_rows")}?tingkat=consigned' in page
