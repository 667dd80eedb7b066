"""Workbooks of facts as offices write them: heads, periods, units, totals, 同上."""

import contextlib
import io
import os
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.audit import Refused
from gongjian.ledgers.fact_import.headings import ColumnRole, read_heading, read_period
from gongjian.ledgers.fact_import.workbook_reader import read_workbook
from tests.books import book

OCTOBER = ("MONTH", date(2026, 10, 1))
EXAMPLES = int(os.environ.get("PROPERTY_EXAMPLES", "60"))


def cells(file, **more):
    reading = read_workbook(file, **more)
    return [(c.name, c.entry.key, c.period, c.value) for c in reading.cells]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026年3月", ("MONTH", date(2026, 3, 1))),
        ("2026-03", ("MONTH", date(2026, 3, 1))),
        ("2026.3", ("MONTH", date(2026, 3, 1))),
        ("202603", ("MONTH", date(2026, 3, 1))),
        (202603.0, ("MONTH", date(2026, 3, 1))),
        ("２０２６年１１月份", ("MONTH", date(2026, 11, 1))),
        ("2026年一季度", ("QUARTER", date(2026, 1, 1))),
        ("2026年第3季度", ("QUARTER", date(2026, 7, 1))),
        ("2026Q4", ("QUARTER", date(2026, 10, 1))),
        ("2025年度", ("YEAR", date(2025, 1, 1))),
        ("2025", ("YEAR", date(2025, 1, 1))),
        (2025.0, ("YEAR", date(2025, 1, 1))),
        ("截至2026年3月31日", ("DAY", date(2026, 3, 31))),
        (datetime(2026, 3, 9), ("MONTH", date(2026, 3, 1))),  # noqa: DTZ001  a day has no zone
        ("3月", ("MONTH", date(2026, 3, 1))),
        ("Oct 2026", OCTOBER),
        ("October 2026", OCTOBER),
        ("Sept. 2026", ("MONTH", date(2026, 9, 1))),
        ("31 Dec 2026", ("DAY", date(2026, 12, 31))),
        ("2026, quarter 3", ("QUARTER", date(2026, 7, 1))),
        ("本月", OCTOBER),
        ("上年同期", ("MONTH", date(2025, 10, 1))),
        ("2026年13月", None),
        ("用电量", None),
    ],
)
def test_periods_as_people_write_them(text, period):
    assert read_period(text, default=OCTOBER) == period


@pytest.mark.parametrize(
    ("texts", "key", "unit", "period"),
    [
        (["用电量"], "用电量", "", None),
        (["用电量（千瓦时）"], "用电量", "千瓦时", None),
        (["工业用电量\n(万千瓦时)", "2026年10月"], "用电量", "万千瓦时", OCTOBER),
        (["2026年10月", "营收"], "营业收入", "", OCTOBER),
        (["2026年10月用电量"], "用电量", "", OCTOBER),
        (["用电量@2026-10"], "用电量", "", OCTOBER),
        (["revenue"], "营业收入", "", None),
        (["本月用电量"], "用电量", "", None),
        (["Stock (100 million yuan)", "Oct 2026"], "库存", "100millionyuan", OCTOBER),
        (["Open orders (10,000 yuan)"], "期末剩余订单", "10,000yuan", None),
        (["Revenue (yuan) Oct 2026"], "营业收入", "yuan", OCTOBER),
    ],
)
def test_heads_of_facts(texts, key, unit, period):
    heading = read_heading(texts, default=None)
    assert heading.role == ColumnRole.FACT
    assert heading.entry is not None
    assert (heading.entry.key, heading.unit, heading.period) == (key, unit, period)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("用电亮", "是不是“用电量”"),
        ("1-10月累计用电量", "累计数"),
        ("用电量同比", "增速"),
        ("用电量（斤）", "不认得“斤”"),
        ("天气", "没有这个指标"),
    ],
)
def test_heads_that_are_left_alone_say_why(text, why):
    heading = read_heading([text], default=OCTOBER)
    assert heading.role == ColumnRole.UNKNOWN
    assert why in heading.why


def test_months_under_facts_with_merged_heads_title_totals_and_notes():
    file = book(
        ["2026年企业用电月报", None, None, None, None, None],
        ["序号", "企业名称", "用电量（万千瓦时）", None, "营业收入", None],
        [None, None, "9月", "10月", "9月", "10月"],
        [1, "甲公司", 10.5, 11, 100, None],
        [2, "乙公司", "1,200", "—", "未知", 90],
        [None, "合 计", 1210.5, 11, 100, 90],
        ["注：本表由统计员填报", None, None, None, None, None],
        merged=((0, 0, 0, 5), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5)),
    )
    september = ("MONTH", date(2026, 9, 1))
    assert cells(file) == [
        ("甲公司", "用电量", september, 10.5),
        ("甲公司", "用电量", OCTOBER, 11),
        ("甲公司", "营业收入", september, 100),
        ("乙公司", "用电量", september, "1,200"),
        ("乙公司", "营业收入", OCTOBER, 90),
    ]


def test_facts_under_months_without_merged_cells():
    file = book(
        [None, "2026年9月", None, "2026年10月", None],
        ["单位名称", "用电量", "税收", "用电量", "税收"],
        ["甲公司", 1, 2, 3, 4],
    )
    assert [(key, period[1].month, value) for _n, key, period, value in cells(file)] == [
        ("用电量", 9, 1),
        ("税收", 9, 2),
        ("用电量", 10, 3),
        ("税收", 10, 4),
    ]


def test_one_period_a_row_and_same_as_above():
    file = book(
        ["企业名称", "月份", "用电量", "备注"],
        ["甲公司", "2026年9月", 10, "x"],
        ["同上", "2026年10月", 11, None],
        ["乙公司", "〃", "同上", None],
    )
    assert [(name, period[1].month, value) for name, _k, period, value in cells(file)] == [
        ("甲公司", 9, 10),
        ("甲公司", 10, 11),
        ("乙公司", 10, 11),
    ]


def test_one_fact_a_row():
    file = book(
        ["企业名称", "指标", "所属期", "数值", "计量单位"],
        ["甲公司", "用电量", "2026Q3", 5000, "千瓦时"],
        ["甲公司", "用电亮", "2026Q3", 5, None],
    )
    reading = read_workbook(file)
    [cell] = reading.cells
    assert (cell.entry.key, cell.period[0], cell.unit) == ("用电量", "QUARTER", "千瓦时")
    [slip] = reading.unread
    assert "是不是“用电量”" in slip.sentence
    assert (slip.row, slip.column) == (2, 1)


def test_the_period_comes_from_the_title_or_from_whoever_uploads():
    rows = ["企业名称", "用电量"], ["甲公司", 1]
    assert cells(book(["安川市2026年10月企业月报"], *rows))[0][2] == OCTOBER
    assert cells(book(*rows), default=OCTOBER)[0][2] == OCTOBER
    reading = read_workbook(book(*rows))
    assert reading.cells == []
    assert "不知道是哪一期" in reading.unread[0].sentence


def test_standing_facts_are_of_a_day():
    file = book(["截至2026年6月30日"], ["企业名称", "境内外上市", "一类知识产权"], ["甲公司", "是", 3])
    assert {period for _n, _k, period, _v in cells(file)} == {("DAY", date(2026, 6, 30))}


def test_a_kind_of_period_the_fact_does_not_know_is_a_slip():
    reading = read_workbook(book(["企业名称", "研发人员 2026年3月"], ["甲公司", 3]))
    assert "只按年记录" in reading.unread[0].sentence


def test_a_row_without_a_firm_is_a_slip_and_the_rest_goes_on():
    reading = read_workbook(book(["企业名称", "用电量2026年3月"], [None, 3], ["甲公司", 4]))
    assert [slip.row for slip in reading.unread] == [1]
    assert [cell.value for cell in reading.cells] == [4]


def test_a_firm_whose_name_begins_like_a_total_is_a_firm():
    assert [c[0] for c in cells(book(["企业名称", "用电量2026年3月"], ["共享科技有限公司", 3]))] == [
        "共享科技有限公司"
    ]


def test_the_sheet_with_firms_is_found_behind_a_cover():
    made = openpyxl.Workbook()
    made.active["A1"] = "封面"
    page = made.create_sheet("数据")
    page.append(["企业名称", "用电量2026年3月"])
    page.append(["甲公司", 7])
    out = io.BytesIO()
    made.save(out)
    assert read_workbook(out.getvalue()).sheet == "数据"


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04", b"not a workbook", b"\xd0\xcf\x11\xe0" + b"x" * 600])
def test_what_is_no_workbook_is_refused_in_a_sentence(file):
    with pytest.raises(Refused, match=r"xlsx"):
        read_workbook(file)


def test_a_zip_that_is_no_workbook_and_a_sheet_without_firms():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "a")
    with pytest.raises(Refused, match=r"xlsx"):
        read_workbook(out.getvalue())
    with pytest.raises(Refused, match="企业名称"):
        read_workbook(book(["a", "b"], [1, 2]))


def test_too_many_rows_are_refused():
    with pytest.raises(Refused, match="20000"):
        read_workbook(book(["企业名称", "用电量2026年3月"], *([["甲", 1]] * 20_001)))


anything = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(width=32),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.sampled_from(
        [
            "同上",
            "合计",
            "企业名称",
            "用电量",
            "2026年3月",
            "=1+1",
            "注：",
            "—",
            "指标",
            "数值",
            "月份",
            "\x00",
            "#DIV/0!",
        ]
    ),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.lists(anything, max_size=7), max_size=12))
def test_garbage_never_breaks_the_reader(rows):
    with contextlib.suppress(Refused):
        reading = read_workbook(book(*rows), default=OCTOBER)
        assert all(cell.name or cell.code for cell in reading.cells)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(st.lists(anything, min_size=4, max_size=4), max_size=8),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=6),
    st.data(),
)
def test_good_cells_survive_whatever_stands_around_them(noise, numbers, data):
    rows = [[f"第{n}有限公司", None, value, None] for n, value in enumerate(numbers)]
    for row in noise:
        place = data.draw(st.integers(0, len(rows)))
        rows.insert(place, ["随便什么公司", *row[1:2], "不是数字", *row[3:]])
    file = book(["企业名称", "备注", "用电量2026年3月", "说明"], *rows)
    found = {cell.name: cell.value for cell in read_workbook(file).cells if cell.name != "随便什么公司"}
    assert found == {f"第{n}有限公司": value for n, value in enumerate(numbers)}
