"""From a workbook to the register and back: preview, writing as one batch, undoing, errors marked, conflicts decided."""

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import IntegrityError

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.enterprises import services as enterprises
from gongjian.enterprises.fact_batches import services as fact_batches
from gongjian.enterprises.facts_for_rules.queries import facts_of
from gongjian.enterprises.models import Enterprise, Fact, FactBatch, FactDecision
from gongjian.enterprises.source_conflicts.queries import differing_sources, undecided_places
from gongjian.enterprises.states import BatchState
from gongjian.ledgers.fact_import import services as fact_import
from gongjian.ledgers.fact_import.checks import CellOutcome
from gongjian.ledgers.fact_import.error_workbook import without_formula
from gongjian.ledgers.fact_import.template_workbook import fact_columns, periods, template_workbook
from tests.books import book
from tests.factories import EnterpriseFactory, FactFactory
from tests.scenes import city as make_city

pytestmark = pytest.mark.django_db
CODE = "91110000600037341L"
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
HEAD = ["统一社会信用代码", "企业名称", "用电量2026年10月", "营业收入2026年10月（亿元）"]


@pytest.fixture
def city():
    return make_city()


@pytest.fixture
def take(city, at):
    def taken(*rows, source="企业月报", by=None):
        return fact_import.add_workbook(
            file_name="月报.xlsx", file=book(*rows), source=source, default=None, by=by or city.clerk, at=at
        )

    return taken


def marks(batch, city, at):
    checked = fact_import.preview_workbook(batch, by=city.clerk, today=at.date())
    return [(line.outcome.value, line.what, line.value, line.sentence) for line in checked.cells]


def test_a_preview_writes_nothing_and_the_batch_writes_all(city, take, at):
    batch = take(HEAD, [None, city.firm.name, 10.5, 1.2])
    assert Fact.objects.count() == 0
    assert [m[:3] for m in marks(batch, city, at)] == [
        ("NEW", "用电量 2026年10月", "10.5万千瓦时"),
        ("NEW", "营业收入 2026年10月", "12000万元"),
    ]
    done = fact_import.write_workbook(batch, by=city.clerk, at=at)
    assert (done.state, done.new_count, done.corrected_count) == (BatchState.WRITTEN, 2, 0)
    fact = Fact.objects.get(key="营业收入")
    assert (fact.value, fact.unit, fact.source, fact.batch) == (Decimal(12000), "万元", "企业月报", batch)
    assert [e.name for e in events_of(batch)] == ["enterprise.batch_taken", "enterprise.batch_written"]


def test_a_second_upload_knows_what_is_there(city, take, at):
    fact_import.write_workbook(take(HEAD, [None, city.firm.name, 10, 1]), by=city.clerk, at=at)
    again = take(HEAD, [None, city.firm.name, 10, 2])
    assert [(m[0], m[3]) for m in marks(again, city, at)] == [("SAME", ""), ("CORRECTS", "原来是 10000万元")]
    fact_import.write_workbook(again, by=city.clerk, at=at)
    assert Fact.objects.get(key="营业收入").value == 20000


def test_undo_takes_back_the_whole_batch_and_restores_what_was_corrected(city, take, at):
    first = fact_import.write_workbook(take(HEAD, [None, city.firm.name, 10, 1]), by=city.clerk, at=at)
    later = at + timedelta(hours=1)
    second = fact_import.write_workbook(take(HEAD, [None, city.firm.name, 12, None]), by=city.clerk, at=later)
    other = EnterpriseFactory(area=city.county)
    third = fact_import.write_workbook(take(HEAD, [None, other.name, 5, None]), by=city.clerk, at=later)
    fact_batches.undo_batch(second, by=city.clerk, at=later)
    fact = Fact.objects.get(enterprise=city.firm, key="用电量")
    assert (fact.value, fact.recorded_at, fact.batch) == (Decimal(10), at, first)
    fact_batches.undo_batch(third, by=city.clerk, at=later)
    assert not other.facts.exists()
    [told] = [e.data for e in events_of(third) if e.name == "enterprise.batch_undone"]
    assert (told["removed"], told["restored"], told["kept"]) == (1, 0, 0)
    with pytest.raises(Refused, match="已经撤销"):
        fact_batches.undo_batch(third, by=city.clerk, at=later)


def test_what_somebody_corrected_since_stays(city, take, at):
    batch = fact_import.write_workbook(take(HEAD, [None, city.firm.name, 10, 1]), by=city.clerk, at=at)
    enterprises.record_fact(
        city.firm,
        key="用电量",
        period_kind="MONTH",
        period=OCTOBER,
        value=Decimal(11),
        source="企业月报",
        by=city.clerk,
        at=at,
    )
    fact_batches.undo_batch(batch, by=city.clerk, at=at)
    assert [(f.key, f.value) for f in Fact.objects.all()] == [("用电量", Decimal(11))]


def test_another_source_stands_beside_and_is_told(city, take, at):
    FactFactory(enterprise=city.firm, key="用电量", value="96", unit="万千瓦时", source="供电公司")
    batch = take(HEAD, [None, city.firm.name, 100, None])
    assert [(m[0], m[3]) for m in marks(batch, city, at)] == [("DIFFERS", "供电公司 96万千瓦时")]
    fact_import.write_workbook(batch, by=city.clerk, at=at)
    assert {(f.source, f.value) for f in Fact.objects.all()} == {
        ("供电公司", Decimal(96)),
        ("企业月报", Decimal(100)),
    }


@pytest.mark.parametrize(
    "case",
    [
        ([None, "没有的公司", 1, None], "企业库里没有“没有的公司”"),
        ([None, "安川市恒岳机械公司", 1, None], "是不是“安川市恒岳机械有限公司”"),
        ([None, "恒岳机械", "abc", None], "不是数字"),
        ([None, "恒岳机械", -1, None], "不会是负数"),
        ([None, "恒岳机械", "5吨", None], "不认得“吨”"),
        ([None, "恒岳机械", True, None], "不是数字"),
        ([None, "恒岳机械", 1e30, None], "太大"),
        ([CODE, "恒岳机械", 1, None], None),
    ],
)
def test_what_is_refused_says_why(city, take, at, case):
    row, why = case
    lines = marks(take(HEAD, row), city, at)
    assert [m[0] for m in lines] == (["REFUSED"] if why else ["NEW"])
    if why:
        assert why in lines[0][3]


@pytest.mark.parametrize(
    "case",
    [
        ([None, "没有的公司", 1, 2], "请先登记这家企业"),
        ([None, "安川市恒岳机械公司", 1, 2], "是不是“安川市恒岳机械有限公司”"),
        ([CODE, None, 1, 2], f"企业库里没有“{CODE}”"),
    ],
)
def test_the_row_of_an_unknown_firm_is_refused_once_with_its_figures_counted(city, take, at, case):
    row, why = case
    batch = take(HEAD, row, [None, city.firm.name, 10.5, 1.2])
    first, *others = marks(batch, city, at)
    assert (first[0], first[1]) == ("REFUSED", "全行 2 个数")
    assert why in first[3]
    assert [m[0] for m in others] == ["NEW", "NEW"]


def test_the_code_counts_before_the_name_and_a_wrong_one_is_told(city, take, at):
    other = EnterpriseFactory(area=city.county, name="别的公司", credit_code=CODE)
    assert marks(take(HEAD, [CODE, "恒岳机械", 1, None]), city, at)[0][0] == "NEW"
    checked = fact_import.preview_workbook(
        take(HEAD, [CODE, "恒岳机械", 1, None]), by=city.clerk, today=at.date()
    )
    assert checked.facts[0].firm == other.pk
    other.credit_code = "91110000802100433B"
    other.save()
    assert "与表里不同" in marks(take(HEAD, [CODE, "别的公司", 1, None]), city, at)[0][3]


def test_two_firms_of_one_name_are_listed_not_guessed(city, take, at):
    EnterpriseFactory(area=city.other_county, name=city.firm.name)
    line = marks(take(HEAD, [None, city.firm.name, 1, None]), city, at)[0]
    assert line[0] == "REFUSED"
    assert "2 家" in line[3]
    assert "临河区" in line[3]
    assert "北岭区" in line[3]


def test_a_firm_of_another_county_is_not_ones_own(city, take, at):
    elsewhere = EnterpriseFactory(area=city.other_county)
    batch = take(HEAD, [None, elsewhere.name, 1, None], by=city.county_clerk)
    checked = fact_import.preview_workbook(batch, by=city.county_clerk, today=at.date())
    assert [line.outcome for line in checked.cells] == [CellOutcome.REFUSED]


def test_twice_in_one_file_is_told_apart_by_value(city, take, at):
    rows = [None, city.firm.name, 1, None], [None, "恒岳机械", 1, None], [None, "恒岳机械", 2, None]
    assert [m[0] for m in marks(take(HEAD, *rows), city, at)] == ["NEW", "SAME", "REFUSED"]


def test_a_month_to_come_is_refused(city, take, at):
    line = marks(take(["企业名称", "用电量2026年12月"], [city.firm.name, 1]), city, at)[0]
    assert "还没有到" in line[3]


def test_who_may_not_write_may_not_take(city, take):
    with pytest.raises(Refused, match="录入权限"):
        take(HEAD, [None, city.firm.name, 1, None], by=city.handler)
    with pytest.raises(Refused, match="首席服务官"):
        take(HEAD, [None, city.firm.name, 1, None], by=city.leader)


def test_a_file_that_says_nothing_is_refused_at_the_door(city, take):
    with pytest.raises(Refused, match="没有读到任何数据"):
        take(["企业名称", "天气"], [city.firm.name, "晴"])
    assert not FactBatch.objects.exists()


def test_a_batch_is_written_once_and_dropped_only_before(city, take, at):
    batch = take(HEAD, [None, city.firm.name, 1, None])
    fact_import.write_workbook(batch, by=city.clerk, at=at)
    for again in (fact_import.write_workbook, fact_batches.drop_batch):
        with pytest.raises(Refused, match="已经处理过"):
            again(batch, by=city.clerk, at=at)
    other = take(HEAD, [None, "没有", 1, None])
    with pytest.raises(Refused, match="没有可以写入"):
        fact_import.write_workbook(other, by=city.clerk, at=at)
    fact_batches.drop_batch(other, by=city.clerk, at=at)
    assert not FactBatch.objects.filter(pk=other.pk).exists()


def test_a_race_is_told_in_a_sentence(city, take, at, monkeypatch):
    def crash(*_args, **_kwargs):
        raise IntegrityError

    monkeypatch.setattr(fact_batches, "write_batch", crash)
    with pytest.raises(Refused, match="同时有人"):
        fact_import.write_workbook(take(HEAD, [None, city.firm.name, 1, None]), by=city.clerk, at=at)


def test_the_clerk_gets_his_own_workbook_with_the_errors_marked(city, take, at):
    batch = take(
        HEAD,
        [None, city.firm.name, "abc", 1],
        [None, "=没有的公司", 2, None],
        [None, city.firm.name, None, None],
    )
    made = openpyxl.load_workbook(
        io.BytesIO(fact_import.error_workbook_of(batch, by=city.clerk, today=at.date()))
    )
    page = made["Sheet1"]
    assert [cell.value for cell in page[1]] == [*HEAD, "错误说明"]
    assert page["C2"].fill.start_color.rgb.endswith("F8CBAD")
    assert "不是数字" in page["C2"].comment.text
    assert page["D2"].fill.fill_type is None
    assert "用电量 2026年10月" in page["E2"].value
    assert page["E2"].data_type == page["E3"].data_type == "s"
    assert page["E4"].value is None
    assert page["D2"].value == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_text_of_ours_is_taken_for_a_formula(text):
    assert without_formula(text) == "'" + text
    assert without_formula("平常话") == "平常话"


def test_the_template_comes_back_as_it_was_given(city, take, at):
    FactFactory(enterprise=city.firm, key="用电量", value="7.25", unit="万千瓦时", source="企业月报")
    FactFactory(enterprise=city.firm, key="税收", value="3", source="税务部门")
    asked = fact_columns(
        ["用电量", "税收", "境内外上市", "主要能源", "首次上规日期", "利润总额", "研发人员"],
        kind="MONTH",
        last=OCTOBER,
        number=2,
    )
    file = template_workbook(Enterprise.objects.all(), columns=asked, source="企业月报")
    page = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
    notes = [cell.comment.text for row in page.iter_rows() for cell in row if cell.comment]
    assert notes == ["税务部门：3万元"]
    choices = [v.formula1 for v in page.data_validations.dataValidation if v.type == "list"]
    assert choices == ['"是,否"', '"电,气,煤,产量"']
    batch = fact_import.add_workbook(
        file_name="模板.xlsx", file=file, source="企业月报", default=None, by=city.clerk, at=at
    )
    assert [m[:3] for m in marks(batch, city, at)] == [("SAME", "用电量 2026年10月", "7.25万千瓦时")]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("MONTH", [date(2025, 12, 1), date(2026, 1, 1)]),
        ("QUARTER", [date(2025, 10, 1), date(2026, 1, 1)]),
        ("YEAR", [date(2025, 1, 1), date(2026, 1, 1)]),
        ("DAY", [date(2026, 1, 9)]),
    ],
)
def test_periods_of_a_template(kind, wanted):
    assert [day for _kind, day in periods(kind, last=date(2026, 1, 9), number=2)] == wanted


def test_a_conflict_is_decided_recorded_and_used(city, take, at):
    FactFactory(
        enterprise=city.firm, key="用电量", value="96", unit="万千瓦时", source="供电公司", recorded_at=at
    )
    fact_import.write_workbook(take(HEAD, [None, city.firm.name, 100, None]), by=city.clerk, at=at)
    [place] = undecided_places(Enterprise.objects.all())
    [row] = differing_sources([place])
    assert (row.key, row.when, row.used) == ("用电量", "2026年10月", "供电公司")
    decision = fact_batches.choose_source(
        city.firm,
        key="用电量",
        period_kind="MONTH",
        period=OCTOBER,
        source="企业月报",
        reason="电表更换",
        by=city.clerk,
        at=at,
    )
    assert undecided_places(Enterprise.objects.all()) == []
    assert facts_of(city.firm, today=at.date()).values["用电量@2026-10"] == 100
    assert events_of(city.firm).last().data["reason"] == "电表更换"
    fact_batches.withdraw_choice(decision, by=city.clerk, at=at)
    assert facts_of(city.firm, today=at.date()).values["用电量@2026-10"] == 96
    assert undecided_places(Enterprise.objects.all(), key="税收") == []


def test_only_a_source_that_says_something_can_be_chosen(city, at):
    facts = {"key": "用电量", "period_kind": "MONTH", "period": OCTOBER, "source": "没有报过"}
    with pytest.raises(Refused, match="没有这一期"):
        fact_batches.choose_source(city.firm, **facts, by=city.clerk, at=at)
    with pytest.raises(Refused, match="首席服务官"):
        fact_batches.choose_source(city.firm, **facts, by=city.auditor, at=at)
    assert not FactDecision.objects.exists()
