"""Random trees of targets and what may happen to them in a year; every step is added up again by fractions."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from gongjian.engines.cascade.boundaries import divide_area, make_comparable, merge_areas, move_area
from gongjian.engines.cascade.exact import BadCascade
from gongjian.engines.cascade.horizons import Horizon, contradictions, split_spans, split_year
from gongjian.engines.cascade.negotiation import Agreed, Countered, Move, Proposed, Side, Signed, settle
from gongjian.engines.cascade.splitting import by_headroom, by_share
from gongjian.engines.cascade.tree import Target, Tree, cascade, close_gap

DAY = date(2026, 1, 28)
NOON = datetime(2026, 1, 28, 12, tzinfo=UTC)
UNITS = tuple(map(Decimal, ("0.01", "0.1", "1", "10", "0.05")))


def random_tree(dice: Random) -> tuple[Tree, dict[str, Decimal | None], Decimal]:
    """A city, its counties, their townships; last year's figures of all; the unit to round to."""
    targets = [Target("0", None, "mayor", Decimal(dice.randrange(-99, 10**7)).scaleb(-dice.randrange(4)))]
    for county in range(dice.randrange(1, 7)):
        targets.append(Target(f"0.{county}", "0", f"head {county}"))
        targets += [
            Target(f"0.{county}.{n}", f"0.{county}", f"head {county}.{n}") for n in range(dice.randrange(6))
        ]
    bases: dict[str, Decimal | None] = {
        target.area: Decimal(dice.choice((1, 7, dice.randrange(1, 10**6)))).scaleb(-dice.randrange(3))
        for target in targets
    }
    return Tree(tuple(targets)), bases, dice.choice(UNITS)


def must(holds: bool) -> None:  # noqa: FBT001 - the place of an assert, which bench may not use
    """Ends the run where a sum is off."""
    if not holds:
        raise AssertionError("a sum is off, or a gap has no owner")


def check(tree: Tree, whole: Decimal | None) -> None:
    """The whole has what it had; every area's parts and its gap are its target; every open gap has an owner."""
    must(tree.root.amount == whole)
    for area, parts in tree.below.items():
        gap, held = tree.gap(area), tree[area].amount
        told = [part.amount for part in parts if part.amount is not None]
        if held is not None and gap.amount is not None:
            must(sum(map(Fraction, told), Fraction(0)) + Fraction(gap.amount) == Fraction(held))
        must(gap.owner.strip())


def live(dice: Random) -> int:
    """One tree passed down, negotiated, moved, merged, divided, its gaps closed; how many steps were checked."""
    tree, bases, unit = random_tree(dice)
    whole = tree.root.amount
    tree = cascade(tree, bases, unit=unit)
    check(tree, whole)
    must(tree.gaps() == [])
    steps = 1
    for step in dice.choices((_negotiated, _moved, _merged, _divided), k=3):
        tree = step(tree, dice, unit)
        check(tree, whole)
        steps += 1
    for gap in tree.gaps():
        closing: dict[str, Decimal | None] = {part.area: Decimal(1) for part in tree.below[gap.area]}
        tree = close_gap(tree, gap.area, closing, unit=unit)
        must(tree.gap(gap.area).is_closed)
        check(tree, whole)
        steps += 1
    _check_spans(tree, dice)
    _check_headroom(dice, unit)
    return steps + 2


def _negotiated(tree: Tree, dice: Random, unit: Decimal) -> Tree:
    """Somebody wants another amount; it is met, or not."""
    area = dice.choice([target.area for target in tree.targets if target.parent])
    held = tree[area].amount or Decimal(0)
    moves: list[Move] = [Proposed(held, "above", NOON)]
    if dice.random() < 0.7:
        moves.append(Countered(held - unit * dice.randrange(9), "base was restated", "below", NOON))
        moves.append(Agreed(Side.ABOVE, "above", NOON))
        moves.append(Signed("both", NOON + timedelta(days=1)))
    return settle(tree, {area: moves})


def _moved(tree: Tree, dice: Random, _unit: Decimal) -> Tree:
    """A township goes to another county, and its target with it; the gaps stay as they were."""
    areas = [target.area for target in tree.targets if target.parent not in (None, "0")]
    counties = [target.area for target in tree.below["0"]]
    if not areas:
        return tree
    area, to = dice.choice(areas), dice.choice(counties)
    if to == area or area in tree.above(to):
        return tree
    before = {place: tree.gap(place).amount for place in tree.below}
    after = move_area(tree, area, to)
    for place, gap in before.items():
        if place in after.below and place != to:
            must(after.gap(place).amount == gap)
    return after


def _merged(tree: Tree, dice: Random, unit: Decimal) -> Tree:
    """Two areas become one; their earlier figures too."""
    areas = [target.area for target in tree.targets if target.parent]
    two = dice.sample(areas, k=2) if len(areas) > 1 else []
    if not two or two[0] in tree.above(two[1]) or two[1] in tree.above(two[0]):
        return tree
    after, change = merge_areas(tree, two, into="+".join(two), owner="new head", day=DAY)
    held = [tree[area].amount for area in two]
    must(Fraction(after[change.into].amount or 0) == sum(Fraction(amount or 0) for amount in held))
    history = {area: {"2025": Decimal(dice.randrange(999))} for area in two}
    must(sum(_year(history)) == sum(_year(make_comparable(history, [change], unit=unit))))
    return after


def _divided(tree: Tree, dice: Random, unit: Decimal) -> Tree:
    """One area becomes two or three; what lay below it is dealt out."""
    old = dice.choice([target for target in tree.targets if target.parent])
    names = [f"{old.area}/{n}" for n in range(dice.randrange(2, 4))]
    weights = {name: Decimal(dice.randrange(1, 100)) for name in names}
    after, change = divide_area(
        tree,
        old.area,
        weights,
        owners=dict.fromkeys(names, "new head"),
        belongs={part.area: dice.choice(names) for part in tree.below.get(old.area, ())},
        unit=unit,
        day=DAY,
    )
    must(sum(Fraction(after[name].amount or 0) for name in names) == Fraction(old.amount or 0))
    history = {old.area: {"2025": Decimal(dice.randrange(999)).scaleb(-2)}}
    must(sum(_year(history)) == sum(_year(make_comparable(history, [change], unit=unit))))
    return after


def _year(series: dict[str, dict[str, Decimal]] | dict[str, dict[str, Decimal | None]]) -> list[Fraction]:
    return [
        Fraction(figure) for figures in series.values() for figure in figures.values() if figure is not None
    ]


def _check_spans(tree: Tree, dice: Random) -> None:
    """The spans of a year and the areas' years keep both sums."""
    areas = {target.area: Decimal(dice.randrange(10**4)).scaleb(-1) for target in tree.below["0"]}
    year = sum(areas.values(), Decimal(0))
    shares = sorted(Decimal(dice.randrange(1001)).scaleb(-3) for _ in range(len(Horizon) - 1))
    spans = split_year(year, dict(zip(Horizon, shares, strict=False)), unit=Decimal("0.1"))
    must(spans[Horizon.YEAR] == year)
    rows = split_spans(spans, areas, unit=Decimal("0.1"))
    for span in Horizon:
        must(sum(Fraction(row[span]) for row in rows.values()) == Fraction(spans[span]))
    for area, row in rows.items():
        must(row[Horizon.YEAR] == areas[area])
        must(not contradictions(row))


def _check_headroom(dice: Random, unit: Decimal) -> None:
    """A split by headroom keeps the sum, and so does one by share with zeros among the figures."""
    bases: dict[str, Decimal | None] = {
        str(n): Decimal(dice.randrange(1000)) for n in range(dice.randrange(1, 9))
    }
    rooms: dict[str, Decimal | None] = {area: Decimal(dice.randrange(50)) for area in bases}
    total = sum((base for base in bases.values() if base is not None), Decimal(0)) + dice.randrange(200)
    for split in (
        lambda: by_headroom(total, bases, headroom=rooms, unit=unit),
        lambda: by_share(total, bases, unit=unit),
    ):
        try:
            parts = split()
        except BadCascade as refused:
            if refused.code not in {"no_headroom", "no_base"}:
                raise
        else:
            must(sum(map(Fraction, parts.parts.values())) + Fraction(parts.gap) == Fraction(total))
