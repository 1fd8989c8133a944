"""What the numbers cost: a contact with 5,000 pairs, and a year with 50 contacts.

``python -m benchmarks.reports`` prints seconds and queries of the pages, each read by an officer through
Django's own client, and of the files; ``--json`` prints them for scripts.
"""

import json
import re
import time
from argparse import ArgumentParser
from collections.abc import Callable
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from benchmarks.scratch import scratch_database

if TYPE_CHECKING:
    from django.test import Client

RUNS = 5
LARGE = (100, 50)  # businesses of each side: 5,000 pairs
SMALL = (20, 10)  # 200 pairs in each of the contacts of a year
CONTACTS = 50
SEEN = re.compile(r'name="seen" value="([^"]+)"')


def measure() -> dict[str, dict[str, Any]]:
    """Fill the scratch database and return seconds (median) and queries of each page and file."""
    from django.urls import reverse

    from benchmarks.reports_rows import fill_contact, make_offices, officer

    offices = make_offices()
    client = _client(officer(offices[0]))
    slug = fill_contact(offices, LARGE, number=0)
    query = f"?kontak={slug}"
    found = {
        "funnel of 5,000 pairs": _page(client, reverse("reports:funnel") + query),
        "the same by district": _page(client, f"{reverse('reports:funnel')}{query}&per=district"),
        "pairs behind a number": _page(client, f"{reverse('reports:funnel_rows')}{query}&langkah=met"),
        "ledger of the contact": _page(client, reverse("reports:ledger") + query),
        "council's question": _page(client, reverse("reports:council", args=[slug])),
    }
    for kind in ("xlsx", "pdf"):
        page, file = (
            reverse("reports:council", args=[slug]),
            reverse("reports:council_export", args=[slug, kind]),
        )
        found[f"council's question, {kind}"] = _file(client, page, file)
    for number in range(1, CONTACTS + 1):
        fill_contact(offices, SMALL, number=number, year=2019)
    return found | {
        "overview of a year with 50 contacts": _page(client, reverse("reports:overview") + "?tahun=2019"),
        "ledger of that year": _page(client, reverse("reports:ledger") + "?tahun=2019"),
        "funnel of that year": _page(client, reverse("reports:funnel") + "?tahun=2019"),
        "balance of that year": _page(client, reverse("reports:balance") + "?tahun=2019"),
    }


def _client(user: Any) -> "Client":
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"host": urlsplit(settings.PUBLIC_URL).netloc})
    client.force_login(user)
    return client


def _page(client: "Client", path: str) -> dict[str, Any]:
    return _timed(lambda: client.get(path))


def _file(client: "Client", page: str, file: str) -> dict[str, Any]:
    seen = SEEN.search(client.get(page).content.decode())
    if seen is None:
        raise SystemExit(f"no numbers to take along on {page}")
    return _timed(lambda: client.post(file, {"seen": seen[1]}))


def _timed(ask: Callable[[], Any]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    queries = len(captured)
    if answer.status_code != 200:
        raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code}")
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - start)
    return {
        "seconds": round(median(seconds), 3),
        "queries": queries,
        "kilobytes": round(len(answer.content) / 1000),
    }


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    with scratch_database():
        found = measure()
    if arguments.json:
        print(json.dumps(found))
        return
    for name, one in found.items():
        print(f"{name}: {one['seconds']:.3f} s, {one['queries']} queries, {one['kilobytes']} kB")


if __name__ == "__main__":
    main()
