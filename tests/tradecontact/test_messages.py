"""The English catalogue is complete, and the tools around it notice when it is not."""

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bin.messages import (
    add_messages,
    catalogue_path,
    check,
    compile_catalogues,
    problems_of,
    read_catalogue,
    update_catalogues,
)

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Katalog"
msgstr "Catalogue"
"""


def catalogue_of(**translations: str) -> Catalog:
    catalogue = Catalog("en")
    for message, translation in translations.items():
        catalogue.add(message.replace("_", " "), translation)
    return catalogue


def test_every_text_has_an_english_translation() -> None:
    assert check() == []


def test_messages_of_python_and_templates_are_found(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text('from x import gettext as _\n_("Simpan")\n_(name)\n')
    (tmp_path / "page.html").write_text(
        '{% translate "Katalog" %}{% blocktranslate count n=n trimmed %}\n satu\n{% plural %}\n {{ n }}'
        "\n{% endblocktranslate %}"
    )
    found = Catalog()

    for name in ("views.py", "page.html"):
        add_messages(found, tmp_path / name, name)

    assert [(message.id, message.locations) for message in found if message.id] == [
        ("Simpan", [("views.py", 0)]),
        ("Katalog", [("page.html", 0)]),
        (("satu", "%(n)s"), [("page.html", 0)]),
    ]


@pytest.mark.parametrize(
    ("translations", "problem"),
    [
        ({}, "missing: 'Katalog'"),
        ({"Katalog": ""}, "untranslated: 'Katalog'"),
        ({"Katalog": "Catalogue", "Lama": "Old"}, "unused: 'Lama'"),
    ],
)
def test_incomplete_catalogue_is_told(translations: dict[str, str], problem: str) -> None:
    assert problems_of(catalogue_of(**translations), catalogue_of(Katalog="")) == [problem]


def test_unsure_translation_is_told() -> None:
    catalogue = Catalog("en")
    catalogue.add("Katalog", "Catalogue", flags={"fuzzy"})

    assert problems_of(catalogue, catalogue_of(Katalog="")) == ["unsure (fuzzy): 'Katalog'"]


def test_translation_with_another_placeholder_is_told() -> None:
    catalogue = Catalog("en")
    catalogue.add("%(n)s produk", "%(count)s products")

    found = problems_of(catalogue, Catalog("en"))

    assert found[0] == "unused: '%(n)s produk'"
    assert "placeholder" in found[1] or "mapping" in found[1]


def test_compiled_catalogue_translates(tmp_path: Path) -> None:
    source = catalogue_path("en", tmp_path)
    source.parent.mkdir(parents=True)
    source.write_text(PO)

    compile_catalogues(tmp_path)

    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]
    assert gettext.translation("django", tmp_path, ["en"]).gettext("Katalog") == "Catalogue"


def test_update_keeps_translations_and_drops_what_no_page_says(tmp_path: Path) -> None:
    source = catalogue_path("en", tmp_path)
    source.parent.mkdir(parents=True)
    source.write_text(PO + '\nmsgid "Tidak ada di halaman mana pun"\nmsgstr "Nowhere"\n')

    update_catalogues(tmp_path)

    catalogue = read_catalogue(source)
    assert catalogue.get("Katalog").string == "Catalogue"
    assert catalogue.get("Tidak ada di halaman mana pun") is None
