"""Areas that move, merge or divide: targets and earlier figures follow, and every sum above stays what it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from gongjian.engines.cascade.exact import BadCascade, add, less
from gongjian.engines.cascade.splitting import by_share
from gongjian.engines.cascade.tree import Target, Tree

FEWEST = 2  # areas that merge, or that one is divided into


@dataclass(frozen=True)
class Merged:
    """On a day several areas became one (合并)."""

    day: date
    sources: tuple[str, ...]
    into: str


@dataclass(frozen=True)
class Divided:
    """On a day one area became several (拆分); `weights` says how its earlier figures are shared (people, last year's figure)."""

    day: date
    source: str
    weights: Mapping[str, Decimal]


Change = Merged | Divided
Series = Mapping[str, Mapping[str, Decimal | None]]  # area -> period -> figure


def move_area(tree: Tree, area: str, to: str) -> Tree:
    """An area comes to lie in another, and its target with it: what leaves the old chain enters the new, up to where they meet.

    Raises BadCascade for the whole, and for a move into itself or into what lies below it.
    """
    moved = tree[area]
    if moved.parent is None:
        raise BadCascade("root_stays", area=area)
    if to == area or area in tree.above(to):
        raise BadCascade("same_place", area=area)
    left, entered = set(tree.above(area)), {to, *tree.above(to)}
    change = dict.fromkeys(left - entered, -1) | dict.fromkeys(entered - left, 1)
    targets = []
    for target in tree.targets:
        side = change.get(target.area)
        if side and target.amount is not None and moved.amount is not None:
            more = moved.amount if side > 0 else less(Decimal(0), moved.amount)
            target = replace(target, amount=add((target.amount, more)))
        targets.append(replace(target, parent=to) if target.area == area else target)
    return Tree(tuple(targets))


def merge_areas(
    tree: Tree, sources: Sequence[str], *, into: str, owner: str, day: date
) -> tuple[Tree, Merged]:
    """Several areas become one, in the place of the first; what lay below them lies below it.

    `into` may be one of them. Areas of different parents are moved to the first one's parent before (see `move_area`). The target is
    the sum; it is unknown when one of them is. Raises BadCascade for fewer than two, the whole, an area above another of them, a name
    that is taken and no owner.
    """
    _check_sources(tree, sources, into)
    first = tree[sources[0]]
    for area in sources[1:]:
        if tree[area].parent != first.parent:
            tree = move_area(tree, area, first.parent or "")
    amounts = [tree[area].amount for area in sources]
    known = [amount for amount in amounts if amount is not None]
    whole = Target(into, first.parent, owner, add(known) if len(known) == len(amounts) else None)
    targets = []
    for target in tree.targets:
        if target.area == first.area:
            targets.append(whole)
        elif target.area not in sources:
            targets.append(replace(target, parent=into) if target.parent in sources else target)
    return Tree(tuple(targets)), Merged(day, tuple(sources), into)


def _check_sources(tree: Tree, sources: Sequence[str], into: str) -> None:
    if len(sources) < FEWEST or len(set(sources)) < len(sources):
        raise BadCascade("one_source", count=len(set(sources)))
    if into not in sources and into in tree.by_area:
        raise BadCascade("twice", area=into)
    for area in sources:
        if tree[area].parent is None:
            raise BadCascade("root_stays", area=area)
        if set(tree.above(area)) & set(sources):
            raise BadCascade("same_place", area=area)


def divide_area(
    tree: Tree,
    area: str,
    weights: Mapping[str, Decimal],
    *,
    owners: Mapping[str, str],
    belongs: Mapping[str, str] | None = None,
    unit: Decimal,
    day: date,
) -> tuple[Tree, Divided]:
    """One area becomes several, which share its target by `weights`, to the last digit.

    `belongs` says for each area below it to which of the new ones it goes; then a new area gets the targets of its own parts, and a
    share of what was not passed on. One of the new may keep the old name. Raises BadCascade for fewer than two, the whole, a part
    without a place, a name that is taken, no owner, and as `by_share`.
    """
    old, places = tree[area], belongs or {}
    if old.parent is None:
        raise BadCascade("root_stays", area=area)
    if len(weights) < FEWEST:
        raise BadCascade("one_source", count=len(weights))
    homeless = [part.area for part in tree.below.get(area, ()) if places.get(part.area) not in weights]
    if homeless:
        raise BadCascade("children", areas=", ".join(homeless))
    shares: dict[str, Decimal | None] = dict.fromkeys(weights)
    if old.amount is not None:
        own = {name: add(_amounts_of(tree, area, name, places)) for name in weights}
        shared = by_share(less(old.amount, add(own.values())), weights, unit=unit).parts
        shares = {name: add((own[name], shared[name])) for name in weights}
    new = [Target(name, old.parent, owners.get(name, ""), amount) for name, amount in shares.items()]
    targets: list[Target] = []
    for target in tree.targets:
        if target.area == area:
            targets += new
        else:
            targets.append(replace(target, parent=places[target.area]) if target.parent == area else target)
    return Tree(tuple(targets)), Divided(day, area, dict(weights))


def _amounts_of(tree: Tree, area: str, name: str, places: Mapping[str, str]) -> list[Decimal]:
    parts = tree.below.get(area, ())
    return [part.amount for part in parts if places[part.area] == name and part.amount is not None]


def make_comparable(
    series: Series, changes: Sequence[Change], *, unit: Decimal
) -> dict[str, dict[str, Decimal | None]]:
    """Figures of earlier areas as figures of today's, so that growth compares like with like (同口径).

    `series` maps area to period to amount; a period that one of the merged areas lacks is unknown for the merged one. Changes are
    applied by their day. The given series is not touched, and the sum of every period over all areas stays what it was wherever
    everything is known. Only for amounts: a rate is combined by its base (`rates.combine`). Raises BadCascade as `by_share`, and for
    an area of a change that has no series.
    """
    now = {area: dict(figures) for area, figures in series.items()}
    for change in sorted(changes, key=lambda change: change.day):
        if isinstance(change, Merged):
            parts = [_taken(now, area) for area in change.sources]
            now[change.into] = _together(parts)
        else:
            old = _taken(now, change.source)
            for name in change.weights:
                now[name] = {}
            for period, figure in old.items():
                for name, part in _divided(figure, change.weights, unit).items():
                    now[name][period] = part
    return now


def _taken(series: dict[str, dict[str, Decimal | None]], area: str) -> dict[str, Decimal | None]:
    if area not in series:
        raise BadCascade("unknown", area=area)
    return series.pop(area)


def _together(parts: Sequence[Mapping[str, Decimal | None]]) -> dict[str, Decimal | None]:
    sums: dict[str, Decimal | None] = {}
    for period in dict.fromkeys(period for part in parts for period in part):
        figures = [part.get(period) for part in parts]
        known = [figure for figure in figures if figure is not None]
        sums[period] = add(known) if len(known) == len(figures) else None
    return sums


def _divided(
    figure: Decimal | None, weights: Mapping[str, Decimal], unit: Decimal
) -> Mapping[str, Decimal | None]:
    return dict.fromkeys(weights) if figure is None else by_share(figure, weights, unit=unit).parts
