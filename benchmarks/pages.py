"""How fast and how heavy the pages of the demonstration are, served by gunicorn on loopback.

``python -m benchmarks.pages`` prints, for the home, catalogue and personal-link page: p50 and p95 under
20 clients at once, queries, and the compressed bytes of a phone's first visit; ``--json`` for scripts.
The clients run on the same cores as the server, so the figures are on the safe side.
"""

import http.client
import io
import json
import time
from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

from benchmarks.first_visit import first_visit, over_budget
from benchmarks.production import production_server
from benchmarks.scratch import scratch_database

CLIENTS = 20
REQUESTS_PER_CLIENT = 25
MOST_SECONDS = 30


def measure() -> dict[str, Any]:
    """Build the demonstration in the scratch database and measure its pages."""
    from django.core.management import call_command

    call_command("seed_demo", stdout=io.StringIO())
    paths = page_paths()
    queries = {page: count_queries(path) for page, path in paths.items()}
    with production_server() as url:
        speeds = {page: load(url, path) for page, path in paths.items()}
        visits = first_visits(url, paths)
    return {
        page: speeds[page]
        | {"queries": queries[page], "first_visit": visits[page]}
        | {"over_budget": over_budget(visits[page], is_link_page=page == "personal link")}
        for page in paths
    }


def page_paths() -> dict[str, str]:
    """Return the paths of the three pages; the personal link is that of the business with most pairs."""
    from django.db.models import Count
    from django.urls import reverse
    from django.utils import timezone

    from accounts.actors import COMMAND
    from matchmaking.models import Pair
    from products.links import issue_link
    from products.models import Business

    busiest = (
        Pair.objects.values("business_a").annotate(count=Count("pk")).order_by("-count", "business_a")[0]
    )
    business = Business.objects.get(pk=busiest["business_a"])
    _link, token = issue_link(actor=COMMAND, business=business, now=timezone.now())
    return {
        "home": reverse("matchmaking:home"),
        "catalogue": reverse("products:catalogue"),
        "personal link": reverse("matchmaking:link_home", args=[token]),
    }


def count_queries(path: str) -> int:
    """Return how many queries the page takes, once what is kept in memory is warm."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": urlsplit(settings.PUBLIC_URL).netloc})
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def load(url: str, path: str) -> dict[str, Any]:
    """Let ``CLIENTS`` ask for the page at once; return milliseconds, requests per second and failures."""
    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(ask, [url] * CLIENTS, [path] * CLIENTS, [started + MOST_SECONDS] * CLIENTS))
    elapsed = time.perf_counter() - started
    times = [milliseconds for answer in answers for status, milliseconds in answer if status == 200]
    total = sum(map(len, answers))
    cuts = quantiles(times, n=20) if len(times) > 1 else [0.0] * 19
    return {
        "clients": CLIENTS,
        "requests": total,
        "failed": total - len(times),
        "p50_ms": round(cuts[9], 1),
        "p95_ms": round(cuts[18], 1),
        "requests_per_second": round(total / elapsed, 1),
    }


def ask(url: str, path: str, deadline: float) -> list[tuple[int, float]]:
    """Be one client: ask again and again over one connection; return each status and its milliseconds."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=MOST_SECONDS)
    answers = []
    for _number in range(REQUESTS_PER_CLIENT):
        started = time.perf_counter()
        if started > deadline:
            break
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
        answers.append((response.status, (time.perf_counter() - started) * 1000))
    connection.close()
    return answers


def first_visits(url: str, paths: dict[str, str]) -> dict[str, dict[str, int]]:
    """Open each page in a fresh Chromium and return what it loaded."""
    from playwright.sync_api import sync_playwright

    from bin import chromium

    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.NOT_FOUND)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.QUIET)
        visits = {page: first_visit(browser, url + address) for page, address in paths.items()}
        browser.close()
    return visits


def show(page: str, result: dict[str, Any]) -> None:
    """Print one page's figures for people."""
    visit = result["first_visit"]
    kilobytes = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in visit.items() if kind != "requests")
    print(
        f"{page}: p50 {result['p50_ms']} ms, p95 {result['p95_ms']} ms, {result['requests_per_second']}/s "
        f"({result['requests']} requests of {result['clients']} clients, {result['failed']} failed); "
        f"{result['queries']} queries"
    )
    print(f"  first visit in kB: {kilobytes}; {visit['requests']} requests; ", end="")
    print(f"over budget: {result['over_budget']}" if result["over_budget"] else "within every budget")


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    with scratch_database():
        results = measure()
    if arguments.json:
        print(json.dumps(results))
        return
    for page, result in results.items():
        show(page, result)


if __name__ == "__main__":
    main()
