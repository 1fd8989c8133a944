"""Lists for a market of two sides: the public benchmark of fair reciprocal recommendation.

Protocol of CyberAgent's FairReciprocalRecommendation (MIT licence) to Tomita and Yokoyama, "Fair
Reciprocal Recommendation in Matching Markets", RecSys 2024: two sides like each other by uniform
random numbers of seed 0, mixed half and half with a popularity that falls from the first to the last.
Everybody gets a list of the whole other side; place k is looked at with a chance of 1/k. Two match
when both look and both like. One envies another when it would have more matches in the other's places.

The methods are written anew here: ``Naive`` lists whom one likes, ``Prod`` whom both like, ``TU`` the
equilibrium of transferable utility, ``SW`` and ``NSW`` maximise the matches and the product of all
matches by alternating steps of 0.1. ``fair_order`` is the engine's, once as the mean over lists (as the
benchmark has it) and once as the one list that the portal shows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from matchmaking.engine.fair_order import PartnerLists

Array = NDArray[np.float64]

SIZES = ((30, 20), (1000, 1000))
PUBLISHED = {"Naive": 6.10, "Prod": 13.21, "TU": 15.45, "SW": 16.51, "NSW": 15.76}
STEP = 0.1
ROUNDS = 100
LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Shown:
    """How much every list looks at everybody, 0 to 1: ``left[i, j]`` and ``right[j, i]``."""

    left: Array
    right: Array


def market(left: int, right: int, seed: int = 0, popularity: float = 0.5) -> tuple[Array, Array]:
    """Return how much i likes j and how much j likes i, 0 to 1, as the published generator draws them."""
    drawn = np.random.RandomState(seed)
    by_left, by_right = drawn.random_sample((left, right)), drawn.random_sample((right, left))
    return (
        (1 - popularity) * by_left + popularity * np.linspace(1, 0, right),
        (1 - popularity) * by_right + popularity * np.linspace(1, 0, left),
    )


def looked_at(places: int) -> Array:
    """Return the chance that each place of a list is looked at: 1, 1/2, 1/3 and so on."""
    return 1 / np.arange(1, places + 1)


def listed(worth: Array) -> Array:
    """Return how much lists by falling worth look at everybody."""
    order = np.argsort(-worth, axis=1, kind="stable")
    shown = np.empty_like(worth)
    np.put_along_axis(shown, order, np.broadcast_to(looked_at(worth.shape[1]), worth.shape), 1)
    return shown


def naive(left: Array, right: Array) -> Shown:
    return Shown(listed(left), listed(right))


def product(left: Array, right: Array) -> Shown:
    return Shown(listed(left * right.T), listed(right * left.T))


def transferable_utility(left: Array, right: Array, rounds: int = 10_000) -> Shown:
    """List by the equilibrium of a market in which utility can be paid for (Choo and Siow, scale 1)."""
    gain = np.exp((left + right.T) / 2)
    ours, theirs = np.ones(gain.shape[0]), np.ones(gain.shape[1])
    for _ in range(rounds):
        half = gain @ theirs / 2
        new_ours = np.sqrt(1 + half**2) - half
        half = gain.T @ new_ours / 2
        new_theirs = np.sqrt(1 + half**2) - half
        moved = max(np.abs(new_ours - ours).max(), np.abs(new_theirs - theirs).max())
        ours, theirs = new_ours, new_theirs
        if moved < 1e-9:
            break
    paired = gain * ours[:, None] * theirs
    return Shown(listed(paired), listed(paired.T))


def social_welfare(left: Array, right: Array) -> Shown:
    return _alternate(left * right.T, is_nash=False)


def nash_social_welfare(left: Array, right: Array) -> Shown:
    return _alternate(left * right.T, is_nash=True)


def _alternate(both: Array, *, is_nash: bool) -> Shown:
    rows, columns = both.shape
    by_left = np.full((rows, columns), looked_at(columns).mean())
    by_right = np.full((columns, rows), looked_at(rows).mean())
    total = 0.0
    for _ in range(ROUNDS):
        by_right = _step(both * by_left, by_right, is_nash=is_nash)
        by_left = _step(both.T * by_right, by_left, is_nash=is_nash)
        before, total = total, float((both * by_left * by_right.T).sum())
        if abs(total - before) < 0.01:
            break
    return Shown(by_left, by_right)


def _step(chances: Array, lists: Array, *, is_nash: bool) -> Array:
    """Move the lists of one side towards those that serve the other side (the rows of chances) best."""
    worth = chances.T
    if is_nash:
        worth = worth / np.maximum((worth * lists).sum(axis=0), LEAST)
    return (1 - STEP) * lists + STEP * listed(worth)


def fair(left: Array, right: Array) -> Shown:
    lists, attention = _shared(left, right)
    return _by_sides(lists, attention.astype(np.float64), left.shape)


def fair_fixed(left: Array, right: Array) -> Shown:
    lists, attention = _shared(left, right)
    shown = np.empty(len(attention))
    shown[lists.best_first(attention)] = lists.looked_at
    return _by_sides(lists, shown, left.shape)


def _shared(left: Array, right: Array) -> tuple[PartnerLists, NDArray[np.float32]]:
    rows, columns = left.shape
    ours, theirs = np.arange(rows), np.arange(rows, rows + columns)
    lists = PartnerLists(np.repeat(ours, columns), np.tile(theirs, rows))
    return lists, lists.share_attention(left.ravel(), right.T.ravel())


def _by_sides(lists: PartnerLists, shown: Array, shape: tuple[int, int]) -> Shown:
    by_left, by_right = shown[lists.entries].reshape(2, *shape)
    return Shown(by_left, by_right.T.copy())


METHODS: dict[str, Callable[[Array, Array], Shown]] = {
    "Naive": naive,
    "Prod": product,
    "TU": transferable_utility,
    "SW": social_welfare,
    "NSW": nash_social_welfare,
    "fair_order": fair,
    "fair_order, one list": fair_fixed,
}


def matches(left: Array, right: Array, shown: Shown) -> Array:
    """Return the expected matches of every i and j."""
    return left * right.T * shown.left * shown.right.T


def envious(left: Array, right: Array, shown: Shown) -> tuple[int, int]:
    """Return how many ordered pairs of one side envy, for the left and the right side."""
    both = left * right.T
    own = matches(left, right, shown)
    return (
        _envious(own.sum(axis=1), (both * shown.left) @ shown.right),
        _envious(own.sum(axis=0), (both.T * shown.right) @ shown.left),
    )


def _envious(own: Array, swapped: Array) -> int:
    """Count where one has more in the other's places than of its own; nobody envies itself."""
    envies = swapped > own[:, None] + 1e-9
    np.fill_diagonal(envies, val=False)
    return int(envies.sum())


def gini(counts: Array) -> float:
    """Return the Gini coefficient, 0 (all alike) to 1 (one has all); 0 when there is nothing.

    >>> gini(np.array([1, 1, 1])), gini(np.array([0, 0, 0, 4]))
    (0.0, 0.75)
    """
    ordered, size = np.sort(counts), len(counts)
    total = ordered.sum()
    return float((2 * np.arange(1, size + 1) - size - 1) @ ordered / (size * total)) if total else 0.0


def measure() -> dict[str, dict[str, dict[str, float]]]:
    """Return matches, envy, Gini of both sides and seconds of each method, by size of the market."""
    return {f"{rows}x{columns}": _compare(rows, columns) for rows, columns in SIZES}


def _compare(rows: int, columns: int) -> dict[str, dict[str, float]]:
    sides = market(rows, columns)
    found = {}
    for name, method in METHODS.items():
        start = perf_counter()
        shown = method(*sides)
        seconds = perf_counter() - start
        found[name] = {"seconds": round(seconds, 3)} | _quality(*sides, shown)
    return found


def _quality(left: Array, right: Array, shown: Shown) -> dict[str, float]:
    expected = matches(left, right, shown)
    envy_left, envy_right = envious(left, right, shown)
    return {
        "matches": round(float(expected.sum()), 2),
        "envy_left": envy_left,
        "envy_right": envy_right,
        "gini_left": round(gini(expected.sum(axis=1)), 4),
        "gini_right": round(gini(expected.sum(axis=0)), 4),
    }


def lines(result: dict[str, dict[str, dict[str, float]]]) -> Iterator[str]:
    """Yield the tables as text."""
    for size, methods in result.items():
        yield f"Lists for a market of {size}     matches      envy left/right   Gini left/right  seconds"
        for name, found in methods.items():
            envy = f"{found['envy_left']:,.0f}/{found['envy_right']:,.0f}"
            ginis = f"{found['gini_left']:.3f}/{found['gini_right']:.3f}"
            published = f" (published {PUBLISHED[name]:.2f})" if name in PUBLISHED and size == "30x20" else ""
            yield (
                f"  {name:<24}{found['matches']:>16.2f}{envy:>21}{ginis:>18}{found['seconds']:>9.2f}"
                + published
            )
