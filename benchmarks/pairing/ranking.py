"""How far up the right answer stands: hit@10 and mean reciprocal rank (MRR)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matchmaking.engine.vectors import SCALE, weighed
from matchmaking.engine.words import words_of

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranks:
    """The places of the right answers, 1 for the first; ``found`` says which scored above 0 at all."""

    places: NDArray[np.int64]
    found: NDArray[np.bool_]

    def figures(self) -> dict[str, float]:
        """Return hit@10 and MRR, from 0 to 1; an answer that scored 0 was not found and counts 0."""
        hits = (self.places <= 10) & self.found
        reciprocals = np.where(self.found, 1 / self.places, 0.0)
        return {"hit_at_10": round(float(hits.mean()), 4), "mrr": round(float(reciprocals.mean()), 4)}


def ranks_of(scores: Scores, right: Sequence[int]) -> Ranks:
    """Return where the right column of each row stands. Ties go by the order of the columns.

    >>> ranks_of(np.array([[0.2, 0.9, 0.2], [0.0, 0.5, 0.0]]), [2, 0]).places.tolist()
    [3, 2]
    """
    columns = np.asarray(right)
    own = scores[np.arange(len(scores)), columns][:, None]
    earlier = np.arange(scores.shape[1])[None, :] < columns[:, None]
    before = (scores > own) | ((scores == own) & earlier)
    return Ranks(places=1 + before.sum(axis=1), found=own[:, 0] > 0)


def ngram_likeness(some: Sequence[str], others: Sequence[str], lengths: Sequence[int] = (3, 4, 5)) -> Scores:
    """Return the usual baseline: the cosine of TF-IDF over the character n-grams of whole texts."""
    grams: dict[str, int] = {}
    texts = [f" {' '.join(words_of(text))} " for text in (*some, *others)]
    rows = [
        [
            grams.setdefault(text[start : start + length], len(grams))
            for length in lengths
            for start in range(len(text) - length + 1)
        ]
        for text in texts
    ]
    return likeness_between(weighed(counts_of(rows, len(grams))), len(some))


def counts_of(rows: Sequence[Sequence[int]], columns: int) -> csr_matrix:
    """Return how often each row names each column."""
    ends = np.cumsum([0, *map(len, rows)])
    places = np.fromiter((column for row in rows for column in row), dtype=np.int32, count=ends[-1])
    counts = csr_matrix((np.ones(len(places)), places, ends), shape=(len(rows), columns))
    counts.sum_duplicates()
    return counts


def likeness_between(vectors: csr_matrix, first: int) -> Scores:
    """Return the likeness (0 to 1) of each of the ``first`` rows to each of the others."""
    product = vectors[:first] @ vectors[first:].T
    return np.asarray(product.toarray()) / SCALE**2
