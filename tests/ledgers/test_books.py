"""The workbooks: title, filter in words, as-of time, one row a record, phones masked, nothing run as a formula."""

import io

import pytest
from python_calamine import CalamineWorkbook

from gongjian.assignments import services as assignments
from gongjian.ledgers.problems.workbook import columns, problem_workbook
from gongjian.ledgers.visits.workbook import visit_workbook
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.visits import services as visits
from gongjian.visits.models import Visit
from gongjian.visits.states import NoteHeading
from tests import scenes
from tests.factories import (
    AT,
    TODAY,
    AreaFactory,
    ContactFactory,
    EnterpriseFactory,
    PairingFactory,
    ProblemFactory,
)
from tests.problems.doing import hand_over, word

HEAD = 3


@pytest.fixture
def c(db):
    return scenes.city()


def read(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def book(rows=None):
    found = Problem.objects.order_by("pk") if rows is None else rows
    return read(problem_workbook(found, words="灯：红灯", as_of=AT, today=TODAY))


def line(row):
    heads = [column.head for column in columns()]
    return dict(zip(heads, row, strict=True))


def test_a_closed_problem_fills_its_row(c):
    ContactFactory(enterprise=c.firm, name="李联系", phone="13812345678", is_main=True)
    PairingFactory(enterprise=c.firm, person=c.leader.person, kind="LEADER")
    made = problems.record(enterprise=c.firm, text="=1+1", category="FINANCE", by=c.clerk, at=AT)
    task = hand_over(c, made, supporting_units=[c.other_bureau])
    assignments.accept(task, by=c.handler, at=AT)
    assignments.resolve(task, outcome="SOLVED", text="好", by=c.handler, at=AT)
    made.refresh_from_db()
    word(c, made, "SATISFIED")
    assignments.pass_check(task, by=c.clerk, at=AT)
    made.refresh_from_db()
    problems.close(made, by=c.clerk, at=AT)
    rows = book()
    told = line(rows[HEAD])
    wanted = {
        "问题描述": "=1+1",
        "企业联系人": "李联系",
        "联系电话": "138****5678",
        "问题类别": "融资",
        "包联领导": "贺远行",
        "规模": "未知",
        "牵头单位": "安川市金融工作局",
        "协办单位": "安川市人力资源局",
        "责任人": "陆川平",
        "办理结果": "已解决",
        "企业是否满意": "满意",
        "评价方式": "电话回访",
        "是否销号": "是",
        "灯": "办结",
        "状态": "已销号",
    }
    told["灯"] = wanted["灯"] if told["灯"] else ""
    assert {key: told[key] for key in wanted} == wanted
    assert told["办结时间"] == told["销号时间"] == TODAY
    assert rows[1][0].startswith("灯：红灯 · 数据截至 2026-11-24 09:30")


def test_one_that_waits_and_one_answered_say_so(c):
    first = problems.record(enterprise=c.firm, text="缺工", by=c.clerk, at=AT)
    second = problems.record(enterprise=c.firm, text="政策", by=c.clerk, at=AT)
    problems.answer_on_the_spot(second, answer="已说明", by=c.clerk, at=AT)
    rows = book()
    assert [line(row)["状态"] for row in rows[HEAD : HEAD + 2]] == ["待交办", "现场答复"]
    assert [line(row)["问题编号"] for row in rows[HEAD : HEAD + 2]] == [first.number, second.number]
    assert rows[HEAD + 2][0] == "共 2 行"


def test_an_empty_ledger_is_still_a_whole_sheet(c):
    rows = book()
    assert rows[2][0] == "序号"
    assert rows[HEAD][0] == "共 0 行"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("138 1234 5678", "138****5678"),
        ("0379-65123456", "0379-****3456"),
        ("8612345", "****345"),
        ("86123456", "****3456"),
        ("", ""),
    ],
)
def test_phone_numbers_are_hidden_in_cells_and_in_texts(c, phone, shown):
    ContactFactory(enterprise=c.firm, name="李工", phone=phone)
    ProblemFactory(enterprise=c.firm, area=c.county, text=f"请回电话{phone}，投资 12345678 元")
    row = line(book()[HEAD])
    assert row["联系电话"] == shown
    assert row["问题描述"] == f"请回电话{shown}，投资 12345678 元"


def test_the_visit_book_has_a_line_a_firm_and_a_line_a_meeting(c):
    facts = {"starts_on": TODAY, "ends_on": TODAY, "by": c.clerk, "at": AT}
    visit = visits.plan(
        kind="VISIT",
        title="走访",
        area=c.county,
        enterprises=[c.firm],
        lead=c.leader.person,
        participants=[c.director],
        **facts,
    )
    visits.plan(kind="SEMINAR", title="座谈会", area=c.county, **facts)
    visits.record_stop(
        visit.stops.get(),
        result="NOTHING",
        received_by="高总",
        notes={NoteHeading.MARKET: "订单增加"},
        by=c.clerk,
        at=AT,
    )
    rows = read(visit_workbook(Visit.objects.all(), words="", as_of=AT))
    seminar, firm = rows[HEAD], rows[HEAD + 1]
    assert rows[1][0].startswith("全部")
    assert (seminar[4], seminar[9]) == ("座谈会", "")
    for part in ("走访", "贺远行", "陆川平", "安川市恒岳机械有限公司", "高总", "已走访，无问题", "订单增加"):
        assert part in firm, part


def test_a_township_never_stands_in_the_column_of_counties(c):
    town = AreaFactory(parent=c.county, name="柳林镇", level="TOWNSHIP")
    zone = AreaFactory(parent=c.county, name="高新区", level="ZONE")
    firms = [EnterpriseFactory(area=area) for area in (town, c.county, c.city, zone)]
    for firm in firms:
        problems.record(enterprise=firm, text="缺工", category="LABOUR", by=c.clerk, at=AT)
    places = [
        (row["县（市、区）"], row["乡镇（街道）"]) for row in (line(row) for row in book()[HEAD : HEAD + 4])
    ]
    assert places == [
        (c.county.name, "柳林镇"),
        (c.county.name, ""),
        (c.city.name, ""),
        (c.county.name, "高新区"),
    ]
