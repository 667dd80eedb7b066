"""Formulas, months, lights and odd values, by tables."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.engines.workdays.calendar import add_months
from gongjian.enterprises.facts.rules import KnownValue
from gongjian.indicators.rules import (
    BadFormula,
    compute,
    due_on,
    growth,
    is_expected,
    light_of,
    outlier,
    question_about,
    read_formula,
)

MONTH = date(2026, 3, 1)
VALUES = {
    ("a", MONTH): Decimal(110),
    ("a", date(2025, 3, 1)): Decimal(100),
    ("b", MONTH): Decimal(40),
    ("zero", MONTH): Decimal(0),
    ("fall", MONTH): Decimal(5),
    ("fall", date(2025, 3, 1)): Decimal(-5),
}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("sum(a, b)", "150"),
        ("sum(a, unknown)", None),
        ("growth(a)", "10.00"),
        ("growth(b)", None),
        ("growth(fall)", None),
        ("share(b, a)", "36.36"),
        ("share(a, zero)", None),
        ("per_head(a, b)", "2.75"),
        ("per_head(a, b, 10000)", "27500.00"),
    ],
)
def test_a_derived_value_is_computed_or_unknown(formula, value):
    found = compute(read_formula(formula), MONTH, lambda key, month: VALUES.get((key, month)))
    assert found == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "text", ["", "a+b", "mean(a, b)", "growth(a, b)", "sum(a)", "share(a)", "per_head(a, b, 0)", "sum(A, b)"]
)
def test_a_formula_that_cannot_be_read(text):
    with pytest.raises(BadFormula):
        read_formula(text)


def test_months():
    assert add_months(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert due_on(date(2026, 1, 1), 31) == date(2026, 2, 28)
    assert due_on(date(2026, 12, 1), 8) == date(2027, 1, 8)
    assert not is_expected(date(2026, 1, 1), joined=True)
    assert is_expected(date(2026, 1, 1), joined=False)
    assert growth(Decimal(3), Decimal(0)) is None


@pytest.mark.parametrize(
    ("change", "more", "rate", "light"),
    [
        (None, True, False, "GREY"),
        ("0", True, False, "GREEN"),
        ("-0.01", True, False, "YELLOW"),
        ("-5", True, False, "YELLOW"),
        ("-5.01", True, False, "RED"),
        ("5", False, False, "YELLOW"),
        ("-1", False, False, "GREEN"),
        ("-2", True, True, "YELLOW"),
        ("-2.01", True, True, "RED"),
    ],
)
def test_the_light_of_a_change(change, more, rate, light):
    given = None if change is None else Decimal(change)
    assert light_of(given, more_is_better=more, in_points=rate) == light


@pytest.mark.parametrize(
    ("value", "jump"),
    [(10, None), (30, None), (31, "MORE"), (3, "LESS"), (100_000, "UNIT_MORE"), (0, "TO_ZERO")],
)
def test_a_value_far_from_the_area_s_own_is_a_question(value, jump):
    known = [KnownValue(date(2026, 2, 1), Decimal(10), "REPORTED")]
    found = question_about(Decimal(value), known, period=MONTH, column="REPORTED", unit="亿元")
    assert (found.jump if found else None) == jump
    assert question_about(Decimal(value), [], period=MONTH, column="REPORTED", unit="亿元") is None


def test_a_first_value_out_of_all_proportion_to_the_other_areas():
    others = [Decimal(8), Decimal(10), Decimal(15)]
    assert outlier(Decimal(100_000), others) == 10
    assert outlier(Decimal(500), others) is None
    assert outlier(Decimal(100_000), others[:2]) is None
