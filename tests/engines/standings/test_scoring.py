"""Points, ties, groups, gaps, lists and guards of standings; the schemes that ship."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.engines.standings.changes import compare
from gongjian.engines.standings.library import read_scheme, shipped
from gongjian.engines.standings.places import from_the_end, places
from gongjian.engines.standings.readings import Note, Reading, value_of
from gongjian.engines.standings.schemes import (
    BadScheme,
    Item,
    Lens,
    Lists,
    Method,
    Missing,
    Scheme,
    Tie,
)
from gongjian.engines.standings.scoring import Mark, Unranked, score

D = Decimal
LADDER = Scheme("ladder", (Item("x", D(6)),), least_group=1)


def read(*now, **facts):
    return Reading(
        tuple(D(str(v)) for v in now),
        **{k: tuple(map(D, v)) if isinstance(v, tuple) else v for k, v in facts.items()},
    )


def of(scheme, values, **facts):
    """Standings of areas by one value each in the item x."""
    readings = {area: {} if value is None else {"x": read(value)} for area, value in values.items()}
    return score(scheme, readings, **facts)


def told(standings):
    return {row.entrant: (row.place, None if row.total is None else f"{row.total}") for row in standings.rows}


def test_the_six_point_ladder_of_nine_units_to_the_digit():
    found = of(LADDER, {str(n): 100 - n for n in range(9)})
    assert [f"{row.lines[0].points.normalize():f}" for row in found.rows] == (
        ["6", "5.7", "5.4", "5.1", "4.8", "4.5", "4.2", "3.9", "3.6"]
    )


@pytest.mark.parametrize(
    ("tie", "wanted"), [(Tie.SKIP, [1, 2, 2, 4, 4, 4, 7]), (Tie.KEEP, [1, 2, 2, 3, 3, 3, 4])]
)
def test_ties_share_a_place_and_its_points(tie, wanted):
    values = dict(enumerate((9, 8, 8, 5, 5, 5, 1)))
    found = of(replace(LADDER, tie=tie), values)
    assert [found.row(n).place for n in values] == wanted
    assert found.row(1).total == found.row(2).total == D("5.70")
    assert found.row(4).tied == 3


def test_what_is_equal_as_published_is_a_tie():
    found = of(LADDER, {"a": "8.004", "b": "8.001", "c": "7.99"})
    assert told(found) == {"a": (1, "6.00"), "b": (1, "6.00"), "c": (3, "5.40")}


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, ["6.00", "5.70", "0.00"]),
        ({"reach_points": D(4)}, ["6.00", "5.70", "0.00"]),
        ({"reach_points": D(4), "added": True}, ["10.00", "9.70", "0.00"]),
        ({"reach_points": D("5.8")}, ["6.00", "5.80", "0.00"]),
    ],
)
def test_a_ladder_that_begins_at_a_threshold_in_both_readings_of_the_text(facts, wanted):
    scheme = replace(LADDER, items=(Item("x", D(6), reach=D(8), **facts),))
    assert [f"{row.total}" for row in of(scheme, {"a": 9, "b": 8, "c": "7.9"}).rows] == wanted


def test_target_is_all_or_nothing_and_proportion_is_as_far_as_it_got():
    target = replace(LADDER, items=(Item("x", D(10), method=Method.TARGET),))
    assert [row.total for row in of(target, {"a": 100, "b": "99.99"}).rows] == [D(10), D(0)]
    less = replace(LADDER, items=(Item("x", D(10), method=Method.TARGET, less=True, reach=D(5)),))
    assert told(of(less, {"a": 5, "b": "5.01"})) == {"a": (1, "10.00"), "b": (2, "0.00")}
    part = read_scheme("three_batches", shipped()["three_batches"])
    rates = dict(zip((item.key for item in part.items), (100, 80, 50, 120, -3), strict=True))
    found = score(replace(part, least_group=1), {"a": {key: read(v) for key, v in rates.items()}})
    assert [line.points for line in found.rows[0].lines] == [10, 24, 15, 20, 0]
    assert part.full == 100
    assert found.rows[0].total == 69


def test_every_shipped_scheme_reads_and_names_its_source():
    assert set(shipped()) == {"ladder", "target", "guarded", "counted", "three_batches"}
    for key, table in shipped().items():
        assert table["source"], key
        assert table["english"], key
        assert read_scheme(key, table).full > 0


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ({"item": []}, "no_points"),
        ({"item": [{"key": "x", "points": 0}]}, "no_points"),
        ({"item": [{"key": "x", "points": 1}, {"key": "x", "points": 2}]}, "twice"),
        ({"item": [{"key": "x", "points": 1}, {"key": "y", "points": -1}]}, "points"),
        ({"item": [{"key": "x", "points": 1, "lens": "SHARE", "method": "TARGET"}]}, "share"),
        ({"item": [{"key": "x", "points": 1, "method": "PROPORTION", "less": True}]}, "proportion"),
        ({"item": [{"key": "x", "points": "ten"}]}, "value"),
        ({"item": [{"key": "x", "points": 1, "lens": "MOOD"}]}, "value"),
        ({"item": [{"key": "x", "points": 1}], "lists": "GUARDED"}, "no_target"),
        ({"item": [{"key": "x", "points": 1}], "step": 101}, "step"),
    ],
)
def test_a_scheme_that_cannot_be_used_says_why(table, why):
    with pytest.raises(BadScheme) as bad:
        read_scheme("own", table)
    assert bad.value.why == why


def test_like_is_compared_with_like_and_a_group_of_two_has_no_places():
    scheme = replace(LADDER, least_group=3)
    groups = {"a": "district", "b": "district", "c": "district", "d": "county", "e": "county"}
    found = of(scheme, {"a": 1, "b": 5, "c": 3, "d": 9, "e": 8}, groups=groups)
    assert [(row.entrant, row.place, row.unranked) for row in found.rows] == [
        ("b", 1, Unranked.NO),
        ("c", 2, Unranked.NO),
        ("a", 3, Unranked.NO),
        ("d", None, Unranked.GROUP),
        ("e", None, Unranked.GROUP),
    ]


def test_an_area_without_a_figure_has_no_place_and_lifts_nobody_or_has_no_points_as_the_scheme_says():
    found = of(LADDER, {"a": 5, "b": None, "c": 3})
    assert told(found) == {"a": (1, "6.00"), "c": (2, "5.70"), "b": (None, None)}
    assert found.row("b").unranked == Unranked.MISSING
    assert found.row("b").missing == ("x",)
    nothing = of(replace(LADDER, missing=Missing.NOTHING), {"a": 5, "b": None})
    assert told(nothing) == {"a": (1, "6.00"), "b": (2, "0.00")}


LENSES = Scheme(
    "lenses",
    (
        Item("tax", D(4), Lens.GROWTH),
        Item("tax", D(3), Lens.SHARE),
        Item("output", D(2), Lens.PER_HEAD),
        Item("place", D(1), Lens.OUTSIDE, less=True),
        Item("quality", D(1)),
    ),
    least_group=1,
)


def test_five_lenses_each_with_its_own_place():
    readings = {
        "big": {
            "tax": read(60, before=("50",)),
            "output": read(90, people=D(30)),
            "place": read(4),
            "quality": read(70),
        },
        "small": {
            "tax": read(20, before=("10",)),
            "output": read(40, people=D(8)),
            "place": read(9),
            "quality": read(72),
        },
    }
    found = score(LENSES, readings)
    shown = {row.entrant: [line.value.shown.quantize(D("0.01")) for line in row.lines] for row in found.rows}
    assert shown == {
        "big": [D("20.00"), D("75.00"), D("3.00"), 4, 70],
        "small": [D("100.00"), D("25.00"), D("5.00"), 9, 72],
    }
    assert dict(found.row("small").lenses) == {
        Lens.GROWTH: 1,
        Lens.SHARE: 2,
        Lens.PER_HEAD: 1,
        Lens.OUTSIDE: 2,
        Lens.QUALITY: 1,
    }


def test_the_bonus_of_the_first_needs_what_the_scheme_asks():
    scheme = replace(LADDER, bonus=(D("0.5"), D("0.3"), D("0.1")), bonus_needs=(("x", D(8)),))
    found = of(scheme, {"a": 9, "b": 8, "c": 7, "d": 6})
    assert [row.bonus for row in found.rows] == [D("0.5"), D("0.3"), 0, 0]


# ---- red and black --------------------------------------------------------------------------------------------------

GUARDED = Scheme("guarded", (Item("x", D(10), Lens.COMPLETION),), lists=Lists.GUARDED, listed=2)


def completions(**percent):
    return {area: {"x": read(value, target=D(100))} for area, value in percent.items()}


def test_red_is_over_target_and_first_black_is_under_it_and_last_and_who_met_it_is_never_black():
    found = score(GUARDED, completions(a=120, b=100, c=99, d=90, e=80), excused=["e"])
    assert {row.entrant: (row.mark, row.spared) for row in found.rows} == {
        "a": (Mark.RED, False),
        "b": (Mark.NONE, False),  # met to the digit is not over
        "c": (Mark.NONE, False),
        "d": (Mark.BLACK, False),
        "e": (Mark.NONE, True),
    }
    everybody = score(GUARDED, completions(a=120, b=110, c=105, d=102, e=101))
    assert [row.mark for row in everybody.rows] == [Mark.RED, Mark.RED, Mark.NONE, Mark.NONE, Mark.NONE]
    assert [row.spared for row in everybody.rows] == [False, False, False, True, True]
    unfair = score(replace(GUARDED, fair=False), completions(a=120, b=110, c=105, d=102, e=101))
    assert [row.mark for row in unfair.rows][-2:] == [Mark.BLACK, Mark.BLACK]


def test_counted_lists_look_at_firsts_and_lasts_and_all_equal_is_neither():
    scheme = Scheme("counted", tuple(Item(key, D(1)) for key in "xyz"), lists=Lists.COUNTED, listed=2)
    rows = {"a": (9, 9, 1), "b": (5, 5, 1), "c": (1, 2, 1)}
    found = score(scheme, {e: dict(zip("xyz", map(read, v), strict=True)) for e, v in rows.items()})
    assert [(row.entrant, row.mark) for row in found.rows] == [
        ("a", Mark.RED),
        ("b", Mark.NONE),
        ("c", Mark.BLACK),
    ]


# ---- gamed ----------------------------------------------------------------------------------------------------------

GROWTH = Item("x", D(10), Lens.GROWTH, least_base=D(5))
FAIR = Scheme("fair", (GROWTH, Item("y", D(10))), one_off=D(6), least_group=1)
NAIVE = replace(
    FAIR, items=(replace(GROWTH, least_base=None), Item("y", D(10))), one_off=None, first_base=False
)
HONEST = read(11, 11, 11, 11, 11, before=("10",) * 5, before_first=("10",) * 5)
GAMED = {
    "base shrunk": (read(10, 10, 10, 10, 10, before=("8",) * 5, before_first=("10",) * 5), Note.FIRST_BASE),
    "one-off project": (
        read("10.2", "10.1", 40, "10.2", "10.1", before=("10",) * 5, before_first=("10",) * 5),
        Note.ONE_OFF,
    ),
    "one-off to put right a month": (
        read("10.1", "9.9", "10.1", "9.9", 90, before=("10",) * 5, before_first=("10",) * 5),
        Note.ONE_OFF,
    ),
    "small n": (read("0.3", before=("0.1",), before_first=("0.1",)), Note.SMALL),
}


@pytest.mark.parametrize("trick", GAMED)
def test_a_trick_wins_under_the_naive_scheme_and_not_under_the_guards(trick):
    reading, note = GAMED[trick]
    readings = {
        "honest": {"x": HONEST, "y": read(3)},
        "gamer": {"x": reading, "y": read(2)},
        "other": {
            "x": read(10, 10, 10, 10, "10.5", before=("10",) * 5, before_first=("10",) * 5),
            "y": read(1),
        },
    }
    naive, fair = score(NAIVE, readings), score(FAIR, readings)
    assert naive.row("gamer").line(NAIVE.items[0]).place == 1
    assert naive.row("gamer").place == 1 or naive.row("gamer").total == naive.row("honest").total
    assert fair.row("gamer").line(GROWTH).place != 1
    assert fair.row("honest").place == 1
    assert fair.row("gamer").place != 1
    assert note in fair.row("gamer").line(GROWTH).value.notes
    assert not fair.row("honest").line(GROWTH).value.notes


def test_a_lowered_target_does_not_make_it_met():
    item = GUARDED.items[0]
    lowered = read(90, target=D(90), target_first=D(100))
    assert value_of(GUARDED, item, lowered).compared == D(90)
    assert value_of(GUARDED, item, lowered).plain == D(100)
    raised = read(90, target=D(100), target_first=D(90))
    assert value_of(GUARDED, item, raised).compared == D(90)
    assert value_of(replace(GUARDED, first_base=False), item, lowered).compared == D(100)


def test_who_cannot_be_compared_in_half_of_the_points_has_no_place():
    small = read("0.3", before=("0.1",))
    scheme = replace(FAIR, items=(replace(GROWTH, points=D(11)), Item("y", D(10))))
    found = score(scheme, {"a": {"x": small, "y": read(9)}, "b": {"x": HONEST, "y": read(2)}})
    assert (found.row("a").place, found.row("a").unranked) == (None, Unranked.SMALL)


def test_who_moved_and_through_what():
    before, after = of(LADDER, {"a": 5, "b": 4, "c": 3}), of(LADDER, {"a": 4, "b": 5, "c": 3, "d": 1})
    found = compare(before, after)
    assert {e: (c.risen, c.moved) for e, c in found.items()} == {
        "a": (-1, True),
        "b": (1, True),
        "c": (0, False),
        "d": (None, True),
    }
    assert found["b"].items == ((("x", Lens.QUALITY), D("0.3")),)


# ---- properties -----------------------------------------------------------------------------------------------------

values = st.dictionaries(st.integers(0, 9), st.integers(-5, 5).map(D), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(values, st.booleans())
def test_a_place_is_one_more_than_those_who_are_better(found, less):
    place, last = places(found, less=less), from_the_end(found, less=less)
    for entrant, value in found.items():
        better = sum(other < value if less else other > value for other in found.values())
        equal = sum(other == value for other in found.values())
        assert place[entrant] == better + 1
        assert last[entrant] == len(found) - better - equal + 1
    kept = places(found, tie=Tie.KEEP, less=less)
    assert set(kept.values()) == set(range(1, len(set(found.values())) + 1))


@settings(max_examples=40, deadline=None)
@given(values, st.integers(1, 5))
def test_more_never_costs_a_place_and_the_order_of_entry_says_nothing(found, rise):
    entrant = next(iter(found))
    before, turned = of(LADDER, found), of(LADDER, dict(reversed(found.items())))
    assert told(before) == told(turned)
    after = of(LADDER, found | {entrant: found[entrant] + rise})
    assert (after.row(entrant).place or 99) <= (before.row(entrant).place or 0)
    assert (after.row(entrant).total or 0) >= (before.row(entrant).total or 99)
