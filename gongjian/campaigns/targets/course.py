"""One target month by month, and where it will end: the forecast, its chance, what is still needed each working day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongjian.campaigns.models import Target
from gongjian.campaigns.states import Horizon
from gongjian.campaigns.targets.so_far import latest, so_far, usual_share
from gongjian.engines.forecast import outlook as engine
from gongjian.engines.forecast import series as engine_series
from gongjian.engines.forecast.months import Month
from gongjian.engines.workdays.calendar import Calendar
from gongjian.indicators.queries import FigureTable
from gongjian.indicators.rules import is_expected
from gongjian.indicators.states import Nature

YEARS = 15  # of history that a forecast looks at
# The names that the engine has for spans and for kinds of figures.
HORIZONS = {
    Horizon.Q1: "q1",
    Horizon.HALF: "half",
    Horizon.THREE_QUARTERS: "three_quarters",
    Horizon.FULL_YEAR: "year",
}
KINDS = {Nature.FLOW: "flow", Nature.STOCK: "stock"}


@dataclass(frozen=True)
class CourseLine:
    """One month: its own figure, what is done by then, what is usually done of the target by then, what by the calendar."""

    month: date
    figure: Decimal | None
    done: Decimal | None
    usual: Decimal | None
    linear: Decimal | None


@dataclass(frozen=True)
class Ending:
    """Where a span will end as seen from a month; `why_not` says why nothing can be said.

    `chance` is that of the target, `needed` what it still needs each of `days` working days, `usual_pace` what a working day of this
    year brought so far.
    """

    horizon: Horizon
    forecast: "engine.Forecast | None"
    why_not: str = ""
    chance: float | None = None
    needed: float = 0.0
    days: int = 0
    pace: float | None = None


@dataclass(frozen=True)
class Course:
    """The months of the span of a target, and its endings: of the span itself, and of the year where that is another."""

    lines: list[CourseLine]
    endings: list[Ending]
    month: date | None


def course_of(target: Target, on: date, *, table: FigureTable, calendar: Calendar) -> Course:
    """A target month by month and where it will end, as known on a day; `table` holds its figures, `YEARS` back."""
    last = min(date(target.year, 12, 1), on.replace(day=1))
    found = latest(table, target.indicator, target.area_id, last=last, column="")
    month = found[0] if found and last.year == target.year else None
    joined = target.indicator.joined
    numbers = [n for n in range(1, target.months + 1) if is_expected(date(target.year, n, 1), joined=joined)]
    lines = [_line(target, table, number) for number in numbers]
    wanted = dict.fromkeys([Horizon(target.horizon), Horizon.FULL_YEAR])
    endings = [_ending(target, table, month, horizon, calendar=calendar) for horizon in wanted]
    return Course(lines, endings, month)


def _line(target: Target, table: FigureTable, number: int) -> CourseLine:
    one, area, month = target.indicator, target.area_id, date(target.year, number, 1)
    flow = one.nature == Nature.FLOW
    share = usual_share(table, one, area, month=month, until=target.months) if flow else None
    if flow and number == target.months:
        share = Decimal(1)
    return CourseLine(
        month,
        table.value(one, area, month, ""),
        so_far(table, one, area, month),
        None if share is None else target.value * share,
        target.value * number / target.months if flow else None,
    )


def _ending(
    target: Target, table: FigureTable, month: date | None, horizon: Horizon, *, calendar: Calendar
) -> Ending:
    named, kind = HORIZONS.get(horizon), KINDS.get(Nature(target.indicator.nature))
    if kind is None:
        return Ending(horizon, None, "rate")
    if named is None or month is None:
        return Ending(horizon, None, "span" if named is None else "no_figure")
    until = engine.Horizon(named)
    as_of = Month(month.year, month.month)
    values = _values(target, table, month)
    try:
        found = engine.forecast(
            values, as_of=as_of, horizon=until, kind=engine_series.Kind(kind), joined=target.indicator.joined
        )
    except engine.Unforeseeable as error:
        return Ending(horizon, None, error.code)
    if horizon != target.horizon:
        return Ending(horizon, found)
    goal, done = float(target.value), found.done
    needed, days = engine.needed_per_working_day(goal, done, as_of=as_of, horizon=until, calendar=calendar)
    gone = engine.needed_per_working_day(
        done, 0.0, as_of=Month(month.year, 0), horizon=until, calendar=calendar
    )
    worked = gone[1] - days
    flow = kind == "flow"
    chance = found.chance_of(goal)
    more = target.indicator.direction == "MORE"
    return Ending(
        horizon,
        found,
        chance=chance if more else 1 - chance,
        needed=needed if flow and more else 0.0,
        days=days,
        pace=done / worked if flow and worked else None,
    )


def _values(target: Target, table: FigureTable, last: date) -> dict[Month, float]:
    one, area = target.indicator, target.area_id
    values = {}
    for year in range(last.year - YEARS, last.year + 1):
        for number in range(1, 13):
            value = (
                table.value(one, area, date(year, number, 1), "") if date(year, number, 1) <= last else None
            )
            if value is not None:
                values[Month(year, number)] = float(value)
    return values
