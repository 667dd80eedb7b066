"""The usual part of a span by weights of years says what the family of shares says of the whole series."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.engines.forecast.families import Families, Origin
from gongjian.engines.forecast.months import Month
from gongjian.engines.forecast.series import prepared
from gongjian.engines.forecast.usual_share import usual_share

AMOUNTS = st.floats(1, 1000, allow_nan=False)
ORIGINS = st.builds(Origin, st.integers(2020, 2030), st.integers(2, 6), st.integers(7, 12))


@given(years=st.integers(1, 4), origin=ORIGINS, joined=st.booleans(), amounts=st.data())
@settings(max_examples=60, deadline=None)
def test_the_same_as_the_family_of_shares(years, origin, joined, amounts):
    this, first = origin.year, 2 if joined else 1
    months = [Month(year, n) for year in range(this - years, this + 1) for n in range(first, 13)]
    as_of = Month(this, origin.known)
    values = {month: amounts.draw(AMOUNTS) for month in months if month <= as_of}
    families = Families(prepared(values, as_of=as_of, joined=joined))
    wanted = families.done(origin) / families.share(origin)

    def total(year, last):
        return sum(values[Month(year, n)] for n in range(first, last + 1))

    earlier = range(this - years, this)
    found = usual_share(
        [total(year, origin.until) for year in earlier],
        [total(year, origin.known) for year in earlier],
        origin=origin,
        joined=joined,
    )
    assert found == pytest.approx(wanted, rel=1e-9)
