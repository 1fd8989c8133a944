"""Random ledgers for properties."""

from datetime import date

from hypothesis import strategies as st

from reports.ledger import Question, Row, Rung, Standing
from reports.scope import UNKNOWN, Dimension

KEYS = {
    "contact": ["bandung-solo", "kunjungan-balasan"],
    "direction": ["32.04_33.72", "33.72_32.04", "32.04_34.71"],
    "office": ["1", "2", UNKNOWN],
    "commodity": ["kain", "sepatu", UNKNOWN],
    "district": ["32.04:Majalaya", "32.04:", "33.72:Laweyan"],
}


@st.composite
def row(draw: st.DrawFn) -> Row:
    rung = draw(st.sampled_from(Rung))
    standings = [one for one in Standing if one is not Standing.OVERDUE or rung is Rung.POTENTIAL]
    return Row(
        number=draw(st.integers(1, 10**6)),
        pair=draw(st.integers(1, 9)),
        rung=rung,
        standing=draw(st.sampled_from(standings)),
        rupiah=draw(st.integers(1, 10**12)),
        day=date(2018, 3, 22),
        year=draw(st.sampled_from(["2018", "2019"])),
        **{name: draw(st.sampled_from(keys)) for name, keys in KEYS.items()},
    )


ledgers = st.lists(row(), max_size=25)
dimensions = st.sampled_from(Dimension)
scopes = {
    "year": st.sampled_from(["", "2018", "2019", "2031"]),
    **{name: st.sampled_from(["", *keys]) for name, keys in KEYS.items()},
}
questions = st.builds(Question, **scopes)
