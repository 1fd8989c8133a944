"""PDF pages: what the data say stands there word for word, and never works as markup."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pypdf
import pytest

from tradecontact.pdf import render_pdf

AT = datetime(2018, 3, 1, tzinfo=UTC)
WORDS = [
    "page", "of", "number", "criteria", "criterion", "weight", "reviewers", "reviewer", "conflicts",
    "decisions", "place", "business", "district", "score", "decision", "reason", "ties", "addenda",
    "date", "change", "sheets", "sheets-note",
]  # fmt: skip


def minutes(**changes: Any) -> dict[str, Any]:
    row = {"place": "1", "district": "–", "score": "4,50", "decision": "terpilih", "reason": "Layak"}
    return {
        "language": "id",
        "title": "Berita Acara",
        "subtitle": "Bandung ke Solo",
        "office": "Dinas Contoh",
        "region": "Kabupaten Contoh",
        "foot": "Dinas Contoh",
        "labels": {word: word for word in WORDS},
        "opening": "Pada hari ini.",
        "facts": [{"name": "Kuota", "value": "30"}],
        "criteria": [{"number": "K1", "name": "Mutu", "weight": "3"}],
        "reviewers": [{"number": "1", "name": "Penilai Contoh", "conflicts": ["–"]}],
        "rows": [row | {"business": "Anyaman Contoh"}],
        "sheets": [{"business": "Anyaman", "reviewer": "Satu", "scores": ["4"], "mean": "4,00"}],
        "addenda": [],
        "signatures": [{"role": "Penilai", "name": "Penilai Contoh"}],
        "signed": "Soreang, 1 Maret 2018",
    } | changes


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_the_paper_says_what_the_data_say() -> None:
    pdf = render_pdf("curation_minutes.typ", minutes(), created_at=AT)

    text = text_of(pdf)
    assert pdf.startswith(b"%PDF-")
    assert [
        word for word in ["Dinas Contoh", "Anyaman Contoh", "4,50", "Layak", "Mutu"] if word not in text
    ] == []


@pytest.mark.parametrize(
    "hostile",
    ['#import "page.typ": *', '#read("/etc/passwd")', "*tebal* _miring_", "= Judul", "$x^2$", '"#"\\'],
)
def test_markup_in_the_data_is_shown_and_not_obeyed(hostile: str) -> None:
    pdf = render_pdf("curation_minutes.typ", minutes(opening=hostile), created_at=AT)

    assert hostile.replace(" ", "") in text_of(pdf).replace(" ", "").replace("“", '"').replace("”", '"')


def test_the_same_data_give_the_same_bytes() -> None:
    first, second = (render_pdf("curation_minutes.typ", minutes(), created_at=AT) for _time in range(2))

    assert first == second


def test_many_rows_run_over_several_numbered_pages() -> None:
    rows = [minutes()["rows"][0] | {"business": f"Usaha {number}"} for number in range(120)]

    pdf = render_pdf("curation_minutes.typ", minutes(rows=rows), created_at=AT)

    reader = pypdf.PdfReader(BytesIO(pdf))
    assert len(reader.pages) >= 3
    assert f"page 2 of {len(reader.pages)}" in reader.pages[1].extract_text()
