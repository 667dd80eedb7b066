"""Reads of campaigns and targets: whose are seen, how far each is, the board of an area."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from gongjian.assignments.queries import visible_to as visible_tasks
from gongjian.campaigns.models import Battle, BattleTask, Campaign, Target
from gongjian.campaigns.rules import Measure, Reading, completed, read_light
from gongjian.campaigns.states import Horizon
from gongjian.campaigns.targets.so_far import USUAL_YEARS, latest, so_far, usual_share
from gongjian.engines.forecast.pace import Pace
from gongjian.indicators.models import Figure, Indicator
from gongjian.indicators.queries import FigureTable, needed_keys
from gongjian.indicators.states import Column, Direction, Nature
from gongjian.people.models import Account, Area
from gongjian.people.queries import sight


@dataclass(frozen=True)
class TargetLine:
    """A target with how far it is: the figure, its month, both columns, both paces, the light, what is left, what is not passed on.

    `done` is the official figure where there is one, else the reported one, up to `month`. `left` is how much the target lacks, below
    zero once it is passed. `gap` is what its parts lack of it (None of a rate, and where it has no parts); it is `gap_owner`'s.
    """

    target: Target
    month: date | None
    done: Decimal | None
    reported: Decimal | None
    official: Decimal | None
    completion: Decimal | None
    linear: Pace | None
    seasonal: Pace | None
    reading: Reading
    parts: int
    gap: Decimal | None

    @property
    def light(self) -> str:
        """Its light."""
        return self.reading.light

    @property
    def left(self) -> Decimal | None:
        """What is still missing of the target; below zero once it is passed."""
        return None if self.done is None else self.target.value - self.done

    @property
    def gap_owner(self) -> str:
        """Who answers for what is not passed on: who took it over, else whoever holds the target."""
        return gap_owner_of(self.target)


def gap_owner_of(target: Target) -> str:
    """Who answers for what the parts of a target lack: the unit that took it over, else the holder; there always is one."""
    if target.gap_unit is not None:
        return str(target.gap_unit)
    if target.parent_id is None and target.battle.lead_unit is not None:
        return str(target.battle.lead_unit)
    return target.holder


def campaign_of(account: Account, *, on: date) -> Campaign | None:
    """The campaign an account works in on a day: of the day, else the latest; None where there is none in its city."""
    rows = campaigns_of(account)
    running = rows.filter(starts_on__lte=on, ends_on__gte=on).first()
    return running or rows.first()


def campaigns_of(account: Account) -> QuerySet[Campaign]:
    """The campaigns of the city in which an account reads; none for one that reads no area."""
    area = account.reads_area
    rows = Campaign.objects.filter(area__path=area.path[: Area.steplen] if area else "")
    return rows.select_related("area")


def targets_in_force() -> QuerySet[Target]:
    """The targets that stand, with what their pages name."""
    rows = Target.objects.filter(withdrawn_at=None)
    return rows.select_related(
        "battle__lead_unit",
        "battle__responsible_person",
        "indicator",
        "area",
        "unit",
        "responsible_person",
        "gap_unit",
    )


def targets_visible_to(account: Account) -> QuerySet[Target]:
    """The targets in the areas an account reads."""
    return targets_in_force().filter(sight(account))


def standing_parts(target: Target) -> list[Target]:
    """The targets below one, in official order of their areas."""
    rows = targets_in_force().filter(parent=target)
    return list(rows.order_by("area__order", "area__path", "unit__order", "pk"))


def tasks_of(target: Target, account: Account) -> QuerySet[BattleTask]:
    """The key tasks for a target, and those of its battle for no target alone, as far as the account sees them."""
    rows = BattleTask.objects.filter(Q(target=target) | Q(target=None, battle=target.battle_id))
    rows = rows.filter(assignment__in=visible_tasks(account))
    return rows.select_related("assignment__lead_unit", "assignment__responsible_person").order_by("pk")


def targets_of(area: Area, on: date, *, as_of: datetime | None = None) -> list[TargetLine]:
    """The targets of an area in the year of a day, each with how far it was by that day; units' targets are not among them.

    With `as_of`, as the figures stood at that moment.
    """
    rows = targets_in_force().filter(area=area, unit=None, year=on.year)
    return lines_of(list(rows.order_by("battle__order", "battle", "indicator__order", "pk")), on, as_of=as_of)


def figures_of(
    targets: Sequence[Target], on: date, *, years: int = USUAL_YEARS, as_of: datetime | None = None
) -> FigureTable:
    """The figures of the areas and indicators of these targets by a day, so many years back. Two queries."""
    of_years, indicators = [target.year for target in targets], list(Indicator.objects.all())
    asked = {target.indicator_id: target.indicator for target in targets}.values()
    return FigureTable.read(
        indicators,
        list({target.area_id: target.area for target in targets}.values()),
        first=date(min(of_years) - years, 1, 1),
        last=min(date(max(of_years), 12, 1), on.replace(day=1)),
        as_of=as_of,
        keys=set().union(*(needed_keys(one, indicators) for one in asked)),
    )


def corrected_figures(target: Target) -> QuerySet[Figure]:
    """The figures behind a target that were corrected since they were entered, the latest month first. One query; two for a formula."""
    one = target.indicator
    keys = needed_keys(one, Indicator.objects.all()) if one.formula else {one.key}
    rows = Figure.objects.filter(
        area=target.area_id,
        indicator__key__in=keys,
        month__gte=date(target.year, 1, 1),
        month__lte=date(target.year, target.months, 1),
        superseded_at__isnull=False,
    )
    return rows.select_related("indicator").order_by("-month", "indicator", "column", "-pk")


def lines_of(
    targets: Sequence[Target], on: date, *, as_of: datetime | None = None, table: FigureTable | None = None
) -> list[TargetLine]:
    """How far each of these targets is by a day. Three queries, however many there are; one with a table of `figures_of`."""
    if not targets:
        return []
    read = figures_of(targets, on, as_of=as_of) if table is None else table
    passed_on = _passed_on(targets)
    return [_line(target, read, on=on, parts=passed_on.get(target.pk)) for target in targets]


def lines_of_table(targets: Sequence[Target], on: date, *, table: FigureTable) -> list[TargetLine]:
    """The same from figures that were read before, without what is passed on. No query."""
    return [_line(target, table, on=on, parts=None) for target in targets]


def family_lines(
    target: Target, parts: Sequence[Target], on: date, *, table: FigureTable
) -> list[TargetLine]:
    """A target with what its standing parts carry of it, then each part. No query."""
    passed_on = (len(parts), sum((part.value for part in parts), Decimal(0))) if parts else None
    return [_line(target, table, on=on, parts=passed_on), *lines_of_table(parts, on, table=table)]


def _passed_on(targets: Sequence[Target]) -> dict[int, tuple[int, Decimal]]:
    """How many parts each target has, and their sum."""
    rows = Target.objects.filter(parent__in=[target.pk for target in targets], withdrawn_at=None)
    told = rows.order_by().values_list("parent").annotate(Count("pk"), Sum("value"))
    return {parent: (parts, total) for parent, parts, total in told if parent is not None}


def _line(target: Target, table: FigureTable, *, on: date, parts: tuple[int, Decimal] | None) -> TargetLine:
    one, area, until = target.indicator, target.area_id, target.months
    last = min(date(target.year, until, 1), on.replace(day=1))
    found = {column: _latest(table, target, last=last, column=column) for column in ("", *Column.values)}
    month, done = found[""]
    flow, rate = one.nature == Nature.FLOW, one.nature == Nature.RATE
    seasonal = usual_share(table, one, area, month=month, until=until) if month and flow else None
    start = so_far(table, one, area, date(target.year - 1, 12, 1)) if one.nature == Nature.STOCK else None
    measure = Measure(
        value=target.value,
        done=done,
        linear=Decimal(month.month) / until if month else None,
        seasonal=seasonal,
        over=month is not None and month.month >= until,
        more_is_better=one.direction == Direction.MORE,
        is_rate=rate,
        start=start,
    )
    completion = completed(measure)
    return TargetLine(
        target=target,
        month=month,
        done=done,
        reported=found[Column.REPORTED][1],
        official=found[Column.OFFICIAL][1],
        completion=completion,
        linear=_pace(completion, measure.linear),
        seasonal=_pace(completion, seasonal),
        reading=read_light(measure),
        parts=parts[0] if parts else 0,
        gap=target.value - parts[1] if parts and not rate else None,
    )


def _latest(
    table: FigureTable, target: Target, *, last: date, column: str
) -> tuple[date | None, Decimal | None]:
    """The latest month known and what is done by it; of a year that has not begun nothing."""
    if last.year != target.year:
        return None, None
    return latest(table, target.indicator, target.area_id, last=last, column=column) or (None, None)


def _pace(completion: Decimal | None, due: Decimal | None) -> Pace | None:
    return None if completion is None or due is None else Pace(completion, due)


@dataclass(frozen=True)
class BoardRow:
    """One indicator of a battle on the board: its lines by horizon, None where it has no target."""

    indicator: Indicator
    lines: list[tuple[Horizon, TargetLine | None]]


@dataclass(frozen=True)
class BattleCard:
    """A battle on the board with its indicators."""

    battle: Battle
    rows: list[BoardRow]


def board(campaign: Campaign, area: Area, *, on: date) -> list[BattleCard]:
    """The battles of a campaign in official order, each with the targets an area holds in it by horizon."""
    lines: dict[tuple[int, int], dict[str, TargetLine]] = defaultdict(dict)
    day = min(max(on, campaign.starts_on), campaign.ends_on)
    for line in targets_of(area, day):
        key = (line.target.battle_id, line.target.indicator_id)
        lines[key][line.target.horizon] = line
    return [
        BattleCard(battle, [_row(one, lines[battle.pk, one.pk]) for one in battle.indicators.all()])
        for battle in battles_of(campaign)
    ]


def battles_of(campaign: Campaign) -> Iterable[Battle]:
    """The battles of a campaign in official order with what their cards name."""
    rows = Battle.objects.filter(campaign=campaign).select_related("lead_unit", "responsible_person")
    return rows.prefetch_related(Prefetch("indicators", Indicator.objects.order_by("order", "pk")))


def _row(indicator: Indicator, by_horizon: dict[str, TargetLine]) -> BoardRow:
    return BoardRow(indicator, [(horizon, by_horizon.get(horizon)) for horizon in Horizon])
