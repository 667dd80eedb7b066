"""Targets of the ten battles for the present year: the city's by span of the year, the counties' years passed on from them."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from gongjian.campaigns import services as campaigns
from gongjian.campaigns.models import Battle, Target
from gongjian.campaigns.states import Horizon
from gongjian.campaigns.targets.so_far import so_far
from gongjian.engines.cascade import horizons
from gongjian.engines.cascade.splitting import by_share
from gongjian.indicators.models import Indicator
from gongjian.indicators.queries import FigureTable
from gongjian.indicators.states import Direction, Nature
from gongjian.invented_city.world import World
from gongjian.people.models import Area, Unit

TENTH, HUNDREDTH, ONE = Decimal("0.1"), Decimal("0.01"), Decimal(1)
# Growth a year by the key of the indicator; the others grow by the usual one.
GROWTH = {"investment": "1.075", "trade": "1.09", "high_tech_output": "1.11", "loans": "1.085"}
USUAL_GROWTH = "1.06"
COUNTED = {"家", "户"}  # units of whole numbers
LOWERED = "0.98"  # of what should fall
TO_COUNTIES = (Horizon.Q1, Horizon.FULL_YEAR)
SPANS = dict(zip(horizons.Horizon, Horizon, strict=True))


def build(world: World) -> None:
    """Say by what each battle is measured, set the city's targets, pass them on to the counties."""
    areas = [world.city, *world.counties]
    last = world.at.year - 1
    table = FigureTable.read(Indicator.objects.all(), areas, first=date(last, 1, 1), last=date(last, 12, 1))
    by_name = {battle.name: battle for battle in world.campaign.battles.select_related("lead_unit")}
    for name, _key, measured in world.data["campaign"]["battles"]:
        battle = by_name[world.say(name)]
        found = [table.indicators[key] for key in measured]
        head = world.heads[battle.lead_unit_id][0] if battle.lead_unit_id else None
        campaigns.update_battle(
            battle,
            lead_unit=battle.lead_unit,
            responsible_person=head,
            indicators=found,
            by=world.root,
            at=world.at - timedelta(days=2),
        )
        for indicator in found:
            _city_and_counties(world, battle, indicator, table)


def _city_and_counties(world: World, battle: Battle, indicator: Indicator, table: FigureTable) -> None:
    at = world.at - timedelta(days=2)
    year = world.at.year
    unit = ONE if indicator.unit in COUNTED else TENTH if indicator.nature == Nature.FLOW else HUNDREDTH
    base = so_far(table, indicator, world.city.pk, date(year - 1, 12, 1))
    if base is None:
        return
    spans = _spans(world, indicator, table, base=base, unit=unit)
    for horizon, value in spans.items():
        target = campaigns.add_target(
            battle,
            indicator=indicator,
            area=world.city,
            year=year,
            horizon=horizon,
            value=value,
            by=world.clerk,
            at=at,
        )
        if horizon in TO_COUNTIES:
            _pass_on(world, target, table, at=at)


def _spans(
    world: World, indicator: Indicator, table: FigureTable, *, base: Decimal, unit: Decimal
) -> dict[Horizon, Decimal]:
    """The city's targets: its year by growth, the spans before it by last year's course."""
    factor = Decimal(GROWTH.get(indicator.key, USUAL_GROWTH))
    if indicator.direction == Direction.LESS:
        return dict.fromkeys(Horizon, _rounded(base * Decimal(LOWERED), unit))
    whole = _rounded(base * factor, unit)
    if indicator.nature != Nature.FLOW:
        step = whole - base
        return {span: _rounded(base + step * span.months / 12, unit) for span in Horizon}
    shares = {}
    for span in list(horizons.Horizon)[:-1]:
        done = so_far(table, indicator, world.city.pk, date(world.at.year - 1, span.value, 1))
        shares[span] = (done or Decimal(0)) / base
    return {SPANS[span]: value for span, value in horizons.split_year(whole, shares, unit=unit).items()}


def _pass_on(world: World, target: Target, table: FigureTable, *, at: datetime) -> None:
    """The counties' parts: by last year's share of an amount, each its own last year's of a rate."""
    indicator = target.indicator
    day = date(world.at.year - 1, target.months, 1)
    bases = {area: so_far(table, indicator, area.pk, day) for area in world.counties}
    if any(value is None for value in bases.values()):
        return
    parts: dict[Area | Unit, Decimal]
    if indicator.nature == Nature.RATE:
        parts = {
            area: _rounded(value * Decimal(LOWERED), HUNDREDTH) for area, value in bases.items() if value
        }
    else:
        keyed = {str(area.pk): value for area, value in bases.items()}
        unit = ONE if indicator.unit in COUNTED else HUNDREDTH
        split = by_share(target.value, keyed, unit=unit).parts
        parts = {area: split[str(area.pk)] for area in world.counties}
    campaigns.pass_on(target, parts, by=world.clerk, at=at + timedelta(minutes=5))


def _rounded(value: Decimal, unit: Decimal) -> Decimal:
    return value.quantize(unit, ROUND_HALF_UP)
