"""How long the engine takes: the founding case, 500 x 500, re-proposing, 10,000 x 10,000, and the text part.

500 x 500 is a contact of 1,000 businesses with 2,000 products and 1,500 needs: the whole list with choice
and reasons. 10,000 x 10,000 is an open programme between two regions, one product and one need a business
and all implied needs: the twenty best partners of everybody, in a process of its own whose highest memory
is measured. "Brute force" looks at every pair of a small contact by itself; the list must be the same.
"""

import resource
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import combinations
from multiprocessing import get_context
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from sparse_dot_topn import sp_matmul_topn

from benchmarks.pairing.large_contacts import large_contact
from matchmaking.engine import propose
from matchmaking.engine.choice import choose_from
from matchmaking.engine.matches import Matcher
from matchmaking.engine.optimum import Graph
from matchmaking.engine.pair_scores import pair_scores
from matchmaking.engine.proposing import in_order
from matchmaking.engine.scan import THREADS, Scan
from matchmaking.engine.values import Contact, Decisions

RUNS = 3
PARTNERS = 20


def measure() -> dict[str, Any]:
    """Measure everything once more than it sounds: medians of three runs, but for the largest contact."""
    contact = large_contact(500, 2_000, 1_500)
    full, listed = _timed(lambda: propose(contact))
    vetoed = dict.fromkeys([proposal.match.key for proposal in listed.proposals[::40]], "Bersaing.")
    fewer = replace(contact, decisions=Decisions(vetoed=vetoed))
    more = _with_ten_more(contact)
    vetoes, after = _timed(lambda: propose(fewer, previous=listed))
    ten_more, _ = _timed(lambda: propose(more, previous=listed))
    return {
        "founding_case_seconds": _founding_case(),
        "businesses": len(contact.firms),
        "possible_pairs": len(listed.possible),
        "pairs": len(listed.proposals),
        "seconds": full,
        "vetoes": len(vetoed),
        "vetoes_seconds": vetoes,
        "vetoes_same_as_anew": after == propose(fewer),
        "ten_more_seconds": ten_more,
        "same_as_brute_force": _same_as_brute_force(),
        "text": _text_part(large_contact(3_000, 6_000, 6_000)),
        "open_programme": _in_own_process(10_000),
    }


def lines(result: dict[str, Any]) -> Iterator[str]:
    yield f"founding case, loaded, proposed and saved: {result['founding_case_seconds']:.3f} s"
    yield (
        f"500 x 500, {result['possible_pairs']} possible, {result['pairs']} proposed with reasons: "
        f"{result['seconds']:.2f} s; same as brute force on a sample: {result['same_as_brute_force']}"
    )
    for what in ("vetoes", "ten_more"):
        share = result[f"{what}_seconds"] / result["seconds"]
        yield f"re-proposed after {_CHANGES[what]}: {result[f'{what}_seconds']:.3f} s ({share:.2f} of it)"
    text = result["text"]
    yield (
        f"text part {text['seconds']:.3f} s, sparse-dot-topn on the same matrices "
        f"{text['topn_seconds']:.3f} s: {text['seconds'] / text['topn_seconds']:.2f} times; "
        f"{text['nanoseconds_per_pair']:.0f} ns a pair"
    )
    large = result["open_programme"]
    yield (
        f"10,000 x 10,000, best {PARTNERS} each: {large['seconds']:.1f} s, {large['mebibytes']} MiB, "
        f"{large['cases']} cases, {large['pairs']} pairs kept; of them {large['chosen']} chosen in "
        f"{large['choice_seconds']:.1f} s"
    )


_CHANGES = {"vetoes": "a hundred vetoes", "ten_more": "ten new businesses"}


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    seconds, result = [], None
    for _ in range(RUNS):
        begun = perf_counter()
        result = work()
        seconds.append(perf_counter() - begun)
    return round(median(seconds), 3), result


def _founding_case() -> float:
    from benchmarks.proposals import measure as measure_founding_case
    from benchmarks.scratch import scratch_database

    with scratch_database():
        seconds: float = measure_founding_case()["seconds"]
    return seconds


def _with_ten_more(contact: Contact) -> Contact:
    """Return the contact with ten more businesses, their products and needs, drawn with another seed."""
    most = max(firm.id for firm in contact.firms)
    new = large_contact(5, 20, 15, seed=2)
    return replace(
        contact,
        firms=contact.firms + tuple(replace(firm, id=firm.id + most) for firm in new.firms),
        offers=contact.offers
        + tuple(replace(one, id=one.id + 1_000_000, firm=one.firm + most) for one in new.offers),
        wishes=contact.wishes
        + tuple(replace(one, id=(one.id or 0) + 1_000_000, firm=one.firm + most) for one in new.wishes),
    )


def _same_as_brute_force() -> bool:
    """Compare the scores of every pair of a small contact with those found by looking at each pair alone."""
    contact = in_order(large_contact(40, 160, 120, seed=3))
    matcher = Matcher(contact)
    alone = {
        match.key: match.score
        for a, b in combinations(contact.firms, 2)
        if a.region != b.region and (match := matcher.match(a, b)).trades
    }
    ids = [firm.id for firm in contact.firms]
    return alone == pair_scores(Scan(matcher).found(), ids, contact.weights.more_trades).by_key()


def _text_part(contact: Contact) -> dict[str, float]:
    """Time the search for alike texts, and the best twenty of the same matrices by sparse-dot-topn."""
    scan = Scan(Matcher(in_order(contact)))
    stated = scan.wish_texts[~scan.wishes.is_implied]
    offers = scan.offer_texts.T.tocsr()
    ours, _ = _timed(lambda: list(scan.alike()))
    theirs, _ = _timed(lambda: sp_matmul_topn(stated, offers, top_n=PARTNERS, n_threads=THREADS))
    pairs = stated.shape[0] * offers.shape[1]
    return {"seconds": ours, "topn_seconds": theirs, "nanoseconds_per_pair": ours / pairs * 1e9}


def _in_own_process(firms_a_side: int) -> dict[str, Any]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(best_partners, firms_a_side).result()


def best_partners(firms_a_side: int) -> dict[str, Any]:
    """Find everybody's best partners in an open programme, and tell seconds and the highest memory."""
    contact = in_order(large_contact(firms_a_side, 2 * firms_a_side, 2 * firms_a_side))
    begun = perf_counter()
    parts = Scan(Matcher(contact)).found()
    ids = [firm.id for firm in contact.firms]
    best = pair_scores(parts, ids, contact.weights.more_trades, best=PARTNERS)
    found = perf_counter()
    choice = choose_from(Graph(np.stack([best.a, best.b], axis=1), best.score), (), contact.rules)
    return {
        "seconds": round(found - begun, 2),
        "choice_seconds": round(perf_counter() - found, 2),
        "chosen": len(choice.chosen),
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "cases": sum(len(part) for part in parts),
        "pairs": len(best),
    }
