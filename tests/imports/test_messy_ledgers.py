"""Ledgers as they really come, by kind of defect: what is read, what is no record, and what is said."""

import io
from datetime import date

import pytest
import xlsxwriter

from gongjian.audit import Refused
from gongjian.engines.tables.rows import is_total
from gongjian.engines.tables.values import BadCell, Unclear, read_amount, read_day, read_span
from gongjian.enterprises.models import Contact, Enterprise
from gongjian.imports.names.registers import NamedPerson, persons_in
from gongjian.imports.reading.workbook_reader import read_ledger
from gongjian.visits.models import Visit
from tests import scenes
from tests.books import book
from tests.factories import AT
from tests.imports.steps import written

UNITS = ["单位名称", "主要职责"]
ONE, TWO = ["市金融局", "融资"], ["市人社局", "用工"]


def sheet_of(kind, file):
    (sheet,) = read_ledger(file, kind=kind, sheets=[], chosen={}, today=date(2025, 12, 2)).sheets
    return sheet


def names(kind, *rows):
    return [row.text("name") for row in sheet_of(kind, book(*rows)).rows]


@pytest.mark.parametrize(
    "written_day",
    [
        *(
            "2025年3月7日上午",
            "2025.3.7下午3点",
            "2025-3-7 上午10:30",
            "2025/3/7 下午 3:05",
            "2025年3月7日 晚",
        ),
        *(
            "2025.3.7 9:00-11:30",
            "2025年3月7日9时",
            "2025年3月7日（周五）下午",
            "2025年3月7日星期五",
            "2025.3.7早上",
        ),
        *(
            "2025.3.7（已完成）",
            "2025年3月7日起",
            "2025,3,7",
            "２０２５，３，７",
            "2025年3月7日之前",
            "2025.3.7 15时30分左右",
        ),
        *("2025-3-7 9:05", "20250307 上午", "2025-03-07T10:30:00"),
    ],
)
def test_a_day_with_more_behind_it(written_day):
    assert read_day(written_day) == date(2025, 3, 7)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2025年3月上旬", Unclear.NO_DAY),
        ("2025年3月", Unclear.NO_DAY_OF_MONTH),
        ("2023-1-28至今", Unclear.SPAN),
        ("3月5日—6日", Unclear.SPAN),
        ("上午", Unclear.NO_DAY),
        ("长期（持续推进）", Unclear.NO_DAY),
    ],
)
def test_what_is_no_single_day(cell, why):
    with pytest.raises(BadCell) as bad:
        read_day(cell)
    assert bad.value.why == why


@pytest.mark.parametrize(
    "cell", ["2025年3月5日—6日", "2025.3.5-3.6", "2025.3.5-2025.3.6", "2025年3月5日至3月6日", "3月5日-6日"]
)
def test_a_visit_of_several_days(cell):
    assert read_span(cell, year=2025) == (date(2025, 3, 5), date(2025, 3, 6))


def test_the_day_of_a_visit_may_say_the_part_of_the_day_and_a_span():
    heads = ["走访时间", "走访企业", "带队领导"]
    rows = sheet_of(
        "VISITS",
        book(
            heads,
            ["2025年3月3日上午", "甲", "乙某"],
            ["2025.3.5—3.6", "甲", "乙某"],
            ["2025.3.7", "甲", "乙某"],
        ),
    ).rows
    said = [(row.values["starts_on"], row.values.get("ends_on"), row.text("part")) for row in rows]
    assert said == [
        (date(2025, 3, 3), None, "MORNING"),
        (date(2025, 3, 5), date(2025, 3, 6), ""),
        (date(2025, 3, 7), None, ""),
    ]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "第1页 共2页",
            "第 2 页",
            "- 3 -",
            "（盖章）",
            "（单位公章）",
            "以上情况属实",
            "以下空白",
            "——以下无正文——",
        ),
        *(
            "全市合计（家）",
            "共计2个",
            "总　计：",
            "小计(个)",
            "单位负责人（签字）：",
            "填报日期：2025年3月3日",
        ),
    ],
)
def test_lines_that_are_no_record(line):
    assert names("UNITS", UNITS, ONE, [line, None], TWO) == ["市金融局", "市人社局"]


@pytest.mark.parametrize("name", ["合计生育协会", "公章管理处", "第一中学", "页岩气公司", "总计算中心"])
def test_names_that_only_look_like_such_lines(name):
    assert names("UNITS", UNITS, ONE, [name, "某事"], TWO) == ["市金融局", name, "市人社局"]
    assert not is_total(name)


def test_title_and_headings_printed_again_on_each_page():
    rows = (["安川市单位名册"], UNITS, ONE, ["第1页"], ["安川市单位名册"], UNITS, TWO)
    assert names("UNITS", *rows) == ["市金融局", "市人社局"]


def test_another_table_below_is_not_read_and_said():
    other = ["姓名", "单位", "职务"]
    file = book(UNITS, ONE, [None], ["二、联络员"], other, ["某甲", "市金融局", "科长"], UNITS, TWO)
    sheet = sheet_of("UNITS", file)
    assert [row.text("name") for row in sheet.rows] == ["市金融局", "市人社局"]
    assert sheet.other_table == 4


def test_headings_that_stand_below_each_other_are_said():
    file = book(["单位名称", "市金融局", "市人社局"], ["主要职责", "融资", "用工"], ["简称", "甲", "乙"])
    with pytest.raises(Refused, match="竖着写在第一列"):
        sheet_of("UNITS", file)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Firm 企业名称", "name"),
        ("企业名称?", "name"),
        ("Name of firm 企业名称", "name"),
        ("企业名称√", "name"),
    ],
)
def test_headings_in_two_languages_and_with_marks(heading, field):
    sheet = sheet_of("FIRMS", book([heading, "County 县区"], ["甲公司", "临河区"]))
    assert list(sheet.head.places) == [field, "county"]


def test_names_broken_into_lines_are_one_line():
    rows = sheet_of(
        "FIRMS", book(["企业名称", "县区"], ["安川甲\n有限公司", "临河\n区"], ["ABB\nDrives 公司", None])
    ).rows
    assert [(row.text("name"), row.text("county")) for row in rows] == [
        ("安川甲有限公司", "临河区"),
        ("ABB Drives 公司", ""),
    ]
    assert names("PERSONS", ["姓名", "电话"], ["王五\n赵六", None]) == ["王五\n赵六"]  # two persons stay two


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("某甲\n13900000001", [NamedPerson("某甲", "", "13900000001")]),
        (
            "某甲、13900000001；某乙，0391-6612345转801",
            [NamedPerson("某甲", "", "13900000001"), NamedPerson("某乙", "", "0391-6612345转801")],
        ),
        ("某甲/某乙", [NamedPerson("某甲"), NamedPerson("某乙")]),
    ],
)
def test_a_number_below_a_name_is_the_persons(cell, found):
    assert persons_in(cell) == found


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("人民币 20 万元整", 20), ("¥20万元", 20), ("人民币：200,000元", 20), ("20万元正", 20)],
)
def test_amounts_as_written_on_receipts(cell, amount):
    assert read_amount(cell, unit="万元") == amount


@pytest.mark.parametrize(
    ("cell", "yes"), [("☑", True), ("■", True), ("✔", True), ("□", False), ("☐", False), ("✗", False)]
)
def test_boxes_ticked_and_empty(cell, yes):
    heads = ["姓名", "单位", "职务", "是否一把手"]
    (row,) = sheet_of("PERSONS", book(heads, ["某甲", "市金融局", "局长", cell])).rows
    assert row.values["is_principal"] is yes


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [
        ("已解决√", "SOLVED"),
        ("已经解决", "SOLVED"),
        ("已办结（满意）", "SOLVED"),
        ("部分解决", "RUNNING"),
        ("持续推进", "RUNNING"),
    ],
)
def test_results_in_other_words(cell, outcome):
    (row,) = sheet_of("PROBLEMS", book(["企业名称", "问题描述", "是否解决"], ["甲", "乙事", cell])).rows
    assert row.values["outcome"] == outcome


def test_as_above_in_brackets():
    (_first, second) = sheet_of("UNITS", book(UNITS, ONE, ["市人社局", "（同上）"])).rows
    assert second.values["duties"] == "融资"


# --- with the registers


def by_sheet(*names_of_sheets, title=""):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for n, name in enumerate(names_of_sheets):
        page = made.add_worksheet(name)
        page.write(0, 0, title)
        page.write_row(1, 0, ["企业名称", "联系人"])
        page.write_row(2, 0, [f"安川第{n}有限公司", "某甲\n13900000001"])
    made.close()
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "counties"),
    [
        (by_sheet("临河区", "北岭区"), ["临河区", "北岭区"]),
        (by_sheet("一、临河区"), ["临河区"]),
        (by_sheet("Sheet1", title="临河区重点企业名录"), ["临河区"]),
        (by_sheet("Sheet1", title="安川市北岭区2025年企业名录"), ["北岭区"]),
    ],
)
def test_the_county_stands_on_the_sheet_or_in_the_title(file, counties):
    city = scenes.city()
    batch = written("FIRMS", file, by=city.clerk, at=AT)
    assert not batch.refusals
    made = Enterprise.objects.filter(name__startswith="安川第").order_by("name")
    assert [firm.area.name for firm in made] == counties
    assert set(Contact.objects.filter(enterprise__in=made).values_list("name", "phone")) == {
        ("某甲", "13900000001")
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "title", ["临河区等九个县区企业名录", "临河区、北岭区企业名录", "全市企业名录（含临河区）"]
)
def test_a_title_of_several_counties_names_none(title):
    city = scenes.city()
    with pytest.raises(Refused, match="没有可以写入的行"):
        written("FIRMS", by_sheet("Sheet1", title=title), by=city.clerk, at=AT)
    assert not Visit.objects.exists()
