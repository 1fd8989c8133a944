"""Form fields that every app may use."""

from typing import Any

import pytest
from django import forms
from django.utils.translation import override

from tradecontact.fields import PlainTextField, ShareField


@pytest.mark.parametrize(("typed", "share"), [("0,25", 0.25), (" 0.25 ", 0.25), ("1", 1.0), ("0", 0.0)])
def test_share_is_typed_with_a_comma_or_a_point(typed: str, share: float) -> None:
    assert ShareField().clean(typed) == share


@pytest.mark.parametrize("typed", ["", "banyak", "1,1", "-0,1", "nan", "1e9", "0,2,5"])
def test_anything_else_says_what_to_enter(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"Tulis angka dari 0 sampai 1, mis\. 0,25"):
        ShareField().clean(typed)


@pytest.mark.parametrize(("value", "shown"), [(0.25, "0,25"), (1, "1"), ("0.5x", "0.5x"), (None, None)])
def test_stored_share_is_shown_with_the_readers_comma(value: Any, shown: Any) -> None:
    with override("id"):
        assert ShareField().prepare_value(value) == shown
    with override("en"):
        assert ShareField().prepare_value(0.25) == "0.25"


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Kopi\u202e ipok", "Kopi ipok"),
        ("\u2066Kopi\u2069 \u200fsusu", "Kopi susu"),
        ("Ko\u200bpi\ufeff\u2060", "Kopi"),
        ("Ko\u200dpi \u200csusu", "Kopi susu"),
        ("Keripik 👩‍🌾🌶️ enak", "Keripik 👩‍🌾🌶️ enak"),
        ("Cafe\u0301", "Café"),
        ("Kopi\x00\x07", "Kopi"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("baris satu\nbaris dua", "baris satu\nbaris dua"),
    ],
)
def test_text_keeps_what_can_be_seen(typed: str, seen: str) -> None:
    assert PlainTextField().clean(typed) == seen
