"""What templates draw exists, and what the browser loads stays small."""

import csv
import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from tradecontact.templatetags.tradecontact_tags import TONE_OF_PICTURE

ROOT = Path(__file__).resolve().parent.parent.parent
STATIC = ROOT / "static"
ICON = re.compile(r'{% icon "([a-z-]+)"')
ICON_NAME = re.compile(r'icon_name="([a-z-]+)"')


def symbols(sprite: str) -> set[str]:
    return set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / sprite).read_text()))


def compressed_bytes(*names: str) -> int:
    return sum(len(gzip.compress((STATIC / name).read_bytes(), mtime=0)) for name in names)


def test_every_icon_of_a_template_is_in_the_sprite() -> None:
    sources = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]

    used = {name for source in sources for name in ICON.findall(source) + ICON_NAME.findall(source)}

    assert used - symbols("icons.svg") == set()


def test_every_picture_of_a_category_is_in_the_sprite() -> None:
    with (ROOT / "products" / "data" / "categories.csv").open() as file:
        used = {row["picture"] for row in csv.DictReader(file)}

    assert used - symbols("pictures.svg") == set()


def test_every_tone_belongs_to_a_picture() -> None:
    assert set(TONE_OF_PICTURE) - symbols("pictures.svg") == set()


@pytest.mark.parametrize("sheet", ["office.css", "phone.css"])
def test_styles_stay_below_14_kb(sheet: str) -> None:
    assert compressed_bytes("css/site.css", f"css/{sheet}") <= 14_000


def test_drawings_stay_below_10_kb() -> None:
    assert compressed_bytes("icons.svg", "pictures.svg") <= 10_000


@pytest.mark.parametrize("template", ["400.html", "403_csrf.html", "500.html"])
def test_error_page_needs_no_request_and_no_database(template: str) -> None:
    html = render_to_string(template)

    assert '<html lang="id">' in html
    assert html.count("<h1>") == 1
