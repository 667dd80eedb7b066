"""Whatever happens to a tree of targets, its sums hold to the last digit; `python -m bench.cascade` tries very many more."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.engines.cascade.exact import BadCascade
from gongjian.engines.cascade.horizons import Horizon, contradictions, growth_contradictions, implied_growth
from gongjian.engines.cascade.rates import combine, rate_gap, spread_rate
from gongjian.engines.cascade.rounding import round_to_sum
from gongjian.engines.cascade.splitting import by_equal_growth, by_hand, by_headroom, by_share
from gongjian.engines.cascade.tree import Target, Tree
from samples.target_trees import check, live


def figures(*amounts):
    return {str(n): None if amount is None else Decimal(amount) for n, amount in enumerate(amounts)}


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_year_in_the_life_of_a_tree_keeps_its_sums(dice):
    assert live(dice)


def test_a_sum_that_is_off_is_seen():
    tree = Tree((Target("0", None, "mayor", Decimal(5)), Target("1", "0", "head", Decimal(5))))
    with pytest.raises(AssertionError):
        check(tree, Decimal("5.01"))


@pytest.mark.parametrize(
    ("total", "bases", "unit", "parts"),
    [
        ("100", (1, 1, 1), "1", "34 33 33"),
        ("-100", (1, 1, 1), "1", "-34 -33 -33"),
        ("647.43", (3, 2, 1), "0.1", "323.73 215.8 107.9"),  # the odd digits stay with one area
        ("0", (5, 3), "0.1", "0.0 0.0"),
        ("10", (7,), "3", "10"),
        ("1", (0, 1, 0), "0.1", "0.0 1.0 0.0"),
        ("3", (10, 10, 10, 10), "1", "1 1 1 0"),
        ("0.05", (1, 1), "0.1", "0.05 0.0"),  # a total smaller than the unit
        (
            "12345678901234567890123456789.01",
            (1, 1),
            "0.01",
            "6172839450617283945061728394.51 6172839450617283945061728394.50",
        ),
    ],
)
def test_a_split_by_share(total, bases, unit, parts):
    split = by_share(Decimal(total), figures(*bases), unit=Decimal(unit))
    assert (" ".join(map(str, split.parts.values())), split.gap) == (parts, Decimal(0))


def test_the_order_of_areas_changes_nothing():
    ideals = {area: Fraction(1, 7) for area in "gfedcba"}
    parts = round_to_sum(ideals, total=Decimal(1), unit=Decimal("0.1"))
    assert parts == round_to_sum(dict(sorted(ideals.items())), total=Decimal(1), unit=Decimal("0.1"))


def test_a_township_of_137_gets_its_last_unit():
    parts = by_share(Decimal("1000.00"), figures(*range(1, 138)), unit=Decimal("0.01")).parts
    assert sum(map(Fraction, parts.values())) == 1000


@pytest.mark.parametrize(
    ("bases", "code"),
    [
        ((), "nothing_to_split_over"),
        ((1, None), "missing_base"),
        ((1, -1), "negative_base"),
        ((0, 0), "no_base"),
    ],
)
def test_what_cannot_be_split_says_why(bases, code):
    with pytest.raises(BadCascade) as refused:
        by_share(Decimal(1), figures(*bases), unit=Decimal(1))
    assert refused.value.code == code


@pytest.mark.parametrize("unit", ["0", "-1", "NaN", "Infinity"])
def test_a_unit_is_above_zero(unit):
    with pytest.raises(BadCascade, match="unit"):
        by_share(Decimal(1), figures(1), unit=Decimal(unit))


def test_equal_growth_leaves_what_is_counted_at_the_parent_alone():
    split = by_equal_growth(Decimal(110), figures(60, 30), parent_base=Decimal(100), unit=Decimal("0.1"))
    assert ([str(part) for part in split.parts.values()], split.gap) == (["66.0", "33.0"], Decimal(11))


@pytest.mark.parametrize(
    ("total", "parts", "gap"),
    [("110", "57.5 52.5", "0"), ("130", "60.0 60.0", "10"), ("100", "50.0 50.0", "0")],
)
def test_headroom_says_who_grows(total, parts, gap):
    split = by_headroom(
        Decimal(total),
        figures(50, 50),
        headroom=figures(15, 5) if total == "110" else figures(10, 10),
        unit=Decimal("0.1"),
    )
    assert (" ".join(map(str, split.parts.values())), split.gap) == (parts, Decimal(gap))


def test_headroom_is_no_rule_for_a_fall():
    with pytest.raises(BadCascade) as refused:
        by_headroom(Decimal(90), figures(50, 50), headroom=figures(1, 1), unit=Decimal(1))
    assert refused.value.code == "falls"


def test_more_passed_on_than_there_is_shows_as_a_gap_below_zero():
    assert by_hand(Decimal(10), {"a": Decimal(8), "b": Decimal(4)}).gap == -2


def test_rates_are_weighted_and_never_added():
    rates, bases = {"0": Decimal(10), "1": Decimal(5)}, figures(100, 300)
    assert combine(rates, bases) == Fraction(25, 4)
    gap = rate_gap(Decimal(7), rates, bases, owner="mayor")
    assert (gap.amount, gap.owner) == (Fraction(3, 4), "mayor")
    assert rate_gap(Decimal(7), {**rates, "2": None}, bases, owner="mayor").missing == ("2",)


@given(
    st.decimals(-20, 20, places=2),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any),
    st.sampled_from(["0.1", "0.01", "1", "0.5"]),
)
@settings(max_examples=60, deadline=None)
def test_spread_rates_reach_the_parent_s_and_no_more_than_they_must(parent, bases, unit):
    weights = figures(*bases)
    rates = spread_rate(parent, weights, unit=Decimal(unit))
    over = combine(rates, weights) - Fraction(parent)
    assert 0 <= over < Fraction(Decimal(unit))
    assert max(rates.values()) - min(rates.values()) <= Decimal(unit)


SPANS = {Horizon.JAN_FEB: "15", Horizon.Q1: "24", Horizon.HALF_YEAR: "23", Horizon.YEAR: "100"}


def test_spans_of_a_year_that_contradict_are_named():
    (found,) = contradictions({span: Decimal(amount) for span, amount in SPANS.items()})
    assert (found.earlier, found.later, found.missing) == (Horizon.Q1, Horizon.HALF_YEAR, Decimal(1))


def test_a_lower_growth_of_the_year_is_a_contradiction_only_where_the_rest_falls_below_zero():
    bases = {Horizon.Q1: Decimal(25), Horizon.YEAR: Decimal(100)}
    growths = {Horizon.Q1: Decimal(20), Horizon.YEAR: Decimal(5)}
    assert growth_contradictions(growths, bases) == []
    assert implied_growth(growths, bases, after=Horizon.Q1) == 0
    assert len(growth_contradictions({**growths, Horizon.YEAR: Decimal(-71)}, bases)) == 1
