"""Which part of a span is usually done: the short way of years without gaps says what the long way says of any years."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.campaigns.targets import so_far
from gongjian.indicators.models import Indicator
from gongjian.indicators.queries import FigureTable

AREA = 7
AMOUNTS = st.one_of(st.none(), st.decimals(Decimal(-1), Decimal(1000), places=2))
WHOLE = st.decimals(Decimal("0.01"), Decimal(1000), places=2)


@given(
    joined=st.booleans(),
    begins=st.integers(0, 30),
    gaps=st.sampled_from([WHOLE, WHOLE, AMOUNTS]),
    drawn=st.data(),
)
@settings(max_examples=80, deadline=None)
def test_the_short_way_says_what_the_long_way_says(joined, begins, gaps, drawn):
    one = Indicator(pk=1, key="retail", nature="FLOW", joined=joined)
    month, until = date(2026, drawn.draw(st.integers(1, 11)), 1), drawn.draw(st.integers(2, 12))
    days = [date(year, n, 1) for year in range(2023, 2027) for n in range(1, 13)]
    values = {
        day: drawn.draw(gaps) for day in days[begins:] if day <= month and not (joined and day.month == 1)
    }
    stated = {(1, AREA, day, "OFFICIAL"): value for day, value in values.items() if value is not None}
    table = FigureTable({one.key: one}, stated)
    short = so_far.usual_share(table, one, AREA, month=month, until=until)
    assert short == so_far.long_way(table, one, AREA, month=month, until=until)
