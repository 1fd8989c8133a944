"""Measure how well the search finds what was meant: ``python -m benchmarks.search [--json]``.

Every system answers the same judged queries over the same rows (see ``judged``). Printed by corpus, by kind
of query and for the queries held back: MRR, the mean of one over the place of the first answer, and
recall@10, the mean share of all answers among the first ten, where more than ten answers count as ten. Also
the median and the 95th percentile of the milliseconds that each system took, in this process.
"""

import json
import sys
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Sequence
from statistics import mean, quantiles
from typing import Any

from benchmarks.scratch import scratch_database
from benchmarks.search.judged import REAL, Judged, judged_queries
from benchmarks.search.measures import recall, reciprocal_rank

MISSING = "Real titles were not measured: ../shared/data/realdata is missing beside the project."


def measure() -> dict[str, Any]:
    """Fill the scratch database, ask every system every query and return the figures by group."""
    from benchmarks.search import corpus
    from benchmarks.search.systems import SYSTEMS
    from products.models import Category

    corpora = corpus.load()
    categories = list(Category.objects.order_by("position", "pk"))
    queries = [query for query in judged_queries() if query.corpus in corpora]
    results: dict[str, Any] = {"queries": len(queries), "real_titles": REAL in corpora, "systems": {}}
    for name, system in SYSTEMS.items():
        marks, times = [], []
        for query in queries:
            rows = corpora[query.corpus]
            started = time.perf_counter()
            found = system(query.text, rows.products, categories)
            times.append((time.perf_counter() - started) * 1000)
            marks.append(marked(query, [rows.called[pk] for pk in found]))
        results["systems"][name] = by_group(queries, marks) | {"milliseconds": percentiles(times)}
    return results


def marked(query: Judged, found: list[str]) -> tuple[float, float]:
    """Return the reciprocal rank and the recall of one answer."""
    return reciprocal_rank(found, query.answers), recall(found, query.answers)


def by_group(queries: Sequence[Judged], marks: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Return the mean marks of all queries, and by corpus, kind, and held back or not."""
    groups: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for query, mark in zip(queries, marks, strict=True):
        held = "held back" if query.is_held_back else "seen while tuning"
        for group in ("all", query.corpus, query.kind, held):
            groups[group].append(mark)
    return {
        group: {
            "queries": len(members),
            "mrr": round(mean(rank for rank, _ in members), 3),
            "recall_at_10": round(mean(share for _, share in members), 3),
        }
        for group, members in groups.items()
    }


def percentiles(times: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(times, n=20)
    return {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1)}


def lines(results: dict[str, Any]) -> list[str]:
    """Return the figures as a table for people."""
    systems = results["systems"]
    head = f"{'MRR / recall@10':<22}" + "".join(f"{name:>20}" for name in systems)
    told = [head]
    for group in next(iter(systems.values())):
        if group == "milliseconds":
            continue
        count = next(iter(systems.values()))[group]["queries"]
        cells = (f"{rows[group]['mrr']:.3f} / {rows[group]['recall_at_10']:.3f}" for rows in systems.values())
        told.append(f"{group + f' ({count})':<22}" + "".join(f"{cell:>20}" for cell in cells))
    speeds = (f"{rows['milliseconds']['p50']} / {rows['milliseconds']['p95']}" for rows in systems.values())
    return [*told, f"{'ms p50 / p95':<22}" + "".join(f"{speed:>20}" for speed in speeds)]


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    with scratch_database():
        results = measure()
    if not results["real_titles"]:
        print(MISSING, file=sys.stderr if arguments.json else sys.stdout)
    print(json.dumps(results) if arguments.json else "\n".join(lines(results)))


if __name__ == "__main__":
    main()
