"""Facts as sentences: every code has its words, numbers are written as people read them."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from matchmaking.engine.facts import Code, Fact
from matchmaking.reasons import KEPT_BY, SENTENCES, Sentence, explained, label, sentence, sentences

PACK = {"id": "bungkus", "en": "pack"}
COFFEE = {"product": "Kopi arabika", "seller": "Dapur A", "buyer": "Toko B", "unit": PACK}


def said(code: Code, **params: Any) -> str:
    return sentence(Fact(code, params).as_json())


def test_every_code_has_its_sentence() -> None:
    assert set(Code) - set(SENTENCES) == {Code.KEPT}
    assert set(KEPT_BY) == {"locked", "officer", "inquiry", "supply"}


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (
            Fact(Code.PRICE_WITHIN, {**COFFEE, "price": 62_400, "ceiling": 75_000}),
            "Kopi arabika: harga Rp62.400 per bungkus pada jumlah itu, dalam batas Rp75.000.",
        ),
        (
            Fact(Code.CAPACITY_ENOUGH, {**COFFEE, "capacity": 1_500, "quantity": 120, "monthly": True}),
            "Kopi arabika: kapasitas 1.500 bungkus per bulan, cukup untuk 120.",
        ),
        (
            Fact(
                Code.OVER_CAPACITY,
                {**COFFEE, "need": "Kopi", "capacity": 800, "quantity": 5_000, "gap": 4_200},
            ),
            "Kopi arabika untuk “Kopi”: kapasitas 800 bungkus per bulan, kurang 4.200 dari 5.000.",
        ),
        (
            Fact(
                Code.OVER_CEILING,
                {**COFFEE, "need": "Teh", "price": 62_400, "ceiling": 30_000.5, "excess": 32_399.5},
            ),
            "Kopi arabika untuk “Teh”: harga Rp62.400 per bungkus melebihi batas Rp30.000, selisih Rp32.400.",
        ),
        (
            Fact(
                Code.BELOW_MIN_ORDER,
                {**COFFEE, "need": "Kopi", "quantity": 8.33, "min_order": 24, "unit": None},
            ),
            "Kopi arabika untuk “Kopi”: jumlah 8,33 satuan di bawah pesanan minimum 24.",
        ),
        (
            Fact(
                Code.CERTIFICATES_NOT_HELD,
                {
                    **COFFEE,
                    "need": "Kopi",
                    "kinds": [["pirt", "missing"], ["halal", "in_process"], ["sni", "expired"]],
                },
            ),
            "Kopi arabika untuk “Kopi”: P-IRT belum ada, Halal masih diurus, SNI sudah kedaluwarsa.",
        ),
        (
            Fact(Code.CERTIFICATES_HELD, {**COFFEE, "kinds": ["halal", "pirt"]}),
            "Kopi arabika punya sertifikat yang diwajibkan: Halal, P-IRT.",
        ),
        (
            Fact(Code.WISH_CLOSED, {"need": "Kopi", "until": date(2018, 3, 1).isoformat()}),
            "Kebutuhan “Kopi” sudah berakhir pada 1 Maret 2018.",
        ),
        (
            Fact(
                Code.OUTSIDE_AREA,
                {**COFFEE, "need": "Kopi", "area": "Jawa Tengah", "region": "Kota B"},
            ),
            "Kopi arabika untuk “Kopi”: Dapur A di Kota B, sedangkan pemasok dicari dari Jawa Tengah.",
        ),
        (
            Fact(Code.NOT_DELIVERED, {**COFFEE, "need": "Kopi", "region": "Kota B"}),
            "Kopi arabika untuk “Kopi”: Dapur A tidak mengirim ke Kota B.",
        ),
        (
            Fact(Code.GATE_FAILED, {"gate": "not_delivered", "count": 2}),
            "Terhalang wilayah pengiriman penjual: 2 kali.",
        ),
        (
            Fact(Code.DELIVERY_UNKNOWN, {"seller": "Dapur A", "products": ["Kopi", "Teh"]}),
            "Wilayah pengiriman belum tersedia: Kopi, Teh.",
        ),
        (
            Fact(Code.GATE_FAILED, {"gate": "outside_area", "count": 2}),
            "Terhalang wilayah pemasok yang diminta: 2 kali.",
        ),
        (Fact(Code.KEPT, {"by": "officer"}), "Ditambahkan petugas."),
        (
            Fact(Code.LEAD_TIME_UNKNOWN, {"seller": "Dapur A", "products": ["Kopi", "Teh"]}),
            "Waktu pengerjaan belum tersedia: Kopi, Teh.",
        ),
        (
            Fact(Code.OTHER_REGION, {"region_a": "Kabupaten A", "region_b": "Kota B", "km": 1_358}),
            "Membuka pasar antara Kabupaten A dan Kota B, sekitar 1.358 km.",
        ),
        (
            Fact(Code.OTHER_REGION, {"region_a": "Kabupaten A", "region_b": "Kota B", "km": None}),
            "Membuka pasar antara Kabupaten A dan Kota B.",
        ),
        (
            Fact(Code.SIMILAR_TEXT, {**COFFEE, "words": ["kopi", "bubuk"]}),
            "Kopi arabika dan kebutuhan itu sama-sama menyebut “kopi”, “bubuk”.",
        ),
        (
            Fact(Code.SIMILAR_TEXT, {**COFFEE, "words": []}),
            "Nama Kopi arabika mirip dengan kebutuhan yang ditulis.",
        ),
        (
            Fact(Code.SIMILAR_TEXT, {**COFFEE, "words": [], "kindred": ["minuman", "teh"]}),
            "Kopi arabika sejenis dengan “minuman”, “teh” dalam kebutuhan itu.",
        ),
        (Fact(Code.VETOED, {"reason": ""}), "Disembunyikan petugas."),
        (
            Fact(Code.GATE_FAILED, {"gate": "over_ceiling", "count": 3}),
            "Terhalang harga di atas batas: 3 kali.",
        ),
        (Fact(Code.GATE_FAILED, {"gate": "too_slow", "count": 1}), "Terhalang too_slow: 1 kali."),
        (Fact(Code.SCORE_ROSE, {"old": 0.61, "new": 0.6384}), "Kecocokannya naik dari 0,610 ke 0,638."),
        (
            Fact(Code.DISPLACED, {"business": "Toko B", "partners": ["Dapur A", "Dapur C"]}),
            "Daftar Toko B penuh; tempatnya dipakai untuk Dapur A, Dapur C.",
        ),
        (Fact(Code.SEEKS, {"business": "Toko B", "needs": ["Kopi", "Teh"]}), "Toko B mencari “Kopi”, “Teh”."),
    ],
)
def test_fact_is_said_in_indonesian(fact: Fact, text: str) -> None:
    assert sentence(fact.as_json()) == text


@pytest.mark.parametrize(
    ("maker", "role", "text"),
    [
        (
            {"id": "Kain batik", "en": "Batik fabric"},
            "core",
            "Kebutuhan tersirat: usaha Kain batik seperti Toko B biasanya membeli kotak kopi.",
        ),
        (
            {"id": "Kopi", "en": "Coffee"},
            "packaging",
            "Kebutuhan tersirat: usaha Kopi seperti Toko B biasanya membeli kotak kopi (kemasan).",
        ),
        (None, "service", "Kebutuhan tersirat: usaha seperti Toko B biasanya membeli kotak kopi (jasa)."),
    ],
)
def test_implied_need_says_who_usually_buys_what(maker: dict[str, str] | None, role: str, text: str) -> None:
    need = {"id": "kotak kopi", "en": "coffee boxes"}

    assert said(Code.IMPLIED, **COFFEE, maker=maker, need=need, role=role) == text


def test_stored_fact_is_read_in_the_language_of_the_reader() -> None:
    with override("en"):
        assert label(PACK) == "pack"
        assert "62,400 per pack" in said(Code.PRICE_KNOWN, **COFFEE, price=62_400).replace("Rp", "")
        area = {"need": "Kopi", "area": "Jawa Tengah", "region": "Kabupaten Bandung"}
        assert said(Code.OUTSIDE_AREA, **COFFEE, **area) == (
            "Kopi arabika for “Kopi”: Dapur A is in Kabupaten Bandung, but suppliers are sought from "
            "Jawa Tengah."
        )
    with override("id"):
        assert label(PACK) == "bungkus"
    assert label(None) == "satuan"


def test_reasons_of_a_pair_come_before_what_is_open() -> None:
    told = explained([{"code": "kept", "by": "locked"}], [{"code": "price_unknown", "products": ["Kopi"]}])

    assert told == [
        Sentence("good", "Dikunci petugas dalam daftar."),
        Sentence("open", "Harga belum tersedia: Kopi."),
    ]


def test_fresh_facts_are_said_like_stored_ones() -> None:
    assert sentences("open", [Fact(Code.VETOED, {"reason": "Bersaing."})]) == [
        Sentence("open", "Disembunyikan petugas: Bersaing.")
    ]


@pytest.mark.parametrize("code", [code for code in Code if code is not Code.KEPT])
def test_every_sentence_is_complete_with_the_parameters_it_names(code: Code) -> None:
    everything = {
        **COFFEE,
        "need": "Kopi",
        "area": "Jawa Tengah",
        "maker": None,
        "role": "core",
        "family": PACK,
        "words": ["kopi"],
        "price": 1,
        "ceiling": 2,
        "excess": 1,
        "capacity": 3,
        "quantity": 4,
        "min_order": 5,
        "kinds": ["halal"],
        "days": 6,
        "days_left": 7,
        "a": "A",
        "b": "B",
        "count": 8,
        "region_a": "C",
        "region_b": "D",
        "km": 9,
        "months": 2,
        "business": "E",
        "products": ["F"],
        "needs": ["G"],
        "wish_unit": PACK,
        "gap": 10,
        "until": "2018-03-01",
        "region": "H",
        "reason": "I",
        "quota": 11,
        "partner": "J",
        "rank": 12,
        "gate": "over_ceiling",
        "share": 13,
        "old": 0.5,
        "new": 0.75,
        "partners": ["K"],
    }

    text = said(code, **everything)

    assert "%" not in text
    assert text[0].isupper() or text.startswith(("A", "E"))
