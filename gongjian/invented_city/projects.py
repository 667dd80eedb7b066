"""Major projects of the invented city in every stage, registered with the evidence that has taken them there."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from gongjian.engines.workdays.calendar import add_months
from gongjian.enterprises.models import Enterprise
from gongjian.invented_city.world import SEED, World
from gongjian.people.models import Area
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.projects import services as projects
from gongjian.projects.investment.services import Told
from gongjian.projects.models import Project
from gongjian.projects.states import ProjectKind, Series, Stage

OF_EACH = {  # how many of the projects of firms, and of those of units, have come that far
    Stage.PLANNED: (16, 4),
    Stage.SIGNED: (24, 0),
    Stage.APPROVED: (20, 6),
    Stage.STARTED: (18, 5),
    Stage.BUILDING: (28, 8),
    Stage.COMPLETED: (10, 3),
    Stage.PRODUCING: (13, 1),
    Stage.IN_STATISTICS: (13, 1),
    Stage.AT_CAPACITY: (9, 1),
}
OF_FIRMS = ("{firm}{goods}扩能项目", "{firm}智能化改造项目", "{firm}{goods}新线项目", "{firm}绿色工厂项目")
OF_UNITS = (
    "{area}标准化厂房项目",
    "{area}污水处理厂提标项目",
    "{area}集中供热管网项目",
    "{area}物流通道改造项目",
)
CONTENT = ("新建车间两座、成套设备三十台套，配套变电和环保设施", "改造生产线两条，更新数控设备，建数据中心")
LEADING = {True: ("industry", "commerce"), False: ("housing", "transport")}
TOTALS = (3200, 5800, 12000, 26000, 48000, 120000, 350000)
# Per cent of the year planned for each month: little is built in winter.
OF_A_YEAR = (4, 3, 7, 8, 9, 10, 10, 10, 11, 11, 10, 7)
RESTATED = 6  # figures that were told wrong at first
BLOCKERS = 60  # problems that name a project
PLACE_OF_CODE, YEARS = "41", 3
DAY = timedelta(days=1)
ORDER = list(Stage)
NOT_YET_PRODUCING = {Stage.STARTED, Stage.BUILDING, Stage.COMPLETED}
ENTERED = 0.75  # share of them that the statistics have


@dataclass
class Maker:
    """Draws one project after another, from dice of its own."""

    world: World
    dice: Random
    number: int = 0

    def facts(self, stage: Stage, area: Area, *, of_firm: bool) -> dict[str, Any]:
        """What is written of a project that has come to this stage."""
        self.number += 1
        total = Decimal(self.dice.choice(TOTALS) * self.dice.randint(60, 140) // 1000 * 10)
        unit = self.world.units[area.pk, self.dice.choice(LEADING[of_firm])]
        started = ORDER.index(stage) >= ORDER.index(Stage.STARTED)
        facts = self._owner(area, of_firm=of_firm) | self._days(stage)
        if not of_firm:
            facts.pop("signed_on", None)
        if stage == Stage.PLANNED:
            return facts | {"kind": ProjectKind.PREPARATORY, "content": ""}
        year = self.world.at.year
        older = started and facts["broke_ground_on"].year < year
        return facts | {
            "kind": ProjectKind.CONTINUED if older else ProjectKind.NEW,
            "code": f"{year}-{PLACE_OF_CODE}9900-{31 + self.number % 9}-03-{100000 + self.number * 37:06d}",
            "total_investment": total,
            "first_year": facts["broke_ground_on"].year if started else year,
            "last_year": year + self.number % YEARS,
            "year_plan": (total * self.dice.randint(25, 60) / 100).quantize(Decimal(1)),
            **self._funds(total),
            "lead_unit": unit,
            "leader": self.dice.choice(self.world.leaders[area.pk]),
            "responsible_person": self.world.heads[unit.pk][0],
            "battle": self.world.battles.get("housing"),
            "batch": self.world.say("{year}年第一批", year=year) if self.number % 4 == 0 else "",
        }

    def _owner(self, area: Area, *, of_firm: bool) -> dict[str, Any]:
        say = self.world.say
        content = say(CONTENT[self.number % 2])
        if not of_firm:
            name = say(OF_UNITS[self.number % len(OF_UNITS)], area=area)
            owner = self.world.units[area.pk, "housing"]
            return {
                "name": name,
                "area": area,
                "owner_unit": owner,
                "industry": say("基础设施"),
                "content": content,
            }
        firm = self.dice.choice(self.firms_of(area))
        goods = self.world.first_of(firm.makes) if firm.makes else firm.industry
        name = say(OF_FIRMS[self.number % len(OF_FIRMS)], firm=firm.short_name, goods=goods)
        return {"name": name, "area": area, "enterprise": firm, "industry": firm.industry, "content": content}

    def firms_of(self, area: Area) -> list[Enterprise]:
        """The firms a project of the area can be of."""
        return [firm for firm in self.world.firms if firm.area.path.startswith(area.path)]

    def _funds(self, total: Decimal) -> dict[str, Decimal]:
        own = (total * self.dice.randint(30, 60) / 100).quantize(Decimal(1))
        return {"own_funds": own, "loans": total - own}

    def _days(self, stage: Stage) -> dict[str, date]:
        """Days before today that took the project there, and the plan of what comes next, some of it overdue."""
        today, dice = self.world.at.date(), self.dice
        reached, at = ORDER.index(stage), today - dice.randint(3, 100) * DAY
        steps = ("", "signed_on", "approved_on", "broke_ground_on", "main_works_on", "completed_on")
        names = (*steps, "in_production_on", "in_statistics_on", "at_capacity_on")
        days: dict[str, date] = {}
        for number in range(reached, 0, -1):
            days[names[number]] = at
            at -= dice.randint(25, 90) * DAY
        if "broke_ground_on" not in days:
            return days | {"start_planned_on": today + dice.randint(-40, 120) * DAY}
        start = days["broke_ground_on"]
        planned = today + dice.randint(-20, 400) * DAY
        done = days.get("completed_on")
        if stage in NOT_YET_PRODUCING and dice.random() < ENTERED:
            days["in_statistics_on"] = min(start + dice.randint(15, 45) * DAY, today - 3 * DAY)
        return days | {
            "start_planned_on": start - dice.randint(-10, 40) * DAY,
            "completion_planned_on": done or add_months(planned, 1),
        }


def build(world: World) -> list[Project]:
    """Register the projects, those of the counties in turn."""
    maker, made = Maker(world, Random(SEED)), []
    wanted = [
        (stage, number < of_firms)
        for stage, (of_firms, of_units) in OF_EACH.items()
        for number in range(of_firms + of_units)
    ]
    maker.dice.shuffle(wanted)
    for stage, of_firm in wanted:
        area = world.counties[maker.number % len(world.counties)]
        facts = maker.facts(stage, area, of_firm=of_firm and bool(maker.firms_of(area)))
        at = world.at - timedelta(hours=30) + timedelta(minutes=maker.number)
        made.append(projects.register(**facts, by=world.clerk, at=at))
    _blockers(world, made)
    _invest(world, made)
    return made


def _invest(world: World, made: list[Project]) -> None:
    """This year's months of what is being built: planned, reported and, a month later, official; some restated, some not told."""
    dice, told = Random(SEED + 1), list[Told]()
    last = add_months(world.at.date().replace(day=1), -1)
    for number, project in enumerate(made):
        if project.broke_ground_on is None or project.year_plan is None or last.year != world.at.year:
            continue
        first = max(project.broke_ground_on.replace(day=1), date(world.at.year, 1, 1))
        speed = dice.randint(55, 125)
        for month in (date(world.at.year, n, 1) for n in range(1, 13)):
            plan = (project.year_plan * OF_A_YEAR[month.month - 1] / 100).quantize(Decimal(1))
            told.append(Told(project, month, Series.PLAN, plan))
            if not first <= month <= last or (month == last and number % 17 == 0):
                continue
            done = (plan * dice.randint(speed - 15, speed + 15) / 100).quantize(Decimal(1))
            told.append(Told(project, month, Series.REPORTED, done))
            if month < last:
                counted = (done * dice.randint(80, 100) / 100).quantize(Decimal(1))
                told.append(Told(project, month, Series.OFFICIAL, counted))
    at = world.at - timedelta(hours=10)
    projects.record_investment(told, by=world.clerk, at=at)
    wrong = [one for one in told if one.series == Series.REPORTED and one.month == last][:RESTATED]
    projects.record_investment(
        [Told(one.project, one.month, one.series, one.amount + 10) for one in wrong],
        reason=world.say("漏报一笔设备款"),
        by=world.clerk,
        at=at + timedelta(hours=1),
    )


def _blockers(world: World, made: list[Project]) -> None:
    """Problems of the firms that build them stand in the way of projects that have not come far."""
    waiting = {
        project.enterprise_id: project
        for project in made
        if project.enterprise_id and ORDER.index(Stage(project.stage)) < ORDER.index(Stage.COMPLETED)
    }
    heard = Problem.objects.filter(enterprise__in=waiting, common=None).order_by("-pk")[:BLOCKERS]
    for number, problem in enumerate(heard):
        project, at = waiting[problem.enterprise_id], world.at - timedelta(hours=20, minutes=-number)
        problems.name_project(problem, project, by=world.clerk, at=at)
