"""Fifty answers to one pair at once, as when two owners press again and again on a bad line.

``python -m benchmarks.answers`` serves the demonstration with gunicorn and posts through the personal
links of both sides: first the same *Mau* fifty times, then *Mau* and *Tidak* by turns. It prints what the
server answered, the rows that are left, the states, and the notices; ``--json`` for scripts. The bytes and
the p95 of the personal-link page are measured by ``benchmarks.pages``.
"""

import http.client
import io
import json
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from benchmarks.production import production_server
from benchmarks.scratch import scratch_database

if TYPE_CHECKING:
    from matchmaking.models import Pair

AT_ONCE = 50
SECONDS = 60
ROUNDS = {"same answer": ["yes"], "changing answers": ["yes", "no"]}


def measure() -> dict[str, Any]:
    """Build the demonstration in the scratch database and answer two of its pairs."""
    from django.core.management import call_command

    call_command("seed_demo", stdout=io.StringIO())
    with production_server() as url:
        return {name: answer_at_once(url, answers) for name, answers in ROUNDS.items()}


def answer_at_once(url: str, answers: list[str]) -> dict[str, Any]:
    """Post ``AT_ONCE`` answers to a pair that has none, by turns of its sides; return what is left of it."""
    from matchmaking.models import Pair

    pair = fresh_pair()
    paths = answer_paths(pair)
    start = Barrier(AT_ONCE)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        presses = [
            pool.submit(press, url, paths[number % 2], answers[number // 2 % len(answers)], start)
            for number in range(AT_ONCE)
        ]
        statuses = Counter(done.result() for done in presses)
    return {"statuses": dict(statuses)} | left_of(Pair.objects.get(pk=pair.pk))


def fresh_pair() -> "Pair":
    """Return a pair on the list that nobody has answered."""
    from matchmaking.models import Pair

    pairs = Pair.objects.shown().filter(answer_a="", answer_b="", trade_contact__answers_locked_at=None)
    return pairs.select_related("business_a", "business_b").order_by("pk")[0]


def answer_paths(pair: "Pair") -> list[str]:
    """Return where each side's link takes its answer to this pair."""
    from django.urls import reverse
    from django.utils import timezone

    from accounts.actors import COMMAND
    from products.links import issue_link

    now = timezone.now()
    tokens = [
        issue_link(actor=COMMAND, business=business, now=now)[1]
        for business in (pair.business_a, pair.business_b)
    ]
    return [reverse("matchmaking:link_answer", args=[token, pair.pk]) for token in tokens]


def press(url: str, path: str, answer: str, start: Barrier) -> int:
    """Wait for the others, post one answer, and return the status."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=SECONDS)
    start.wait()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "null"}
    connection.request("POST", path, urlencode({"answer": answer}), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def left_of(pair: "Pair") -> dict[str, Any]:
    """Return the rows of a pair, how many only repeat the one before, its states, and its notices."""
    from outbox.models import Message

    sides = {"a": pair.business_a_id, "b": pair.business_b_id}
    rows = {
        side: list(pair.interests.filter(business_id=pk).order_by("pk").values_list("answer", flat=True))
        for side, pk in sides.items()
    }
    repeated = sum(first == second for said in rows.values() for first, second in pairwise(said))
    told = Message.objects.filter(kind__startswith="both_yes", key__contains=f":{pair.pk}:")
    return {
        "rows": sum(map(len, rows.values())),
        "repeated_rows": repeated,
        "state": str(pair.answer_state),
        "state_is_last_rows": [pair.answer_a, pair.answer_b] == [said[-1] for said in rows.values()],
        "notices": told.count(),
        "doubled_notices": told.count() - told.values("kind", "to").distinct().count(),
    }


def main() -> None:
    parser = ArgumentParser(prog="python -m benchmarks.answers", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    with scratch_database():
        results = measure()
    if arguments.json:
        print(json.dumps(results))
        return
    for name, result in results.items():
        print(f"{AT_ONCE} parallel answers to one pair, {name}: " + ", ".join(_words(result)))


def _words(result: dict[str, Any]) -> list[str]:
    return [f"{key.replace('_', ' ')} {value}" for key, value in result.items()]


if __name__ == "__main__":
    main()
