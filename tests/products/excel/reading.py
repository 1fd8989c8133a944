"""Short ways to read a list in a test."""

from collections.abc import Sequence
from typing import Any

from products.excel.entries import Reading
from products.excel.rows import read_list
from products.excel.workbook import open_workbook
from tests.products.excel.sheets import TODAY, vocabulary, workbook


def read(
    rows: Sequence[Sequence[object]], *, choices: dict[str, str] | None = None, **layout: Any
) -> Reading:
    """Return what a list made of ``rows`` says; ``layout`` as in ``workbook``."""
    return read_list(
        open_workbook(workbook(rows, **layout)), vocabulary=vocabulary(), latest=TODAY, choices=choices
    )


def problems(reading: Reading) -> list[str]:
    """Return the problems as ``E39 invalid_nib``, a closer variant behind a point."""
    return [f"{found.cell} {found.kind}.{found.variant}".rstrip(".") for found in reading.problems]
