"""Where a year will end: exports of the nineties, series of other kinds, and what cannot be foretold."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.engines.forecast.calendar_effects import february, festival_load, working_days
from gongjian.engines.forecast.months import Month, read_month
from gongjian.engines.forecast.outlook import Horizon, Method, Unforeseeable, forecast, needed_per_working_day
from gongjian.engines.forecast.series import Kind, apart, gives_january_and_february_as_one


def made(years=8, first=2010, at=lambda n: 100 * 1.005**n):
    """A series that knows its season and the festival."""
    months = [Month(first, 1).plus(n) for n in range(years * 12)]
    season = (0.9, 0.7, 1.0, 1.0, 1.05, 1.1, 1.0, 1.0, 1.05, 1.0, 1.05, 1.15)
    return {
        m: at(n) * season[m.month - 1] * math.exp(-0.4 * festival_load(m)) * february(m)
        for n, m in enumerate(months)
    }


@pytest.mark.parametrize(
    "text", ["2024-01", "2024年1月", "202401", "2024/1", "2024.01", "２０２４年１月", "2024-01-01"]
)
def test_a_month_is_read_as_offices_write_it(text):
    assert read_month(text) == (2024, 1)


@pytest.mark.parametrize("text", ["2024-13", "一月", "", "24-1", "1200-01", "2024-1-31x"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="no month"):
        read_month(text)


def test_working_days_hold_make_up_days_and_law():
    assert [working_days(Month(2023, month)) for month in (1, 2)] == [18, 20]
    assert working_days(Month(1998, 1)) == 18  # New Year and three days of the festival are off
    assert working_days(Month(2060, 10)) == 20


def test_a_series_that_knows_its_season_is_foretold_and_the_share_is_not():
    values = made()
    for known, horizon, until in ((2, Horizon.Q1, 3), (2, Horizon.YEAR, 12), (3, Horizon.HALF, 6)):
        found = forecast(values, as_of=Month(2017, known), horizon=horizon)
        actual = sum(values[Month(2017, month)] for month in range(1, until + 1))
        assert found.method is Method.COMBINED
        assert found.low < found.forecast < found.high
        assert abs(found.forecast / actual - 1) < 0.01


def test_nothing_later_than_the_origin_is_looked_at():
    values = made()
    short = {month: value for month, value in values.items() if month <= Month(2016, 3)}
    spoilt = {month: value if month <= Month(2016, 3) else 9e9 for month, value in values.items()}
    said = [forecast(each, as_of=Month(2016, 3), horizon=Horizon.YEAR) for each in (values, short, spoilt)]
    assert said[0] == said[1] == said[2]


def test_the_method_is_simpler_where_history_is_short():
    values = made(4)
    assert forecast(values, as_of=Month(2013, 2), horizon=Horizon.YEAR).method is Method.THREE_YEAR_SHARE
    assert forecast(values, as_of=Month(2012, 2), horizon=Horizon.YEAR).method is Method.SHORT_SHARE
    assert forecast(values, as_of=Month(2011, 2), horizon=Horizon.YEAR).method is Method.SHORT_SHARE
    known = forecast(values, as_of=Month(2013, 5), horizon=Horizon.Q1)
    assert known.method is Method.KNOWN
    assert known.low == known.forecast == known.high


@pytest.mark.parametrize(
    ("as_of", "code"), [((2010, 5), "short"), ((2009, 12), "outside"), ((2030, 1), "outside")]
)
def test_what_cannot_be_foretold_is_said(as_of, code):
    with pytest.raises(Unforeseeable) as told:
        forecast(made(3), as_of=Month(*as_of), horizon=Horizon.YEAR)
    assert told.value.code == code


def test_an_index_is_a_mean_and_a_stock_the_last_month():
    values = made(7, at=lambda _n: 50.0)
    flow, index = (
        forecast(values, as_of=Month(2016, 3), horizon=Horizon.YEAR, kind=kind)
        for kind in (Kind.FLOW, Kind.INDEX)
    )
    assert index.forecast == pytest.approx(flow.forecast / 12, rel=0.02)
    stock = forecast(values, as_of=Month(2016, 3), horizon=Horizon.YEAR, kind=Kind.STOCK)
    assert stock.forecast == pytest.approx(values[Month(2016, 12)], rel=0.05)


def test_january_and_february_published_as_one():
    values = made()
    joined = {m: v + (values[m.plus(-1)] if m.month == 2 else 0) for m, v in values.items() if m.month != 1}
    assert gives_january_and_february_as_one(joined)
    assert not gives_january_and_february_as_one(values)
    found = forecast(joined, as_of=Month(2017, 2), horizon=Horizon.YEAR, joined=True)
    actual = sum(values[Month(2017, month)] for month in range(1, 13))
    assert abs(found.forecast / actual - 1) < 0.02


def test_year_to_date_figures_are_taken_apart():
    given_figures = {Month(2024, 2): 30.0, Month(2024, 3): 50.0, Month(2024, 5): 90.0, Month(2025, 4): 7.0}
    parts = [15.0, 15.0, 20.0, 20.0, 20.0]
    assert apart(given_figures) == {Month(2024, n): part for n, part in enumerate(parts, 1)}


def test_the_chance_of_a_target_and_what_is_needed():
    found = forecast(made(), as_of=Month(2017, 3), horizon=Horizon.YEAR)
    assert found.chance_of(found.forecast) == pytest.approx(0.5)
    assert found.chance_of(found.low) == pytest.approx(0.9)
    assert found.chance_of(found.high) == pytest.approx(0.1)
    assert needed_per_working_day(100, 40, as_of=Month(2023, 1), horizon=Horizon.Q1) == (60 / 43, 43)
    assert needed_per_working_day(100, 140, as_of=Month(2023, 3), horizon=Horizon.Q1) == (0, 0)


figures = st.one_of(
    st.just(0.0),
    st.floats(-1e3, 1e6, allow_nan=False, allow_infinity=False),
    st.just(math.nan),
    st.floats(50, 60),
)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(figures, min_size=12, max_size=90),
    st.sampled_from(Kind),
    st.sampled_from(Horizon),
    st.booleans(),
)
def test_no_series_is_a_traceback(values, kind, horizon, joined):
    months = {Month(2015, 3).plus(n): value for n, value in enumerate(values) if not math.isnan(value)}
    if not months:
        return
    try:
        found = forecast(months, as_of=max(months), horizon=horizon, kind=kind, joined=joined)
    except Unforeseeable:
        return
    assert found.low <= found.forecast <= found.high
    assert all(map(math.isfinite, (found.forecast, found.low, found.high)))
