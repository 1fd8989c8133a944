"""Eleven evenings of speed dating, and who would say yes to whom, predicted from an evening's first half.

The rows (Fisman and Iyengar, 2002 to 2004) hold what each said and noted of each other. Only a later
meeting is predicted, and only from the meetings of the same evening before it: how often one said yes
and the other got a yes so far, and the mean notes that one gave and the other got. The weights come
from a logistic regression over the other ten evenings, so nothing of the predicted evening trains it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.pairing.realdata import real_rows

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

SOURCE = "speed_dating_pairs.csv"
NOTES = ("like", "prob", "attr", "sinc", "intel", "fun", "amb", "shar")
PRIOR_MEETINGS = 3.0
RIDGE = 10.0
STEPS = 25


@dataclass(frozen=True, slots=True)
class Evening:
    """One evening. The first axis is who judges (0 a woman, 1 a man), then the woman and the man.

    ``yes`` is 1 or 0, ``notes`` are 0 to 10 (as ``NOTES``), NaN where not given; ``order`` is the place
    of the meeting in the evening, from 1; ``met`` is false where the two did not meet.
    """

    met: Mask
    yes: Array
    notes: Array
    order: Array

    @property
    def is_early(self) -> Mask:
        """The meetings of the first half, from which the later ones are predicted."""
        return self.met & (self.order <= np.nanmax(self.order) / 2)

    @property
    def is_late(self) -> Mask:
        return self.met & ~self.is_early

    @property
    def mutual(self) -> Mask:
        """The later meetings in which both said yes."""
        return self.is_late & (self.yes.min(axis=0) == 1)


Row = dict[str, str]


def read_evenings() -> list[Evening]:
    """Return the evenings in the order of their numbers; rows without the other side's are left out.

    Raises:
        DataMissing: there is no such file.
    """
    rows = real_rows(SOURCE)
    waves = sorted({int(row["wave"]) for row in rows})
    return [evening_of([row for row in rows if int(row["wave"]) == wave]) for wave in waves]


def evening_of(rows: Sequence[Row]) -> Evening:
    """Return one evening of its rows, two for each meeting."""
    said = {(row["iid"], row["pid"].removesuffix(".0")): row for row in rows}
    women = sorted({row["iid"] for row in rows if row["gender"] == "0"}, key=int)
    men = sorted({row["iid"] for row in rows if row["gender"] == "1"}, key=int)
    shape = (len(women), len(men))
    met = np.zeros(shape, np.bool_)
    yes, order = np.full((2, *shape), np.nan), np.full((2, *shape), np.nan)
    notes = np.full((2, *shape, len(NOTES)), np.nan)
    for i, woman in enumerate(women):
        for j, man in enumerate(men):
            sides = [said.get((woman, man)), said.get((man, woman))]
            met[i, j] = all(sides)
            for side, row in enumerate(sides):
                if row is not None and met[i, j]:
                    yes[side, i, j], order[side, i, j] = float(row["dec"]), float(row["order"])
                    notes[side, i, j] = [float(row[name] or "nan") for name in NOTES]
    return Evening(met, yes, notes, order.mean(axis=0))


def features(evening: Evening, judge: int) -> Array:
    """Return what is known before each later meeting about whether the judge (0 or 1) will say yes.

    Shape: woman, man, feature. The features are the judge's share of yes so far, the other's share of
    yes got, the judge's own share of yes got, and the mean notes the other got and the judge gave.
    """
    early = evening.is_early
    by_judge, by_other = (1, 0) if judge == 0 else (0, 1)
    columns = [
        _share(evening.yes[judge], early, axis=by_judge),
        _share(evening.yes[judge], early, axis=by_other),
        _share(evening.yes[1 - judge], early, axis=by_judge),
    ]
    for number in range(len(NOTES)):
        note = evening.notes[judge, :, :, number]
        columns += [_share(note, early, axis=by_other), _share(note, early, axis=by_judge)]
    return np.stack(columns, axis=-1)


def _share(values: Array, early: Mask, *, axis: int) -> Array:
    """Return the mean of the early values along an axis, drawn to the evening's mean, for every pair."""
    known = early & ~np.isnan(values)
    kept = np.where(known, values, 0.0)
    overall = kept.sum() / max(1, known.sum())
    sums, counts = kept.sum(axis=axis, keepdims=True), known.sum(axis=axis, keepdims=True)
    return np.broadcast_to((sums + PRIOR_MEETINGS * overall) / (counts + PRIOR_MEETINGS), values.shape)


def fit(rows: Array, said_yes: Array) -> Array:
    """Return the weights of a logistic regression with a ridge penalty on all but the first column."""
    penalty = np.diag([0.0, *[RIDGE] * (rows.shape[1] - 1)])
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (said_yes - chance) - penalty @ weights
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + penalty
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def predict(evenings: Sequence[Evening]) -> list[Array]:
    """Return for each evening the chance of each yes (judge, woman, man), learnt on the other evenings."""
    known = [[features(evening, judge) for judge in (0, 1)] for evening in evenings]
    return [
        np.stack([_predict_one(evenings, known, place, judge) for judge in (0, 1)])
        for place in range(len(evenings))
    ]


def _predict_one(
    evenings: Sequence[Evening], known: Sequence[Sequence[Array]], place: int, judge: int
) -> Array:
    others = [number for number in range(len(evenings)) if number != place]
    train = np.concatenate([known[number][judge][evenings[number].is_late] for number in others])
    said_yes = np.concatenate([evenings[number].yes[judge][evenings[number].is_late] for number in others])
    middle, width = train.mean(axis=0), train.std(axis=0)
    weights = fit(_with_constant((train - middle) / width), said_yes)
    return 1 / (1 + np.exp(-_with_constant((known[place][judge] - middle) / width) @ weights))


def _with_constant(rows: Array) -> Array:
    return np.concatenate([np.ones((*rows.shape[:-1], 1)), rows], axis=-1)
