"""Likeness of texts: bounded, symmetric, deaf to filling words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine.text import Texts, asks_for_consignment, telling_words
from tests.matchmaking.engine.market import TEXTS


@given(texts=st.lists(st.text(max_size=40) | TEXTS, min_size=2, max_size=8))
def test_likeness_is_bounded_and_symmetric(texts: list[str]) -> None:
    model = Texts(texts)

    there = model.likeness(texts[0], texts[1])

    assert 0.0 <= there <= 1.0
    assert there == model.likeness(texts[1], texts[0])


@given(texts=st.lists(TEXTS, min_size=1, max_size=8, unique=True))
def test_likeness_does_not_depend_on_the_order_of_texts(texts: list[str]) -> None:
    assert [Texts(texts).likeness(texts[0], text) for text in texts] == [
        Texts(texts[::-1]).likeness(texts[0], text) for text in texts
    ]


@given(text=TEXTS)
def test_a_text_is_like_itself(text: str) -> None:
    assert Texts([text]).likeness(text, text) == pytest.approx(1.0, abs=1e-4)


def test_text_without_telling_words_is_like_nothing() -> None:
    assert Texts(["untuk 5.000 buah", "Kopi bubuk"]).likeness("untuk 5.000 buah", "Kopi bubuk") == 0.0


def test_spelling_apart_by_one_letter_is_still_alike() -> None:
    model = Texts(["keripik singkong", "kripik singkong", "sandal kulit"])

    assert model.likeness("keripik singkong", "kripik singkong") > 0.4
    assert model.likeness("keripik singkong", "sandal kulit") == 0.0


def test_numbers_and_filling_words_tell_nothing() -> None:
    assert telling_words("Suvenir kecil untuk tamu, 5.000 buah per bulan") == ("suvenir",)


@pytest.mark.parametrize("text", ["Wayang, titip jual", "sistem titip-jual", "Konsinyasi 30 hari"])
def test_consignment_is_heard_in_its_usual_words(text: str) -> None:
    assert asks_for_consignment(text)
