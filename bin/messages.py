"""Translations without the system's gettext: extract, compile and check, with Babel.

Usage: python -m bin.messages extract | compile | check

Message ids are Indonesian, so Indonesian needs no catalogue; every other language has a complete one.
"""

import io
import re
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

BASE_DIR = Path(__file__).resolve().parent.parent
LOCALE = BASE_DIR / "locale"
SOURCES = ["accounts", "matchmaking", "outbox", "products", "regions", "reports", "templates", "tradecontact"]
LANGUAGES = ["en"]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def catalogue_path(language: str, locale: Path = LOCALE) -> Path:
    """Return the .po file of a language."""
    return locale / language / "LC_MESSAGES" / "django.po"


def compile_catalogues(locale: Path = LOCALE) -> None:
    """Write the .mo file beside each .po file that is newer; safe when several processes do it at once."""
    for source in locale.glob("*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
            continue
        with tempfile.NamedTemporaryFile(dir=source.parent, suffix=".unfinished", delete=False) as unfinished:
            write_mo(unfinished, read_catalogue(source))
        Path(unfinished.name).chmod(0o644)
        Path(unfinished.name).replace(target)


def extract_messages(base_dir: Path = BASE_DIR) -> Catalog:
    """Return every message that code and templates mark for translation, with the files that use it."""
    template = Catalog(project="Tradecontact", charset="utf-8")
    for folder in SOURCES:
        for path in sorted((base_dir / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                add_messages(template, path, str(path.relative_to(base_dir)))
    return template


def new_catalogue(language: str) -> Catalog:
    """Return an empty catalogue that names nobody: git knows who translated what."""
    return Catalog(
        language,
        project="Tradecontact",
        version="1",
        header_comment="# Tradecontact: Indonesian message ids and their translations.",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        fuzzy=False,
    )


def add_messages(template: Catalog, path: Path, name: str) -> None:
    """Add the messages of one file to the catalogue; templates are turned into Python first."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        # A template's indents mean nothing to Python.
        text = re.sub(r"(?m)^[ \t]+", "", templatize(text, origin=name))
    source = io.BytesIO(text.encode("utf-8"))
    found = extract("python", source, KEYWORDS, ["Translators:"], {"encoding": "utf-8"})
    for _line, message, comments, context in found:
        if message and (message if isinstance(message, str) else message[0]):
            template.add(message, locations=[(name, 0)], auto_comments=comments, context=context)


def update_catalogues(locale: Path = LOCALE) -> None:
    """Bring each .po file up to date: new messages empty, unused ones gone, translations kept."""
    template = extract_messages()
    for language in LANGUAGES:
        path = catalogue_path(language, locale)
        catalogue = read_catalogue(path)
        template.creation_date = catalogue.creation_date  # so that only changed texts change the file
        catalogue.update(template, no_fuzzy_matching=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            write_po(target, catalogue, include_lineno=False, ignore_obsolete=True, sort_by_file=True)


def problems_of(catalogue: Catalog, template: Catalog) -> list[str]:
    """Return a line for each message that is untranslated, unsure, unused or has other placeholders."""
    missing = [message.id for message in template if catalogue.get(message.id, message.context) is None]
    problems = [f"missing: {text!r}" for text in missing if text]
    for message in catalogue:
        if not message.id:
            continue
        texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        if template.get(message.id, message.context) is None:
            problems.append(f"unused: {message.id!r}")
        elif not all(texts):
            problems.append(f"untranslated: {message.id!r}")
        elif message.fuzzy:
            problems.append(f"unsure (fuzzy): {message.id!r}")
        problems += [f"{error}: {message.id!r}" for error in message.check(catalogue)]
    return problems


def read_catalogue(path: Path) -> Catalog:
    """Return the messages of a .po file, none when it is still to be made."""
    if not path.exists():
        return new_catalogue(path.parts[-3])
    with path.open("rb") as source:
        return read_po(source, locale=path.parts[-3])


def check() -> list[str]:
    """Return the problems of every language's catalogue."""
    template = extract_messages()
    found = []
    for language in LANGUAGES:
        path = catalogue_path(language)
        name = path.relative_to(BASE_DIR)
        found += [f"{name}: {problem}" for problem in problems_of(read_catalogue(path), template)]
    return found


def main(arguments: list[str]) -> None:
    """Do what the only argument says; ``check`` exits 1 when a catalogue is incomplete."""
    match arguments:
        case ["extract"]:
            update_catalogues()
        case ["compile"]:
            compile_catalogues()
        case ["check"]:
            found = check()
            sys.exit("\n".join([*found, "Run `make messages` and translate what is empty."]) if found else 0)
        case _:
            sys.exit("Usage: python -m bin.messages extract | compile | check")


if __name__ == "__main__":
    main(sys.argv[1:])
