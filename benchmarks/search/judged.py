"""The judged queries: what was typed, of which kind, and which rows answer it.

How they were made. Queries and a rule for each ("a keyboard, not a cable for one") were written down before
any system was asked. The rule was tried on all rows of the corpus, not on one system's answers; then the ten
best of every system measured here were put into one pool, without saying whose they were, and read, and rows
that the rule had wrongly taken or left were moved. So a row that no system finds still counts as missed.
Every third query of each kind is held back: its results are reported apart and played no part in tuning.

Products of the demonstration go by their names, real rows only by their ids: ``t12`` is the row with id 12 of
``tokopedia_listing_2024.csv``, ``p3`` the third row of ``prdect_id_products.csv``.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pairing.realdata import real_rows

JUDGEMENTS = Path(__file__).parent / "judgements.csv"
DEMONSTRATION, REAL = "demonstration", "real titles"


@dataclass(frozen=True)
class Judged:
    """A query with all rows that answer it."""

    corpus: str
    kind: str
    is_held_back: bool
    text: str
    answers: frozenset[str]


def judged_queries() -> list[Judged]:
    """Return the queries in the order of their file."""
    with JUDGEMENTS.open(encoding="utf-8", newline="") as file:
        return [
            Judged(
                row["corpus"],
                row["kind"],
                row["held_back"] == "yes",
                row["query"],
                frozenset(row["answers"].split("|")),
            )
            for row in csv.DictReader(file)
        ]


def real_titles() -> dict[str, str]:
    """Return the real titles by their ids.

    Raises:
        DataMissing: the files are not beside the project.
    """
    listed = {f"t{row['id']}": row["judul"] for row in real_rows("tokopedia_listing_2024.csv")}
    sold = enumerate(real_rows("prdect_id_products.csv"), start=1)
    return listed | {f"p{number}": row["Product Name"] for number, row in sold}
