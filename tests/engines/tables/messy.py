"""A corpus of messy workbooks: each has one defect, named, and says which records a person would read from it.

A workbook lists units with their duties and the day they were founded, unless it says otherwise.
"""

import io
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import openpyxl
import xlsxwriter

from tests.books import book

HEADS = ["单位名称", "主要职责", "成立时间"]
ONE, TWO = ["市金融局", "融资", "2019.3.5"], ["市人社局", "用工", "2018-12-30"]
BOTH = [("市金融局", "融资", date(2019, 3, 5)), ("市人社局", "用工", date(2018, 12, 30))]
Read = tuple[Any, Any, Any]


@dataclass
class Messy:
    """One workbook: its defect, the file, what is read (name, duties, day), and the codes of cells that are refused."""

    defect: str
    file: bytes
    read: list[Read] = field(default_factory=lambda: list(BOTH))
    refused: list[str] = field(default_factory=list)


def day(cell: Any, wanted: date | None = date(2023, 1, 28), refused: str = "", title: str = "") -> Messy:
    """A workbook with one way to write a day."""
    rows = [[title, None, None]] if title else []
    file = book(*rows, HEADS, ["市金融局", "融资", cell])
    found = [("市金融局", "融资", wanted)] if wanted else [("市金融局", "融资", refused)]
    return Messy(f"day written {cell!r} {title}".strip(), file, found, [refused] if refused else [])


def styled(build: Any) -> bytes:
    """A workbook written cell by cell, with formats."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    build(made, made.add_worksheet("名册"))
    made.close()
    return out.getvalue()


def _formula(made: Any, page: Any) -> None:
    page.write_row(0, 0, HEADS)
    page.write_row(1, 0, ONE)
    page.write_formula(2, 0, "=A2", value="")


def _error(made: Any, page: Any) -> None:
    page.write_row(0, 0, HEADS)
    page.write_row(1, 0, ONE[:2])
    page.write_formula(1, 2, "=1/0", value="#DIV/0!")


def _real_date(made: Any, page: Any) -> None:
    page.write_row(0, 0, HEADS)
    page.write_row(1, 0, ONE[:2])
    page.write_datetime(1, 2, datetime(2019, 3, 5, 15, 30), made.add_format({"num_format": "yyyy年m月d日"}))  # noqa: DTZ001  a cell has no zone
    page.write_row(2, 0, TWO)


def _from_1904() -> bytes:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": True})
    page = made.add_worksheet()
    page.write_row(0, 0, HEADS)
    page.write_row(1, 0, [*ONE[:2], 42067])
    page.write_row(2, 0, TWO)
    made.close()
    return out.getvalue()


def _written_by_openpyxl() -> bytes:
    made = openpyxl.Workbook()
    for row in (HEADS, ONE, TWO):
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def csv(text: str, encoding: str) -> bytes:
    """A table of text."""
    return text.encode(encoding)


LINES = "单位名称,主要职责,成立时间\n市金融局,融资,2019.3.5\n市人社局,用工,2018-12-30\n"

CORPUS = [
    Messy("as it should be", book(HEADS, ONE, TWO)),
    Messy("written by another program", _written_by_openpyxl()),
    Messy("a title above", book(["安川市市直单位名册", None, None], HEADS, ONE, TWO)),
    Messy(
        "a merged title", book(["安川市市直单位名册", None, None], HEADS, ONE, TWO, merged=((0, 0, 0, 2),))
    ),
    Messy(
        "three lines above", book(["名册"], ["单位：安川市委编办"], ["填表日期：2026年1月"], HEADS, ONE, TWO)
    ),
    Messy("blank rows above", book([None], [None], HEADS, ONE, TWO)),
    Messy("blank rows between", book(HEADS, ONE, [None], [None], TWO)),
    Messy("a blank column in front", book([None, *HEADS], [None, *ONE], [None, *TWO])),
    Messy("a column of numbers in front", book(["序号", *HEADS], [1, *ONE], [2, *TWO])),
    Messy(
        "a blank column between",
        book([HEADS[0], None, *HEADS[1:]], [ONE[0], None, *ONE[1:]], [TWO[0], None, *TWO[1:]]),
    ),
    Messy("headings in another order", book(HEADS[::-1], ONE[::-1], TWO[::-1])),
    Messy("blanks in headings", book(["单 位 名 称", "主 要\n职 责", "成立 时间"], ONE, TWO)),
    Messy("full-width headings", book(["＊单位名称", "主要职责：", "成立时间（年．月．日）"], ONE, TWO)),
    Messy(
        "marks in headings",
        book(["*单位名称（必填）", "2.主要职责", "③成立时间".replace("③", "3、")], ONE, TWO),
    ),
    Messy("a note in a heading", book(["单位名称(与公章一致)", "主要职责\n(限200字)", "成立时间"], ONE, TWO)),
    Messy("other words", book(["部门全称", "职能", "成立日期"], ONE, TWO)),
    Messy(
        "two rows of headings, merged",
        book(
            ["单位名称", "基本情况", None],
            [None, "主要职责", "成立时间"],
            ONE,
            TWO,
            merged=((0, 0, 1, 0), (0, 1, 0, 2)),
        ),
    ),
    Messy(
        "two rows of headings, not merged",
        book(["单位名称", "基本情况", None], [None, "主要职责", "成立时间"], ONE, TWO),
    ),
    Messy(
        "three rows of headings",
        book(
            ["单位名称", "情况", None],
            [None, "职能", "时间"],
            [None, "主要职责", "成立时间"],
            ONE,
            TWO,
            merged=((0, 0, 2, 0), (0, 1, 0, 2)),
        ),
    ),
    Messy("a row that numbers the columns", book(["序号", *HEADS], [1, 2, 3, 4], [1, *ONE], [2, *TWO])),
    Messy("headings printed again", book(HEADS, ONE, HEADS, TWO)),
    Messy("a total at the end", book(HEADS, ONE, TWO, ["合计", "2个", None])),
    Messy("a total with blanks", book(HEADS, ONE, TWO, ["合  计", None, None])),
    Messy("a subtotal between", book(["序号", *HEADS], [1, *ONE], [None, "市直小计", "1", None], [2, *TWO])),
    Messy("a count at the end", book(HEADS, ONE, TWO, ["共 2 个单位", None, None])),
    Messy("who filled it in", book(HEADS, ONE, TWO, ["填表人：张三", "审核人：李四", None])),
    Messy("a note below", book(HEADS, ONE, TWO, ["注：本表由编办提供，数据截至去年底。", None, None])),
    Messy(
        "a section in front", book(["序号", *HEADS], ["一、市直单位"], [1, *ONE], ["二、垂管单位"], [2, *TWO])
    ),
    Messy(
        "a section over the whole width",
        book(HEADS, ["市直单位", None, None], ONE, TWO, merged=((1, 0, 1, 2),)),
    ),
    Messy(
        "as above",
        book(HEADS, ONE, ["市人社局", "同上", "同上"]),
        [BOTH[0], ("市人社局", "融资", date(2019, 3, 5))],
    ),
    Messy(
        "ditto marks",
        book(HEADS, ONE, ["市人社局", "〃", '"']),
        [BOTH[0], ("市人社局", "融资", date(2019, 3, 5))],
    ),
    Messy(
        "as above with nothing above",
        book(HEADS, ["市金融局", "同上", "2019.3.5"]),
        [("市金融局", None, date(2019, 3, 5))],
    ),
    Messy(
        "merged cells of two records",
        book(
            HEADS,
            ["市金融局", "融资", "2019.3.5"],
            ["市人社局", None, None],
            merged=((1, 1, 2, 1), (1, 2, 2, 2)),
        ),
        [BOTH[0], ("市人社局", "融资", date(2019, 3, 5))],
    ),
    Messy(
        "signs that say nothing",
        book(HEADS, ["市金融局", "无", "/"], ["市人社局", "—", "暂无"]),
        [("市金融局", None, None), ("市人社局", None, None)],
    ),
    Messy("blanks around values", book(HEADS, ["  市金融局 ", "融资\u3000", " 2019.3.5 "], TWO)),
    Messy("signs nobody sees", book(HEADS, ["市金\u200b融局", "融资\ufeff", "2019.3.5"], TWO)),
    Messy("full-width figures", book(HEADS, ["市金融局", "融资", "２０１９．３．５"], TWO)),
    Messy(
        "a number where text is wanted",
        book(HEADS, ["市金融局", 12345, "2019.3.5"]),
        [("市金融局", "12345", date(2019, 3, 5))],
    ),
    Messy(
        "several lines in a cell",
        book(HEADS, ["市金融局", "融资；\n\n 上市", "2019.3.5"]),
        [("市金融局", "融资；\n上市", date(2019, 3, 5))],
    ),
    Messy("a formula without a result", styled(_formula), [BOTH[0], ("formula", None, None)], ["formula"]),
    Messy("an error", styled(_error), [("市金融局", "融资", "error")], ["error"]),
    Messy("a real date with a time", styled(_real_date)),
    Messy("days counted from 1904", _from_1904()),
    day("2023.1.28"),
    day("2023-01-28"),
    day("2023/1/28"),
    day("2023年1月28日"),
    day("20230128"),
    day(20230128),
    day(44954),
    day("44954"),
    day("23.1.28"),
    day("二〇二三年一月二十八日"),
    day("二零二三年一月二十八日"),
    day("2023-1-28 15:30"),
    day("2023年1月28日前"),
    day("2023年1月底", date(2023, 1, 31)),
    day("2023年12月底前", date(2023, 12, 31)),
    day("1月28日", title="2023年市直单位名册"),
    day("1.28", title="2023年市直单位名册"),
    day("1月28日", None, "no_year"),
    day("2023年1月", None, "no_day_of_month"),
    day("2023.1", None, "no_day_of_month"),
    day("2023-2-30", None, "no_such_day"),
    day("2023年13月1日", None, "no_such_day"),
    day("1月28日至30日", None, "span", title="2023年名册"),
    day("长期", None, "no_day"),
    day("待定日期", None, "no_day"),
    day(7, None, "no_day"),
    Messy("CSV in UTF-8", csv(LINES, "utf-8")),
    Messy("CSV in UTF-8 with a mark", csv(LINES, "utf-8-sig")),
    Messy("CSV in GB18030", csv(LINES, "gb18030")),
    Messy("CSV in UTF-16", csv(LINES, "utf-16")),
    Messy("CSV with tabs", csv(LINES.replace(",", "\t"), "utf-8")),
    Messy("CSV with semicolons", csv(LINES.replace(",", ";"), "gb18030")),
    Messy("CSV with full-width commas", csv(LINES.replace(",", "，"), "utf-8")),
    Messy(
        "CSV with quotes and lines inside",
        csv('单位名称,主要职责,成立时间\n"市金融局","融资,\n上市",2019.3.5\n', "utf-8"),
        [("市金融局", "融资,\n上市", date(2019, 3, 5))],
    ),
    Messy(
        "CSV with Windows lines and a title", csv(f"安川市名册,,\n{LINES}".replace("\n", "\r\n"), "gb18030")
    ),
]
