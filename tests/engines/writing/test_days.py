"""A day in short keeps its year where it is read in another."""

from datetime import date

import pytest

from gongjian.engines.writing.days import short_day, short_span

TODAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 1, 1), "01-01"),
        (date(2027, 1, 1), "2027-01-01"),
        (date(2028, 2, 29), "2028-02-29"),
        (date(2025, 12, 31), "2025-12-31"),
    ],
)
def test_a_day_of_another_year_shows_it(day, shown):
    assert short_day(day, today=TODAY) == shown


def test_a_span_over_the_turn_shows_it_at_both_ends():
    assert short_span(date(2026, 3, 1), date(2026, 4, 1), today=TODAY) == ("03-01", "04-01")
    assert short_span(date(2026, 12, 28), date(2027, 1, 3), today=TODAY) == ("2026-12-28", "2027-01-03")
