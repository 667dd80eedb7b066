"""Alerts are computed from figures and targets by the rows in force, and each becomes one task."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.alerts import queries
from gongjian.alerts import services as alerts
from gongjian.alerts.models import AlertRule, AlertTask
from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.engines.workdays.calendar import add_months
from gongjian.people.states import UnitKind
from tests import scenes
from tests.factories import (
    AT,
    TODAY,
    AlertRuleFactory,
    BattleFactory,
    FigureFactory,
    IndicatorFactory,
    TargetFactory,
    TenureFactory,
    UnitFactory,
)

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def retail(c):
    return IndicatorFactory(key="retail", name="社会消费品零售总额", due_day=18)


def enter(c, indicator, values, *, area=None, last=OCTOBER):
    """Figures of an area, the last of the list in the last month."""
    for back, value in enumerate(reversed(values)):
        if value is not None:
            facts = {"indicator": indicator, "area": area or c.county, "batch__recorded_by": c.clerk}
            FigureFactory(**facts, month=add_months(last, -back), value=Decimal(str(value)))


def told(c, *, by=None, today=TODAY):
    found = queries.alerts_of(by or c.clerk, today=today)
    return [(one.rule.measure, one.area.name, one.light, f"{one.value:.1f}") for one in found]


def rule(measure, *lines, scheme="试", **facts):
    for comparison, threshold, light in lines:
        told_of = {"comparison": comparison, "threshold": threshold, "light": light}
        AlertRuleFactory(scheme=scheme, measure=measure, **told_of, **facts)


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (("MORE", "9.9"), "-1.0"),
        (("MORE", "8.9"), "-11.0"),
        (("MORE", "10"), None),
        (("LESS", "10.5"), "-5.0"),
        (("LESS", "9"), None),
    ],
)
def test_a_change_for_the_worse_turns_on_the_light_of_its_row(c, retail, now, wanted):
    rule("CHANGE", ("UNDER", 0, "YELLOW"), ("UNDER", -10, "RED"))
    retail.direction, value = now
    retail.save()
    enter(c, retail, [10, *[None] * 11, value])
    light = "RED" if wanted == "-11.0" else "YELLOW"
    assert told(c) == ([("CHANGE", "临河区", light, wanted)] if wanted else [])


@pytest.mark.parametrize(
    ("months", "wanted"), [([9, 9, 9], "3.0"), ([9, 11, 9], "1.0"), ([9, None, 9], "1.0"), ([9, 9, 11], None)]
)
def test_months_that_grow_worse_are_counted_from_the_newest(c, retail, months, wanted):
    rule("MONTHS_WORSE", ("FROM", 1, "YELLOW"))
    enter(c, retail, [10, 10, 10, *[None] * 9, *months])
    assert [line[3] for line in told(c)] == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    ("values", "wanted"),
    [  # on the day October is due, and on the day after
        ([5, 5, 5], [None, None]),
        ([5, 5, None], [None, "1.0"]),
        ([5, None, None], ["1.0", "2.0"]),
        ([None, None, None], [None, None]),  # an area that never sent one owes none
    ],
)
def test_a_late_figure_is_an_alert_the_day_after_it_was_due(c, retail, values, wanted):
    rule("MONTHS_LATE", ("FROM", 1, "YELLOW"))
    enter(c, retail, values)
    for day, late in zip((18, 19), wanted, strict=True):
        found = [line[3] for line in told(c, today=date(2026, 11, day))]
        assert found == ([late] if late else [])


def target_of(c, indicator, value, **facts):
    battle = BattleFactory(campaign__area=c.city, lead_unit=c.bureau)
    return TargetFactory(battle=battle, indicator=indicator, area=c.county, value=value, **facts)


@pytest.mark.parametrize(
    ("measure", "months"),
    [  # the year's target is 120, ten months are known, so 100 was due
        ("BEHIND_POINTS", (10, None)),
        ("BEHIND_POINTS", (9, "8.3")),
        ("BEHIND_SHARE", (9, "10.0")),
        ("BEHIND_SHARE", (5, "50.0")),
        ("COMPLETION", (9, "90.0")),
        ("MONTHS_MISSED", (9, "10.0")),  # every month since January
        ("MONTHS_MISSED", (10, None)),
    ],
)
def test_a_target_behind_its_pace_is_an_alert(c, retail, measure, months):
    monthly, wanted = months
    under = measure == "COMPLETION"
    rule(measure, ("UNDER", 100, "YELLOW") if under else ("OVER", 0, "YELLOW"))
    enter(c, retail, [monthly] * 10)
    target_of(c, retail, 120)
    found = [line[3] for line in told(c)]
    assert found == ([wanted] if wanted else [])


def test_rows_of_one_indicator_stand_instead_of_the_table(c, retail):
    rule("CHANGE", ("UNDER", 0, "RED"))
    rule("CHANGE", ("UNDER", -50, "YELLOW"), indicator=retail)
    enter(c, retail, [10, *[None] * 11, 9])
    other = IndicatorFactory(key="other")
    enter(c, other, [10, *[None] * 11, 9])
    assert [one.indicator for one in queries.alerts_of(c.clerk, today=TODAY)] == [other]


def test_rows_that_are_off_and_areas_one_does_not_read_make_no_alert(c, retail):
    rule("CHANGE", ("UNDER", 0, "RED"), scheme="关", in_force=False)
    enter(c, retail, [10, *[None] * 11, 9])
    assert told(c) == []
    rule("CHANGE", ("UNDER", 0, "RED"))
    enter(c, retail, [10, *[None] * 11, 9], area=c.other_county)
    assert {line[1] for line in told(c)} == {"临河区", "北岭区"}
    assert {line[1] for line in told(c, by=c.county_clerk)} == {"临河区"}


def test_an_alert_becomes_one_task_and_stays_it_while_the_task_runs(c, retail):
    rule("CHANGE", ("UNDER", 0, "RED"))
    enter(c, retail, [10, *[None] * 11, 9])
    office = UnitFactory(name="临河区攻坚办", kind=UnitKind.OFFICE, area=c.county)
    head = TenureFactory(post__unit=office, post__is_principal=True).person
    [alert] = queries.alerts_of(c.clerk, today=TODAY)
    proposed = alerts.propose(alert, on=TODAY)
    assert (proposed.lead_unit, proposed.responsible_person) == (office, head)
    facts = {"task": "分析", "lead_unit": office, "responsible_person": head, "at": AT}
    for who in (c.leader, c.handler):
        with pytest.raises(Refused):
            alerts.hand_over(alert, **facts, by=who)
    row = alerts.hand_over(alert, **facts, by=c.clerk)
    assert (row.lead_unit, row.source, row.area) == (office, "BATTLE", c.county)
    assert Event.objects.filter(name="alert.handed_over").count() == 1
    with pytest.raises(Refused, match="已经交办"):
        alerts.hand_over(alert, **facts, by=c.clerk)
    enter(c, retail, [10], last=date(2025, 11, 1))
    enter(c, retail, [9], last=date(2026, 11, 1))
    [later] = queries.alerts_of(c.clerk, today=TODAY)
    assert (later.month, later.open_task.assignment) == (date(2026, 11, 1), row)
    with pytest.raises(Refused, match="已经交办"):
        alerts.hand_over(later, **facts, by=c.clerk)
    assert AlertTask.objects.count() == 1


def test_the_city_clerk_keeps_the_rows_and_the_shipped_ones_come_once(c):
    assert alerts.load_rules(by=None, at=AT)
    assert alerts.load_rules(by=None, at=AT) == []
    row = AlertRule.objects.get(scheme="银川 2025 进度", light="RED")
    facts = {name: getattr(row, name) for name in ("measure", "indicator", "comparison", "light", "order")}
    facts |= {"scheme": row.scheme, "document": row.document, "follow_up": row.follow_up}
    changed = alerts.update_rule(row, **facts, threshold=Decimal(25), in_force=True, by=c.clerk, at=AT)
    assert changed.threshold == 25
    assert Event.objects.get(name="alert.rule_changed").data["values"]["threshold"] == ["30.0000", "25"]
    with pytest.raises(Refused, match="市攻坚办"):
        alerts.update_rule(row, **facts, threshold=Decimal(20), in_force=True, by=c.county_clerk, at=AT)
    with pytest.raises(Refused, match="怎么办"):
        alerts.add_rule(**facts | {"follow_up": " "}, threshold=Decimal(1), in_force=True, by=c.clerk, at=AT)


def test_a_growth_that_is_smaller_than_the_year_before_is_seen(c):
    output = IndicatorFactory(key="output", name="工业增加值", due_day=28)
    enter(c, output, [100, *[None] * 11, 110, *[None] * 11, 112])
    IndicatorFactory(
        key="output_growth", name="工业增加值增速", unit="%", nature="RATE", formula="growth(output)"
    )
    rule("CHANGE", ("UNDER", -5, "RED"))
    assert told(c) == [("CHANGE", c.county.name, "RED", "-8.2")]
