"""How fast the catalogue is with 1,000 to 1,000,000 products, served by gunicorn on loopback.

``python -m benchmarks.catalogue [--sizes 1000,10000,100000,1000000] [--json]`` fills a scratch database for
each size and prints, for searches, faceted lists, the first page and deep pages: server time (inside the
worker) alone and under 20 clients at once, client time under 20 clients, queries, and the database's size.
The clients run on the same cores as the server. The questions differ from request to request; each deep
page is asked for once, while a worker remembers the first page, most searches and most lists as shown.
"""

import http.client
import json
import re
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import cycle, islice
from statistics import quantiles
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from benchmarks.production import production_server
from benchmarks.scratch import scratch_database

SIZES = [1_000, 10_000, 100_000]
CLIENTS = 20
REQUESTS_PER_CLIENT = 15
REQUESTS_ALONE = 60
DEEP_PAGES = 200  # in each of two orders: more than are asked for
MOST_SECONDS = 120
UNTIL = datetime(2026, 3, 1, tzinfo=UTC)
WORDS = [
    "sepatu",
    "keripik",
    "batik",
    "kopi",
    "tas anyaman",
    "kemasan",
    "sabun",
    "mebel jati",
    "sandal kulit",
]
WORDS += ["keripik pedas", "kripik", "spatu", "kain tenun", "gula merah", "jamu", "kotak makanan", "coffee"]
FILTERS = [
    {"kategori": "kuliner", "titip": "ya"},
    {"wilayah": "32", "kisaran": "10000-24999"},
    {"kategori": "kriya", "pesanan": "0-1"},
    {"wilayah": "33.74", "waktu": "4-7"},
    {"sertifikat": "halal", "kapasitas": "500-1999"},
    {"diperiksa": "ya", "urut": "harga"},
    {"sendiri": "ya", "kisaran": "25000-49999"},
    {"kategori": "keripik", "wilayah": "35"},
    {"harga": "50000", "minimal": "20"},
]
PARTS = re.compile(r"(\w+);dur=([\d.]+)(?:;desc=(\d+))?")


def measure(size: int) -> dict[str, Any]:
    """Fill the scratch database with ``size`` products and measure its catalogue."""
    from products.invented.catalogue import make_catalogue

    started = time.perf_counter()
    for _count in make_catalogue(products=size, seed=1, until=UNTIL):
        pass
    filled = time.perf_counter() - started
    tidy()
    with production_server(settings="benchmarks.catalogue_settings") as url:
        pages = {kind: measure_page(url, paths) for kind, paths in questions().items()}
    return {
        "products": size,
        "filled_s": round(filled, 1),
        "database_mb": database_megabytes(),
        "pages": pages,
    }


def questions() -> dict[str, list[str]]:
    """Return the addresses of each kind of page."""
    return {
        "first page": ["/katalog/"],
        "search": [f"/katalog/?{urlencode({'q': words})}" for words in WORDS],
        "search as you type": [f"/katalog/?q={quote(word[:end])}" for word in WORDS[:6] for end in (3, 4, 5)],
        "faceted list": [f"/katalog/?{urlencode(chosen)}" for chosen in FILTERS],
        "deep page": list(deep_pages()),
        "map": ["/katalog/peta/", "/katalog/peta/?kategori=kuliner"],
    }


def deep_pages() -> Iterator[str]:
    """Yield pages by key from all over the catalogue, in the orders by time and by price, each once."""
    from products.models import Product
    from products.paging import CHEAPEST, NEWEST, Key

    listed = Product.objects.listed().exclude(lowest_price=None)
    for order, field in ((NEWEST, "created_at"), (CHEAPEST, "lowest_price")):
        for row in listed.order_by("sample", "pk")[:DEEP_PAGES]:
            key = Key(getattr(row, field), row.pk)
            yield f"/katalog/?{urlencode({'urut': order, 'sesudah': str(key)})}"


def measure_page(url: str, paths: Sequence[str]) -> dict[str, Any]:
    """Ask one after the other, then 20 at once; every worker has answered some requests before."""
    following = cycle(paths)
    ask(url, list(islice(following, 8)))
    alone = ask(url, list(islice(following, REQUESTS_ALONE)))
    share = [list(islice(following, REQUESTS_PER_CLIENT)) for _client in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        crowd = [answer for answers in pool.map(ask, [url] * CLIENTS, share) for answer in answers]
    failed = sum(answer["status"] != 200 for answer in alone + crowd)
    return {
        "server_alone_ms": spread([answer["total"] for answer in alone]),
        "sql_alone_ms": spread([answer["sql"] for answer in alone]),
        "python_alone_ms": spread([answer["python"] for answer in alone]),
        "server_crowd_ms": spread([answer["total"] for answer in crowd]),
        "client_crowd_ms": spread([answer["client"] for answer in crowd]),
        "queries": max(answer["queries"] for answer in alone),
        "failed": failed,
    }


def ask(url: str, paths: Sequence[str]) -> list[dict[str, float]]:
    """Be one client with one connection; return status, client and server milliseconds of each answer."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=MOST_SECONDS)
    answers = []
    for path in paths:
        started = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
        client = (time.perf_counter() - started) * 1000
        timing = PARTS.findall(response.getheader("Server-Timing", ""))
        parts = {name: float(milliseconds) for name, milliseconds, _count in timing}
        queries = sum(int(count) for _name, _milliseconds, count in timing if count)
        answers.append({"status": response.status, "client": client, "queries": queries, **parts})
    connection.close()
    return answers


def spread(times: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile."""
    cuts = quantiles(times, n=20)
    return {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1)}


def tidy() -> None:
    """Do what PostgreSQL's own housekeeping does in a quiet hour."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def database_megabytes() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()) / 1000000")
        return int(cursor.fetchone()[0])


def show(result: dict[str, Any]) -> None:
    """Print the figures of one size for people."""
    print(f"{result['products']:,} products: {result['database_mb']} MB, filled in {result['filled_s']} s")
    for kind, page in result["pages"].items():
        alone, crowd, client = (
            page[f"{name}_ms"] for name in ("server_alone", "server_crowd", "client_crowd")
        )
        print(
            f"  {kind}: server p50 {alone['p50']} p95 {alone['p95']} ms (SQL {page['sql_alone_ms']['p50']}, "
            f"Python {page['python_alone_ms']['p50']}); {CLIENTS} clients: server p50 {crowd['p50']} "
            f"p95 {crowd['p95']}, client p50 {client['p50']} p95 {client['p95']} ms; "
            f"at most {page['queries']} queries; {page['failed']} failed"
        )


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks.catalogue", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(size) for size in text.split(",")],
        default=SIZES,
        help="numbers of products, parted by commas",
    )
    arguments = parser.parse_args()
    results = []
    for size in arguments.sizes:
        with scratch_database():
            results.append(measure(size))
        if not arguments.json:
            show(results[-1])
    if arguments.json:
        print(json.dumps(results))


if __name__ == "__main__":
    main()
