"""The curve of a year: sums to the last digit, winter, and a forecast that is never worse than linear pace on a made series."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.engines.forecast.months import Month
from gongjian.engines.forecast.outlook import Unforeseeable
from gongjian.engines.projects.investment import (
    curve,
    linear_year,
    plan_by_months,
    seasonal_year,
    usual_shares,
    year_forecast,
)

WINTER = (0, 0, 5, 10, 13, 14, 12, 11, 12, 12, 8, 3)  # per cent of a year


def series(years, wobble=(0, 3, -2)):
    """A made series that grows eight per cent a year and stops in winter; some months off by a known per cent."""
    return {
        Month(year, month): Decimal(share) * (100 + wobble[(year + month) % 3]) * Decimal("1.08") ** number
        for number, year in enumerate(years)
        for month, share in enumerate(WINTER, 1)
    }


def test_the_season_of_earlier_years():
    history = series(range(2020, 2024), wobble=(0, 0, 0)) | {Month(2024, 1): Decimal(999)}
    assert usual_shares(history, year=2024) == {m: Decimal(s) / 100 for m, s in enumerate(WINTER, 1)}
    assert usual_shares(history, year=2020) is None
    assert usual_shares(history | {Month(2023, 5): None}, year=2024) is not None
    assert usual_shares({**history, Month(2020, 2): None}, year=2021) is None


def test_winter_plans_nothing_and_the_curves_meet():
    shares = usual_shares(series(range(2021, 2024), wobble=(0, 0, 0)), year=2024)
    points = curve(Decimal("1000.0"), shares, unit=Decimal("0.1"))
    assert [point.plan for point in points[:4]] == [0, 0, 50, 150]
    assert points[1].linear > points[1].plan
    assert points[-1].plan == points[-1].linear == 1000
    assert seasonal_year(Decimal(60), shares, months=4) == 400
    assert seasonal_year(Decimal(0), shares, months=2) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.lists(st.integers(0, 999), min_size=12, max_size=12).filter(any))
def test_the_months_are_the_year_to_the_last_digit(cents, weights):
    plan = Decimal(cents) / 100
    shares = {month: Decimal(weight) for month, weight in enumerate(weights, 1)}
    for given_shares in (shares, None):
        assert sum(plan_by_months(plan, given_shares, unit=Decimal("0.01")).values()) == plan


@pytest.mark.parametrize("year", [2021, 2022, 2023])
@pytest.mark.parametrize("month", [4, 7, 10])
def test_the_forecast_is_never_worse_than_linear_pace(year, month):
    history = series(range(2014, year + 1))
    actual = sum(history[Month(year, each)] for each in range(1, 13))
    done = sum(history[Month(year, each)] for each in range(1, month + 1))
    found = year_forecast(history, as_of=Month(year, month))
    assert abs(found.forecast - float(actual)) <= abs(float(linear_year(done, months=month) - actual))
    assert found.low <= found.forecast <= found.high
    assert abs(found.forecast / float(actual) - 1) < 0.05


def test_what_says_nothing_of_a_year():
    with pytest.raises(ValueError, match="0 months"):
        linear_year(Decimal(1), months=0)
    with pytest.raises(Unforeseeable):
        year_forecast({Month(2024, 1): Decimal(3)}, as_of=Month(2024, 1))
