"""The best set of pairs under limits per business: exact, in whole numbers, the same on every machine.

Two regions make a bipartite graph, and the best set is a minimum-cost flow through it (OR-tools'
``SimpleMinCostFlow``, whole numbers only). More regions make a general graph, for which the flow is a
relaxation; there OR-tools' CP-SAT finds the set, and the flow gives the bound.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from ortools.sat.python import cp_model
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from matchmaking.engine.values import PairKey

MOST_DIGITS = 9  # of a pair's worth: six places of its score, three for its place in the order of ids
SCORE_DIGITS = 6
LARGEST_COST = 2**62  # the flow multiplies costs by the number of its nodes
SOLVER_EFFORT = 10.0  # CP-SAT's own deterministic time, about seconds
MOST_SEARCHED = 5_000  # pairs of a graph that is searched as a whole

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Limits:
    """How many pairs each business may have (0 or more): at most ``quota`` with the ``forced`` ones,
    ``least`` wished; pairs below ``least_score`` serve only businesses that would have none.
    """

    forced: Counter[int]
    quota: int
    least: int
    least_score: float

    def lowered_to(self, quota: int) -> "Limits":
        """Return the same limits with a lower quota."""
        return replace(self, quota=quota)

    def room(self, firm: int) -> tuple[int, int, int]:
        """Return how many further pairs a business may have: as its first, up to the wish, and beyond.

        >>> Limits(Counter({7: 1}), quota=6, least=3, least_score=0.3).room(8)
        (1, 2, 3)
        >>> Limits(Counter({7: 1}), quota=6, least=3, least_score=0.3).room(7)
        (0, 2, 3)
        """
        has = self.forced[firm]
        free = max(0, self.quota - has)
        first = min(free, int(has == 0))
        towards = min(free - first, max(0, self.least - has - first))
        return first, towards, free - first - towards


class Graph:
    """The possible pairs (``keys`` in order, without repetition) as the edges of a graph of businesses."""

    def __init__(self, keys: Sequence[PairKey] | Whole, scores: Sequence[float] | Numbers) -> None:
        self.keys: Whole = np.asarray(keys, dtype=np.int64).reshape(-1, 2)
        self.scores: Numbers = np.asarray(scores, dtype=np.float64)
        self.firms, places = np.unique(self.keys, return_inverse=True)
        self.ends: Whole = places.reshape(-1, 2)

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[PairKey]:
        return zip(self.keys[:, 0].tolist(), self.keys[:, 1].tolist(), strict=True)

    def has_in(self, keys: Iterable[PairKey]) -> Flags:
        """Return which of the pairs are among the keys."""
        wanted = np.asarray(list(keys), dtype=np.int64).reshape(-1, 2)
        places = np.searchsorted(self.firms, wanted).clip(max=max(0, len(self.firms) - 1))
        known = wanted[(self.firms[places] == wanted).all(axis=1)] if len(self) else wanted[:0]
        codes = np.searchsorted(self.firms, known) @ [len(self.firms), 1]
        return np.isin(self.ends @ [len(self.firms), 1], codes)

    def only(self, which: Flags) -> "Graph":
        """Return the graph of the same businesses with some of its pairs."""
        part = copy(self)
        part.keys, part.scores, part.ends = self.keys[which], self.scores[which], self.ends[which]
        for name in ("worths", "sides"):
            part.__dict__.pop(name, None)
        return part

    @property
    def digits(self) -> int:
        """How many digits of a pair's worth count: nine, or what whole numbers of 64 bits leave room for.

        Up to 900 businesses all nine, up to 9,000 the score's six places, up to 20,000 five.
        """
        firms = len(self.firms)
        highest = (3 * firms + 8) * (firms + 1) * (2 * firms + 3)
        return max(0, min(MOST_DIGITS, int(math.log10(LARGEST_COST / highest))))

    @cached_property
    def worths(self) -> Whole:
        """What each pair is worth: its score, and a little more the earlier it stands in the order of ids."""
        count, score_digits = max(1, len(self)), min(SCORE_DIGITS, self.digits)
        rest = 10 ** (self.digits - score_digits)
        places = (rest - 1) * (count - np.arange(len(self))) // count
        return np.rint(self.scores * 10**score_digits).astype(np.int64) * rest + places

    @cached_property
    def sides(self) -> Flags | None:
        """Which businesses stand on the left of a bipartite graph; ``None`` for a general one.

        Every business has two copies, and a pair joins opposite copies: where the two copies of a business
        hang together, there is a circle of an odd number of pairs.
        """
        count = len(self.firms)
        rows = np.concatenate([self.ends[:, 0], self.ends[:, 0] + count])
        columns = np.concatenate([self.ends[:, 1] + count, self.ends[:, 1]])
        links = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(2 * count, 2 * count))
        _, component = connected_components(links, directed=False)
        one, other = component[:count], component[count:]
        return None if (one == other).any() else one < other


def best_subset(graph: Graph, limits: Limits) -> tuple[Flags, bool]:
    """Return which pairs serve most businesses, bring most to the wish, then have the highest worth.

    The second value tells whether that is proven; it is, unless the search in a general graph had to end.
    """
    if not len(graph):
        return np.zeros(0, dtype=np.bool_), True
    prizes = _Prizes(graph, limits)
    if graph.sides is None:
        return _by_search(graph, prizes)
    return _by_flow(graph, graph.sides, prizes), True


def highest_total(graph: Graph, limits: Limits) -> float:
    """Return the highest total score of any pairs within the quota, whoever is left out.

    For a general graph this is the optimum of the relaxation in which pairs may be halved.
    """
    if not len(graph):
        return 0.0
    prizes = _Prizes(graph, replace(limits, least=0, least_score=0.0), fair=False)
    if graph.sides is not None:
        return float(graph.scores[_by_flow(graph, graph.sides, prizes)].sum())
    flows = _flow(_doubled(graph.ends), np.tile(prizes.edges, 2), [prizes.rooms] * 2, prizes)
    return float(np.tile(graph.scores, 2)[flows].sum()) / 2


class _Prizes:
    """What a solver gains by each pair and by each business's first, wished and further pairs.

    One more business served outweighs any change of the rest of the list, and one more pair towards the
    wish any change of scores: such an exchange changes the list along one path through the graph, which
    holds every business at most once and so loses less than ``step`` in scores, or three steps for each
    pair that is in for the floor only.
    """

    def __init__(self, graph: Graph, limits: Limits, *, fair: bool = True) -> None:
        firms = len(graph.firms)
        step: int = 10**graph.digits * (firms + 1)
        self.first, self.towards = ((3 * firms + 8) * step, step) if fair else (0, 0)
        low = graph.scores < limits.least_score
        self.edges: Whole = graph.worths - np.where(low, 3 * step, 0)
        self.rooms: Whole = np.asarray([limits.room(int(firm)) for firm in graph.firms], dtype=np.int64)


def _by_flow(graph: Graph, is_left: Flags, prizes: _Prizes) -> Flags:
    """Choose in a bipartite graph: every unit of flow from left to right is a pair."""
    turned = ~is_left[graph.ends[:, 0]]
    ends = np.where(turned[:, None], graph.ends[:, ::-1], graph.ends)
    rooms = [prizes.rooms * is_left[:, None], prizes.rooms * ~is_left[:, None]]
    return _flow(ends, prizes.edges, rooms, prizes)


def _doubled(ends: Whole) -> Whole:
    """Return every pair twice, once in each direction, between two copies of the businesses."""
    return np.concatenate([ends, ends[:, ::-1]])


def _flow(ends: Whole, gains: Whole, rooms: Sequence[Whole], prizes: _Prizes) -> Flags:
    """Return which of the pairs a flow of the highest gain uses; ``rooms`` are those of left and right."""
    count = len(rooms[0])
    source, sink = 2 * count, 2 * count + 1
    network = SimpleMinCostFlow()
    arcs = network.add_arcs_with_capacity_and_unit_cost(
        ends[:, 0], ends[:, 1] + count, np.ones(len(ends), dtype=np.int64), -gains
    )
    for room, prize in zip(range(3), (prizes.first, prizes.towards, 0), strict=True):
        for side, offset in ((0, 0), (1, count)):
            firms = np.flatnonzero(rooms[side][:, room])
            inner, outer = firms + offset, np.full(len(firms), sink if side else source)
            tails, heads = (inner, outer) if side else (outer, inner)
            capacities = rooms[side][firms, room]
            network.add_arcs_with_capacity_and_unit_cost(
                tails, heads, capacities, np.full(len(firms), -prize)
            )
    most = int(min(rooms[0].sum(), rooms[1].sum()))
    network.add_arc_with_capacity_and_unit_cost(source, sink, most, 0)
    network.set_node_supply(source, most)
    network.set_node_supply(sink, -most)
    status = network.solve()
    if status != network.OPTIMAL:
        raise ArithmeticError(f"the flow ended with {status}")
    return network.flows(arcs) > 0


def _by_search(graph: Graph, prizes: _Prizes) -> tuple[Flags, bool]:
    """Choose in a general graph; the second value tells whether the choice is proven the best.

    Where the relaxation halves no pair, it is the choice. Else the pairs around the halved ones are searched
    and the others stay; where that does not reach the relaxation, a graph of moderate size is searched whole.
    """
    flows = _flow(_doubled(graph.ends), np.tile(prizes.edges, 2), [prizes.rooms] * 2, prizes)
    there, back = flows[: len(graph)], flows[len(graph) :]
    loose = np.unique(graph.ends[there ^ back])
    is_free: Flags = np.isin(graph.ends, loose).max(axis=1, initial=False)
    chosen, _ = _search(graph, prizes, is_free, there & back)
    most = (_gain(graph, prizes, there) + _gain(graph, prizes, back)) // 2
    if _gain(graph, prizes, chosen) >= most:
        return chosen, True
    if len(graph) > MOST_SEARCHED:
        return chosen, False
    return _search(graph, prizes, np.ones(len(graph), dtype=np.bool_), chosen)


def _gain(graph: Graph, prizes: _Prizes, chosen: Flags) -> int:
    """Return what some pairs gain, counted at both ends of each."""
    counts = np.bincount(graph.ends[chosen].ravel(), minlength=len(graph.firms))
    first = np.minimum(counts, prizes.rooms[:, 0])
    towards = np.minimum(counts - first, prizes.rooms[:, 1])
    gain = prizes.edges[chosen].sum() + prizes.first * first.sum() + prizes.towards * towards.sum()
    return int(gain)


def _search(graph: Graph, prizes: _Prizes, is_free: Flags, start: Flags) -> tuple[Flags, bool]:
    """Choose among the free pairs with CP-SAT, from ``start`` on; the others stay as they are there."""
    chosen = start & ~is_free
    free = graph.only(is_free)
    rooms = _rooms_left(prizes.rooms, np.bincount(graph.ends[chosen].ravel(), minlength=len(graph.firms)))
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in free.keys]
    of_firm: list[list[cp_model.IntVar]] = [[] for _ in graph.firms]
    for variable, (one, other) in zip(taken, free.ends.tolist(), strict=True):
        of_firm[one].append(variable)
        of_firm[other].append(variable)
    gains: list[cp_model.LinearExprT] = [
        int(gain) * variable for gain, variable in zip(prizes.edges[is_free], taken, strict=True)
    ]
    touched = [
        (variables, room) for variables, room in zip(of_firm, rooms.tolist(), strict=True) if variables
    ]
    for variables, room in touched:
        gains += _rewards(model, variables, room, prizes)
    # A pair takes two places: said aloud, as the solver does not find out that an odd place stays empty.
    model.add(sum(taken) <= sum(sum(room) for _, room in touched) // 2)
    model.maximize(sum(gains))
    for variable, value in zip(taken, start[is_free].tolist(), strict=True):
        model.add_hint(variable, value)
    solver, is_proven = _solved(model)
    chosen[is_free] = [solver.boolean_value(variable) for variable in taken]
    return chosen, is_proven


def _rooms_left(rooms: Whole, counts: Whole) -> Whole:
    """Return what is left of the rooms (``Limits.room``, in rows) once so many pairs are taken."""
    left = rooms.copy()
    for column in range(3):
        used = np.minimum(left[:, column], counts)
        left[:, column] -= used
        counts = counts - used
    return left


def _solved(model: cp_model.CpModel) -> tuple[cp_model.CpSolver, bool]:
    """Return the solver with the best choice it found, and whether that is proven the best."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = SOLVER_EFFORT
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise ArithmeticError(f"the search ended with {solver.status_name(status)}")
    return solver, status == cp_model.OPTIMAL


def _rewards(
    model: cp_model.CpModel, variables: list[cp_model.IntVar], rooms: Sequence[int], prizes: _Prizes
) -> Iterator[cp_model.LinearExprT]:
    """Limit one business to its room, and yield what its first and its wished pairs gain."""
    model.add(sum(variables) <= sum(rooms))
    first = model.new_int_var(0, rooms[0], "")
    towards = model.new_int_var(0, rooms[1], "")
    model.add(first + towards <= sum(variables))
    yield prizes.first * first
    yield prizes.towards * towards
