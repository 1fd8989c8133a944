"""Phones, NIB, e-mail addresses and certificates in all spellings."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.excel import identifiers
from products.excel.identifiers import Claim
from products.excel.problems import CellProblem, Kind


@pytest.mark.parametrize(
    "typed",
    [
        "081270000548", "0812-7000-0548", "+62 812-7000-0548", "6281270000548", "0062 812 7000 0548",
        "+62 (0)812 7000 0548", "620812 7000 0548", "062812 7000 0548", "0812/7000/0548", "'081270000548",
        "WA: 0812 7000 0548", "081270000548 (Ibu A.)", "Ibu A. 0812 7000 0548", 81270000548.0,
        6281270000548.0, "81270000548",
    ],
)  # fmt: skip
def test_phone_is_one_number_in_every_spelling(typed: Any) -> None:
    assert identifiers.read_phone(typed) == "+6281270000548"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("(022) 5891234", "+62225891234"), ("62 22 5891234", "+62225891234"), ("+65 6521 8000", "+6565218000")],
)
def test_land_lines_and_foreign_numbers_are_kept(typed: Any, number: str) -> None:
    assert identifiers.read_phone(typed) == number


def test_phone_may_be_missing() -> None:
    assert identifiers.read_phone("-") is None


@given(st.integers(min_value=0, max_value=9_999_999))
def test_phone_survives_prefixes_and_dashes(number: int) -> None:
    local = f"0812{number:07}"

    spellings = [local, f"62{local[1:]}", f"+62{local[1:]}", f"{local[:4]}-{local[4:]}", float(local)]

    assert {identifiers.read_phone(typed) for typed in spellings} == {f"+62{local[1:]}"}


@pytest.mark.parametrize("typed", ["12345", "abc", "0812", "081270000548 ext 12", "x" * 500, "+", 5.5])
def test_what_is_no_phone_is_refused(typed: Any) -> None:
    with pytest.raises(CellProblem) as caught:
        identifiers.read_phone(typed)

    assert (caught.value.kind, caught.value.usable) == (Kind.INVALID_PHONE, None)


@pytest.mark.parametrize(
    "typed",
    ["0812 7000 0548 / 0813 7000 0549", "081270000548, 081370000549", "081270000548 081370000549",
    "12 dan 081270000548"],
)  # fmt: skip
def test_first_of_several_phones_is_usable(typed: Any) -> None:
    with pytest.raises(CellProblem) as caught:
        identifiers.read_phone(typed)

    assert (caught.value.kind, caught.value.usable) == (Kind.SEVERAL_PHONES, "+6281270000548")


@pytest.mark.parametrize(
    "typed", ["9120000000031", 9120000000031.0, "9120 0000 0003 1", "NIB: 9120000000031", "912.000.000.003-1"]
)
def test_nib_is_thirteen_digits_in_every_spelling(typed: Any) -> None:
    assert identifiers.read_nib(typed) == "9120000000031"


@pytest.mark.parametrize("typed", ["", "-", "belum ada", "Proses", "tidak"])
def test_nib_may_be_missing(typed: Any) -> None:
    assert identifiers.read_nib(typed) is None


@pytest.mark.parametrize("typed", ["9120001885153X", "91200019898", 912000000003.0, "9.12E+12", "x"])
def test_wrong_nib_is_refused(typed: Any) -> None:
    with pytest.raises(CellProblem) as caught:
        identifiers.read_nib(typed)

    assert caught.value.kind == Kind.INVALID_NIB


def test_email_is_lower_case_or_refused() -> None:
    assert identifiers.read_email("mailto:Usaha@Contoh.id") == "usaha@contoh.id"
    assert identifiers.read_email("-") is None
    for typed in ("usaha", "usaha@contoh", "a b@contoh.id", "x" * 200 + "@contoh.id"):
        with pytest.raises(CellProblem, match="invalid_email"):
            identifiers.read_email(typed)


@pytest.mark.parametrize(
    ("typed", "claim"),
    [
        ("2013204565548-30", Claim("pirt", "2013204565548-30")), ("Ada", Claim("pirt")), ("✓", Claim("pirt")),
        ("Dalam proses", Claim("pirt", is_in_process=True)), ("Tidak", None), ("-", None), ("", None),
        (201320456554830.0, Claim("pirt", "201320456554830")), (True, Claim("pirt")),
    ],
)  # fmt: skip
def test_certificate_is_a_number_a_claim_or_nothing(typed: Any, claim: Claim | None) -> None:
    assert identifiers.read_certificate(typed, "pirt") == claim


@pytest.mark.parametrize(
    ("claim", "is_odd"),
    [
        (Claim("pirt", "P-IRT No. 2013204565548-30"), False), (Claim("pirt", "123"), True),
        (Claim("pirt"), False),
        (Claim("bpom", "MD 123456789012"), False), (Claim("bpom", "12"), True),
        (Claim("halal", "ID32110000123450522"), False), (Claim("halal", "00160"), True),
        (Claim("sni", "SNI 2973:2022"), False), (Claim("sni", "2973"), True),
        (Claim("brand", "IDM000123456"), False), (Claim("other", "1"), False),
    ],
)  # fmt: skip
def test_odd_certificate_number_is_doubted(claim: Claim, *, is_odd: bool) -> None:
    doubt = identifiers.doubt_about(claim)

    assert (doubt is not None) == is_odd
    assert doubt is None or doubt.kind == Kind.INVALID_CERTIFICATE


def test_certificate_names_are_listed_once() -> None:
    assert identifiers.read_certificate_names("P-IRT, Halal dan P.IRT") == ("pirt", "halal")
    assert identifiers.read_certificate_names("tidak") == ()
    with pytest.raises(CellProblem, match="unknown_certificate"):
        identifiers.read_certificate_names("halal, ISO 9001")
