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
SIGNING, COUNTERING, PASSING_ON, TO_TOWNSHIPS = 2, 4, 4, "retail"
TASKS = (
    ("稳", "摸清百家重点企业全年产能安排，逐家制定稳产方案"),
    ("拼", "全年重点项目开工前手续集中办理，一项一策"),
    ("新", "新签约项目落地专班每周调度一次"),
    ("深", "准规上企业逐户培育，成熟一家入库一家"),
    ("融", "高新技术企业首贷续贷需求摸底并对接银行"),
    ("统", "商贸企业应统尽统核查"),
)
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
    _agree(world)
    _to_townships(world)
    _tasks(world, list(by_name.values()))


def _agree(world: World) -> None:
    """Some counties accept, one counters, some have signed; the others have not answered."""
    at = world.at - timedelta(days=1)
    for number, area in enumerate(world.counties[:6]):
        clerk = world.clerks[area.pk]
        held = Target.objects.filter(area=area, horizon=Horizon.FULL_YEAR).order_by("pk")
        for line, target in enumerate(held):
            if number == COUNTERING and line == 0:
                lower = _rounded(target.value * Decimal(LOWERED), HUNDREDTH)
                reason = world.say("两家骨干企业年内停产改造，基数要调整")
                campaigns.counter(target, value=lower, reason=reason, by=clerk, at=at)
                continue
            campaigns.accept(target, by=clerk, at=at)
            if number < SIGNING:
                campaigns.sign(target, by=world.clerk, at=at)


def _to_townships(world: World) -> None:
    """Some counties have passed one target on to their townships, in equal parts: townships have no figures of their own."""
    wanted = Target.objects.filter(horizon=Horizon.FULL_YEAR, indicator__key=TO_TOWNSHIPS)
    for area in world.counties[:PASSING_ON]:
        target, below = wanted.filter(area=area).first(), world.townships[area.pk]
        if target is None or not below:
            continue
        equal = by_share(target.value, {str(each.pk): ONE for each in below}, unit=HUNDREDTH).parts
        parts: dict[Area | Unit, Decimal] = {each: equal[str(each.pk)] for each in below}
        campaigns.pass_on(target, parts, by=world.clerks[area.pk], at=world.at - timedelta(hours=20))


def _tasks(world: World, battles: list[Battle]) -> None:
    """The key tasks of the first battles, each with its topic."""
    for number, (battle, (topic, task)) in enumerate(zip(battles, TASKS, strict=False)):
        if battle.lead_unit is None:
            continue
        campaigns.assign_task(
            battle,
            topic=world.say(topic),
            task=world.say(task),
            lead_unit=battle.lead_unit,
            responsible_person=world.heads[battle.lead_unit.pk][0],
            due=world.at.date() + timedelta(days=10 + 5 * number),
            by=world.clerk,
            at=world.at - timedelta(days=1),
        )


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
