"""How long the import of the 71-row delegation list takes: reading, preview, writing.

``python -m benchmarks.imports`` prints seconds; ``--json`` prints them for scripts.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.scratch import scratch_database

RUNS = 7
LATEST = date(2026, 11, 24)  # the list has dates up to 2020
STEPS = ("read", "preview", "apply", "again", "undo")


def measure(runs: int = RUNS) -> dict[str, Any]:
    """Import the list and take it back ``runs`` times; return the median seconds of each step.

    ``read`` is the file alone; ``preview`` reads it and compares; ``apply`` reads, compares and writes;
    ``again`` imports the same list over itself; ``undo`` takes the import back.
    """
    from benchmarks.founding_case import SAMPLES
    from products import importing
    from regions.models import Office, Region

    region = Region.objects.get(code="32.04")
    office = Office.objects.create(region=region, name=f"Dinas Koperasi dan UKM {region.name}")
    content = (SAMPLES / "delegasi-kab-bandung.xlsx").read_bytes()
    seconds: dict[str, list[float]] = {step: [] for step in STEPS}
    for _run in range(runs):
        _import_once(office, content, seconds)
    reading = importing.check(content=content, today=LATEST)
    return {
        "runs": runs,
        "businesses": len(reading.businesses),
        "products": reading.product_count,
        "seconds": {step: round(median(times), 3) for step, times in seconds.items()},
    }


def _import_once(office: Any, content: bytes, seconds: dict[str, list[float]]) -> None:
    """Go through reading, preview, import, the same import again, and the undo."""
    from django.utils import timezone

    from accounts.actors import COMMAND
    from products import importing

    given = {"actor": COMMAND, "office": office, "file_name": "daftar.xlsx", "content": content}
    now = timezone.now()
    with _timed(seconds["read"]):
        importing.check(content=content, today=LATEST)
    batch = importing.upload(**given, today=LATEST)
    with _timed(seconds["preview"]):
        importing.preview(batch=batch, today=LATEST)
    with _timed(seconds["apply"]):
        done = importing.apply(actor=COMMAND, batch=batch, now=now, today=LATEST)
    again = importing.upload(**given, today=LATEST)
    with _timed(seconds["again"]):
        importing.apply(actor=COMMAND, batch=again, now=now, today=LATEST)
    with _timed(seconds["undo"]):
        importing.undo(actor=COMMAND, batch=done, now=now)


@contextmanager
def _timed(times: list[float]) -> Iterator[None]:
    start = perf_counter()
    yield
    times.append(perf_counter() - start)


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks.imports", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    with scratch_database():
        result = measure()
    if arguments.json:
        print(json.dumps(result))
        return
    steps = ", ".join(f"{step} {seconds:.3f}" for step, seconds in result["seconds"].items())
    print(f"import of {result['products']} rows, median seconds of {result['runs']}: {steps}")


if __name__ == "__main__":
    main()
