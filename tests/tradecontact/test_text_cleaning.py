"""Signs that nobody sees are taken out; what people mean stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradecontact.text_cleaning import clean_line, clean_lines


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  Keripik\u200b \n singkong ", "Keripik singkong"),
        ("\u202eevil\u202c", "evil"),
        ("\u2066a\u2069\u061cb", "ab"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\x00\x07b", "ab"),
        ("\ufeff\u2060", ""),
        ("e\u0301", "é"),
        ("👩\u200d🍳 koki", "👩\u200d🍳 koki"),
        ("a\u200db", "ab"),
        ("\U000e0041x", "x"),
        ("a\ud800", "a"),
        ("\u3164", ""),
    ],
)
def test_line(typed: str, clean: str) -> None:
    assert clean_line(typed) == clean


def test_lines_keep_their_breaks() -> None:
    assert clean_lines(" a \r\nb\r\r\n\n\n\n c\u2028d ") == "a\nb\n\nc\nd"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)
    assert clean_line(clean_lines(text)) == clean_line(text)
