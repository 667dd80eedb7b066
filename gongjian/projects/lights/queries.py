"""Which light a project shows today, why, and what follows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.audit.wording import day_in_words
from gongjian.engines.forecast.pace import Pace, points, time_pace
from gongjian.engines.projects import lights
from gongjian.engines.projects.lights import Dimension, Light, Line, Reading, Table
from gongjian.projects.investment.queries import Figures, figures_of, first_owed
from gongjian.projects.models import Project
from gongjian.projects.states import Series

READ = (
    "year_plan",
    "start_planned_on",
    "broke_ground_on",
    "completed_on",
    "in_statistics_on",
)  # what lights are read from
USUAL = "yinchuan_2025"
STEPS: dict[str, str | Promise] = {
    "RESPONSIBLE": gettext_lazy("约谈责任人"),
    "HEADS": gettext_lazy("副市长约谈业主单位和主管部门负责人"),
    "LEADER": gettext_lazy("分管市领导约谈"),
}
TABLES: dict[str, str | Promise] = {
    "yinchuan_2025": gettext_lazy("银川 2025 亮灯表"),
    "sanya_2022": gettext_lazy("三亚 2022 亮灯表"),
}
LIGHT_WORDS: dict[Light, str | Promise] = {
    Light.GREEN: gettext_lazy("绿灯"),
    Light.YELLOW: gettext_lazy("黄灯"),
    Light.RED: gettext_lazy("红灯"),
    Light.UNKNOWN: gettext_lazy("数据不全"),
}
NAMES: dict[Dimension, str | Promise] = {
    Dimension.START: gettext_lazy("开工"),
    Dimension.PROGRESS: gettext_lazy("进度"),
    Dimension.FUNDS: gettext_lazy("资金"),
    Dimension.ENTRY: gettext_lazy("入统"),
    Dimension.CUMULATIVE: gettext_lazy("累计进度"),
    Dimension.MONTH_TASK: gettext_lazy("当月任务"),
}


@dataclass(frozen=True)
class Lamp:
    """One light of a project: of what, which, why, and when it would turn graver."""

    name: str | Promise
    light: Light
    why: str
    turns: str = ""


@dataclass(frozen=True)
class ProjectLight:
    """The light a project is shown by, with all it was chosen from; `follows` are the steps that are due."""

    shown: Lamp | None
    lamps: tuple[Lamp, ...]
    follows: tuple[str, ...]
    table: str | Promise


@dataclass(frozen=True)
class Facts:
    """What the lights of one project are read from; `month`: the last month that is over, 0 in January."""

    project: Project
    figures: Figures
    today: date

    @property
    def month(self) -> int:
        """The last month of this year that is over."""
        return self.today.month - 1

    @property
    def first(self) -> int:
        """The first month of this year that figures are owed for."""
        return first_owed(self.project, self.today.year)

    def named(self, month: int) -> str:
        """A month of this year with its year: 2026-10."""
        return f"{date(self.today.year, month, 1):%Y-%m}"

    def done(self, month: int) -> Decimal | None:
        """What was reported from January on up to a month; None while one that is owed is not known."""
        if self.missing(month):
            return None
        known = (self.figures.get((Series.REPORTED, number)) for number in range(1, month + 1))
        return sum((amount for amount in known if amount is not None), Decimal(0))

    def missing(self, month: int) -> list[int]:
        """Months up to this one that were to be reported and were not."""
        owed = range(self.first, month + 1)
        return [number for number in owed if (Series.REPORTED, number) not in self.figures]

    @property
    def is_building(self) -> bool:
        """Whether a year plan is being carried out, and a month of it is over."""
        project, plan = self.project, self.project.year_plan
        started = project.broke_ground_on is not None and self.first <= self.month
        return started and project.completed_on is None and bool(plan and plan > 0)


def table_in_force() -> Table:
    """The table of lights the office has chosen (the option PROJECT_LIGHTS)."""
    tables = lights.shipped()
    return tables.get(settings.PROJECT_LIGHTS, tables[USUAL])


def lights_of(projects: Iterable[Project], *, today: date) -> dict[int, ProjectLight]:
    """The light of each of these projects, by key; one query."""
    listed = list(projects)
    figures = figures_of([project.pk for project in listed], today.year)
    return {project.pk: light_of(project, figures.get(project.pk, {}), today=today) for project in listed}


def lights_shown(rows: QuerySet[Project], *, today: date) -> dict[int, str]:
    """The light each of these projects shows, by key, for a list that is narrowed by it; two queries, of few columns."""
    slim = Project.objects.filter(pk__in=rows.order_by().values("pk")).only(*READ)
    read = lights_of(slim.order_by(), today=today)
    return {key: one.shown.light.value for key, one in read.items() if one.shown}


def light_of(project: Project, figures: Figures, *, today: date) -> ProjectLight:
    """The light of one project by the figures of this year."""
    table, facts = table_in_force(), Facts(project, figures, today)
    lamps = tuple(lamp for dimension in table.rules if (lamp := READERS[dimension](table, facts)) is not None)
    if project.year_plan is not None and not table.covers(project.year_plan):
        lamps = ()
    shown = max(lamps, key=lambda lamp: lights.GRAVITY[lamp.light], default=None)
    return ProjectLight(shown, lamps, _follows(table, facts), TABLES.get(table.key, table.name))


def _lamp(table: Table, reading: Reading, why: str) -> Lamp:
    return Lamp(NAMES[reading.dimension], reading.light, why, _turns(table, reading))


def _turns(table: Table, reading: Reading) -> str:
    """When the light would turn graver, in a sentence; nothing where it cannot."""
    lines = table.rules[reading.dimension]
    graver = [line for line in lines if lights.GRAVITY[line.light] > lights.GRAVITY[reading.light]]
    if not graver or reading.value is None:
        return ""
    line = min(graver, key=lambda line: lights.GRAVITY[line.light])
    return _limit(reading.dimension, line) % {
        "limit": f"{line.threshold:f}",
        "light": LIGHT_WORDS[line.light],
    }


def _limit(dimension: Dimension, line: Line) -> str:
    over = line.comparison == "OVER"
    if dimension in (Dimension.START, Dimension.ENTRY):
        return _("超过%(limit)s个月亮%(light)s") if over else _("满%(limit)s个月亮%(light)s")
    if dimension == Dimension.PROGRESS:
        return _("落后超过%(limit)s个百分点亮%(light)s") if over else _("落后%(limit)s个百分点亮%(light)s")
    if dimension == Dimension.CUMULATIVE:
        return _("落后超过%(limit)s%%亮%(light)s")
    return _("连续%(limit)s个月没有完成亮%(light)s")


def _start(table: Table, facts: Facts) -> Lamp | None:
    due, started = facts.project.start_planned_on, facts.project.broke_ground_on
    if due is None or started is not None:
        return None
    owed = lights.months_not_started(due, started=started, today=facts.today, excused=False)
    why = (
        _("计划%(day)s开工，还没有到。")
        if not owed
        else _("计划%(day)s开工，没有开工，连当月已%(months)s个月。")
    )
    said = why % {"day": day_in_words(due), "months": owed}
    return _lamp(table, lights.light_of(table, Dimension.START, owed), said)


def _entry(table: Table, facts: Facts) -> Lamp | None:
    started, entered = facts.project.broke_ground_on, facts.project.in_statistics_on
    if started is None:
        return None
    months = lights.months_not_entered(started, entered=entered, today=facts.today)
    why = _("已经入统。") if entered else _("开工%(months)s个月，还没有入统。")
    said = why % {"months": f"{months:.1f}"}
    lamp = _lamp(table, lights.light_of(table, Dimension.ENTRY, months), said)
    return replace(lamp, turns="") if entered else lamp


def _by_pace(dimension: Dimension, table: Table, facts: Facts) -> Lamp | None:
    if not facts.is_building:
        return None
    if missing := facts.missing(facts.month):
        months = _("、").join(facts.named(number) for number in missing)
        why = _("%(months)s没有调度数，算不出进度。") % {"months": months}
        return _lamp(table, lights.light_of(table, dimension, None), why)
    pace = _pace(dimension, facts, facts.month)
    value = lights.points_behind(pace) if dimension == Dimension.PROGRESS else lights.share_behind(pace)
    said = {"month": facts.named(facts.month), "done": _percent(pace.completion), "due": _percent(pace.due)}
    why = _("按调度数，到%(month)s完成年度计划的%(done)s，应完成%(due)s。") % said
    return _lamp(table, lights.light_of(table, dimension, value), why)


def _percent(share: Decimal) -> str:
    return f"{points(share, 1)}%"


def _pace(dimension: Dimension, facts: Facts, month: int) -> Pace:
    """Linear pace; by the table of cumulated plans what was planned by months, where the whole year is."""
    plan, done = facts.project.year_plan or Decimal(1), facts.done(month) or Decimal(0)
    planned = [facts.figures.get((Series.PLAN, number)) for number in range(1, 13)]
    if dimension == Dimension.CUMULATIVE and None not in planned:
        due = sum((amount for amount in planned[:month] if amount is not None), Decimal(0))
        return Pace(done / plan, due / plan)
    return time_pace(done, plan, months=month)


def _tasks(facts: Facts, month: int) -> list[bool | None]:
    """Whether the plan of each month so far was done; None where plan or report is not known."""
    found: list[bool | None] = []
    for number in range(facts.first, month + 1):
        plan, done = facts.figures.get((Series.PLAN, number)), facts.figures.get((Series.REPORTED, number))
        found.append(None if plan is None or done is None else done >= plan)
    return found


def _month_task(table: Table, facts: Facts) -> Lamp | None:
    if not facts.is_building:
        return None
    missed, month = lights.months_missed(_tasks(facts, facts.month)), facts.named(facts.month)
    if missed is None:
        why = _("%(month)s没有月计划或调度数。") % {"month": month}
    elif missed:
        why = _("到%(month)s，连续%(missed)s个月没有完成当月计划。") % {
            "month": month,
            "missed": missed,
        }
    else:
        why = _("%(month)s完成了当月计划。") % {"month": month}
    return _lamp(table, lights.light_of(table, Dimension.MONTH_TASK, missed), why)


def _follows(table: Table, facts: Facts) -> tuple[str, ...]:
    """The steps that the last month brings, by the run of lights of this year."""
    if not table.steps or not facts.is_building:
        return ()
    run = [_light_in(table, facts, month) for month in range(facts.first, facts.month + 1)]
    return tuple(str(STEPS.get(step.key, step.text)) for step in lights.steps_of(table, run)[-1])


def _light_in(table: Table, facts: Facts, month: int) -> Light:
    """The light a project had at the end of a month, by what is known of it now."""
    readings = []
    if Dimension.CUMULATIVE in table.rules:
        known = facts.done(month) is not None
        value = lights.share_behind(_pace(Dimension.CUMULATIVE, facts, month)) if known else None
        readings.append(lights.light_of(table, Dimension.CUMULATIVE, value))
    if Dimension.MONTH_TASK in table.rules:
        missed = lights.months_missed(_tasks(facts, month))
        readings.append(lights.light_of(table, Dimension.MONTH_TASK, missed))
    worst = lights.gravest(readings)
    return worst.light if worst else Light.UNKNOWN


READERS: Mapping[Dimension, Callable[[Table, Facts], Lamp | None]] = {
    Dimension.START: _start,
    Dimension.PROGRESS: partial(_by_pace, Dimension.PROGRESS),
    Dimension.FUNDS: lambda _table, _facts: None,  # what was to be paid is not kept yet
    Dimension.ENTRY: _entry,
    Dimension.CUMULATIVE: partial(_by_pace, Dimension.CUMULATIVE),
    Dimension.MONTH_TASK: _month_task,
}
