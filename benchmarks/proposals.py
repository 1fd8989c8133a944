"""How long the proposals of the founding case take: 31 businesses of Bandung, 20 firms of Surakarta.

``python -m benchmarks.proposals`` prints seconds; ``--json`` prints them for scripts.
"""

import json
from argparse import ArgumentParser
from statistics import median
from typing import Any

from benchmarks.scratch import scratch_database

RUNS = 7
STEPS = ("load", "engine", "save")


def measure(runs: int = RUNS) -> dict[str, Any]:
    """Compute the list ``runs`` times and return the median seconds of each step and of all together.

    The first run writes every pair, the others find the same list again.
    """
    from django.utils import timezone

    from accounts.actors import COMMAND
    from benchmarks.founding_case import make_founding_case
    from matchmaking.pairing import propose_now

    contact = make_founding_case()
    done = [propose_now(actor=COMMAND, trade_contact=contact, now=timezone.now()).counts for _ in range(runs)]
    seconds = [counts["seconds"] for counts in done]
    totals = [sum(one.values()) for one in seconds]
    return {
        "runs": runs,
        "businesses": done[-1]["businesses"],
        "possible_pairs": done[-1]["possible"],
        "pairs": done[-1]["pairs"],
        "seconds": round(median(totals), 3),
        "first_run_seconds": round(totals[0], 3),
        "steps": {step: round(median(one[step] for one in seconds), 3) for step in STEPS},
    }


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks.proposals", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    with scratch_database():
        result = measure()
    if arguments.json:
        print(json.dumps(result))
        return
    steps = ", ".join(f"{step} {seconds:.3f}" for step, seconds in result["steps"].items())
    print(f"proposals of the founding case, median of {result['runs']}: {result['seconds']:.3f} s ({steps})")
    print(f"first run, which writes every pair: {result['first_run_seconds']:.3f} s")
    print(
        f"{result['businesses']} businesses, {result['possible_pairs']} possible pairs, "
        f"{result['pairs']} proposed"
    )


if __name__ == "__main__":
    main()
