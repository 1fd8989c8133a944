"""Rupiah: what people write, what is understood, what is shown."""

import pytest
from django import forms
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tradecontact.fields import RupiahField
from tradecontact.rupiah import format_rupiah, group_thousands, parse_rupiah


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("30000000", 30_000_000),
        ("Rp30.000.000", 30_000_000),
        ("Rp 1,25 jt", 1_250_000),
        ("1,5juta", 1_500_000),
        ("1.5 jt", 1_500_000),
        ("1.250 jt", 1_250_000_000),
        ("1,250 jt", 1_250_000),
        ("750rb", 750_000),
        ("Rp 2,5 M", 2_500_000_000),
        ("3 miliar", 3_000_000_000),
        ("Rp900,00", 900),
        ("Rp23.500,00", 23_500),
        ("Rp. 12.000,-", 12_000),
        ("134.100", 134_100),
        ("1,250,000", 1_250_000),
        ("12,000", 12_000),
        ("4900.0", 4_900),
        ("4900.00", 4_900),
        ("IDR 5.000", 5_000),
        ("rp12000", 12_000),
        ("  Rp 149.600 ", 149_600),
        ("-5.000", -5_000),
        ("Rp0", 0),
    ],
)
def test_parse_rupiah_understands_what_people_write(text: str, amount: int) -> None:
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rp",
        "gratis",
        "900,50",
        "12.50",
        "1.00.000",
        "12.000.00",
        "1,2,3",
        "12-15 rb",
        "jt",
        "1e6",
        "9" * 41,
    ],
)
def test_parse_rupiah_refuses_what_is_no_whole_amount(text: str) -> None:
    with pytest.raises(ValueError, match="rupiah"):
        parse_rupiah(text)


@given(st.integers(min_value=-(10**15), max_value=10**15), st.sampled_from([".", ","]))
def test_parse_rupiah_reads_back_what_format_rupiah_writes(amount: int, thousands: str) -> None:
    assert parse_rupiah(format_rupiah(amount, thousands=thousands)) == amount


@given(st.text(max_size=60))
def test_parse_rupiah_answers_any_text_with_an_amount_or_a_value_error(text: str) -> None:
    try:
        amount = parse_rupiah(text)
    except ValueError:
        return
    assert isinstance(amount, int)


def test_format_rupiah_groups_thousands() -> None:
    assert format_rupiah(1_250_000) == "Rp1.250.000"
    assert format_rupiah(1_250_000, thousands=",") == "Rp1,250,000"
    assert format_rupiah(0) == "Rp0"
    assert format_rupiah(-5_000) == "-Rp5.000"
    assert group_thousands(40_000) == "40.000"


class PriceForm(forms.Form):
    price = RupiahField(required=False, min_value=1)


def test_rupiah_field_turns_text_into_whole_rupiah() -> None:
    form = PriceForm({"price": "Rp 1,25 jt"})

    assert form.is_valid()
    assert form.cleaned_data == {"price": 1_250_000}


def test_rupiah_field_left_empty_is_unknown_not_zero() -> None:
    form = PriceForm({"price": " "})

    assert form.is_valid()
    assert form.cleaned_data == {"price": None}


def test_rupiah_field_says_what_to_enter() -> None:
    form = PriceForm({"price": "tiga puluh ribu"})

    assert form.errors == {"price": ["Tulis rupiah penuh, mis. 30.000.000."]}


def test_rupiah_field_refuses_more_than_the_database_holds() -> None:
    form = PriceForm({"price": "1" + "0" * 18})

    assert form.errors == {"price": ["Nilai ini terlalu besar. Periksa jumlah nolnya."]}


@pytest.mark.parametrize(("language", "shown"), [("id", "30.000.000"), ("en", "30,000,000")])
def test_rupiah_field_shows_a_stored_amount_in_groups(language: str, shown: str) -> None:
    with override(language):
        html = str(PriceForm(initial={"price": 30_000_000})["price"])

    assert f'value="{shown}"' in html
    assert 'inputmode="decimal"' in html


def test_rupiah_field_keeps_what_was_typed_wrong() -> None:
    assert 'value="12,5 kodi"' in str(PriceForm({"price": "12,5 kodi"})["price"])


def test_rupiah_field_sees_no_change_when_the_amount_is_the_same() -> None:
    form = PriceForm({"price": "Rp 30 jt"}, initial={"price": 30_000_000})

    assert not form.has_changed()
