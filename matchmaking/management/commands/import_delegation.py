"""Reads an Excel list of an office, and imports it into the office's delegation."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.actors import COMMAND
from matchmaking.delegation_import import import_file
from matchmaking.models import Delegation
from products import importing
from products.excel.bundle import MAX_ZIP_BYTES
from products.excel.columns import LABELS, Field
from products.excel.entries import Reading
from products.import_decisions import Decision
from products.import_photos import store_photos
from products.models import ImportBatch
from regions.models import Office


class Command(BaseCommand):
    help = (
        "Import an Excel list (.xlsx) of the office of a region. With --check only say what is in it. "
        "JSON goes to standard output, everything to read to standard error."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.xlsx", type=Path)
        parser.add_argument("--office", required=True, metavar="CODE", help="region of the office, as 32.04")
        parser.add_argument(
            "--trade-contact", metavar="SLUG", help="import as the delegation to this contact"
        )
        parser.add_argument("--check", action="store_true", help="read and report, write nothing")
        parser.add_argument(
            "--duplicates",
            choices=[str(decision) for decision in Decision],
            default=str(Decision.SKIP),
            help="what becomes of a business the list names twice (default: skip)",
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="TITLE=FIELD",
            help=f"what a column holds whose title is not recognised; FIELD is one of {', '.join(LABELS)}",
        )

    def handle(self, *args: Any, file: Path, office: str, trade_contact: str | None, **options: Any) -> None:
        owner = _office(office)
        delegation = _delegation(owner, trade_contact) if trade_contact else None
        columns = dict(_column(text) for text in options["column"])
        content = _content(file)
        try:
            reading = importing.check(content=content, today=timezone.localdate(), choices=columns)
            self._tell(reading)
            if options["check"]:
                self.stdout.write(json.dumps(_as_json(reading), ensure_ascii=False))
                return
            if reading.unknown_columns:
                named = ", ".join(f"“{title}”" for title in reading.unknown_columns)
                raise CommandError(
                    f"Nothing was imported: say what {named} holds with --column TITLE=FIELD"
                    f" (--column TITLE={Field.IGNORED} leaves it out)."
                )
            batch = import_file(
                actor=COMMAND,
                office=owner,
                delegation=delegation,
                file_name=file.name,
                content=content,
                now=timezone.now(),
                today=timezone.localdate(),
                duplicates=options["duplicates"],
                columns=columns,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        batch = _with_photos(batch, content)
        self.stdout.write(json.dumps({"import": batch.pk, **batch.counts}, ensure_ascii=False))

    def _tell(self, reading: Reading) -> None:
        """Say for people what is wrong, a line for each cell, row and column."""
        for problem in reading.problems:
            self.stderr.write(f"{problem.cell}: {problem.message}")
        for found in reading.duplicates:
            self.stderr.write(f"Row {found.row} has the {found.by} of row {found.same_as_row}.")
        for title in reading.unknown_columns:
            self.stderr.write(f"Column “{title}” is not recognised; explain it with --column.")


def _with_photos(batch: ImportBatch, content: bytes) -> ImportBatch:
    now = timezone.now()
    return store_photos(actor=COMMAND, batch=batch, content=content, now=now, today=timezone.localdate(now))


def _office(code: str) -> Office:
    try:
        return Office.objects.select_related("region").get(region__code=code)
    except Office.DoesNotExist:
        raise CommandError(f"There is no office of region “{code}”.") from None


def _delegation(office: Office, slug: str) -> Delegation:
    try:
        return Delegation.objects.select_related("office").get(office=office, trade_contact__slug=slug)
    except Delegation.DoesNotExist:
        raise CommandError(f"{office} takes no part in a trade contact “{slug}”.") from None


def _content(file: Path) -> bytes:
    """Return the file, and no more of it than shows that it is too large."""
    try:
        with file.open("rb") as source:
            return source.read(MAX_ZIP_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def _column(text: str) -> tuple[str, str]:
    title, _equals, field = text.rpartition("=")
    if not title or field not in LABELS:
        raise CommandError(f"“{text}” is not TITLE=FIELD. FIELD is one of {', '.join(LABELS)}.")
    return title, field


def _as_json(reading: Reading) -> dict[str, Any]:
    return {
        "businesses": len(reading.businesses),
        "products": reading.product_count,
        "needs": reading.need_count,
        "problems": [
            {"cell": problem.cell, "kind": problem.kind, "message": problem.message}
            for problem in reading.problems
        ],
        "duplicates": [
            {"row": found.row, "same_as_row": found.same_as_row, "by": found.by}
            for found in reading.duplicates
        ],
        "columns": reading.known_columns,
        "unknown_columns": reading.unknown_columns,
    }
