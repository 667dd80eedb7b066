"""Figures are written once, superseded and never overwritten; odd ones are asked about; approved ones are locked."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.indicators import queries
from gongjian.indicators import services as indicators
from gongjian.indicators.models import Figure, FigureQuestion, Indicator, MonthlyReturn
from gongjian.indicators.reading.cells import Cell, Fault, Place
from gongjian.indicators.returns.queries import completeness
from tests import scenes
from tests.factories import AT, FigureFactory, IndicatorFactory

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def retail(c):
    return IndicatorFactory(key="retail", name="社会消费品零售总额", joined=True, due_day=18)


def cell(indicator, area, value, *, month=OCTOBER, column="REPORTED", row=1):
    return Cell(indicator.pk, area.pk, month, column, Decimal(str(value)), Place("", row, 1))


def enter(c, *cells, by=None, at=AT, faults=()):
    return indicators.enter_figures(cells, faults=faults, via="PASTE", by=by or c.clerk, at=at)


def told(batch):
    return (batch.written, batch.unchanged, batch.asked, [fault[3] for fault in batch.faults])


def values(indicator):
    return [
        (f.area.name, f"{f.month:%m}", f.column, f"{f.value.normalize():f}", f.superseded_at is None)
        for f in Figure.objects.filter(indicator=indicator).order_by("pk")
    ]


def test_the_two_columns_never_overwrite_each_other_and_the_same_twice_changes_nothing(c, retail):
    both = [cell(retail, c.county, 12), cell(retail, c.county, 11.8, column="OFFICIAL", row=2)]
    assert told(enter(c, *both)) == (2, 0, 0, [])
    assert told(enter(c, *both)) == (0, 2, 0, [])
    assert values(retail) == [
        ("临河区", "10", "REPORTED", "12", True),
        ("临河区", "10", "OFFICIAL", "11.8", True),
    ]
    assert Event.objects.filter(name="figures.entered").count() == 2


def test_a_newer_value_supersedes_and_the_older_is_read_as_of_its_day(c, retail):
    enter(c, cell(retail, c.county, 12))
    enter(c, cell(retail, c.county, 13), at=AT + timedelta(days=2))
    assert [(v[3], v[4]) for v in values(retail)] == [("12", False), ("13", True)]

    def read(as_of):
        table = queries.FigureTable.read([retail], [c.county], first=OCTOBER, last=OCTOBER, as_of=as_of)
        return table.value(retail, c.county.pk, OCTOBER, "")

    assert read(None) == 13
    assert read(AT + timedelta(days=1)) == 12
    assert read(AT - timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("month", "why"),
    [(date(2026, 1, 1), "january"), (date(2026, 12, 1), "future")],
)
def test_a_month_that_has_no_figure_is_refused_by_cell(c, retail, month, why):
    good = cell(retail, c.county, 12, row=2)
    assert told(enter(c, cell(retail, c.county, 1, month=month), good)) == (1, 0, 0, [why])


def test_what_may_not_be_written_is_told_and_the_rest_goes_in(c, retail):
    derived = IndicatorFactory(key="retail_growth", formula="growth(retail)")
    ended = IndicatorFactory(disabled_on=SEPTEMBER)
    batch = enter(
        c,
        cell(retail, c.other_county, 9, row=1),
        cell(derived, c.county, 9, row=2),
        cell(ended, c.county, 9, row=3),
        cell(retail, c.county, 9, row=4),
        cell(retail, c.county, 10, row=5),
        by=c.county_clerk,
        faults=[Fault(Place("表1", 7, 2), "no_number", "abc")],
    )
    assert told(batch) == (1, 0, 0, ["no_number", "not_yours", "derived", "disabled", "twice"])
    assert batch.faults[0] == ["表1", 7, 2, "no_number", "abc"]
    with pytest.raises(Refused, match="没有读到"):
        enter(c)
    for who in (c.handler, c.leader):
        with pytest.raises(Refused):
            enter(c, cell(retail, c.county, 9), by=who)


def test_a_batch_keeps_every_one_of_its_faults(c, retail):
    faults = [Fault(Place("表1", row, 2), "no_number", "约") for row in range(1, 2502)]
    batch = enter(c, cell(retail, c.county, 12), faults=faults)
    batch.refresh_from_db()
    assert len(batch.faults) == 2501
    assert batch.faults[-1] == ["表1", 2501, 2, "no_number", "约"]


def test_an_odd_figure_waits_for_its_answer(c, retail):
    for county, value in ((c.county, 12), (c.other_county, 10)):
        enter(c, cell(retail, county, value, month=SEPTEMBER))
    odd = [cell(retail, c.county, 120_000), cell(retail, c.other_county, 50, row=2)]
    assert told(enter(c, *odd)) == (0, 0, 2, [])
    assert told(enter(c, *odd)) == (0, 2, 0, [])
    first, second = FigureQuestion.objects.order_by("pk")
    assert [first.jump, first.known_value, first.known_month] == ["UNIT_MORE", 12, SEPTEMBER]
    with pytest.raises(Refused, match="属实"):
        indicators.answer_question(second, answer="KEPT", by=c.clerk, at=AT)
    indicators.answer_question(second, answer="KEPT", note="新商场开业", by=c.clerk, at=AT)
    indicators.answer_question(first, answer="DROPPED", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="已经答复"):
        indicators.answer_question(first, answer="DROPPED", by=c.clerk, at=AT)
    assert ("北岭区", "10", "REPORTED", "50", True) in values(retail)
    assert not Figure.objects.filter(value=120_000).exists()
    assert told(enter(c, *odd)) == (0, 2, 0, [])  # what was dropped stays dropped
    assert told(enter(c, cell(retail, c.county, 12.5))) == (1, 0, 0, [])


def test_a_first_figure_is_compared_with_the_other_areas(c, retail):
    for n in range(3):
        FigureFactory(indicator=retail, month=OCTOBER, value=10 + n)
    assert told(enter(c, cell(retail, c.county, 100_000))) == (0, 0, 1, [])
    question = FigureQuestion.objects.get()
    assert [question.jump, question.known_value] == ["OUTLIER", 11]


def test_approved_figures_are_locked_and_corrected_with_a_reason(c, retail):
    with pytest.raises(Refused, match="还没有数据"):
        indicators.hand_up(c.county, month=OCTOBER, column="REPORTED", by=c.county_clerk, at=AT)
    enter(c, cell(retail, c.county, 12), by=c.county_clerk)
    row = indicators.hand_up(c.county, month=OCTOBER, column="REPORTED", by=c.county_clerk, at=AT)
    assert told(enter(c, cell(retail, c.county, 13)))[3] == ["handed_up"]
    with pytest.raises(Refused, match="上级"):
        indicators.approve(row, by=c.county_clerk, at=AT)
    indicators.send_back(row, reason="少一户", by=c.clerk, at=AT)
    assert told(enter(c, cell(retail, c.county, 13))) == (1, 0, 0, [])
    indicators.hand_up(c.county, month=OCTOBER, column="REPORTED", by=c.county_clerk, at=AT)
    with pytest.raises(Refused, match="已经上报"):
        indicators.hand_up(c.county, month=OCTOBER, column="REPORTED", by=c.county_clerk, at=AT)
    indicators.approve(row, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="只有已上报"):
        indicators.send_back(row, reason="再改", by=c.clerk, at=AT)
    assert told(enter(c, cell(retail, c.county, 14)))[3] == ["locked"]
    standing = Figure.objects.get(superseded_at=None)
    with pytest.raises(Refused, match="上级"):
        indicators.restate(standing, value=Decimal(14), reason="核减", by=c.county_clerk, at=AT)
    for value, reason, told_why in ((13, "核减", "一样"), (14, " ", "理由")):
        with pytest.raises(Refused, match=told_why):
            indicators.restate(standing, value=Decimal(value), reason=reason, by=c.clerk, at=AT)
    indicators.restate(standing, value=Decimal(14), reason="统计部门核减", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="刷新"):
        indicators.restate(standing, value=Decimal(15), reason="又改", by=c.clerk, at=AT)
    assert [(v[3], v[4]) for v in values(retail)] == [("12", False), ("13", False), ("14", True)]
    assert MonthlyReturn.objects.get().state == "APPROVED"


def test_who_hands_up_does_not_approve_and_open_questions_come_first(c, retail):
    enter(c, cell(retail, c.city, 12, month=SEPTEMBER), cell(retail, c.city, 90))
    enter(c, cell(retail, c.city, 13, column="OFFICIAL"))
    enter(c, cell(IndicatorFactory(), c.city, 1))
    with pytest.raises(Refused, match="疑问"):
        indicators.hand_up(c.city, month=OCTOBER, column="REPORTED", by=c.clerk, at=AT)
    row = indicators.hand_up(c.city, month=OCTOBER, column="OFFICIAL", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="另一个人"):
        indicators.approve(row, by=c.clerk, at=AT)
    indicators.answer_question(FigureQuestion.objects.get(), answer="DROPPED", by=c.clerk, at=AT)
    indicators.hand_up(c.city, month=OCTOBER, column="REPORTED", by=c.clerk, at=AT)


def test_a_question_about_a_closed_month_waits_for_its_return(c, retail):
    enter(c, cell(retail, c.county, 12, month=SEPTEMBER), cell(retail, c.county, 90))
    question = FigureQuestion.objects.get()
    MonthlyReturn.objects.create(area=c.county, month=OCTOBER, column="REPORTED", state="HANDED_UP")
    with pytest.raises(Refused, match="月报已经上报"):
        indicators.answer_question(question, answer="KEPT", note="属实", by=c.clerk, at=AT)


def test_late_and_missing_are_told_apart(c, retail):
    revenue = IndicatorFactory(key="revenue", due_day=8)
    IndicatorFactory(key="trade", due_day=28)
    IndicatorFactory(key="growth", formula="growth(retail)")
    early = timezone.make_aware(datetime(2026, 11, 18, 23, 0))  # noqa: DTZ001  made aware here
    enter(c, cell(retail, c.county, 12), cell(revenue, c.county, 3, row=2), at=early)
    by_area = {
        one.area: one for one in completeness(c.clerk, month=OCTOBER, column="REPORTED", today=AT.date())
    }
    one = by_area[c.county]
    assert (one.in_time, one.late, one.not_due, one.missing) == (1, 1, 1, [])
    assert (one.there, one.expected) == (2, 3)
    assert by_area[c.other_county].missing == [retail, revenue]


def test_derived_figures_are_computed_from_joined_months(c):
    indicators.load_catalogue(by=None, at=AT)
    assert indicators.load_catalogue(by=None, at=AT) == []
    by_key = {one.key: one for one in Indicator.objects.all()}
    output, power = by_key["industrial_output"], by_key["electricity"]
    for year, value in ((2025, 100), (2026, 110)):
        FigureFactory(indicator=output, area=c.county, month=date(year, 2, 1), value=value)
    for month, value in ((1, 200), (2, 240)):
        FigureFactory(indicator=power, area=c.county, month=date(2026, month, 1), value=value)
    table = queries.FigureTable.read(
        by_key.values(), [c.county], first=date(2025, 1, 1), last=date(2026, 12, 1)
    )
    february = date(2026, 2, 1)
    assert table.value(by_key["industrial_growth"], c.county.pk, february, "") == 10
    assert table.value(by_key["energy_intensity"], c.county.pk, february, "REPORTED") == 4
    assert table.value(by_key["industrial_growth"], c.county.pk, date(2026, 1, 1), "") is None
    assert table.value(by_key["industrial_growth"], c.county.pk, february, "OFFICIAL") is None
    assert table.so_far(power, c.county.pk, february, "") == 440
    assert table.so_far(output, c.county.pk, date(2026, 3, 1), "") is None
    assert table.so_far(by_key["loans"], c.county.pk, february, "") is None


def test_the_catalogue_is_edited_by_the_office_of_the_city(c, retail):
    facts = {"name": "零售增速", "unit": "%", "nature": "RATE", "source": "统计部门", "due_day": 18}
    new = {"key": "retail_growth", **facts, "formula": "growth(retail)"}
    for bad, told_why in (
        ({"key": "Retail"}, "代码"),
        ({"key": "retail"}, "已经用过"),
        ({"name": "社会消费品零售总额"}, "目录里"),
        ({"name": " "}, "名称"),
        ({"due_day": 32}, "1 到 31"),
        ({"formula": "retail/2"}, "看不懂"),
        ({"formula": "growth(nothing)"}, "没有代码"),
    ):
        with pytest.raises(Refused, match=told_why):
            indicators.add_indicator(**(new | bad), by=c.clerk, at=AT)
    with pytest.raises(Refused, match="市攻坚办"):
        indicators.add_indicator(**new, by=c.county_clerk, at=AT)
    growth = indicators.add_indicator(**new, by=c.clerk, at=AT)
    enter(c, cell(retail, c.county, 12))
    with pytest.raises(Refused, match="已有数据"):
        indicators.update_indicator(
            retail, name=retail.name, formula="growth(retail_growth)", by=c.clerk, at=AT
        )
    other = IndicatorFactory(key="other")
    indicators.update_indicator(other, name="另一项", formula="growth(retail_growth)", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="绕回"):
        indicators.update_indicator(growth, name="零售增速", formula="growth(other)", by=c.clerk, at=AT)
    indicators.update_indicator(growth, name="社零增速", disabled_on=OCTOBER, by=c.clerk, at=AT)
    assert growth not in queries.in_force(OCTOBER)
    assert growth in queries.in_force(SEPTEMBER)
    assert Event.objects.filter(name="indicator.changed").latest("seq").data["values"]["name"] == [
        "零售增速",
        "社零增速",
    ]


@pytest.mark.parametrize(("unit", "change"), [("%", "-2"), ("千瓦时/万元", "-4")])
def test_a_rate_in_per_cent_changes_in_points_and_any_other_grows(unit, change):
    one = Indicator(pk=1, key="ratio", unit=unit, nature="RATE", direction="LESS")
    table = queries.FigureTable({one.key: one})
    for year, value in ((2025, 50), (2026, 48)):
        table.values[one.pk, 7, date(year, 10, 1), "REPORTED"] = Decimal(value)
    assert table.change(one, 7, date(2026, 10, 1), "REPORTED") == Decimal(change)
