"""Who should meet whom when both must want it: eleven evenings of speed dating with a cap of meetings.

Protocol: the meetings of the first half of each evening are known, those of the second half are to be
chosen, at most ``CAPS`` a person. All methods get the same predicted chances (``speed_dating``), learnt
on the other ten evenings. Counted are the chosen meetings in which both really said yes; ``best`` is
the most that was possible, ``chance`` what as many meetings by lot give as RECON chooses.

- ``women`` and ``men``: best first by what one side wants, while both have room.
- ``RECON``: best first by the harmonic mean of both sides' chances (Pizzato and others, RecSys 2010).
- ``deferred acceptance``: of the library ``matching``, women propose; one round for each meeting of the
  cap, without the pairs of the rounds before.
- ``engine``: the engine's choice from the harmonic mean, which is its score; and, to compare, from the
  product of the chances.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from matching.games import HospitalResident
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from benchmarks.pairing.speed_dating import Array, Evening, Mask, predict, read_evenings
from matchmaking.engine.choice import choose
from matchmaking.engine.values import PairKey, Rules

CAPS = (2, 3, 4)
MEN = 1_000

Meetings = set[tuple[int, int]]
Chooser = Callable[[Mask, Array, int], Meetings]


@dataclass(frozen=True, slots=True)
class Possible:
    """A possible meeting of a woman and a man (numbered from ``MEN``), and its score from 0 to 1."""

    key: PairKey
    score: float


def harmonic(chances: Array) -> Array:
    """Return the harmonic mean of both sides' chances.

    >>> round(float(harmonic(np.array([1.0, 0.1]))), 3)
    0.182
    """
    return np.asarray(2 * chances[0] * chances[1] / (chances[0] + chances[1]))


def best_first(open_to: Mask, worth: Array, cap: int) -> Meetings:
    """Return the meetings taken by falling worth, then by number, while both have room."""
    counts: Counter[tuple[str, int]] = Counter()
    taken: Meetings = set()
    for woman, man in sorted(_places(open_to), key=lambda place: (-worth[place], place)):
        sides = (("woman", woman), ("man", man))
        if all(counts[side] < cap for side in sides):
            taken.add((woman, man))
            counts.update(sides)
    return taken


def deferred_acceptance(open_to: Mask, chances: Array, cap: int) -> Meetings:
    """Return ``cap`` rounds of one-to-one deferred acceptance, women proposing, each pair at most once."""
    left = open_to.copy()
    taken: Meetings = set()
    for _ in range(cap):
        pairs = _one_round(left, chances)
        taken |= pairs
        for woman, man in pairs:
            left[woman, man] = False
    return taken


def _one_round(left: Mask, chances: Array) -> Meetings:
    women = {
        woman: sorted(np.flatnonzero(row).tolist(), key=lambda man: (-chances[0, woman, man], man))
        for woman, row in enumerate(left)
        if row.any()
    }
    men = {
        man: sorted(np.flatnonzero(row).tolist(), key=lambda woman: (-chances[1, woman, man], woman))
        for man, row in enumerate(left.T)
        if row.any()
    }
    if not women:
        return set()
    game = HospitalResident.create_from_dictionaries(women, men, dict.fromkeys(men, 1))
    return {(woman.name, man.name) for man, found in game.solve().items() for woman in found}


def engine_choice(open_to: Mask, worth: Array, cap: int) -> Meetings:
    """Return what the engine chooses with the cap as its quota and no least score."""
    pairs = [Possible((woman, MEN + man), float(worth[woman, man])) for woman, man in _places(open_to)]
    chosen = choose(pairs, [], Rules(quota=cap, least_score=0.0)).chosen
    return {(woman, man - MEN) for woman, man in chosen}


def _places(mask: Mask) -> list[tuple[int, int]]:
    return [(int(woman), int(man)) for woman, man in np.argwhere(mask)]


METHODS: dict[str, Chooser] = {
    "women": lambda open_to, chances, cap: best_first(open_to, chances[0], cap),
    "men": lambda open_to, chances, cap: best_first(open_to, chances[1], cap),
    "RECON": lambda open_to, chances, cap: best_first(open_to, harmonic(chances), cap),
    "deferred acceptance": deferred_acceptance,
    "engine": lambda open_to, chances, cap: engine_choice(open_to, harmonic(chances), cap),
    "engine, product": lambda open_to, chances, cap: engine_choice(open_to, chances.prod(axis=0), cap),
}


def most_possible(mutual: Mask, cap: int) -> int:
    """Return the highest number of mutual meetings with at most ``cap`` a person, by a maximum flow.

    >>> most_possible(np.array([[True, True], [True, False]]), 1)
    2
    """
    women, men = mutual.shape
    size = women + men + 2
    room = np.zeros((size, size), np.int32)
    room[0, 1 : women + 1] = cap
    room[1 : women + 1, women + 1 : -1] = mutual
    room[women + 1 : -1, -1] = cap
    return int(maximum_flow(csr_array(room), 0, size - 1).flow_value)


def count(evenings: Iterable[Evening], chances: Iterable[Array], cap: int) -> dict[str, dict[str, float]]:
    """Return for each method the meetings, the mutual ones, and the persons above the cap."""
    pairs = list(zip(evenings, chances, strict=True))
    found: dict[str, dict[str, float]] = {}
    for name, method in METHODS.items():
        totals: Counter[str] = Counter(mutual=0, meetings=0, over_cap=0)
        for evening, chance in pairs:
            totals.update(_judge(evening, method(evening.is_late, chance, cap), cap))
        found[name] = dict(totals)
    share = sum(int(one.mutual.sum()) for one, _ in pairs) / sum(int(one.is_late.sum()) for one, _ in pairs)
    found["chance"] = {"mutual": round(share * found["RECON"]["meetings"], 1)}
    found["best"] = {"mutual": sum(most_possible(one.mutual, cap) for one, _ in pairs)}
    return found


def _judge(evening: Evening, taken: Meetings, cap: int) -> dict[str, int]:
    women, men = Counter(woman for woman, _ in taken), Counter(man for _, man in taken)
    return {
        "mutual": sum(bool(evening.mutual[place]) for place in taken),
        "meetings": len(taken),
        "over_cap": sum(held > cap for held in [*women.values(), *men.values()]),
    }


def measure() -> dict[str, dict[str, dict[str, float]]]:
    """Return the mutual meetings of each method by cap.

    Raises:
        DataMissing: the rows are not in ``../shared/data/realdata``.
    """
    evenings = read_evenings()
    chances = predict(evenings)
    return {str(cap): count(evenings, chances, cap) for cap in CAPS}


def lines(result: dict[str, dict[str, dict[str, float]]]) -> Iterator[str]:
    """Yield the tables as text."""
    for cap, methods in result.items():
        yield f"Meetings of 11 evenings, at most {cap} each     mutual   of meetings   above the cap"
        for name, found in methods.items():
            meetings = (
                f"{found['meetings']:>14,.0f}{found['over_cap']:>16,.0f}" if "meetings" in found else ""
            )
            yield f"  {name:<38}{found['mutual']:>11,.0f}{meetings}"
