"""A sheet holds the same cells whether it was put together in memory or streamed to disk."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from gongjian.engines.sheets import workbook

COLUMNS = [workbook.SheetColumn(head, 12) for head in ("名称", "日期", "金额", "个数")]


def cells(rows):
    made = workbook.write_sheet(
        title="台账", note="", columns=COLUMNS, rows=iter(rows), number_in_words=lambda n: f"共 {n} 行"
    )
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    return [[cell.value for cell in row] for row in page.iter_rows()]


@pytest.mark.parametrize("count", [0, 1, 3, 4, 9])
def test_few_and_many_rows_give_the_same_cells(monkeypatch, count):
    rows = [(f"甲{n}\n乙", date(2026, 1, 1 + n), Decimal(n) / 4, n) for n in range(count)]
    in_memory = cells(rows)
    monkeypatch.setattr(workbook, "IN_MEMORY", 3)
    streamed = cells(rows)
    assert streamed == in_memory
    assert [row[0] for row in streamed[3:]] == [*(row[0] for row in rows), f"共 {count} 行"]
