"""Every count of trips equals the trips it opens, over random lists of trips."""

from hypothesis import given
from hypothesis import strategies as st

from reports.equity import Mark, Trip, TripQuestion, equity_of
from reports.scope import Dimension
from tests.reports.ledgers import KEYS, dimensions, scopes

trip = st.builds(
    Trip,
    number=st.integers(1, 10**6),
    business=st.sampled_from(["1", "2", "3"]),
    year=st.sampled_from(["2018", "2019"]),
    is_first=st.booleans(),
    is_women_led=st.sampled_from([True, False, None]),
    **{name: st.sampled_from(keys) for name, keys in KEYS.items()},
)
questions = st.builds(TripQuestion, **scopes)


@given(st.lists(trip, max_size=25), questions, dimensions)
def test_every_count_equals_the_trips_it_opens(
    trips: list[Trip], question: TripQuestion, by: Dimension
) -> None:
    for count in equity_of(trips, question, by).counts:
        assert count.number == len([one for one in trips if count.opens.holds(one)])


@given(st.lists(trip, max_size=25))
def test_who_does_not_say_is_counted_apart(trips: list[Trip]) -> None:
    marks = equity_of(trips, TripQuestion(), Dimension.CONTACT).headline.marks

    stated = [one for one in trips if one.is_women_led is not None]
    assert marks[Mark.NOT_STATED].number == len(trips) - len(stated)
    assert marks[Mark.WOMEN].number <= len(stated)
