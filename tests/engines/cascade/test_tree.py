"""Who holds what: owners, gaps, negotiation, areas that change, coverage; and what each refuses."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.engines.cascade.boundaries import divide_area, make_comparable, merge_areas, move_area
from gongjian.engines.cascade.coverage import coverage, how_far
from gongjian.engines.cascade.exact import BadCascade
from gongjian.engines.cascade.margins import round_to_margins
from gongjian.engines.cascade.negotiation import (
    Agreed,
    Countered,
    Move,
    Proposed,
    Reopened,
    Side,
    Signed,
    State,
    fold,
    settle,
)
from gongjian.engines.cascade.tree import Target, Tree, close_gap

DAY = date(2026, 3, 1)
AT = datetime(2026, 1, 28, 9, tzinfo=UTC)


def tree(*rows):
    return Tree(
        tuple(
            Target(area, parent, f"head of {area}", None if amount is None else Decimal(amount))
            for area, parent, amount in rows
        )
    )


CITY = tree(
    ("city", None, 100),
    ("east", "city", 60),
    ("west", "city", 40),
    ("e1", "east", 35),
    ("e2", "east", 25),
    ("w1", "west", None),
)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "root"),
        ([("a", None, 1), ("b", None, 1)], "root"),
        ([("a", None, 1), ("a", None, 1)], "twice"),
        ([("a", None, 1), ("b", "c", 1)], "no_parent"),
        ([("a", None, 1), ("b", "c", 1), ("c", "b", 1)], "circle"),
        ([("a", None, "NaN")], "not_finite"),
    ],
)
def test_what_is_no_tree_is_refused(rows, code):
    with pytest.raises(BadCascade) as refused:
        tree(*rows)
    assert refused.value.code == code


def test_nobody_is_no_owner():
    with pytest.raises(BadCascade, match="no owner"):
        Tree((Target("a", None, "  "),))
    with pytest.raises(BadCascade, match="no owner"):
        CITY.with_gap_owner("west", "")


def test_a_gap_belongs_to_the_parent_until_somebody_takes_it_over():
    (gap,) = CITY.gaps()
    assert (gap.area, gap.amount, gap.owner, gap.missing) == ("west", 40, "head of west", ("w1",))
    assert CITY.with_gap_owner("west", "bureau").gap("west").owner == "bureau"


def test_a_gap_is_closed_by_those_who_have_not_signed():
    lowered = CITY.with_amounts({"e2": Decimal(20)})
    closed = close_gap(lowered, "east", {"e1": Decimal(1), "e2": Decimal(1)}, fixed=["e2"], unit=Decimal(1))
    assert (closed["e1"].amount, closed["e2"].amount) == tuple(map(Decimal, (40, 20)))
    with pytest.raises(BadCascade) as refused:
        close_gap(lowered, "east", {}, fixed=["e1", "e2"], unit=Decimal(1))
    assert refused.value.code == "nobody_left"


def test_an_offer_is_countered_agreed_signed_and_opened_again():
    moves: list[Move] = [
        Proposed(Decimal(60), "city", AT),
        Countered(Decimal(55), "a mill was closed", "east", AT),
        Proposed(Decimal(58), "city", AT + timedelta(hours=1)),
    ]
    assert fold(moves).in_force == 58
    moves += [Agreed(Side.BELOW, "east", AT + timedelta(hours=2)), Signed("both", AT + timedelta(days=1))]
    signed = fold(moves)
    assert (signed.state, signed.agreed, signed.offers) == (State.SIGNED, Decimal(58), 3)
    moves += [
        Reopened("half a year is over", "city", AT + timedelta(days=150)),
        Proposed(Decimal(50), "city", AT + timedelta(days=150)),
    ]
    assert fold(moves).in_force == 58
    assert settle(CITY, {"east": moves}).gap("city").amount == 2


@pytest.mark.parametrize(
    ("moves", "code"),
    [
        ([Signed("a", AT)], "move"),
        ([Countered(Decimal(1), "why", "a", AT)], "move"),
        ([Proposed(Decimal(1), "a", AT), Agreed(Side.ABOVE, "a", AT)], "not_their_turn"),
        ([Proposed(Decimal(1), "a", AT), Countered(Decimal(1), " ", "b", AT)], "reason"),
        ([Proposed(Decimal(1), "a", AT), Agreed(Side.BELOW, "b", AT - timedelta(1))], "order"),
        ([Proposed(Decimal("NaN"), "a", AT)], "not_finite"),
        ([Proposed(Decimal(1), "", AT)], "no_owner"),
    ],
)
def test_a_move_out_of_turn_is_refused(moves, code):
    with pytest.raises(BadCascade) as refused:
        fold(moves)
    assert refused.value.code == code


def test_an_area_takes_its_target_along_when_it_moves():
    moved = move_area(CITY, "e2", "west")
    assert (moved["east"].amount, moved["west"].amount, moved["city"].amount) == tuple(
        map(Decimal, (35, 65, 100))
    )
    assert CITY["east"].amount == 60  # the earlier tree is history


def test_townships_of_two_counties_merge():
    merged, change = merge_areas(
        CITY.with_amounts({"w1": Decimal(40)}), ["e1", "w1"], into="new", owner="her", day=DAY
    )
    assert (merged["new"].amount, merged["new"].parent, merged["west"].amount) == (
        Decimal(75),
        "east",
        Decimal(0),
    )
    series = {"e1": {"2025": Decimal(3), "2024": Decimal(1)}, "w1": {"2025": Decimal(4)}}
    assert make_comparable(series, [change], unit=Decimal(1)) == {"new": {"2025": 7, "2024": None}}


def test_a_county_is_divided_with_its_townships():
    divided, change = divide_area(
        CITY,
        "east",
        {"n": Decimal(1), "s": Decimal(2)},
        owners={"n": "a", "s": "b"},
        belongs={"e1": "n", "e2": "s"},
        unit=Decimal(1),
        day=DAY,
    )
    assert (divided["n"].amount, divided["s"].amount, divided["e2"].parent) == (Decimal(35), Decimal(25), "s")
    assert make_comparable({"east": {"2025": Decimal(10)}}, [change], unit=Decimal(1)) == {
        "n": {"2025": 3},
        "s": {"2025": 7},
    }


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: move_area(CITY, "city", "east"), "root_stays"),
        (lambda: move_area(CITY, "east", "e1"), "same_place"),
        (lambda: merge_areas(CITY, ["e1"], into="x", owner="a", day=DAY), "one_source"),
        (lambda: merge_areas(CITY, ["e1", "e1"], into="x", owner="a", day=DAY), "one_source"),
        (lambda: merge_areas(CITY, ["east", "e1"], into="x", owner="a", day=DAY), "same_place"),
        (lambda: merge_areas(CITY, ["e1", "e2"], into="west", owner="a", day=DAY), "twice"),
        (lambda: merge_areas(CITY, ["e1", "e2"], into="x", owner="", day=DAY), "no_owner"),
        (
            lambda: divide_area(
                CITY, "east", {"n": Decimal(1), "s": Decimal(1)}, owners={}, unit=Decimal(1), day=DAY
            ),
            "children",
        ),
        (lambda: CITY.gap("e1"), "no_parts"),
        (lambda: CITY.with_amounts({"x": None}), "unknown"),
    ],
)
def test_what_cannot_happen_to_an_area_says_why(act, code):
    with pytest.raises(BadCascade) as refused:
        act()
    assert refused.value.code == code


def test_who_has_not_passed_targets_on():
    found = coverage(CITY, {"city": DAY, "east": DAY + timedelta(9)}, on=DAY)
    assert [duty.area for duty in found.undone] == ["east", "west"]
    assert [duty.area for duty in found.without_meeting] == ["east", "west"]
    assert found.duties[2].not_told == ("w1",)
    assert coverage(CITY.with_amounts({"west": None}), {}, on=DAY).waiting == ("west",)


@given(
    parents=st.lists(st.integers(0, 9), min_size=1, max_size=10),
    told=st.lists(st.sets(st.integers(0, 10)), min_size=1, max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_how_far_many_targets_have_come_is_what_each_tree_says(parents, told):
    above = {str(n): str(min(parent, n - 1)) for n, parent in enumerate(parents, 1)}
    below = {parent: {area for area, of in above.items() if of == parent} for parent in above.values()}
    held, lacking = dict.fromkeys(below, 0), set()
    for number, areas in enumerate(told):
        rows = [(area, above.get(area), 1 if int(area) in areas else None) for area in ("0", *above)]
        for duty in coverage(tree(*rows), {}, on=DAY).duties:
            held[duty.area] += 1
            if duty.not_told:
                lacking.add((duty.area, number))
    found, missing = how_far(below, [(n, {str(area) for area in areas}) for n, areas in enumerate(told)])
    assert missing == lacking
    assert {area: whole for area, (whole, _done) in found.items()} == held
    assert all(whole - done == sum(area == of for of, _n in lacking) for area, (whole, done) in found.items())


def test_a_table_keeps_both_its_sums_where_the_nearest_cells_would_not():
    rows, columns = {area: Decimal(1) for area in "abc"}, {span: Decimal(1) for span in "xyz"}
    cells = round_to_margins(rows, columns, unit=Decimal(1))
    assert all(sum(row.values()) == 1 for row in cells.values())
    assert all(sum(row[span] for row in cells.values()) == 1 for span in columns)
    with pytest.raises(BadCascade) as refused:
        round_to_margins({"a": Decimal("0.5")}, {"x": Decimal("0.5")}, unit=Decimal(1))
    assert refused.value.code == "off_unit"
