"""Every cell that holds something is read or refused with its place: formats, formulas, errors, hidden sheets, CSV."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.audit import Refused
from gongjian.engines.sheets.book import BadBook, Book
from gongjian.engines.sheets.cell_formats import changes_meaning, shown_number
from gongjian.engines.tables.heads import column_name
from gongjian.enterprises.facts.values import read_value
from gongjian.ledgers.fact_import.workbook_reader import read_workbook

OCTOBER = ("MONTH", date(2026, 10, 1))


def workbook(*sheets, hidden=(), date_1904=False):
    """Sheets as (name, rows); a cell is a value, or (value, number format), or a formula with its stored value in a list."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"date_1904": date_1904})
    for name, rows in sheets:
        page = book.add_worksheet(name)
        if name in hidden:
            page.hide()
        else:
            page.activate()
            page.set_first_sheet()
        for n, row in enumerate(rows):
            for c, cell in enumerate(row):
                _write(book, page, (n, c), cell)
    book.close()
    return out.getvalue()


def _write(book, page, place, cell):
    if isinstance(cell, list):
        page.write_formula(*place, cell[0], None, cell[1])
    elif isinstance(cell, tuple):
        page.write(*place, cell[0], book.add_format({"num_format": cell[1]}))
    elif isinstance(cell, date):
        page.write_datetime(*place, cell, book.add_format({"num_format": "yyyy-mm"}))
    elif cell != "":
        page.write(*place, cell)


def one(cell, heading="用电量（万千瓦时）", **more):
    return workbook(("数据", [["企业名称", heading], ["恒岳机械", cell], ["海拓机械", 3]]), **more)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (["=SUM(1,2)", ""], "B 列是公式，文件里没有存下结果"),
        (["=VLOOKUP(1,A1,1)", ""], "B 列是公式"),
        (["=NA()", "#N/A"], "B 列的公式出错（#N/A）"),
        (["=1/0", "#DIV/0!"], "B 列的公式出错（#DIV/0!）"),
        (["=A0", "#REF!"], "B 列的公式出错（#REF!）"),
    ],
)
def test_a_cell_that_holds_no_value_is_refused_with_its_place(cell, said):
    reading = read_workbook(one(cell), default=OCTOBER)
    assert [(u.row, u.column, u.name) for u in reading.unread] == [(1, 1, "恒岳机械")]
    assert said in reading.unread[0].sentence
    assert [c.name for c in reading.cells] == ["海拓机械"]


def test_a_firm_s_name_that_is_a_formula_without_a_value_is_refused():
    rows = [["企业名称", "用电量"], [["=A9", ""], 5], ["海拓机械", 3]]
    reading = read_workbook(workbook(("数据", rows)), default=OCTOBER)
    assert [(u.row, u.column) for u in reading.unread] == [(1, 0)]


@pytest.mark.parametrize(
    ("cell", "heading", "value"),
    [
        ((0.825, "0.0%"), "产能利用率（%）", "82.5"),
        ((0.825, "0%"), "产能利用率", "82.5"),
        ((1, "0.00%"), "产能利用率（%）", "100"),
        (82.5, "产能利用率（%）", "82.5"),
        ("82.5%", "产能利用率（%）", "82.5"),
        ("８２．５", "产能利用率（%）", "82.5"),
        ((12.5, '0.0"万元"'), "库存", "12.5"),
        ((1.25, '0.00"亿元"'), "库存（万元）", "12500"),
        ((123456, "0!.0,"), "库存（万元）", "12.3456"),
        ((1234567, "#,##0,"), "库存（万元）", "1234.567"),
        (["=1+2", 3], "库存（万元）", "3"),
        ((1234.5, "#,##0.00"), "库存（万元）", "1234.5"),
        ((1.2e3, "0.00E+00"), "库存（万元）", "1200"),
        ("1,234.5", "库存（万元）", "1234.5"),
    ],
)
def test_a_number_is_read_with_its_format(cell, heading, value):
    read = read_workbook(one(cell, heading), default=OCTOBER).cells[0]
    assert read_value(read.entry, read.value, unit=read.unit)[0] == Decimal(value)


def test_a_share_in_a_column_of_money_is_refused():
    read = read_workbook(one((0.825, "0.0%"), "库存（万元）"), default=OCTOBER).cells[0]
    with pytest.raises(Refused, match="%"):
        read_value(read.entry, read.value, unit=read.unit)


@settings(max_examples=80)
@given(st.decimals(min_value=0, max_value=10**6, places=4), st.integers(0, 3), st.integers(0, 2))
def test_what_is_shown_is_the_number_times_what_the_format_hides(number, places, commas):
    zeros = "0." + "0" * places if places else "0"
    shown = shown_number(float(number), zeros + "," * commas)
    assert Decimal(shown) * 1000**commas == Decimal(str(float(number)))
    assert (
        Decimal(shown_number(float(number), zeros + "%").removesuffix("%"))
        == Decimal(str(float(number))) * 100
    )
    assert changes_meaning(zeros + "," * commas) is bool(commas)


def test_a_hidden_sheet_is_never_read_silently():
    old = [["企业名称", "用电量"], ["恒岳机械", 1]]
    new = [["企业名称", "用电量"], ["恒岳机械", 2]]
    file = workbook(("旧数", old), ("新数", new), hidden=("旧数",))
    reading = read_workbook(file, default=OCTOBER)
    assert (reading.sheet, reading.cells[0].value) == ("新数", 2)
    with pytest.raises(Refused, match="隐藏的工作表没有读：旧数"):
        read_workbook(workbook(("旧数", old), ("说明", [["填表说明"]]), hidden=("旧数",)), default=OCTOBER)


@pytest.mark.parametrize("date_1904", [False, True])
def test_real_dates_are_heads_of_months(date_1904):
    rows = [
        ["企业名称", "用电量", ""],
        ["", date(2026, 9, 1), date(2026, 10, 31)],
        ["恒岳机械", 1, 2],
    ]
    reading = read_workbook(workbook(("数据", rows), date_1904=date_1904))
    assert [(c.period, c.value) for c in reading.cells] == [
        (("MONTH", date(2026, 9, 1)), 1),
        (("MONTH", date(2026, 10, 1)), 2),
    ]
    assert reading.unread == []


def test_dates_above_the_facts_are_heads_as_well():
    rows = [
        ["", date(2026, 9, 1), date(2026, 10, 1)],
        ["企业名称", "用电量", "用电量"],
        ["恒岳机械", 1, 2],
    ]
    reading = read_workbook(workbook(("数据", rows)))
    assert [c.period[1].month for c in reading.cells] == [9, 10]


@pytest.mark.parametrize("code", [913701020000000000, 9.1370102e17, 123456789012345000])
def test_a_code_that_excel_has_cut_is_told(code):
    rows = [["企业名称", "统一社会信用代码", "用电量"], ["恒岳机械", code, 5]]
    reading = read_workbook(workbook(("数据", rows)), default=OCTOBER)
    assert [(u.row, u.column, u.name) for u in reading.unread] == [(1, 1, "恒岳机械")]
    assert "Excel 只保留 15 位" in reading.unread[0].sentence
    assert reading.cells == []


def test_a_code_written_as_text_is_read():
    rows = [["企业名称", "统一社会信用代码", "用电量"], ["恒岳机械", "913701020000000000", 5]]
    assert read_workbook(workbook(("数据", rows)), default=OCTOBER).cells[0].code == "913701020000000000"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_csv_in_every_encoding_with_every_delimiter(encoding, delimiter):
    rows = [["企业名称", "用电量 2026年10月"], ["恒岳机械", "12.5"], ["海拓机械", ""]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (read,) = read_workbook(text.encode(encoding)).cells
    assert (read.name, read.period, read.value) == ("恒岳机械", OCTOBER, "12.5")


@pytest.mark.parametrize("file", [b"", b"%PDF-1.7 \xff", "一列\n没有分隔".encode(), bytes(range(256))])
def test_what_is_no_table_is_refused(file):
    with pytest.raises(BadBook):
        Book(file)
    with pytest.raises(Refused, match="读不出这个文件"):
        read_workbook(file)


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters_of_columns(column, letters):
    assert column_name(column) == letters
