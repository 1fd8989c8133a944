"""Every count of the funnel equals the pairs it opens, over random lists of pairs."""

from hypothesis import given
from hypothesis import strategies as st

from reports.funnel import Fate, PairQuestion, PairRow, Stage, funnel_of, miscounted
from reports.scope import Dimension
from tests.reports.ledgers import KEYS, dimensions, scopes


@st.composite
def pair(draw: st.DrawFn) -> PairRow:
    keys = {
        name: tuple(draw(st.lists(st.sampled_from(KEYS[name]), min_size=1, max_size=2, unique=True)))
        for name in KEYS
    }
    return PairRow(
        number=draw(st.integers(1, 10**6)),
        stage=draw(st.sampled_from(Stage)),
        year=(draw(st.sampled_from(["2018", "2019"])),),
        fates=tuple(draw(st.sets(st.sampled_from(Fate)))),
        **keys,
    )


lists_of_pairs = st.lists(pair(), max_size=25)
questions = st.builds(PairQuestion, **scopes)


def make_pair(number: int, stage: Stage, *fates: Fate) -> PairRow:
    keys = {name: (values[0],) for name, values in KEYS.items()}
    return PairRow(number=number, stage=stage, year=("2018",), fates=fates, **keys)


@given(lists_of_pairs, questions, dimensions)
def test_every_count_equals_the_pairs_it_opens(
    pairs: list[PairRow], question: PairQuestion, by: Dimension
) -> None:
    for count in funnel_of(pairs, question, by).counts:
        assert count.number == len([pair for pair in pairs if count.opens.holds(pair)])


@given(lists_of_pairs, questions, dimensions)
def test_funnel_only_narrows(pairs: list[PairRow], question: PairQuestion, by: Dimension) -> None:
    for line in funnel_of(pairs, question, by).lines:
        numbers = [count.number for count in line.stages.values()]
        assert numbers == sorted(numbers, reverse=True)


def test_pair_that_skipped_a_stage_has_passed_it() -> None:
    funnel = funnel_of(
        [make_pair(1, Stage.ORDER), make_pair(2, Stage.AGREED)], PairQuestion(), Dimension.OFFICE
    )

    numbers = {stage.value: count.number for stage, count in funnel.headline.stages.items()}

    assert (numbers["agreed"], numbers["sample"], numbers["order"], numbers["delivered"]) == (2, 1, 1, 0)


def test_closed_pair_keeps_how_far_it_came() -> None:
    headline = funnel_of([make_pair(1, Stage.SAMPLE, Fate.CLOSED)], PairQuestion(), Dimension.OFFICE).headline

    assert (headline.stages[Stage.SAMPLE].number, headline.fates[Fate.CLOSED].number) == (1, 1)


def test_count_that_lost_a_pair_is_named() -> None:
    pairs = [make_pair(1, Stage.MET), make_pair(2, Stage.MET)]
    funnel = funnel_of(pairs, PairQuestion(), Dimension.CONTACT)

    assert miscounted(funnel.counts, pairs) == []
    assert {number for _count, number in miscounted(funnel.counts, pairs[:1])} == {1}
