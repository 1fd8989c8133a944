"""What is said about numbers of certificates that look odd."""

from datetime import date

import pytest

from products.identifiers import Written, doubts_about, expiry_year, nib_doubt


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("pirt", "P-IRT No. 2013204565548-30"), ("pirt", "201320456554830"), ("bpom", "MD 123456789012"),
        ("bpom", "BPOM RI MD 123456789012345"), ("bpom", "NA 18201234567"), ("bpom", "TR 123456789"),
        ("halal", "ID32110000123450522"), ("sni", "SNI 2973:2022"), ("sni", "SNI ISO 9001:2015"),
        ("brand", "IDM000123456"), ("other", "apa saja"), ("halal", ""),
    ],
)  # fmt: skip
def test_usual_number_is_not_doubted(kind: str, number: str) -> None:
    assert doubts_about(Written(kind=kind, number=number)) == []


USUAL = "Nomor %s biasanya seperti %s. Periksa lagi nomornya."
BPOM = (
    "Nomor BPOM biasanya diawali MD atau ML (pangan), NA sampai NE (kosmetik), atau TR (obat tradisional), "
    "lalu 9 sampai 15 angka. Periksa lagi nomornya."
)
KH = "Nomor KH adalah ketetapan halal. Nomor sertifikatnya diawali ID, mis. ID32110000123450522."


@pytest.mark.parametrize(
    ("kind", "number", "sentence"),
    [
        ("pirt", "123", "Nomor P-IRT biasanya 15 angka, mis. 2013204565548-30; di sini ada 3."),
        ("pirt", "X 201320456554830", USUAL % ("P-IRT", "2013204565548-30")),
        ("pirt", "9013204565548-30", "Angka pertama P-IRT menyebut kemasan, 1 sampai 8; di sini 9."),
        ("halal", "KH.0012345", KH),
        ("halal", "00160", USUAL % ("halal", "ID32110000123450522")),
        ("bpom", "12", BPOM),
        ("sni", "2973", USUAL % ("SNI", "SNI 2973:2022")),
        ("brand", "IDM1", USUAL % ("merek", "IDM000123456")),
    ],
)
def test_odd_number_is_doubted_in_a_sentence(kind: str, number: str, sentence: str) -> None:
    assert doubts_about(Written(kind=kind, number=number)) == [sentence]


def test_pirt_of_another_regency_is_doubted() -> None:
    written = Written(kind="pirt", number="2013204565548-30", region_code="32.73")

    assert doubts_about(written) == [
        "Angka ke-4 sampai ke-7 P-IRT menyebut kabupaten atau kota; di sini 3204, bukan 3273."
    ]


def test_pirt_with_another_year_than_its_date_is_doubted() -> None:
    written = Written(
        kind="pirt", number="2013204565548-30", region_code="32.04", valid_until=date(2027, 1, 1)
    )

    assert doubts_about(written) == [
        "Nomor P-IRT ini menyebut tahun 2030, sedangkan tanggal berlakunya tahun 2027."
    ]


def test_year_is_read_from_a_pirt_number_only() -> None:
    assert (expiry_year("2013204565548-27"), expiry_year("12")) == (2027, None)


@pytest.mark.parametrize("nib", ["", "9120000000031", "9120-0000.000 31"])
def test_usual_nib_is_not_doubted(nib: str) -> None:
    assert nib_doubt(nib) == ""


def test_short_nib_is_doubted() -> None:
    assert nib_doubt("912000") == "NIB biasanya 13 angka; di sini ada 6. Periksa lagi nomornya."
