"""Writes the businesses of an office with their products and needs as the workbook that an import reads."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import history
from accounts.actors import COMMAND
from accounts.downloads import EXPORTED
from products import importing
from products.list_export import list_sheets
from products.own_businesses import businesses_of
from regions.models import Office
from tradecontact.workbooks import workbook_of


class Command(BaseCommand):
    help = (
        "Write the list of an office (.xlsx), private numbers included; import_delegation reads it again. "
        "JSON goes to standard output."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.xlsx", type=Path)
        parser.add_argument("--office", required=True, metavar="CODE", help="region of the office, as 32.04")

    @transaction.atomic
    def handle(self, *args: Any, file: Path, office: str, **options: Any) -> None:
        owner = Office.objects.filter(region__code=office).order_by("pk").first()
        if owner is None:
            raise CommandError(f"There is no office of region “{office}”.")
        content, rows = workbook_of(list_sheets(businesses_of(owner), importing.vocabulary()))
        after = {"list": "pelaku-usaha", "rows": rows}
        history.record(actor=COMMAND, subject=owner, action=EXPORTED, after=after)
        try:
            file.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(json.dumps({"office": office, "file": str(file), "rows": rows}, ensure_ascii=False))
