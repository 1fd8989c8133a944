"""Tags and filters that every template may use."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from tradecontact.templatetags import tradecontact_tags as tags

MOMENT = datetime(2018, 3, 22, 1, 10, tzinfo=UTC)
MAKASSAR = SimpleNamespace(time_zone="Asia/Makassar")


def render(source: str, **values: object) -> str:
    return Template("{% load tradecontact_tags %}" + source).render(Context(values))


def test_icon_without_label_is_decoration() -> None:
    html = render('{% icon "check" %}')

    assert 'icons.svg#check"></use></svg>' in html
    assert 'aria-hidden="true"' in html


def test_icon_with_label_speaks() -> None:
    html = render('{% icon "lock" label %}', label='Dikunci "rapat"')

    assert 'role="img" aria-label="Dikunci &quot;rapat&quot;"' in html
    assert "aria-hidden" not in html


@pytest.mark.parametrize(
    ("subject", "key", "tone"),
    [
        ("shoe", "shoe", "soga"),
        (SimpleNamespace(picture="batik"), "batik", "nila"),
        (SimpleNamespace(picture=""), "unknown", "soga"),
        (None, "unknown", "soga"),
    ],
)
def test_picture_draws_the_key_of_its_subject(subject: object, key: str, tone: str) -> None:
    html = render("{% picture subject %}", subject=subject)

    assert f'pictures.svg#{key}"' in html
    assert f'class="picture {tone}"' in html


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (None, 2, ""),
        (0.25, 2, "0,25"),
        (1234.5, 2, "1.234,50"),
        (-0.5, 1, "-0,5"),
        (-1234.5, 1, "-1.234,5"),
        (0.3, None, "0,3"),
        (2.0, None, "2"),
    ],
)
def test_numbers_with_places_follow_the_language(number: float | None, places: int | None, text: str) -> None:
    with override("id"):
        assert tags.desimal(number, places) == text
    with override("en"):
        assert tags.desimal(number, places) == text.translate(str.maketrans(",.", ".,"))


@pytest.mark.parametrize(
    ("language", "amount", "number"), [("id", "Rp1.250.000", "40.000"), ("en", "Rp1,250,000", "40,000")]
)
def test_amounts_follow_the_language(language: str, amount: str, number: str) -> None:
    with override(language):
        assert tags.rupiah(1_250_000) == amount
        assert tags.angka(40_000) == number


def test_unknown_values_are_shown_as_nothing() -> None:
    assert render("[{{ none|rupiah }}{{ none|angka }}{{ none|tanggal }}{{ none|jam }}]", none=None) == "[]"


@pytest.mark.parametrize(("language", "day"), [("id", "22 Maret 2018"), ("en", "22 March 2018")])
def test_tanggal_follows_the_language(language: str, day: str) -> None:
    with override(language):
        assert tags.tanggal(date(2018, 3, 22)) == day


def test_tanggal_of_a_moment_is_the_day_in_its_place() -> None:
    evening = datetime(2018, 3, 22, 15, 30, tzinfo=UTC)

    assert tags.tanggal(evening) == "22 Maret 2018"
    assert tags.tanggal(evening, "Asia/Jayapura") == "23 Maret 2018"


@pytest.mark.parametrize(
    ("place", "clock"),
    [
        (None, "08.10 WIB"),
        ("Asia/Pontianak", "08.10 WIB"),
        (MAKASSAR, "09.10 WITA"),
        ("Asia/Jayapura", "10.10 WIT"),
    ],
)
def test_jam_names_the_zone_of_the_place(place: object, clock: str) -> None:
    assert tags.jam(MOMENT, place) == clock


def test_jam_of_an_unnamed_zone_stands_alone() -> None:
    assert tags.jam(MOMENT, "Europe/Amsterdam") == "02.10"


def test_jam_writes_a_colon_in_english() -> None:
    with override("en"):
        assert tags.jam(MOMENT) == "08:10 WIB"
        assert tags.jam(time(9, 30), MAKASSAR) == "09:30 WITA"


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (1.0, "sangat cocok"),
        (0.8, "sangat cocok"),
        (0.79, "cocok"),
        (0.6, "cocok"),
        (0.4, "cukup cocok"),
        (0.39, "kurang cocok"),
        (0.0, "kurang cocok"),
        (None, "belum dihitung"),
    ],
)
def test_fit_words_say_how_well_a_side_fits(score: float | None, words: str) -> None:
    assert tags.fit_words(score) == words


@pytest.mark.parametrize(
    ("share", "width"), [(0.0, 0), (0.555, 56), (1.0, 100), (1.7, 100), (-1.0, 0), (None, 0)]
)
def test_percent_is_a_whole_number_that_fits_its_bar(share: float | None, width: int) -> None:
    assert tags.percent(share) == width


def test_share_of_nothing_is_zero() -> None:
    assert tags.share_of(3, 4) == 0.75
    assert tags.share_of(9, 4) == 1.0
    assert tags.share_of(0, 0) == 0.0


@pytest.mark.parametrize(
    ("tag", "query"),
    [
        ("{% query_replace page=3 %}", "?q=sepatu&amp;kategori=tas&amp;kategori=kulit&amp;page=3"),
        ("{% query_replace q=None %}", "?kategori=tas&amp;kategori=kulit"),
        ('{% query_replace kategori="" q="tas &amp; dompet" %}', "?q=tas+%26amp%3B+dompet"),
        ("{% query_replace kategori=None q=None %}", "?"),
    ],
)
def test_query_replace_keeps_the_other_filters(tag: str, query: str) -> None:
    request = RequestFactory().get("/katalog/?q=sepatu&kategori=tas&kategori=kulit&page=2")

    assert render(tag, request=request) == query


def test_page_numbers_leave_out_the_middle() -> None:
    page = Paginator(range(100), 5).get_page(10)

    assert [str(number) for number in tags.page_numbers(page)] == ["1", "…", "9", "10", "11", "…", "20"]


class AnswerForm(forms.Form):
    note = forms.CharField()
    answer = forms.ChoiceField(choices=[("yes", "Mau"), ("no", "Tidak")], widget=forms.RadioSelect)


def test_input_id_of_a_group_is_its_first_choice() -> None:
    form = AnswerForm()

    assert tags.input_id(form["note"]) == "id_note"
    assert tags.input_id(form["answer"]) == "id_answer_0"
