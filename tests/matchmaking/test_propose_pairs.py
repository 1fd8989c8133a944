"""The command: the list of the page as JSON or as a table, and one sentence when that is impossible."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from matchmaking.models import Pair, ProposalRun
from matchmaking.pairing import add_pair
from tests.factories import ComplementFactory, FamilyFactory, NeedFactory, ProductFactory
from tests.matchmaking.market_scene import TODAY, Market, make_market

pytestmark = pytest.mark.django_db


def printed(market: Market, *options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    slug = market.scene.trade_contact.slug
    call_command("propose_pairs", "--trade-contact", slug, *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def pairs_of(market: Market) -> list[dict[str, Any]]:
    return json.loads(printed(market, "--json")[0])["pairs"]


def test_json_tells_the_pair_its_trades_reasons_and_what_is_unmet() -> None:
    market = make_market()

    [pair] = pairs_of(market)

    stored = Pair.objects.get()
    assert 0.0 < pair.pop("score") < 1.0
    assert pair == {
        "id": stored.pk,
        "a": market.roaster.name,
        "b": market.shop.name,
        "a_id": market.roaster.pk,
        "b_id": market.shop.pk,
        "trades": [
            {
                "seller": market.roaster.name,
                "buyer": market.shop.name,
                "product": "Kopi arabika Pangalengan",
                "need": "Kopi bubuk, kemasan hadiah",
                "implied": False,
                "seller_id": market.roaster.pk,
                "buyer_id": market.shop.pk,
                "product_id": market.product.pk,
                "need_id": market.need.pk,
            }
        ],
        "reasons": [
            f"{market.shop.name} mencari “Kopi bubuk, kemasan hadiah”.",
            "Kopi arabika Pangalengan termasuk jenis “Kopi” yang dicari.",
            "Kopi arabika Pangalengan: kapasitas 1.500 bungkus per bulan, cukup untuk 120.",
            f"Jumlah 120 bungkus memenuhi pesanan minimum 24 dari {market.roaster.name}.",
            "Kopi arabika Pangalengan: harga Rp62.400 per bungkus pada jumlah itu, dalam batas Rp75.000.",
            "Kopi arabika Pangalengan punya sertifikat yang diwajibkan: Halal.",
            f"Membuka pasar antara {market.roaster.region.name} dan {market.shop.region.name}.",
        ],
        "unmet": [
            "Waktu pengerjaan belum tersedia: Kopi arabika Pangalengan.",
            "Wilayah pengiriman belum tersedia: Kopi arabika Pangalengan.",
            "Sertifikat Halal belum diperiksa petugas: Kopi arabika Pangalengan.",
        ],
    }


def test_implied_need_is_null_and_labelled() -> None:
    market = make_market()
    boxes = FamilyFactory(code="kotak")
    ProductFactory(business=market.second_shop, category=boxes, name="Kotak kopi")
    ComplementFactory(buyer=market.coffee, supplier=boxes, weight=0.8)

    trades = [trade for pair in pairs_of(market) for trade in pair["trades"]]

    assert [(one["product"], one["need"], one["need_id"]) for one in trades if one["implied"]] == [
        ("Kotak kopi", None, None)
    ]


def test_order_is_that_of_the_page_and_running_again_prints_the_same() -> None:
    market = make_market()
    NeedFactory(business=market.second_shop, category=market.coffee, text="Kopi apa saja")

    first, second = printed(market, "--json")[0], printed(market, "--json")[0]

    assert first == second
    listed = [pair["id"] for pair in json.loads(first)["pairs"]]
    assert listed == list(Pair.objects.shown().in_order().values_list("pk", flat=True))
    assert len(listed) == 2


def test_table_has_one_line_for_each_pair_and_counts_go_to_standard_error() -> None:
    market = make_market()
    add_pair(
        actor=market.scene.host_actor,
        trade_contact=market.scene.trade_contact,
        one=market.second_shop,
        other=market.roaster,
        reason="Sudah berkirim contoh.",
        today=TODAY,
    )

    out, err = printed(market)

    first, second = out.splitlines()
    assert first.split("  ")[-1] == f"[{market.roaster.name} → Kopi arabika Pangalengan]"
    assert second == f"   2  0.000  {market.roaster.name} – {market.second_shop.name}  []"
    assert err.startswith("2 pairs, 1 new, 0 gone; 3 of 3 businesses have one; ")


def test_answered_pair_that_is_not_proposed_any_more_stands_without_a_rank() -> None:
    market = make_market()
    market.propose()
    Pair.objects.update(answer_b="yes")
    market.product.delete()

    out, _err = printed(market)

    assert out.startswith("   –  ")


def test_unknown_contact_is_one_sentence() -> None:
    with pytest.raises(CommandError, match=r"There is no trade contact “tidak-ada”\."):
        call_command("propose_pairs", "--trade-contact", "tidak-ada", "--json")

    assert ProposalRun.objects.count() == 0
