"""Resampled places beside an independent simulation; the cheapest way to the next place beside brute force."""

from decimal import Decimal
from itertools import product
from random import Random

import pytest

from gongjian.engines.standings.next_place import way_up
from gongjian.engines.standings.readings import Reading
from gongjian.engines.standings.schemes import Item, Lens, Method, Scheme, Tie
from gongjian.engines.standings.scoring import score
from gongjian.engines.standings.stability import resample

D = Decimal
LEVELS = {"a": 12, "b": 10, "c": "9.8", "d": "9.7", "e": 5}
SCHEME = Scheme(
    "two", (Item("x", D(6), digits=1), Item("y", D(10), method=Method.TARGET, reach=D(50))), least_group=1
)


def readings_of(levels, error="0.5"):
    return {
        area: {"x": Reading((D(str(value)),), error=D(error)), "y": Reading((D(50),), error=D("0.4"))}
        for area, value in levels.items()
    }


def simulated(levels, *, draws, seed):
    """Places drawn by hand: no array, no code of the engine."""
    dice = Random(seed)
    counts: dict[str, dict[int, int]] = {area: {} for area in levels}
    for _draw in range(draws):
        x = {area: round(float(value) + dice.gauss(0, 0.5), 1) for area, value in levels.items()}
        y = {area: round(50 + dice.gauss(0, 0.4), 2) for area in levels}
        totals = {}
        for area, value in x.items():
            better = len([other for other in x.values() if other > value])
            totals[area] = round(6 * (100 - 5 * better) / 100 + (10 if y[area] >= 50 else 0), 2)
        for area, total in totals.items():
            place = 1 + len([other for other in totals.values() if other > total])
            counts[area][place] = counts[area].get(place, 0) + 1
    return {area: {place: n / draws for place, n in of.items()} for area, of in counts.items()}


def test_resampled_places_agree_with_an_independent_simulation():
    readings = readings_of(LEVELS)
    found = resample(score(SCHEME, readings), readings, draws=20_000)
    by_hand = simulated(LEVELS, draws=8_000, seed=7)
    for area, chances in by_hand.items():
        for place in range(1, 6):
            assert found[area].chances.get(place, 0) == pytest.approx(chances.get(place, 0), abs=0.025)


def test_without_error_every_place_is_sure_and_the_same_seed_says_the_same():
    still = {area: {"x": Reading((D(str(v)),)), "y": Reading((D(60),))} for area, v in LEVELS.items()}
    standings = score(SCHEME, still)
    assert all(
        one.sure and one.low == standings.row(area).place for area, one in resample(standings, still).items()
    )
    shaky = readings_of(LEVELS)
    assert resample(score(SCHEME, shaky), shaky) == resample(score(SCHEME, shaky), shaky)


def test_two_that_cannot_be_told_apart_are_equally_likely():
    scheme = Scheme("x", (Item("x", D(6)),), least_group=1)
    readings = {
        area: {"x": Reading((D(str(value)),), error=D(1))}
        for area, value in {"a": 50, "b": "10.02", "c": "10.01", "d": "10.00", "e": -40}.items()
    }
    found = resample(score(scheme, readings), readings)
    assert [(found[area].low, found[area].high, found[area].even) for area in "abcde"] == [
        (1, 1, True),
        (2, 4, True),
        (2, 4, True),
        (2, 4, True),
        (5, 5, True),
    ]


# ---- the cheapest way -----------------------------------------------------------------------------------------------


def cheapest_by_hand(scheme, readings, area, *, most):
    """Every whole raise of every item, scored afresh: the least cost that gives a better place."""
    place = score(scheme, readings).row(area).place or 0
    best = None
    for raises in product(range(most + 1), repeat=len(scheme.items)):
        own = {
            item.key: Reading((readings[area][item.key].now[0] + (-up if item.less else up),))
            for item, up in zip(scheme.items, raises, strict=True)
        }
        cost = sum(
            (
                item.effort * up / readings[area][item.key].step
                for item, up in zip(scheme.items, raises, strict=True)
            ),
            D(0),
        )
        if best is not None and cost >= best:
            continue
        if (score(scheme, readings | {area: own}).row(area).place or 99) < place:
            best = cost
    return best


@pytest.mark.parametrize("seed", range(12))
def test_the_cheapest_way_is_the_one_brute_force_finds(seed):
    dice = Random(seed)
    items = (
        Item("x", D(6), digits=0, effort=D(dice.randint(1, 3))),
        Item("y", D(dice.choice((3, 6))), digits=0, less=seed % 3 == 0),
        Item("z", D(5), digits=0, method=Method.TARGET, reach=D(7))
        if seed % 2
        else Item("z", D(4), digits=0, reach=D(5), reach_points=D(2)),
    )
    scheme = Scheme("three", items, step=D(dice.choice((5, 10))), least_group=1)
    readings = {
        area: {key: Reading((D(dice.randint(0, 9)),), step=D(dice.randint(1, 4))) for key in "xyz"}
        for area in "abcde"
    }
    standings = score(scheme, readings)
    for area in standings.rows[-1].entrant, standings.rows[2].entrant:
        found = way_up(standings, readings, area)
        by_hand = cheapest_by_hand(scheme, readings, area, most=10)
        assert (found and round(found.cost, 9)) == (by_hand and round(by_hand, 9))
        if found:
            _is_true(scheme, readings, area, found)


def _is_true(scheme, readings, area, way):
    """Carried out, the way leads where it says."""
    own = dict(readings[area])
    for move in way.moves:
        own[move.item.key] = Reading((move.wanted,))
    assert score(scheme, readings | {area: own}).row(area).place == way.to
    assert way.to < way.place
    assert way.exact


def test_items_that_rise_evenly_are_filled_cheapest_first():
    items = tuple(Item(key, D(30), method=Method.PROPORTION) for key in "xy")
    scheme = Scheme("even", items, least_group=1)
    readings = {
        "a": {"x": Reading((D(80),)), "y": Reading((D(80),))},
        "b": {"x": Reading((D(70),), step=D(10)), "y": Reading((D(60),), step=D(5))},
    }
    way = way_up(score(scheme, readings), readings, "b")
    assert way.points == D(9)
    assert [(move.item.key, move.value, move.wanted, move.cost) for move in way.moves] == [("x", 70, 100, 3)]
    assert (way.place, way.to, way.cost, way.exact) == (2, 1, 3, True)
    alone = way_up(score(scheme, readings), readings, "b", alone=items[1])
    assert [(round(move.wanted, 9), round(move.cost, 9)) for move in alone.moves] == [(90, 6)]


def test_growth_is_told_in_amounts_and_usual_months():
    scheme = Scheme("growth", (Item("x", D(6), Lens.GROWTH),), least_group=1)
    readings = {
        "a": {"x": Reading((D("11.0"),), (D(10),))},
        "b": {"x": Reading((D("21.0"),), (D(20),), step=D("2.1"))},
        "c": {"x": Reading((D("5.0"),), (D(5),))},
    }
    way = way_up(score(scheme, readings), readings, "b")
    (move,) = way.moves
    assert (move.value, move.wanted, move.amount, move.passes) == (5, 10, 1, ())
    assert round(move.cost, 2) == D("0.48")


def test_the_first_and_who_has_no_place_have_no_way_and_ties_that_keep_places_are_not_called_exact():
    scheme = Scheme("x", (Item("x", D(6), digits=0),), least_group=1, tie=Tie.KEEP)
    readings = {area: {"x": Reading((D(v),))} for area, v in {"a": 3, "b": 2, "c": 1}.items()} | {"d": {}}
    standings = score(scheme, readings)
    assert way_up(standings, readings, "a") is None
    assert way_up(standings, readings, "d") is None
    way = way_up(standings, readings, "c")
    assert (way.to, way.cost, way.exact) == (2, 1, False)
