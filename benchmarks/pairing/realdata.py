"""The real public rows that the engine is measured on. They stay outside the project."""

import csv
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "realdata"


class DataMissing(Exception):
    """The folder with the real rows, or one of its files, is not beside the project."""


def real_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of ``../shared/data/realdata``.

    Raises:
        DataMissing: there is no such file; its text says where it was looked for.
    """
    path = FOLDER / name
    if not path.is_file():
        raise DataMissing(f"The real data is missing: there is no {path}.")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
