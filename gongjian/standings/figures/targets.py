"""What of a year's target is due by a month, for areas and indicators, as the targets stood at a moment."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from gongjian.campaigns.models import Target, TargetMove
from gongjian.campaigns.states import Horizon, MoveKind
from gongjian.campaigns.targets.so_far import usual_share
from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators.queries import FigureTable
from gongjian.indicators.rules import YEAR
from gongjian.indicators.states import Nature
from gongjian.people.models import Area


@dataclass(frozen=True)
class Due:
    """What is due by a month: by the target in force, and by the one that was first agreed, where that is known."""

    amount: Decimal
    first: Decimal | None


def targets_due(
    table: FigureTable,
    areas: Sequence[Area],
    indicators: Collection[int],
    *,
    first: date,
    last: date,
    as_of: datetime | None = None,
) -> dict[tuple[int, int, date], Due]:
    """By indicator, area and month: the target of a span that ends in the month, else the usual part of the year's target.

    The usual part is the mean of earlier years; without such a year the months over twelve. Of a stock or a rate the year's target is due whole.
    """
    rows = Target.objects.filter(
        area__in=areas, indicator__in=indicators, unit=None, year__gte=first.year, year__lte=last.year
    ).select_related("indicator")
    standing = [row for row in rows if row.withdrawn_at is None or (as_of and row.withdrawn_at > as_of)]
    amounts = _amounts(standing, as_of)
    found = dict[tuple[int, int, date], Due]()
    for row in sorted(standing, key=lambda one: -one.months):
        if row.pk not in amounts:
            continue
        end = date(row.year, row.months, 1)
        now, agreed = amounts[row.pk]
        if row.horizon == Horizon.FULL_YEAR:
            for month in _months(first, min(last, end), row.year):
                share = _due_share(table, row, month)
                found[(row.indicator_id, row.area_id, month)] = Due(
                    now * share, None if agreed is None else agreed * share
                )
        found[(row.indicator_id, row.area_id, end)] = Due(now, agreed)
    return found


def _amounts(targets: Iterable[Target], as_of: datetime | None) -> dict[int, tuple[Decimal, Decimal | None]]:
    """By target: the amount last named by the moment, and the one that stood when it was first agreed."""
    by_target = defaultdict[int, list[TargetMove]](list)
    moves = TargetMove.objects.filter(target__in=[row.pk for row in targets]).order_by("pk")
    for move in moves if as_of is None else moves.filter(made_at__lte=as_of):
        by_target[move.target_id].append(move)
    found = dict[int, tuple[Decimal, Decimal | None]]()
    for key, made in by_target.items():
        named, agreed = None, None
        for move in made:
            if move.kind == MoveKind.PROPOSED or (move.kind == MoveKind.COUNTERED and _taken(made, move)):
                named = move.amount
            if move.kind == MoveKind.AGREED and agreed is None:
                agreed = named
        if named is not None:
            found[key] = (named, agreed)
    return found


def _taken(made: Sequence[TargetMove], move: TargetMove) -> bool:
    """Whether a counter was agreed to: the next step is an agreement."""
    after = made[made.index(move) + 1 :]
    return bool(after) and after[0].kind == MoveKind.AGREED


def _months(first: date, last: date, year: int) -> list[date]:
    month, found = max(first, date(year, 1, 1)), list[date]()
    while month <= last:
        found.append(month)
        month = add_months(month, 1)
    return found


def _due_share(table: FigureTable, target: Target, month: date) -> Decimal:
    """Which part of a year's target is due by a month."""
    if target.indicator.nature != Nature.FLOW:
        return Decimal(1)
    share = usual_share(table, target.indicator, target.area_id, month=month, until=YEAR)
    return Decimal(month.month) / YEAR if share is None else share
