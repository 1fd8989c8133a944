"""Measure the pairing engine: ``python -m benchmarks.pairing [--only PART] [--json]``.

Prints text, or with ``--json`` one object with a key for each part. A part whose data is not there says
so and the others are measured.
"""

import json
import sys
from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from benchmarks.pairing.realdata import DataMissing

PARTS = ("awards", "wording", "two_sided", "fairness", "reciprocal", "speed")


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks.pairing", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="measure this part only")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    results: dict[str, Any] = {}
    for name in [arguments.only] if arguments.only else PARTS:
        if find_spec(f"{__package__}.{name}") is None:
            continue
        try:
            results[name] = _measured(name, quiet=arguments.json)
        except DataMissing as error:
            results[name] = None
            print(f"{name}: not measured. {error}", file=sys.stderr if arguments.json else sys.stdout)
    if arguments.json:
        print(json.dumps(results))


def _measured(name: str, *, quiet: bool) -> dict[str, Any]:
    """Measure one part, print its lines unless quiet, and return its figures."""
    part = import_module(f"{__package__}.{name}")
    result: dict[str, Any] = part.measure()
    for line in () if quiet else part.lines(result):
        print(line, flush=True)
    return result


if __name__ == "__main__":
    main()
