"""Monthly investment: three series that never touch each other, a restated figure with its reason, lights that say why."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.engines.projects.lights import Light
from gongjian.projects import services as projects
from gongjian.projects.events import ProjectEvent
from gongjian.projects.investment.queries import figures_of, months_of, restatements, sums_before
from gongjian.projects.investment.services import Told
from gongjian.projects.lights.queries import light_of
from gongjian.projects.models import Investment, Project
from gongjian.projects.states import Series
from tests import scenes
from tests.factories import AT, TODAY, ProjectFactory

YEAR = TODAY.year
OCTOBER = date(YEAR, 10, 1)
BUILDING = {"year_plan": Decimal(12000), "broke_ground_on": date(YEAR, 1, 10), "in_statistics_on": TODAY}


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def project(c):
    return ProjectFactory(area=c.county)


def told(c, project, month, reason="", **amounts):
    rows = [Told(project, month, Series(name), Decimal(amount)) for name, amount in amounts.items()]
    return projects.record_investment(rows, reason=reason, by=c.clerk, at=AT)


def test_reported_and_official_never_overwrite_each_other(c, project):
    told(c, project, OCTOBER, PLAN=1000, REPORTED=900)
    told(c, project, OCTOBER, OFFICIAL=850)
    assert figures_of([project.pk], YEAR)[project.pk] == {
        (Series.PLAN, 10): 1000,
        (Series.REPORTED, 10): 900,
        (Series.OFFICIAL, 10): 850,
    }
    assert restatements(project, YEAR) == []


def test_a_restated_figure_wants_its_reason_and_leaves_the_old_one(c, project):
    told(c, project, OCTOBER, REPORTED=900)
    with pytest.raises(Refused, match="写明理由") as refused:
        told(c, project, OCTOBER, REPORTED=700)
    assert refused.value.field == "reason"
    told(c, project, OCTOBER, reason="重复计入设备款", REPORTED=700)
    [(old, new)] = restatements(project, YEAR)
    assert (int(old.amount), int(new.amount), new.reason) == (900, 700, "重复计入设备款")
    assert figures_of([project.pk], YEAR)[project.pk] == {(Series.REPORTED, 10): 700}
    names = [event.name for event in events_of(project).order_by("seq")]
    assert names == [ProjectEvent.INVESTED, ProjectEvent.INVESTMENT_RESTATED]


def test_the_same_amount_again_changes_nothing(c, project):
    told(c, project, OCTOBER, REPORTED=900)
    assert told(c, project, OCTOBER, REPORTED=900) == []
    assert Investment.objects.count() == events_of(project).count() == 1


def test_many_months_are_one_event_and_the_year_before_is_summed(c, project):
    rows = [Told(project, date(YEAR - 1, month, 1), Series.REPORTED, Decimal(10)) for month in (1, 2, 3)]
    projects.record_investment(rows, by=c.clerk, at=AT)
    assert events_of(project).get().name == ProjectEvent.INVESTED_MONTHS
    assert sums_before([project.pk], YEAR) == {project.pk: 30}


@pytest.mark.parametrize(("month", "field"), [(date(1990, 1, 1), "month"), (date(YEAR, 12, 1), "reported")])
def test_a_month_that_cannot_be_is_refused(c, project, month, field):
    with pytest.raises(Refused) as refused:
        told(c, project, month, REPORTED=1)
    assert refused.value.field == field


def test_a_plan_may_lie_ahead_and_nobody_else_writes(c, project):
    told(c, project, date(YEAR, 12, 1), PLAN=1)
    with pytest.raises(Refused, match="攻坚办"):
        projects.record_investment([Told(project, OCTOBER, Series.PLAN, Decimal(1))], by=c.leader, at=AT)


@given(
    st.dictionaries(st.tuples(st.sampled_from(Series), st.integers(1, 12)), st.integers(0, 99), max_size=20)
)
def test_a_sum_is_told_only_while_every_month_so_far_is_known(figures):
    amounts = {key: Decimal(value) for key, value in figures.items()}
    for line in months_of(amounts, YEAR):
        for series in Series:
            known = [amounts.get((series, month)) for month in range(1, line.month.month + 1)]
            assert line.sums[series] == (None if None in known else sum(known))


def test_months_before_the_start_are_owed_nothing():
    figures = {(Series.REPORTED, 9): Decimal(5), (Series.REPORTED, 10): Decimal(6)}
    sums = [line.sums[Series.REPORTED] for line in months_of(figures, YEAR, first=9)]
    assert sums == [0] * 8 + [5, 11, None, None]


def lit(figures, **facts):
    return light_of(Project(**BUILDING | facts), figures, today=TODAY)


def reported(amount, *, months=range(1, 11), plan=None):
    planned = {(Series.PLAN, month): Decimal(plan) for month in range(1, 13)} if plan else {}
    return {(Series.REPORTED, month): Decimal(amount) for month in months} | planned


@pytest.mark.parametrize(
    ("figures", "light", "said"),
    [
        (reported(1000), Light.GREEN, "落后10个百分点亮黄灯"),
        (reported(880), Light.YELLOW, "落后超过30个百分点亮红灯"),
        (reported(600), Light.RED, ""),
        (reported(1000, months=range(1, 10)), Light.UNKNOWN, ""),
    ],
)
def test_the_light_of_progress_by_reported_amounts(figures, light, said):
    progress = lit(figures).lamps[0]
    assert (progress.light, progress.turns) == (light, said)
    assert "调度数" in progress.why


def test_official_amounts_turn_no_light():
    official = {(Series.OFFICIAL, month): Decimal(1000) for month in range(1, 11)}
    assert lit(official).lamps[0].light == Light.UNKNOWN


def test_a_start_that_is_owed_and_an_entry_that_is_missing():
    late = lit({}, broke_ground_on=None, in_statistics_on=None, start_planned_on=date(YEAR, 9, 20))
    assert (late.shown.light, late.shown.turns) == (Light.RED, "")
    assert "连当月已3个月" in late.shown.why
    early = lit({}, broke_ground_on=None, in_statistics_on=None, start_planned_on=date(YEAR + 1, 3, 1))
    assert early.shown.light == Light.GREEN
    entry = lit(reported(1000), in_statistics_on=None).shown
    assert (entry.light, "还没有入统" in entry.why) == (Light.RED, True)
    entered = lit(reported(1000)).lamps[-1]
    assert (entered.light, entered.turns) == (Light.GREEN, "")
    assert lit({}, broke_ground_on=None, in_statistics_on=None).shown is None


def test_the_other_table_knows_months_and_what_follows(settings):
    settings.PROJECT_LIGHTS = "sanya_2022"
    behind = lit(reported(900, plan=1000))
    assert {lamp.light for lamp in behind.lamps} == {Light.YELLOW, Light.RED}
    assert behind.follows == ()  # the gravest step was taken months before
    fresh = reported(1000, plan=1000, months=range(1, 10)) | {(Series.REPORTED, 10): Decimal(500)}
    assert lit(fresh).follows == ("约谈责任人",)
    assert lit(reported(1000, plan=1000)).shown.light == Light.GREEN
    assert lit(reported(1000)).lamps[-1].light == Light.UNKNOWN  # no monthly plan
    assert lit(fresh, year_plan=Decimal(900)).shown is None  # too small for the table
    assert lit({}, broke_ground_on=None).lamps == ()
