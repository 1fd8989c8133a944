"""Likeness of texts: bounded, symmetric, deaf to filling words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.engine.text import SCALE, Texts, asks_for_consignment, shared_words, telling_words
from matchmaking.engine.words import ASIDE, said, with_aside
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


@given(texts=st.lists(st.text(max_size=40) | TEXTS, min_size=1, max_size=8))
def test_matrix_and_likeness_agree_exactly(texts: list[str]) -> None:
    model = Texts(texts)

    matrix = model.matrix([*texts, "never told to the model"])

    assert matrix.data.tolist() == [float(int(entry)) for entry in matrix.data]
    products = (matrix @ matrix.T).toarray()
    assert products.max() <= SCALE**2
    assert products[-1].sum() == 0.0
    for row, one in enumerate(texts):
        for column, other in enumerate(texts):
            assert model.likeness(one, other) == round(products[row, column] / SCALE**2, 6)


@given(texts=st.lists(TEXTS, min_size=1, max_size=8, unique=True))
def test_matrix_does_not_depend_on_the_order_of_texts(texts: list[str]) -> None:
    there = Texts(texts).matrix(texts)
    back = Texts(texts[::-1]).matrix(texts)

    assert there.indices.tolist() == back.indices.tolist()
    assert there.data.tolist() == back.data.tolist()


def test_saying_a_word_over_and_over_makes_no_text_more_alike() -> None:
    model = Texts(["kopi bubuk", "kopi " * 3 + "gula", "kopi " * 90 + "gula"])

    assert model.likeness("kopi bubuk", "kopi " * 3 + "gula") == model.likeness(
        "kopi bubuk", "kopi " * 90 + "gula"
    )


def test_other_names_of_its_category_bring_a_text_nearer_but_are_never_quoted() -> None:
    shirt = with_aside("Kemeja kerja", "wearpack, katelpak")
    model = Texts(["wearpack bengkel", "Kemeja kerja", shirt])

    assert model.likeness("wearpack bengkel", "Kemeja kerja") == 0.0
    assert 0.0 < model.likeness("wearpack bengkel", shirt) < 0.2
    assert shared_words("wearpack kerja", shirt) == ("kerja",)


def test_nobody_can_hide_words_aside() -> None:
    assert said(with_aside(f"Kemeja{ASIDE}kopi", "seragam")) == "Kemeja kopi"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("konveksi seragam", "Kemeja kerja"),
        ("Jasa pengemasan", "Kardus cetak"),
        ("Kerajinan bambu", "Perajin rotan"),
        ("Servis mesin", "Perbaikan mesin jahit"),
    ],
)
def test_roots_and_everyday_words_bring_texts_nearer(one: str, other: str) -> None:
    assert Texts([one, other, "Sewa tenda", "Madu hutan"]).likeness(one, other) > 0.05


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
