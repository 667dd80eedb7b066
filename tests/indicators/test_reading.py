"""Which figures does a table hold? Any layout; a message for every cell that is not taken."""

from datetime import date

import pytest

from gongjian.indicators.reading.cells import BadValue, Known, Said, read_value
from gongjian.indicators.reading.rules import pasted_grid, read_sheet

NAMES = {"社零总额": 1, "社会消费品零售总额": 1, "固定资产投资": 2}
KNOWN = Known(NAMES, {"临河区": 10, "北岭区": 11}, {1: "亿元", 2: "亿元"}, 2026)
MARCH = Said(month=date(2026, 3, 1), column="REPORTED")
RETAIL = Said(indicator=1, month=date(2026, 3, 1), column="REPORTED")


def read(text, chosen):
    sheet = read_sheet(list(pasted_grid(text)), KNOWN, chosen=chosen)
    cells = [
        (cell.indicator, cell.area, cell.month.month, cell.column, f"{cell.value.normalize():f}")
        for cell in sheet.cells
    ]
    return cells, [(f.place.row, f.place.column, str(f.why), f.shown) for f in sheet.faults]


@pytest.mark.parametrize(
    ("text", "chosen", "cells", "faults"),
    [
        (
            "地区\t社会消费品零售总额(亿元)\t固定资产投资（万元）\n临河区\t12.5\t123,400\n北岭区\tabc\t—\n合计\t1\t2",
            MARCH,
            [(1, 10, 3, "REPORTED", "12.5"), (2, 10, 3, "REPORTED", "12.34")],
            [(3, 2, "no_number", "abc")],
        ),
        (
            "地区\t1-2月\t3月\n临河区\t1\t2\n无名县\t1\t2",
            Said(indicator=1, column="OFFICIAL"),
            [(1, 10, 2, "OFFICIAL", "1"), (1, 10, 3, "OFFICIAL", "2")],
            [(3, 2, "unknown_name", "无名县"), (3, 3, "unknown_name", "无名县")],
        ),
        (
            "指标\t计量单位\t临河区\t北岭区\n社零总额\t亿元\t1\t2",
            MARCH,
            [(1, 10, 3, "REPORTED", "1"), (1, 11, 3, "REPORTED", "2")],
            [],
        ),
        (
            "指标\t地区\t月份\t调度数\t统计数\n社零总额\t临河区\t2026-03\t5\t5.1\n固定资产投资\t北岭区\t2026年1-2月\t7亿元\t8吨",
            Said(),
            [(1, 10, 3, "REPORTED", "5"), (1, 10, 3, "OFFICIAL", "5.1"), (2, 11, 2, "REPORTED", "7")],
            [(3, 5, "wrong_unit", "8吨")],
        ),
        (
            "\t社零总额\t\t固定资产投资\t\n地区\t调度数\t统计数\t调度数\t统计数\n临河区\t1\t2\t3\t4",
            Said(month=date(2026, 3, 1)),
            [
                (1, 10, 3, "REPORTED", "1"),
                (1, 10, 3, "OFFICIAL", "2"),
                (2, 10, 3, "REPORTED", "3"),
                (2, 10, 3, "OFFICIAL", "4"),
            ],
            [],
        ),
        (
            "2026年3月\n地区\t社零总额统计数\t固定资产投资\n临河区\t1\t2",
            Said(column="REPORTED"),
            [(1, 10, 3, "OFFICIAL", "1"), (2, 10, 3, "REPORTED", "2")],
            [],
        ),
        (
            "临河区\t5\n北岭区\t-6.5",
            RETAIL,
            [(1, 10, 3, "REPORTED", "5"), (1, 11, 3, "REPORTED", "-6.5")],
            [],
        ),
        ("地区\t别的指标\n临河区\t5", MARCH, [], [(1, 2, "unknown_name", "别的指标")]),
        ("今天的会议\n没有数据", MARCH, [], [(1, 1, "no_headings", "")]),
        ("地区\t社零总额\n临河区\t5", Said(column="REPORTED"), [], [(2, 2, "no_month", "")]),
        ("地区\t社零总额\n临河区\t5", Said(month=date(2026, 3, 1)), [], [(2, 2, "no_column", "")]),
        ("指标\t月份\t数值\n社零总额\t3月\t5", Said(column="REPORTED"), [], [(2, 3, "no_area", "")]),
        ("", MARCH, [], []),
    ],
)
def test_a_table_in_any_layout(text, chosen, cells, faults):
    assert read(text, chosen) == (cells, faults)


@pytest.mark.parametrize(
    ("cell", "written_in", "value"),
    [
        (0.1 + 0.2, "", "0.3"),
        ("１２．５", "", "12.5"),
        ("1,234,567.5", "万元", "123.4568"),
        ("12亿元", "万元", "12"),
        ("−3", "", "-3"),
        (7, "千元", "0.0001"),
        ("82.5%", "", None),
        ("12,5", "", None),
        ("约5", "", None),
        (True, "", None),
        (date(2026, 3, 1), "", None),
        ("1" * 16, "", None),
    ],
)
def test_a_cell_says_its_value_or_why_not(cell, written_in, value):
    if value is None:
        with pytest.raises(BadValue):
            read_value(cell, unit="亿元", written_in=written_in)
    else:
        assert f"{read_value(cell, unit='亿元', written_in=written_in).normalize():f}" == value
