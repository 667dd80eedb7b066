"""The pace of a target: published figures to the digit, and what cannot be a pace."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engines.forecast.pace import points, seasonal_pace, time_pace


@pytest.mark.parametrize(
    ("of", "digits", "shown"),
    [
        (("629.0", "647.4", 10), 1, ("97.2", "13.8")),  # 江门, two published figures
        (("313.64", "1015", 3), 2, ("30.90", "5.90")),
        (("100", "100", 12), 1, ("100.0", "0.0")),
        (("0", "50", 1), 2, ("0.00", "-8.33")),
        (("-5", "50", 3), 1, ("-10.0", "-35.0")),  # a month that took back more than it brought
        (("60", "50", 6), 1, ("120.0", "70.0")),
        (("1.0005", "10", 0), 2, ("10.01", "10.01")),  # half up, as the bulletins round
    ],
)
def test_the_time_pace(of, digits, shown):
    done, target, months = of
    pace = time_pace(Decimal(done), Decimal(target), months=months)
    assert (str(points(pace.completion, digits)), str(points(pace.lead, digits))) == shown


def test_the_seasonal_pace_stands_beside_the_usual_share():
    pace = seasonal_pace(Decimal(18), Decimal(100), usual_share=Decimal("0.205"))
    assert points(pace.lead, 1) == Decimal("-2.5")


@pytest.mark.parametrize(("target", "months"), [("0", 3), ("-1", 3), ("5", 13), ("5", -1)])
def test_what_is_no_pace_is_refused(target, months):
    with pytest.raises(ValueError, match=r"share|months"):
        time_pace(Decimal(1), Decimal(target), months=months)


@given(st.decimals(0, 10**9, places=2), st.decimals("0.01", 10**9, places=2), st.integers(0, 12))
def test_completion_is_what_was_due_and_the_lead(done, target, months):
    pace = time_pace(done, target, months=months)
    assert abs(pace.due + pace.lead - pace.completion) < Decimal("1e-15")
