"""Ledgers as they really come, by kind of defect: what is read, what is no record, and what is said."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.audit import Refused
from gongjian.engines.tables.folding import says_nothing
from gongjian.engines.tables.rows import is_total
from gongjian.engines.tables.values import (
    BadCell,
    Unclear,
    read_amount,
    read_choice,
    read_day,
    read_span,
    read_yes,
)
from gongjian.imports.reading.fields import choice_words
from gongjian.imports.reading.workbook_reader import read_ledger
from gongjian.imports.states import ImportKind
from tests.books import book

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
    ("cell", "amount"),
    [
        ("人民币 20 万元整", 20),
        ("¥20万元", 20),
        ("人民币：200,000元", 20),
        ("20万元正", 20),
        ("贰拾万元", 20),
        ("人民币贰拾万元整", 20),
        ("二十万", 20),
        ("二十", 20),
        ("壹拾贰万叁仟肆佰元整", Decimal("12.34")),
        ("一亿二千万元", 12_000),
    ],
)
def test_amounts_as_written_on_receipts(cell, amount):
    assert read_amount(cell, unit="万元") == amount


@pytest.mark.parametrize("cell", ["一百二", "三万五", "二三十万", "十百元", "元整", "二十日"])
def test_a_numeral_that_may_mean_two_amounts_is_no_amount(cell):
    with pytest.raises(BadCell):
        read_amount(cell, unit="万元")


@pytest.mark.parametrize("cell", ["未评价", "尚未评价", "未 评 价", "待回访", "未表态", "未反馈"])
def test_a_word_that_says_nobody_has_spoken_is_a_blank(cell):
    assert says_nothing(cell)
    assert not says_nothing("不满意")


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


@pytest.mark.parametrize(
    ("kind", "field", "cell", "choice"),
    [
        ("PROBLEMS", "category", "融资类", "FINANCE"),
        ("PROBLEMS", "category", "资金类问题", "FINANCE"),
        ("PROBLEMS", "category", "环保方面", "ENVIRONMENT"),
        ("PROBLEMS", "category", "其他类", "OTHER"),
        ("PROBLEMS", "satisfaction", "不满意，要求继续办", "DISSATISFIED"),
        ("PROBLEMS", "satisfaction", "满意（电话回访）", "SATISFIED"),
        ("PROBLEMS", "outcome", "未解决，已上报市里", "RUNNING"),
        ("FIRMS", "size", "√", "YES"),
        ("FIRMS", "size", "×", "NO"),
        ("FIRMS", "size", "规上工业企业", "YES"),
        ("FIRMS", "status", "在营（开业）企业", "ACTIVE"),
        ("VISITS", "result", "√", "PROBLEMS"),
        ("VISITS", "result", "□", "NOTHING"),
        ("PROBLEMS", "category", "审批、环保", None),
        ("PROBLEMS", "outcome", "100%", None),
        ("FIRMS", "size", "待入规", None),
    ],
)
def test_words_of_choices_with_an_ending_or_a_remark(kind, field, cell, choice):
    if choice is None:
        with pytest.raises(BadCell):
            read_choice(cell, choice_words(ImportKind(kind), field))
        return
    assert read_choice(cell, choice_words(ImportKind(kind), field)) == choice


@pytest.mark.parametrize(
    ("cell", "yes"),
    [
        ("已销号", True),
        ("销号", True),
        ("是（3.10）", True),
        ("未销号", False),
        ("暂未销号", False),
        ("待销号", False),
    ],
)
def test_closed_in_the_words_of_the_ledger(cell, yes):
    assert read_yes(cell) is yes


@pytest.mark.parametrize(
    "line",
    [
        ["（全称）", "（200字以内）"],
        ["（示例）市某局", "负责某事"],
        ["示例1", "某事"],
        ["【填写示例】", "某事"],
    ],
)
def test_a_row_that_explains_or_shows_is_no_record(line):
    assert names("UNITS", UNITS, line, ONE, TWO) == ["市金融局", "市人社局"]


def test_a_name_that_only_begins_so_stays():
    assert names("UNITS", UNITS, ONE, ["示例工厂管理处", "某事"]) == ["市金融局", "示例工厂管理处"]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("1.恒岳机械", "恒岳机械"),
        ("12、恒岳机械", "恒岳机械"),
        ("（二）恒岳机械", "恒岳机械"),
        ("'恒岳机械", "恒岳机械"),
        ("3.5产业园公司", "3.5产业园公司"),
        ("（安川）恒岳机械", "（安川）恒岳机械"),
        ("360科技", "360科技"),
    ],
)
def test_a_number_in_front_of_a_firm_is_not_its_name(cell, name):
    (row,) = sheet_of("PROBLEMS", book(["企业名称", "问题描述"], [cell, "某事"])).rows
    assert row.text("firm") == name
