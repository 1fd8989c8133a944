"""Runs ``seed_demo`` and reads what it prints."""

from io import StringIO
from typing import Any

from django.core.management import call_command


def seed(**options: Any) -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()
