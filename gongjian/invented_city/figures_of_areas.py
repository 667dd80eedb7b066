"""Monthly figures of the counties: three years with Spring Festival in them, restatements, one county late, odd ones asked about."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from gongjian.alerts import services as alerts
from gongjian.engines.workdays.calendar import add_months
from gongjian.engines.workdays.legal_days import legal_days
from gongjian.indicators import services as indicators
from gongjian.indicators.models import Figure, Indicator
from gongjian.indicators.reading.cells import Cell, Place
from gongjian.indicators.rules import due_on, is_expected
from gongjian.indicators.states import Column, Nature, Via
from gongjian.invented_city.world import SEED, World
from gongjian.people.models import Area

MONTHS, YEAR = 36, 12
APPROVED = 1  # months whose returns are approved
TENTH = Decimal("0.1")
# Usual month of a county of middling size, by the key of the indicator, and its growth in a year.
USUAL = {
    "industrial_output": (42.0, 0.07),
    "investment": (18.0, 0.06),
    "industrial_investment": (7.5, 0.1),
    "retail": (11.0, 0.05),
    "revenue": (2.4, 0.06),
    "tax": (1.6, 0.05),
    "trade": (3.2, 0.08),
    "electricity": (9800.0, 0.05),
    "loans": (260.0, 0.09),
    "larger_firms": (120.0, 0.06),
    "high_tech_output": (12.0, 0.1),
    "new_firms": (310.0, 0.04),
}
STEADY = {"loans", "larger_firms"}  # no season
COUNTED = {"larger_firms", "new_firms"}  # whole numbers
LATE = {1: "trade", 4: "investment"}  # counties that have not sent one of the last month


def build(world: World) -> None:
    """Load the catalogue, enter the months through the service, correct some, approve the last but one."""
    indicators.load_catalogue(by=None, at=world.start())
    alerts.load_rules(by=None, at=world.start())
    rows = [one for one in Indicator.objects.all() if one.key in USUAL]
    dice = Random(SEED + 9)
    areas = [(area, dice.uniform(0.5, 1.8), dice.uniform(-0.05, 0.05)) for area in world.counties]
    areas.append((world.city, sum(size for _area, size, _drift in areas), 0.0))
    last = _last_month(world, rows)
    taken_over = [add_months(last, -back) for back in range(MONTHS - 1, YEAR - 1, -1)]
    for months in (taken_over, *([add_months(last, -back)] for back in range(YEAR - 1, -1, -1))):
        indicators.enter_figures(
            [
                cell
                for month in months
                for cell in _month(rows, areas, month, dice=dice, newest=month == last)
            ],
            via=Via.FILE,
            file_name=world.say("{month}各县区主要指标.xlsx", month=f"{months[-1]:%Y-%m}"),
            by=world.clerk,
            at=min(_noon(due_on(months[-1], 4)), world.at),
        )
    _correct(world, last)
    _approve(world, last)
    _odd(world, rows, last)


def _last_month(world: World, rows: list[Indicator]) -> date:
    """The last month of which every figure is due; not January, of which some stand in February."""
    month = add_months(world.at.date().replace(day=1), -1)
    latest = max(due_on(month, one.due_day) for one in rows)
    month = month if world.at.date() > latest else add_months(month, -1)
    return month if month.month > 1 else add_months(month, -1)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=12)


def _month(
    rows: list[Indicator],
    areas: list[tuple[Area, float, float]],
    month: date,
    *,
    dice: Random,
    newest: bool,
) -> Iterator[Cell]:
    for number, (area, size, drift) in enumerate(areas):
        for line, one in enumerate(rows, 1):
            if not is_expected(month, joined=one.joined) or (newest and LATE.get(number) == one.key):
                continue
            usual, growth = USUAL[one.key]
            years = (month.year - 2023) + month.month / 12
            value = usual * size * (1 + growth + drift) ** years * _season(one, month)
            digits = Decimal(1) if one.key in COUNTED else TENTH if usual > 1000 else Decimal("0.01")
            reported = Decimal(str(value * dice.uniform(0.98, 1.02))).quantize(digits)
            place = Place(f"{month:%m}", line, number + 2)
            yield Cell(one.pk, area.pk, month, Column.REPORTED, reported, place)
            if not newest:
                official = (reported * Decimal(str(dice.choice((1, 1, 0.99, 0.985))))).quantize(digits)
                yield Cell(one.pk, area.pk, month, Column.OFFICIAL, official, place)


def _season(one: Indicator, month: date) -> float:
    """How much of a usual month this one is: Spring Festival slows it, the ends of quarters hasten it."""
    if one.key in STEADY or one.nature != Nature.FLOW:
        return 1.0
    spring = min(day for day in legal_days(month.year) if day > date(month.year, 1, 15))
    slow = 0.7 if spring.month == month.month else 1.0
    if one.joined and month.month == 2:
        return 1.72
    return slow * (1.12 if month.month % 3 == 0 else 0.98)


def _correct(world: World, last: date) -> None:
    """The statistics bureau revises a few figures of earlier months."""
    wanted = Figure.objects.filter(
        month__in=[add_months(last, -2), add_months(last, -5)],
        column=Column.OFFICIAL,
        indicator__key="investment",
    )
    for number, figure in enumerate(wanted.order_by("month", "area")[:6]):
        indicators.restate(
            figure,
            value=(figure.value * (Decimal("0.96") if number % 2 else Decimal("1.03"))).quantize(
                Decimal("0.01")
            ),
            reason=world.say("统计部门核实后调整"),
            by=world.clerk,
            at=world.at - timedelta(days=3, minutes=number),
        )


def _approve(world: World, last: date) -> None:
    for back in range(APPROVED, 0, -1):
        month = add_months(last, -back)
        for area in world.counties:
            clerk = world.clerks[area.pk]
            at = min(_noon(due_on(month, 22)), world.at)
            row = indicators.hand_up(area, month=month, column=Column.REPORTED, by=clerk, at=at)
            indicators.approve(row, by=world.clerk, at=at + timedelta(hours=1))
    for area in world.counties[5:7]:
        indicators.hand_up(area, month=last, column=Column.REPORTED, by=world.clerks[area.pk], at=world.at)


def _odd(world: World, rows: list[Indicator], last: date) -> None:
    """Two figures of the last month that are questions: one in another unit, one that leapt."""
    by_key = {one.key: one for one in rows}
    stands = {
        (row.indicator_id, row.area_id): row.value
        for row in Figure.objects.filter(month=last, column=Column.REPORTED, superseded_at=None)
    }
    cells = []
    for number, (key, times) in enumerate((("retail", 10_000), ("revenue", 4))):
        area, one = world.counties[number], by_key[key]
        value = stands[(one.pk, area.pk)] * times
        cells.append(Cell(one.pk, area.pk, last, Column.REPORTED, value, Place("", number + 2, 2)))
    indicators.enter_figures(cells, via=Via.PASTE, by=world.clerk, at=world.at - timedelta(hours=3))
