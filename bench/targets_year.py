"""A year of campaigns: ten battles, nine counties, 137 townships, 24 indicators, 36 months; every page of theirs timed in one process.

The invented city's areas, units and accounts; figures and targets by executemany, with sums that add up; a scheme and alerts by the services.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.bulk import insert, open_home
from bench.pages import Timed, page, percentile, settled, timed
from bench.tables import Table

TOWNSHIPS, INDICATORS, MONTHS, ROUNDS = 137, 24, 36, 20
MOST_MS, MOST_QUERIES = 200, 12
PAGES = {
    "campaign board": "/targets/",
    "campaign board, a county": "/targets/?area={county}",
    "target of the city": "/targets/{target}/",
    "target of a county": "/targets/{county_target}/",
    "passing a target on": "/targets/{county_target}/pass-on/",
    "coverage": "/targets/coverage/",
    "matrix": "/figures/",
    "indicator": "/figures/{indicator}/",
    "history of a figure": "/figures/{indicator}/{county}/{month}/",
    "entry": "/figures/entry/",
    "questions": "/figures/questions/",
    "returns": "/figures/returns/",
    "catalogue": "/figures/catalogue/",
    "confidence": "/figures/confidence/",
    "alerts": "/alerts/",
    "rules of alerts": "/alerts/rules/",
    "standings": "/standings/",
    "standing of a county": "/standings/{scheme}/{county}/",
    "published standings": "/standings/published/{published}/",
    "schemes": "/standings/schemes/",
    "scheme": "/standings/schemes/{scheme}/",
    "simulation": "/standings/versions/{draft}/simulation/",
    "commendations": "/commendations/",
    "excuses": "/standings/excuses/",
}


def build(
    now: datetime, *, townships: int = TOWNSHIPS, indicators: int = INDICATORS, months: int = MONTHS
) -> Any:
    """A city with a year of targets and so many months of figures of every area; returns the world."""
    from gongjian.alerts import services as alerts
    from gongjian.indicators import services as figures
    from gongjian.invented_city import accounts, places, standings_of_counties
    from gongjian.invented_city.world import new_world
    from gongjian.people.models import Account

    world = new_world(size="demo", at=now)
    places.build(world)
    Account.objects.update(must_change_password=False)
    accounts.save_passwords(world)
    figures.load_catalogue(by=None, at=world.start())
    alerts.load_rules(by=None, at=world.start())
    _townships(world, townships)
    _indicators(indicators)
    _figures(world, _last_month(now.date()), months)
    _targets(world)
    standings_of_counties.build(world)
    return world


def _last_month(today: date) -> date:
    """The month before; of a January the December, since January stands in February."""
    month = today.replace(day=1) - timedelta(days=1)
    return month.replace(day=1) if month.month > 1 else date(month.year - 1, 12, 1)


def _townships(world: Any, wanted: int) -> None:
    from gongjian.people import services as people
    from gongjian.people.states import AreaLevel

    number = sum(len(world.townships[county.pk]) for county in world.counties)
    while number < wanted:
        county = world.counties[number % len(world.counties)]
        row = people.add_area(
            county,
            name=f"第{number}镇",
            short_name="",
            level=AreaLevel.TOWNSHIP,
            stat_code=f"{county.stat_code[:6]}{number + 200:03d}000",
            order=number,
            by=world.root,
            at=world.start(),
        )
        world.townships[county.pk].append(row)
        number += 1


def _indicators(wanted: int) -> None:
    """More of them until there are so many, flows in hundred millions."""
    from gongjian.indicators.models import Indicator

    for number in range(Indicator.objects.count(), wanted):
        Indicator.objects.create(
            key=f"more_{number}",
            name=f"指标{number}",
            english=f"Indicator {number}",
            unit="亿元",
            nature="FLOW",
            due_day=20,
            joined=number % 2 == 0,
            source="统计部门",
            order=number,
        )


def _figures(world: Any, last: date, months: int) -> None:
    """Both columns of every area and month, townships adding up to their county, counties to the city."""
    from gongjian.engines.workdays.calendar import add_months
    from gongjian.indicators.models import Figure, FigureBatch, Indicator
    from gongjian.indicators.rules import is_expected

    batch = FigureBatch.objects.create(
        via="FILE", area=world.city, recorded_by=world.clerk, recorded_at=world.start()
    )
    dice = Random(11)
    rows = [one for one in Indicator.objects.all() if not one.derived]

    def each() -> Iterator[dict[str, Any]]:
        for back in range(months - 1, -1, -1):
            month = add_months(last, -back)
            at = datetime.combine(add_months(month, 1), time(12), tzinfo=world.at.tzinfo)
            for one in rows:
                if not is_expected(month, joined=one.joined):
                    continue
                for area, value in _amounts(world, dice, growth=1 + (months - back) / 200):
                    for column, factor in (("REPORTED", 1.0), ("OFFICIAL", 0.99)):
                        yield {
                            "indicator_id": one.pk,
                            "area_id": area,
                            "batch_id": batch.pk,
                            "month": month,
                            "column": column,
                            "value": f"{value * factor:.4f}",
                            "place": "",
                            "reason": "",
                            "recorded_at": min(at, world.at),
                        }

    insert(Figure, each())


def _amounts(world: Any, dice: Random, *, growth: float) -> Iterator[tuple[int, float]]:
    whole = 0.0
    for county in world.counties:
        parts = [(town.pk, dice.uniform(1, 3) * growth) for town in world.townships[county.pk]]
        yield from parts
        total = sum(value for _town, value in parts)
        yield county.pk, total
        whole += total
    yield world.city.pk, whole


def _targets(world: Any) -> None:
    """Each indicator in one battle; targets of the city, the counties and the townships for every span of the year."""
    from gongjian.campaigns.models import Battle, Target
    from gongjian.campaigns.states import Horizon
    from gongjian.indicators.models import Indicator

    battles = list(Battle.objects.filter(campaign=world.campaign).order_by("order", "pk"))
    for number, one in enumerate(Indicator.objects.order_by("order", "pk")):
        battles[number % len(battles)].indicators.add(one)
    rows: list[dict[str, Any]] = []
    for battle in battles:
        for one in battle.indicators.all():
            for span in Horizon:
                facts = {"battle_id": battle.pk, "indicator_id": one.pk, "horizon": span.value}
                _cascade(world, rows, facts, months=span.months)
    insert(Target, rows)


def _cascade(world: Any, rows: list[dict[str, Any]], facts: dict[str, Any], *, months: int) -> None:
    """One target of the city with its parts and theirs, to the rows."""

    def add(area: int, value: float, parent: int | None) -> int:
        own = {"id": len(rows) + 1, "area_id": area, "value": f"{value:.2f}", "parent_id": parent}
        rows.append(facts | own | {"year": world.at.year, "state": "OPEN", "set_at": world.start()})
        return len(rows)

    month = 2.35 * months
    top = add(world.city.pk, month * sum(len(world.townships[county.pk]) for county in world.counties), None)
    for number, county in enumerate(world.counties):
        lift, below = 0.95 + number / 80, world.townships[county.pk]
        held = add(county.pk, month * len(below) * lift, top)
        for town in below:
            add(town.pk, month * lift, held)


def addresses(world: Any) -> dict[str, str]:
    """Page -> its address."""
    from gongjian.campaigns.models import Target
    from gongjian.indicators.models import Figure
    from gongjian.standings.models import Publication, Scheme, SchemeVersion

    county = world.counties[3]
    held = Target.objects.filter(horizon="FULL_YEAR", area=county, indicator__formula="").first()
    newest = Figure.objects.latest("month")
    facts = {
        "county": county.pk,
        "target": held.parent_id if held else 0,
        "county_target": held.pk if held else 0,
        "indicator": held.indicator_id if held else 0,
        "month": f"{newest.month:%Y}-{newest.month.month}",
        "scheme": getattr(Scheme.objects.first(), "pk", 0),
        "published": getattr(Publication.objects.first(), "pk", 0),
        "draft": getattr(SchemeVersion.objects.filter(state="DRAFT").first(), "pk", 0),
    }
    return {name: address.format(**facts) for name, address in PAGES.items()}


def run(home: Path) -> dict[str, Any]:
    """Build and ask, in this process: rows, and page -> what `told_of` says."""
    open_home(home)
    from django.utils import timezone

    world = build(timezone.localtime())
    from gongjian.campaigns.models import Target
    from gongjian.indicators.models import Figure
    from gongjian.people.models import Account

    client = settled(Account.objects.get(username="clerk"), backend="gongjian.web.session.Backend")
    told = {name: told_of(timed([page(client, at)], rounds=ROUNDS)) for name, at in addresses(world).items()}
    county = settled(Account.objects.get(username="leader2"), backend="gongjian.web.session.Backend")
    told["home of a county's leader"] = told_of(timed([page(county, "/leader/")], rounds=ROUNDS))
    return {"figures": Figure.objects.count(), "targets": Target.objects.count(), "pages": told}


def told_of(one: Timed) -> tuple[float, float, float, int]:
    """Median and 95th percentile in milliseconds by the clock, the latter also of the processor; queries."""
    taken, worked = one.taken, one.worked
    return percentile(taken, 0.5), percentile(taken, 0.95), percentile(worked, 0.95), one.queries


def measure() -> Table:
    """Milliseconds and queries of every page of campaigns, indicators, alerts and standings."""
    with tempfile.TemporaryDirectory() as home:
        words = [sys.executable, "-m", "bench.targets_year", "--run", home]
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return Table(
        title=f"A year of campaigns: {found['figures']:,} figures, {found['targets']:,} targets, {TOWNSHIPS} townships, SQLite",
        head=(
            "page",
            "median, ms",
            "p95, ms",
            "p95 of the processor, ms",
            "queries",
            f"{MOST_MS} ms, {MOST_QUERIES} queries",
        ),
        rows=[
            (
                name,
                f"{half:.0f}",
                f"{most:.0f}",
                f"{busy:.0f}",
                str(n),
                "kept" if most < MOST_MS and n <= MOST_QUERIES else "missed",
            )
            for name, (half, most, busy, n) in found["pages"].items()
        ],
        note=f"Ten battles, nine counties, {INDICATORS} indicators, {MONTHS} months in both columns. {ROUNDS} calls a page after a warm-up, Django's test client, "
        "a clerk of the whole city, every page loaded and frozen as in a worker, beside other work on the machine.",
    )


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[2]))))
