"""In which order each business is shown its partners in an open programme without a day.

A contact needs both sides, and a reader looks at the top of a list more than at its end. If everybody
is simply shown the best partners first, a few famous businesses stand on top of every list and get
requests they cannot answer, while the others are never looked at. Here the lists are made for each
other: a partner stands high where it is also looking, and whoever is seen little counts more. The
measure is Nash social welfare, the product of all businesses' expected mutual contacts; at its
maximum nobody would rather have another business's places than its own (no envy).

Source of the model: Tomita and Yokoyama, "Fair Reciprocal Recommendation in Matching Markets",
RecSys 2024. They solve a linear programme in every step of a Frank-Wolfe search over randomised lists.
Its cost is a product of "what a partner is worth" and "how much a place is looked at", so sorting
solves it, and only the mean attention that each business pays to each partner has to be kept.

Every number comes from single IEEE operations and sums in one fixed order, and sort keys are rounded,
so the lists do not depend on the machine, the threads or the order of the input.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matchmaking.engine.values import PairKey

FIRST_STEP = 0.04
FASTER = 1.18
LONGEST_STEP = 0.35
RISING = 22
SLOWER = 0.75
SETTLING = 6
LEAST_CONTACTS = 1e-6
KEY_BITS = np.uint32(0x7FFF_FFF0)
LOW_HALF = np.uint64(0xFFFF_FFFF)
HALF = np.uint64(32)

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]


def order_partners(benefits: Mapping[PairKey, tuple[float, float]]) -> dict[int, list[int]]:
    """Return for each business its partners in the order in which they are shown, first one first.

    ``benefits`` holds for each possible pair what the smaller id and what the larger id gets from it,
    both 0 to 1. Equal partners come as in a tournament (see ``PartnerLists``). Takes about half a
    second for 200,000 pairs.

    1 suits 8 best but looks at 7 first, so 8 is shown 2 first, who looks at nobody else:

    >>> orders = order_partners({(1, 7): (0.9, 0.9), (1, 8): (0.9, 0.8), (2, 8): (0.8, 0.8)})
    >>> orders[1], orders[8]
    ([7, 8], [2, 1])

    Raises:
        ValueError: a benefit lies outside 0 to 1, or a pair names one business twice.
    """
    if not benefits:
        return {}
    keys = np.array(list(benefits), np.int64)
    firms, numbers = np.unique(keys, return_inverse=True)
    lists = PartnerLists(*numbers.reshape(keys.shape).T)
    attention = lists.share_attention(*np.array(list(benefits.values()), np.float64).T)
    shown = firms[lists.partner[lists.best_first(attention)]].tolist()
    parts = zip(firms[lists.firms].tolist(), pairwise(lists.edges), strict=True)
    return {firm: shown[start:end] for firm, (start, end) in sorted(parts)}


class PartnerLists:
    """The lists of all businesses in one row of entries: an ``owner`` that is shown a ``partner``.

    Businesses are numbered from 0; every pair gives two entries. Lists of the same length stand
    together, so that they are sorted together. Within a list the partners stand as they would meet in a
    tournament of everybody against everybody: in the round ``(owner + partner) mod businesses``. Equal
    partners keep that order, so that equal businesses do not all begin with the same one.

    ``edges`` are where the lists of ``firms`` start and end; ``entries`` says where the two entries of
    each pair are, that of its first business and that of its second; ``looked_at`` is the chance that
    an entry's place is looked at: 1 for the first of a list, 1/2, 1/3 and so on.
    """

    def __init__(self, one: Ids, other: Ids) -> None:
        """Take the pairs ``one[k]``, ``other[k]``; each pair once, each business in at least one.

        Raises:
            ValueError: a pair names one business twice.
        """
        if np.any(one == other):
            raise ValueError("A business cannot be its own partner.")
        owner, partner = np.concatenate([one, other]), np.concatenate([other, one])
        lengths = np.bincount(owner)
        self.firms: Ids = np.argsort(lengths, kind="stable")
        rank = _inverse(self.firms)
        order = np.argsort(rank[owner] * len(lengths) + (owner + partner) % len(lengths), kind="stable")
        self.owner: Ids = owner[order]
        self.partner: Ids = partner[order]
        self.entries: Ids = _inverse(order).reshape(2, -1)
        self._back: Ids = self.entries[::-1].ravel()[order]
        self._lengths: Ids = lengths[self.firms]
        ends = np.cumsum(self._lengths)
        self._starts: Ids = ends - self._lengths
        self.edges: list[int] = [0, *ends.tolist()]
        places = np.arange(1, len(order) + 1) - np.repeat(self._starts, self._lengths)
        self.looked_at: Floats = (1 / places).astype(np.float32)
        self._blocks = list(self._blocks_of_equal_length())

    def _blocks_of_equal_length(self) -> Iterator[tuple[int, int, int]]:
        """Yield the start, the end and the length of the lists of each run of equally long lists."""
        lengths, counts = np.unique(self._lengths, return_counts=True)
        start = 0
        for length, count in zip(lengths.tolist(), counts.tolist(), strict=True):
            yield start, start + length * count, length
            start += length * count

    def share_attention(self, benefit_one: NDArray[np.float64], benefit_other: NDArray[np.float64]) -> Floats:
        """Return how much attention each owner should pay each partner, 0 to 1, for every entry.

        The benefits are those of the pairs' two sides, 0 to 1; their product is the chance that both
        want the contact. A list's first place is surely looked at, the k-th with a chance of 1/k;
        the answer is a mean over lists, so it falls between the chances of the places.

        Raises:
            ValueError: a benefit lies outside 0 to 1.
        """
        benefits = np.stack([benefit_one, benefit_other])
        if not np.all((benefits >= 0) & (benefits <= 1)):
            raise ValueError("Benefits are between 0 and 1.")
        chance = np.empty(len(self.owner), np.float32)
        chance[self.entries] = benefit_one * benefit_other
        means = self._sums(self.looked_at) / self._lengths
        attention: Floats = np.repeat(means, self._lengths).astype(np.float32)
        for step in steps():
            self._move(attention, chance, np.float32(step))
        return attention

    def _move(self, attention: Floats, chance: Floats, step: np.float32) -> None:
        """Mix into every list, by ``step``, the one that now helps the product of all contacts most.

        A partner's place is worth the chance that it looks here and both want it, divided by the
        contacts it has already.
        """
        worth = attention[self._back]
        worth *= chance
        contacts = np.empty(len(self.firms))
        contacts[self.firms] = self._sums(worth * attention)
        worth *= (1 / np.maximum(contacts, LEAST_CONTACTS)).astype(np.float32)[self.partner]
        best = np.empty_like(attention)
        best[self.best_first(worth)] = self.looked_at * step
        attention *= 1 - step
        attention += best

    def _sums(self, values: Floats) -> NDArray[np.float64]:
        """Return the sum of every list, in the order of ``firms``."""
        return np.add.reduceat(values, self._starts, dtype=np.float64)

    def best_first(self, worth: Floats) -> Ids:
        """Return the entries of every list by falling worth (to about six digits), then as they stand.

        The bits of floats that are not negative sort as the floats do, so the rounded bits and the
        entry's number make one integer.
        """
        keys = (~worth.view(np.uint32) & KEY_BITS).astype(np.uint64)
        keys <<= HALF
        keys |= np.arange(len(keys), dtype=np.uint64)
        for start, end, length in self._blocks:
            keys[start:end].reshape(-1, length).sort(axis=1)
        keys &= LOW_HALF
        return keys.view(np.int64)


def _inverse(order: Ids) -> Ids:
    """Return the place of each number in an order of the numbers from 0."""
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    return places


def steps() -> list[float]:
    """Return the steps of the search, 0 to 1: small first, longer, and small again to settle.

    Small first steps keep lists from following the same leaders, which makes the result more even.
    """
    rising = [min(LONGEST_STEP, FIRST_STEP * FASTER**number) for number in range(RISING)]
    return rising + [LONGEST_STEP * SLOWER**number for number in range(1, SETTLING + 1)]
