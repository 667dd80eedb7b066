"""The alerts of the areas an account reads, computed from figures and targets, each with the task it became."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongjian.alerts.models import AlertRule, AlertTask
from gongjian.alerts.rules import LIGHTS, behind_points, behind_share, gravest, of_what_was_due, running
from gongjian.alerts.states import OF_PROJECTS, OF_TARGETS, Measure
from gongjian.assignments.states import OPEN
from gongjian.campaigns.models import Target
from gongjian.campaigns.queries import TargetLine, lines_of_table, targets_in_force
from gongjian.campaigns.states import Horizon
from gongjian.campaigns.targets.so_far import USUAL_YEARS
from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators.models import Indicator
from gongjian.indicators.queries import FigureTable, areas_shown
from gongjian.indicators.rules import FEBRUARY, due_on, is_expected
from gongjian.indicators.states import Direction, Nature
from gongjian.people.models import Account, Area

LOOK_BACK = 6  # months a run is followed, and how old the latest figure of an alert may be
YEAR = 12


@dataclass(frozen=True)
class Alert:
    """One alert (预警): which line of which table a figure or target fell under, with the value and the task it became."""

    rule: AlertRule
    indicator: Indicator
    area: Area
    month: date
    value: Decimal
    line: TargetLine | None = None
    task: AlertTask | None = None

    @property
    def subject(self) -> str:
        """What it is about, whatever the month and the light."""
        target = self.line.target.pk if self.line else 0
        return f"{self.rule.measure}-{self.indicator.pk}-{self.area.pk}-{target}"

    @property
    def key(self) -> str:
        """Its name in addresses and beside its task."""
        return f"{self.subject}-{self.month:%Y%m}"

    @property
    def target(self) -> Target | None:
        """The target it is about, if it is about one."""
        return self.line.target if self.line else None

    @property
    def light(self) -> str:
        """Its light."""
        return self.rule.light

    @property
    def open_task(self) -> AlertTask | None:
        """The task that runs about the same, of this month or an earlier one."""
        return self.task if self.task and self.task.assignment.state in OPEN else None


def alerts_of(account: Account, *, today: date, areas: Sequence[Area] | None = None) -> list[Alert]:
    """The alerts of these areas (of all the account reads), gravest first, one for each table that is not green."""
    tables = _tables(AlertRule.objects.filter(in_force=True).select_related("indicator"))
    areas = areas_shown(account) if areas is None else areas
    held = _held(tables, areas, today)
    table = _read(areas, held, today) if areas and tables else FigureTable({})
    found = [*_of_figures(tables, areas, today, table), *_of_targets(tables, held, today, table)]
    order = {area.pk: number for number, area in enumerate(areas)}
    found.sort(
        key=lambda one: (-LIGHTS.index(one.light), order[one.area.pk], one.indicator.order, one.rule.order)
    )
    return _with_tasks(found)


def rules_in_order() -> list[AlertRule]:
    """All lines of all tables, those of the library as well."""
    return list(AlertRule.objects.select_related("indicator"))


Tables = dict[str, list[list[AlertRule]]]


def _tables(rules: Iterable[AlertRule]) -> Tables:
    """Measure -> its tables, each a list of lines."""
    by_scheme: dict[tuple[str, str], list[AlertRule]] = defaultdict(list)
    for rule in rules:
        if rule.measure not in OF_PROJECTS:
            by_scheme[rule.measure, rule.scheme].append(rule)
    tables: Tables = defaultdict(list)
    for (measure, _scheme), lines in by_scheme.items():
        tables[measure].append(lines)
    return tables


def _fallen(tables: Tables, measure: str, indicator: Indicator, value: Decimal | None) -> Iterator[AlertRule]:
    """The line a value fell under in each table of a measure."""
    if value is None:
        return
    for lines in tables.get(measure, []):
        own = [line for line in lines if line.indicator_id == indicator.pk]
        rule = gravest(own or [line for line in lines if line.indicator_id is None], value)
        if rule is not None:
            yield rule


def _read(areas: Sequence[Area], held: Sequence[Target], today: date) -> FigureTable:
    """The figures of all alerts: two years before the oldest month a run is followed to, since a growth is compared with that of
    the year before; of targets the years their usual pace is read from."""
    this = today.replace(day=1)
    first = add_months(this, -LOOK_BACK - 2 * YEAR)
    if held:
        first = min(first, date(this.year - USUAL_YEARS, 1, 1))
    return FigureTable.read(Indicator.objects.all(), areas, first=first, last=this)


def _of_figures(tables: Tables, areas: Sequence[Area], today: date, table: FigureTable) -> Iterator[Alert]:
    if not {Measure.CHANGE, Measure.MONTHS_WORSE, Measure.MONTHS_LATE} & tables.keys():
        return
    this = today.replace(day=1)
    months = [add_months(this, -n) for n in range(LOOK_BACK + 1)]
    for indicator in table.indicators.values():
        if indicator.disabled_on is not None and indicator.disabled_on <= this:
            continue
        for area in areas:
            values = _figure_values(table, indicator, area, months=months, today=today)
            for measure, (month, value) in values.items():
                for rule in _fallen(tables, measure, indicator, value):
                    yield Alert(rule, indicator, area, month, value)


def _figure_values(
    table: FigureTable, indicator: Indicator, area: Area, *, months: Sequence[date], today: date
) -> dict[str, tuple[date, Decimal]]:
    """Measure -> the month it is told of and its value; what is unknown is left out."""
    told = [month for month in months if is_expected(month, joined=indicator.joined)]
    known = [table.value(indicator, area.pk, month, "") is not None for month in told]
    if not any(known):
        return {}
    values: dict[str, tuple[date, Decimal]] = {}
    if not indicator.derived:
        due = [
            (month, here)
            for month, here in zip(told, known, strict=True)
            if due_on(month, indicator.due_day) < today
        ]
        if due:
            values[Measure.MONTHS_LATE] = (due[0][0], Decimal(running(not here for _month, here in due)))
    latest = known.index(True)
    sign = 1 if indicator.direction == Direction.MORE else -1
    newest = table.change(indicator, area.pk, told[latest], "")
    if newest is not None:
        values[Measure.CHANGE] = (told[latest], newest * sign)
        changes = (table.change(indicator, area.pk, month, "") for month in told[latest:])
        worse = (change is not None and change * sign < 0 for change in changes)
        values[Measure.MONTHS_WORSE] = (told[latest], Decimal(running(worse)))
    return values


def _held(tables: Tables, areas: Sequence[Area], today: date) -> list[Target]:
    """The targets alerts are about: those of the year and of the span that runs."""
    if not {*OF_TARGETS} & tables.keys() or not areas:
        return []
    spans = [span for span in Horizon if span.months >= today.month][:1]
    rows = targets_in_force().filter(
        area__in=areas, unit=None, year=today.year, horizon__in={*spans, Horizon.FULL_YEAR}
    )
    return list(rows)


def _of_targets(tables: Tables, held: Sequence[Target], today: date, table: FigureTable) -> Iterator[Alert]:
    lines = [line for line in lines_of_table(held, today, table=table) if line.month is not None]
    missed = _months_missed(lines, tables, table)
    for line in lines:
        for measure, value in _target_values(line, missed).items():
            for rule in _fallen(tables, measure, line.target.indicator, value):
                if line.month is not None and value is not None:
                    yield Alert(rule, line.target.indicator, line.target.area, line.month, value, line)


def _target_values(line: TargetLine, missed: dict[int, int]) -> dict[str, Decimal | None]:
    """Measure -> its value of a target; a share says nothing of a rate, and of what should stay small being ahead is worse."""
    pace = line.reading.pace
    if pace is None or line.target.indicator.nature == Nature.RATE:
        return {}
    values: dict[str, Decimal | None] = {}
    if line.target.pk in missed:
        values[Measure.MONTHS_MISSED] = Decimal(missed[line.target.pk])
    if line.target.indicator.direction == Direction.LESS:
        values[Measure.BEHIND_POINTS] = behind_points(pace.due, pace.completion)
        return values
    values[Measure.BEHIND_POINTS] = behind_points(pace.completion, pace.due)
    values[Measure.BEHIND_SHARE] = behind_share(pace.completion, pace.due)
    values[Measure.COMPLETION] = of_what_was_due(pace.completion, pace.due)
    return values


def _months_missed(lines: Sequence[TargetLine], tables: Tables, table: FigureTable) -> dict[int, int]:
    """Target -> how many months running the month's even part of it was missed, newest first; of flows that should grow."""
    flows = [
        line
        for line in lines
        if line.target.indicator.nature == Nature.FLOW and line.target.indicator.direction == Direction.MORE
    ]
    if Measure.MONTHS_MISSED not in tables:
        return {}
    return {line.target.pk: running(_missed(table, line)) for line in flows}


def _missed(table: FigureTable, line: TargetLine) -> Iterator[bool | None]:
    """Whether each month missed its even part of the target, newest first; January and February of a joined figure are one."""
    one, last = line.target.indicator, line.month
    for number in range(last.month if last else 0, 0, -1):
        month = date(line.target.year, number, 1)
        if not is_expected(month, joined=one.joined):
            continue
        value = table.value(one, line.target.area_id, month, "")
        parts = 2 if one.joined and month.month == FEBRUARY else 1
        yield None if value is None else value < line.target.value * parts / line.target.months


def _with_tasks(found: Sequence[Alert]) -> list[Alert]:
    """Each alert with the latest task about the same, one that runs before one that ended."""
    if not found:
        return []
    rows = AlertTask.objects.filter(area__in={one.area.pk for one in found})
    by_subject: dict[str, AlertTask] = {}
    for task in rows.select_related("assignment__lead_unit").order_by("month", "pk"):
        by_subject[task.alert.rpartition("-")[0]] = task
    return [
        Alert(one.rule, one.indicator, one.area, one.month, one.value, one.line, by_subject.get(one.subject))
        for one in found
    ]
