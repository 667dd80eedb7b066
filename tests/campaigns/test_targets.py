"""Targets: who sets them, on which they hang, how far each is, its light, and what was passed on."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.campaigns import queries
from gongjian.campaigns import services as campaigns
from gongjian.campaigns.agreement.moves import standing_of
from gongjian.campaigns.models import Target
from gongjian.campaigns.passing_on.queries import below
from gongjian.campaigns.passing_on.rules import Way
from gongjian.campaigns.rules import Measure, read_light
from gongjian.campaigns.targets.course import YEARS, course_of
from gongjian.campaigns.targets.on_pace import on_pace
from gongjian.web.campaigns.sentences import endings_in_words
from tests import scenes
from tests.factories import BattleFactory, FigureFactory, IndicatorFactory

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 24)


@pytest.fixture
def c():
    return scenes.city()


@pytest.fixture
def battle(c):
    row = BattleFactory(
        campaign__area=c.city,
        name="消费提振攻坚战",
        lead_unit=c.bureau,
        responsible_person=c.director,
    )
    row.indicators.set([IndicatorFactory(key="retail", name="社会消费品零售总额")])
    return row


def told(battle, c, at, **changed):
    facts = {
        "indicator": battle.indicators.first(),
        "area": c.city,
        "year": 2026,
        "horizon": "FULL_YEAR",
        "value": Decimal(120),
        "by": c.clerk,
        "at": at,
    }
    return campaigns.add_target(battle, **(facts | changed))


def months(battle, area, year, values, *, column="OFFICIAL"):
    for month, value in enumerate(values, 1):
        FigureFactory(
            indicator=battle.indicators.get(),
            area=area,
            month=date(year, month, 1),
            value=value,
            column=column,
        )


def test_a_target_hangs_on_the_one_above_and_is_set_once(c, battle, at):
    with pytest.raises(Refused, match="请先下达上一级的目标"):
        told(battle, c, at, area=c.county)
    whole = told(battle, c, at)
    part = told(battle, c, at, area=c.county, value=Decimal("50.5"))
    assert (whole.parent, part.parent, whole.responsible_person) == (None, whole, c.director)
    assert (whole.state, part.state) == ("AGREED", "PROPOSED")
    assert [str(event) for event in events_of(part)] == ["下达目标：临河区 社会消费品零售总额 2026 全年 50.5"]
    for wrong, said in (
        ({"area": c.county}, "已经下达"),
        ({"area": c.county, "horizon": "Q1"}, "上一级"),
        ({"horizon": "HALF", "value": Decimal("1.00005")}, "四位小数"),
        ({"horizon": "HALF", "value": Decimal("NaN")}, "不是数字"),
        ({"horizon": "HALF", "indicator": IndicatorFactory()}, "没有指标"),
        ({"horizon": "HALF", "by": c.county_clerk}, "上级攻坚办"),
        ({"area": c.other_county, "by": c.county_clerk}, "上级攻坚办"),
        ({"area": c.county, "unit": c.bureau}, "当地的单位"),
    ):
        with pytest.raises(Refused, match=said):
            told(battle, c, at, **wrong)
    with pytest.raises(Refused, match="下级"):
        campaigns.withdraw_target(whole, reason="重复", by=c.clerk, at=at)
    campaigns.withdraw_target(part, reason="重复", by=c.clerk, at=at)
    assert told(battle, c, at, area=c.county).pk != part.pk


def test_a_target_is_changed_with_a_reason_and_asked_anew(c, battle, at):
    whole = told(battle, c, at)
    part = told(battle, c, at, area=c.county)
    for wrong in ({"reason": " "}, {"value": part.value}, {"by": c.county_clerk}):
        with pytest.raises(Refused):
            campaigns.change_target(
                part, **({"value": Decimal(60), "reason": "年中调整", "by": c.clerk, "at": at} | wrong)
            )
    campaigns.change_target(part, value=Decimal(60), reason="年中调整", by=c.clerk, at=at)
    campaigns.change_target(whole, value=Decimal(125), reason="年中调整", by=c.clerk, at=at)
    part.refresh_from_db()
    assert [move.kind for move in whole.moves.all()] == [
        *("PROPOSED", "AGREED", "REOPENED", "PROPOSED", "AGREED")
    ]
    assert (part.value, part.state) == (60, "PROPOSED")


def test_how_far_a_target_is_in_both_columns_with_both_paces(c, battle, at, django_assert_num_queries):
    told(battle, c, at)
    told(battle, c, at, horizon="Q1", value=Decimal(25))
    told(battle, c, at, horizon="HALF", value=Decimal(60))
    months(battle, c.city, 2025, [5, 5, 5, *[10] * 7, 20, 20])
    months(battle, c.city, 2026, [6, 6, 6])
    months(battle, c.city, 2026, [7] * 4, column="REPORTED")
    with django_assert_num_queries(4):
        lines = queries.targets_of(c.city, date(2026, 5, 10))
    year, quarter, half = (
        next(line for line in lines if line.target.horizon == span) for span in ("FULL_YEAR", "Q1", "HALF")
    )
    assert [year.done, year.official, year.reported, year.left] == [25, 18, 28, 95]
    assert year.completion == Decimal(25) / 120
    assert year.linear.due == Decimal(4) / 12
    assert year.seasonal.due.quantize(Decimal("0.001")) == Decimal("0.200")  # 25 of 125 last year
    assert [year.light, year.reading.why] == ["GREEN", "SEASONAL"]  # the straight line would have said red
    assert [quarter.light, quarter.reading.why, quarter.done] == ["RED", "OVER", 18]
    assert (half.light, half.seasonal.due.quantize(Decimal("0.001"))) == ("RED", Decimal("0.556"))
    assert queries.targets_of(c.city, date(2025, 5, 10)) == []


@pytest.mark.parametrize(
    ("facts", "light"),
    [
        ({"done": None}, "GREY"),
        ({"done": 50}, "GREEN"),
        ({"done": 45}, "YELLOW"),
        ({"done": "44.99"}, "RED"),
        ({"done": 60, "seasonal": "0.6"}, "GREEN"),
        ({"done": 59, "seasonal": "0.6"}, "YELLOW"),
        ({"done": 50, "linear": None}, "GREY"),
        ({"done": 100, "over": True}, "GREEN"),
        ({"done": 90, "over": True}, "YELLOW"),
        ({"done": "89.9", "over": True}, "RED"),
        ({"done": 50, "more_is_better": False}, "GREEN"),
        ({"done": 55, "more_is_better": False}, "YELLOW"),
        ({"done": "55.1", "more_is_better": False}, "RED"),
        ({"value": 7, "done": 7, "is_rate": True}, "GREEN"),
        ({"value": 7, "done": 6, "is_rate": True}, "YELLOW"),
        ({"value": 7, "done": "5.9", "is_rate": True}, "RED"),
        ({"value": "0.3", "done": "0.4", "is_rate": True, "more_is_better": False}, "YELLOW"),
        ({"value": -5, "done": -4}, "GREEN"),
        ({"value": -5, "done": -6}, "RED"),
        ({"value": 110, "done": 105, "start": 100}, "GREEN"),
        ({"value": 110, "done": 104, "start": 100}, "RED"),
        ({"value": 100, "done": 100, "start": 120}, "GREEN"),
    ],
)
def test_lights_at_their_bounds(facts, light):
    usual = {"value": 100, "linear": "0.5", "seasonal": None, "start": None, "done": None}
    given = usual | facts
    numbers = {key: None if given[key] is None else Decimal(given[key]) for key in usual}
    flags = {"over": False, "more_is_better": True, "is_rate": False} | {
        key: value for key, value in facts.items() if key not in usual
    }
    assert read_light(Measure(**numbers, **flags)).light == light


def test_passing_on_offers_parts_and_leaves_a_gap_with_its_owner(c, battle, at):
    whole = told(battle, c, at)
    parts = {c.county: Decimal("70.5"), c.other_county: Decimal(40)}
    done = campaigns.pass_on(whole, parts, by=c.clerk, at=at)
    assert (done.new, done.changed, done.same) == (2, 0, 0)
    line = queries.targets_of(c.city, NOVEMBER)[0]
    assert (line.parts, line.gap, line.gap_owner) == (2, Decimal("9.5"), "市金融局")
    again = campaigns.pass_on(
        whole, parts | {c.other_county: Decimal("49.5")}, reason="协商后调整", by=c.clerk, at=at
    )
    assert (again.new, again.changed, again.same) == (0, 1, 1)
    assert queries.targets_of(c.city, NOVEMBER)[0].gap == 0
    with pytest.raises(Refused, match="不在"):
        campaigns.pass_on(Target.objects.get(area=c.county), parts, by=c.county_clerk, at=at)
    with pytest.raises(Refused, match="当地攻坚办"):
        campaigns.pass_on(whole, parts, by=c.county_clerk, at=at)


def test_a_battle_keeps_the_indicators_that_have_targets(c, battle, at):
    told(battle, c, at)
    other = IndicatorFactory()
    facts = {"lead_unit": c.other_bureau, "responsible_person": c.other_director, "by": c.clerk, "at": at}
    with pytest.raises(Refused, match="已经下达目标"):
        campaigns.update_battle(battle, indicators=[other], **facts)
    campaigns.update_battle(battle, indicators=[other, battle.indicators.get()], **facts)
    battle.refresh_from_db()
    assert (battle.lead_unit, battle.indicators.count()) == (c.other_bureau, 2)
    assert "牵头单位" in str(events_of(battle).last()) or events_of(battle).count() == 1


def test_a_target_is_countered_accepted_signed_and_opened_again(c, battle, at):
    told(battle, c, at)
    part = told(battle, c, at, area=c.county, value=Decimal(60))
    down, up = {"by": c.county_clerk, "at": at}, {"by": c.clerk, "at": at}
    with pytest.raises(Refused, match="轮到对方"):
        campaigns.accept(part, **up)
    with pytest.raises(Refused, match="请写理由"):
        campaigns.counter(part, value=Decimal(55), reason=" ", **down)
    campaigns.counter(part, value=Decimal(55), reason="基数调整", **down)
    part.refresh_from_db()
    assert (part.state, part.value) == ("COUNTERED", 60)  # a counter alone changes nothing
    with pytest.raises(Refused, match="轮到对方"):
        campaigns.accept(part, **down)
    with pytest.raises(Refused, match="不能这样办"):
        campaigns.sign(part, **up)
    campaigns.accept(part, **up)
    campaigns.sign(part, **down)
    part.refresh_from_db()
    assert (part.state, part.value) == ("SIGNED", 55)
    campaigns.change_target(part, value=Decimal(58), reason="年中调整", **up)
    part.refresh_from_db()
    assert (part.state, part.value) == ("PROPOSED", 55)  # what was agreed holds until the next agreement
    campaigns.accept(part, **down)
    part.refresh_from_db()
    assert [part.state, part.value, standing_of(part).proposed] == ["AGREED", 58, 58]
    for who in ("leader", "handler", "officer", "auditor"):
        with pytest.raises(Refused, match="两方"):
            campaigns.accept(part, by=getattr(c, who), at=at)
    assert [str(event)[:6] for event in events_of(part)][-5:] == [
        "对目标临河区",
        "认可目标临河",
        "签订责任书：",
        "目标临河区 ",
        "认可目标临河",
    ]


@pytest.mark.parametrize(
    ("way", "value", "gap_left"),
    [
        *(("SHARE", value, True) for value in ("100", "99.97", "137.01", "0.03")),
        *(("HEADROOM", value, True) for value in ("630", "620.01")),
        ("HEADROOM", "1137.01", False),
        ("GROWTH", "130.07", False),
        ("HAND", "100", False),
    ],
)
def test_what_a_split_saves_adds_up_to_the_last_digit(battle, c, at, *, way, value, gap_left):
    whole = told(battle, c, at, value=Decimal(value))
    for number, area in enumerate((c.city, c.county, c.other_county)):
        for year, figure in ((2024, 9), (2025, 10)):
            months(battle, area, year, [figure * (number + 1) + 0.37] * 12)
    start = below(whole)
    parts = start.split(Way(way), {})
    gap = start.gap(parts)
    campaigns.pass_on(
        whole, {part.holder: parts[part.key] for part in start.parts if part.key in parts}, by=c.clerk, at=at
    )
    saved = sum((row.value for row in whole.children.all()), Decimal(0))
    assert whole.value - saved == gap.gap
    assert (gap.gap == 0) == gap_left
    assert queries.targets_of(c.city, NOVEMBER)[0].gap_owner == "市金融局"


def test_rates_are_spread_and_weighed_never_added(c, battle, at):
    retail = battle.indicators.get()
    growth = IndicatorFactory(key="retail_growth", nature="RATE", unit="%", formula="growth(retail)")
    battle.indicators.add(growth)
    facts = {"indicator": growth, "by": c.clerk, "at": at}
    whole = campaigns.add_target(
        battle, **facts, area=c.city, year=2026, horizon="FULL_YEAR", value=Decimal("7.5")
    )
    for area, figure in ((c.county, 30), (c.other_county, 10)):
        for month in range(1, 13):
            FigureFactory(indicator=retail, area=area, month=date(2025, month, 1), value=figure)
    start = below(whole)
    assert start.ways == ["ALIKE", "HAND"]
    assert set(start.split(Way.ALIKE, {}).values()) == {Decimal("7.50")}
    told_by_hand = {start.parts[0].key: Decimal(8), start.parts[1].key: Decimal(5)}
    assert [start.gap(told_by_hand).sum, start.gap(told_by_hand).gap] == [Decimal("7.25"), Decimal("0.25")]
    assert start.gap({}).missing


def course_on(target, day):
    table = queries.figures_of([target], day, years=YEARS)
    return course_of(target, day, table=table, calendar=current_calendar())


def test_a_target_says_where_it_will_end(c, battle, at):
    target = told(battle, c, at, value=Decimal(150))
    for year in range(2018, 2026):
        months(battle, c.city, year, [10 + (year - 2018) * 0.3 + 0.1 * (n % 5) for n in range(12)])
    months(battle, c.city, 2026, [12.5] * 5)
    course = course_on(target, date(2026, 6, 20))
    ending = course.endings[0]
    assert ending.forecast.low < ending.forecast.forecast < ending.forecast.high
    assert ending.forecast.backtest
    assert ending.chance is not None
    assert 0 < ending.chance < 1
    assert ending.needed == pytest.approx((150 - 62.5) / ending.days)
    assert [line.done for line in course.lines][4:6] == [Decimal("62.5"), None]
    assert course.lines[11].usual == 150
    said = endings_in_words(target, course)[0][1]
    assert [any(word in text for text in said) for word in ("八成", "可能约", "每个工作日")] == [True] * 3
    rate = IndicatorFactory(nature="RATE")
    battle.indicators.add(rate)
    other = told(battle, c, at, indicator=rate)
    assert course_on(other, date(2026, 6, 20)).endings[0].why_not == "rate"
    early = course_on(target, date(2025, 12, 31))
    assert early.endings[0].why_not == "no_figure"


def test_how_many_targets_are_on_pace_is_what_their_lights_say(c, battle, at, django_assert_num_queries):
    months(battle, c.city, 2025, [10] * 12)
    months(battle, c.city, 2026, [10] * 10)
    held = told(battle, c, at, value=Decimal(100), horizon="HALF")
    year = told(battle, c, at, value=Decimal(400))
    with django_assert_num_queries(1):
        now = on_pace(c.city, on=NOVEMBER)
    assert (now.horizon, now.green, now.total, now.light) == ("FULL_YEAR", 0, 1, "RED")
    assert [line.light for line in queries.lines_of([year], NOVEMBER)] == ["RED"]
    then = on_pace(c.city, on=date(2026, 2, 20))
    assert (then.horizon, then.light) == (held.horizon, "GREEN" if _green(held, date(2026, 2, 20)) else "RED")
    assert on_pace(c.county, on=NOVEMBER) is None
    assert on_pace(None, on=NOVEMBER) is None


def _green(target, day):
    return queries.lines_of([target], day)[0].light == "GREEN"
