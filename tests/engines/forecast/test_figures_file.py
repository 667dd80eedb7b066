"""A file of monthly figures as offices have it."""

import pytest

from gongjian.engines.forecast.figures_file import read_figures


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("month,value\n2024-01,5\n2024-02,1234.5\n", "utf-8"),
        ('月份,数值\n2024年1月,5\n202402,"1,234.5"\n', "gb18030"),
        ("月份\t备注\t数值\r\n2024/1\t快报\t５\r\n2024.02\t\t1234.5\r\n", "utf-8-sig"),
        ("2024-01;5\n2024-02;1234.5\n2024-03;—\n", "utf-8"),
    ],
)
def test_months_and_figures_are_found(text, encoding):
    found = read_figures(text.encode(encoding))
    assert {str(month): value for month, value in found.values.items()} == {"2024-01": 5.0, "2024-02": 1234.5}
    assert found.unread == ()


def test_bad_cells_are_named_and_the_rest_is_used():
    found = read_figures("month,value\n2024-01,5\n某月,6\n2024-02,约7\n2024-01,8\n2024-03,9\n".encode())
    assert [(cell.row, cell.column, cell.code) for cell in found.unread] == [
        (3, 1, "no_month"),
        (4, 2, "no_number"),
        (5, 1, "twice"),
    ]
    assert list(found.values.values()) == [5.0, 9.0]
