"""Cases put together into pairs: each side's benefit and the score of every possible pair, as columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matchmaking.engine.columns import Flags, Numbers, Places
from matchmaking.engine.rows import six_places
from matchmaking.engine.scan import MILLIONTHS, Found
from matchmaking.engine.values import PairKey

CELLS_AT_ONCE = 10_000_000
ROWS_TO_COMPACT = 2_000_000


@dataclass(frozen=True)
class PairScores:
    """Possible pairs as columns, in the order of their ids; benefits and scores are 0 to 1."""

    a: Places
    b: Places
    benefit_a: Numbers
    benefit_b: Numbers
    score: Numbers

    def __len__(self) -> int:
        return len(self.a)

    def keys(self) -> Iterator[PairKey]:
        return zip(self.a.tolist(), self.b.tolist(), strict=True)

    def by_key(self) -> dict[PairKey, float]:
        """Return the score of each pair by its businesses' ids."""
        return dict(zip(self.keys(), self.score.tolist(), strict=True))

    def without(self, keys: Mapping[PairKey, object]) -> "PairScores":
        """Return the pairs that are not among the keys."""
        if not keys:
            return self
        return self.only(np.asarray([key not in keys for key in self.keys()], dtype=np.bool_))

    def only(self, which: Flags) -> "PairScores":
        return PairScores(
            self.a[which], self.b[which], self.benefit_a[which], self.benefit_b[which], self.score[which]
        )


def pair_scores(
    parts: Sequence[Found], ids: Sequence[int], bonus: float, *, best: int | None = None
) -> PairScores:
    """Return every possible pair with its score, vetoed ones too.

    ``ids`` are the businesses by their places, in order. ``bonus`` is ``Weights.more_trades``. With ``best``
    only pairs among the best so many of one of their sides are returned, and memory stays within bounds.
    """
    numbers = np.asarray(ids, dtype=np.int64)
    step = max(1, min(len(numbers), CELLS_AT_ONCE // max(1, len(numbers))))
    blocks = (_scores(block, first, step, numbers, bonus) for first, block in _by_first_firm(parts, step))
    if best is None:
        return _joined(list(blocks))
    kept = _BestOfEach(numbers, best)
    for block in blocks:
        kept.add(block)
    return kept.result()


class _BestOfEach:
    """Keeps the pairs that are among the ``count`` best of at least one of their businesses."""

    def __init__(self, ids: Places, count: int) -> None:
        self._ids, self._count = ids, count
        self._least = np.full(len(ids), -1.0)  # the score of each business's last place so far
        self._parts: list[PairScores] = []

    def add(self, pairs: PairScores) -> None:
        least = [self._least[np.searchsorted(self._ids, side)] for side in (pairs.a, pairs.b)]
        self._parts.append(pairs.only((pairs.score >= least[0]) | (pairs.score >= least[1])))
        if sum(len(part) for part in self._parts) > ROWS_TO_COMPACT:
            self._parts = [self.result()]

    def result(self) -> PairScores:
        """Return the pairs of those added so far. Of equal partners the one with the smaller id is better."""
        pairs = _joined(self._parts)
        firm = np.concatenate([pairs.a, pairs.b])
        row = np.tile(np.arange(len(pairs)), 2)
        order = np.lexsort((np.concatenate([pairs.b, pairs.a]), -pairs.score[row], firm))
        starts = np.flatnonzero(np.diff(firm[order], prepend=-1))
        place = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
        last = order[place == self._count - 1]
        self._least[np.searchsorted(self._ids, firm[last])] = pairs.score[row[last]]
        which = np.zeros(len(pairs), dtype=np.bool_)
        which[row[order[place < self._count]]] = True
        return pairs.only(which)


def _joined(parts: Sequence[PairScores]) -> PairScores:
    def column(name: str) -> Numbers:
        empty = np.zeros(0, dtype=np.int64 if name in "ab" else np.float64)
        return np.concatenate([empty, *(getattr(part, name) for part in parts)])

    return PairScores(
        column("a").astype(np.int64),
        column("b").astype(np.int64),
        column("benefit_a"),
        column("benefit_b"),
        column("score"),
    )


def _by_first_firm(parts: Sequence[Found], step: int) -> Iterator[tuple[int, Found]]:
    """Yield the cases again, for ``step`` businesses at a time: those whose first business is one of them."""
    names = ("seller", "buyer", "sold", "bought", "is_new")
    block = [np.minimum(part.seller, part.buyer) // step for part in parts]
    for number in range(max((int(one.max(initial=-1)) for one in block), default=-1) + 1):
        chosen = [(part, one == number) for part, one in zip(parts, block, strict=True) if len(one)]
        columns = [np.concatenate([getattr(part, name)[which] for part, which in chosen]) for name in names]
        yield number * step, Found(*columns)


def _scores(found: Found, first: int, step: int, ids: Places, bonus: float) -> PairScores:
    """Return the pairs of one block: each side's best benefit, and a little for further trades."""
    low, high = np.minimum(found.seller, found.buyer), np.maximum(found.seller, found.buyer)
    cell = (low - first).astype(np.int64) * len(ids) + high
    sells_low = found.seller == low
    benefits = [np.full(step * len(ids), -1, dtype=np.int32) for _ in range(2)]
    np.maximum.at(benefits[0], cell, np.where(sells_low, found.sold, found.bought))
    np.maximum.at(benefits[1], cell, np.where(sells_low, found.bought, found.sold))
    here = np.flatnonzero(benefits[0] >= 0)
    trades = np.bincount(cell[found.is_new], minlength=step * len(ids))[here]
    further = np.minimum(3, np.maximum(0, trades - 1))
    a, b = (_with_more_trades(one[here] / MILLIONTHS, further, bonus) for one in benefits)
    total = a + b
    score = np.where(total > 0, six_places(2 * a * b / np.where(total > 0, total, 1.0)), 0.0)
    row, column = np.divmod(here, len(ids))
    return PairScores(ids[row + first], ids[column], a, b, score)


def _with_more_trades(best: Numbers, further: Places, bonus: float) -> Numbers:
    return six_places(best + (1 - best) * bonus * further / 3)
