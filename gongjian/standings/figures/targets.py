"""What of a year's target is due by a month, for areas and indicators, as the targets stood at a moment."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

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
    amounts = _amounts(areas, indicators, range(first.year, last.year + 1), as_of)
    found = dict[tuple[int, int, date], Due]()
    for row, now, agreed in sorted(amounts, key=lambda each: -each[0].months):
        end = date(row.year, row.months, 1)
        if row.horizon == Horizon.FULL_YEAR:
            for month in _months(first, min(last, end), row.year):
                share = _due_share(table, row, month)
                found[(row.indicator_id, row.area_id, month)] = Due(
                    now * share, None if agreed is None else agreed * share
                )
        found[(row.indicator_id, row.area_id, end)] = Due(now, agreed)
    return found


def _amounts(
    areas: Sequence[Area], indicators: Collection[int], years: Collection[int], as_of: datetime | None
) -> list[tuple[Target, Decimal, Decimal | None]]:
    """The targets that stood at the moment: each with the amount last named by then and the one that was first agreed."""
    moves = TargetMove.objects.filter(
        target__area__in=areas, target__indicator__in=indicators, target__unit=None, target__year__in=years
    )
    if as_of is None:
        moves = moves.filter(target__withdrawn_at=None)
    else:
        moves = moves.filter(
            Q(target__withdrawn_at=None) | Q(target__withdrawn_at__gt=as_of), made_at__lte=as_of
        )
    by_target = defaultdict[int, list[TargetMove]](list)
    for move in moves.select_related("target__indicator").order_by("pk"):
        by_target[move.target_id].append(move)
    found = []
    for made in by_target.values():
        named, agreed = _named(made)
        if named is not None:
            found.append((made[0].target, named, agreed))
    return found


def _named(made: Sequence[TargetMove]) -> tuple[Decimal | None, Decimal | None]:
    """The amount last named, and the one that stood when the target was first agreed."""
    named, agreed = None, None
    for move in made:
        if move.kind == MoveKind.PROPOSED or (move.kind == MoveKind.COUNTERED and _taken(made, move)):
            named = move.amount
        if move.kind == MoveKind.AGREED and agreed is None:
            agreed = named
    return named, agreed


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
