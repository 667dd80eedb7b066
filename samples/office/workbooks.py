"""The eight workbooks: titles above the headings, merged cells, several sheets, totals and notes below, as offices write them."""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import xlsxwriter

from samples.office.invented import CITY, COUNTIES, TOWNSHIPS, Office
from samples.office.problems import HEADS, as_cells, clean_rows, messy_rows

MONTHS = [date(2024 + n // 12, n % 12 + 1, 1) for n in range(24)]
PROBLEMS, VISITS = 800, 240
Rows = Sequence[Sequence[Any]]


def workbook(*sheets: tuple[str, Rows, Sequence[tuple[int, int, int, int]]]) -> bytes:
    """Sheets of rows as .xlsx, with merged blocks of first row, first column, last row, last column."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
    )
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows, merged in sheets:
        page = book.add_worksheet(name)
        for n, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(n, c, value, day)
                elif value is not None:
                    page.write(n, c, value)
        for top, left, bottom, right in merged:
            page.merge_range(top, left, bottom, right, rows[top][left])
    book.close()
    return out.getvalue()


def _titled(title: str, heads: Sequence[str], rows: Rows, *below: Sequence[Any]) -> tuple[Rows, list[Any]]:
    table: list[Sequence[Any]] = [[title, *[None] * (len(heads) - 1)], list(heads), *rows, *below]
    return table, [(0, 0, 0, len(heads) - 1)]


def areas(_made: Office) -> bytes:
    """Counties with their townships; codes of the counties alone."""
    rows: list[list[Any]] = []
    for n, county in enumerate(COUNTIES):
        rows.append([len(rows) + 1, county, f"4199{n + 1:02d}", None])
        rows += [[len(rows) + k + 1, town, None, county] for k, town in enumerate(TOWNSHIPS)]
    heads = ("序号", "区划名称", "区划代码", "隶属")
    return workbook(("区划", *_titled(f"{CITY}行政区划名录", heads, rows, ["合计", len(rows), None, None])))


def units(made: Office) -> bytes:
    """City units on one sheet, county units on another under a line for each county."""
    heads = ("序号", "单位名称", "简称", "主要职责")
    city = [
        [n, u.name, u.short, u.duties] for n, u in enumerate((u for u in made.units if u.area == CITY), 1)
    ]
    below: list[list[Any]] = []
    for n, county in enumerate(COUNTIES, 1):
        below.append([f"{'一二三四五六七八九'[n - 1]}、{county}", None, None, None])
        below += [
            [k, u.name, None, u.duties] for k, u in enumerate((u for u in made.units if u.area == county), 1)
        ]
    return workbook(
        ("市直单位", *_titled(f"{CITY}市直单位职责一览表", heads, city, ["填表人：张三", None, None, None])),
        ("县区单位", *_titled(f"{CITY}县区单位职责一览表", heads, below)),
    )


def persons(made: Office) -> bytes:
    """Persons with posts, the unit merged over its rows, telephones as numbers."""
    heads = ("序号", "单位", "姓名", "职务", "手机号码", "是否一把手")
    rows: list[list[Any]] = []
    merged: list[tuple[int, int, int, int]] = [(0, 0, 0, len(heads) - 1)]
    for unit in made.units:
        first = len(rows) + 2
        for person in made.of(unit):
            rows.append(
                [
                    len(rows) + 1,
                    unit.name,
                    person.name,
                    person.title,
                    int(person.phone),
                    "√" if person.title == "局长" else None,
                ]
            )
        if len(rows) + 1 > first:
            merged.append((first, 1, len(rows) + 1, 1))
    table, _merged = _titled(f"{CITY}攻坚人员通讯录（2026年）", heads, rows)
    return workbook(("通讯录", table, merged))


def accounts(made: Office) -> bytes:
    """A handler for each city unit, clerks of the counties, two leaders, an auditor."""
    heads = ("序号", "姓名", "账号类型", "所在单位", "可查看地区", "可录入地区")
    rows: list[list[Any]] = [
        [n, made.of(u)[2].name, "经办人", u.name, None, None] for n, u in enumerate(made.units[:30], 1)
    ]
    for n, county in enumerate(COUNTIES):
        person = made.persons[30 + n * 10]
        rows.append([len(rows) + 1, person.name, "攻坚办", person.unit.name, county, county])
    rows.append([len(rows) + 1, made.persons[0].name, "领导", made.units[0].name, CITY, CITY])
    rows.append([len(rows) + 1, made.persons[1].name, "审计", None, CITY, None])
    return workbook(("账号", *_titled("账号申请表", heads, rows)))


def firms(made: Office) -> bytes:
    """Firms under headings of two rows, with contact and pairing."""
    top = (
        "序号",
        "企业名称",
        "统一社会信用代码",
        "县区",
        "乡镇",
        "所属行业",
        "是否规上",
        "企业联系人",
        None,
        "包联领导",
        "首席服务官",
        "成立时间",
    )
    under = (None, None, None, None, None, None, None, "姓名", "电话", None, None, None)
    rows = [
        [
            n,
            f.name,
            f.code,
            f.county,
            f.township,
            f.trade,
            "是" if f.large else "否",
            f.contact,
            f.phone,
            f.leader,
            f.officer,
            f"20{10 + n % 14}年{n % 12 + 1}月1日",
        ]
        for n, f in enumerate(made.firms, 1)
    ]
    blank = [None] * (len(top) - 1)
    table = [
        [f"{CITY}重点企业名录", *blank],
        list(top),
        list(under),
        *rows,
        ["合计", f"{len(rows)}家", *blank[1:]],
    ]
    merged = [
        (0, 0, 0, len(top) - 1),
        (1, 7, 1, 8),
        *((1, c, 2, c) for c in range(len(top)) if c not in (7, 8)),
    ]
    return workbook(("名录", table, merged), ("说明", [["本表由市工信局提供"]], []))


def figures(made: Office) -> bytes:
    """Revenue, electricity and staff of 24 months beside each other."""
    heads = ["企业名称", "统一社会信用代码"]
    heads += [
        f"{name} {m.year}年{m.month}月"
        for m in MONTHS
        for name in ("营业收入（万元）", "用电量（万千瓦时）", "期末从业人员")
    ]
    rows = []
    for n, firm in enumerate(made.firms):
        row: list[Any] = [firm.name, firm.code]
        for k, month in enumerate(MONTHS):
            season = 1 + 0.1 * ((month.month * 5 + n) % 5)
            row += [
                round((300 + n % 50 * 20) * season, 1),
                round((8 + n % 20) * season, 2),
                40 + n % 60 + k % 3,
            ]
        rows.append(row)
    return workbook(("月度数据", [heads, *rows], []))


def visits(made: Office) -> bytes:
    """Visits of last year, some to two firms in one cell."""
    heads = ("序号", "走访时间", "走访领导", "陪同人员", "走访企业", "企业接待人", "生产经营情况", "存在问题")
    rows: list[list[Any]] = []
    for n in range(VISITS):
        one, other = made.firms[n * 5 % len(made.firms)], made.firms[(n * 5 + 9) % len(made.firms)]
        day = date(2025, 1, 6) + timedelta(days=n * 350 // VISITS)
        names = f"{one.name}、{other.name}" if n % 40 == 0 else one.name
        said = "流动资金紧张" if n % 3 == 0 else "无"
        rows.append(
            [
                n + 1,
                f"{day.month}月{day.day}日",
                one.leader,
                made.persons[240 + n % 100].name,
                names,
                one.contact,
                "生产正常，订单稳定",
                said,
            ]
        )
    return workbook(("走访", *_titled("2025年企业走访台账", heads, rows)))


def problems(made: Office) -> bytes:
    """Last year's ledger with its defects."""
    rows, _marks = messy_rows(made, PROBLEMS)
    below = [["合计", *[None] * 32], ["填表人：李四    审核：王五", *[None] * 32]]
    return workbook(("问题台账", *_titled(f"{CITY}2025年企业问题台账", HEADS, as_cells(rows), *below)))


def many_problems(made: Office, number: int) -> bytes:
    """A ledger of many rows without a defect."""
    return workbook(
        ("问题台账", *_titled(f"{CITY}2025年企业问题台账", HEADS, as_cells(clean_rows(made, number))))
    )


WORKBOOKS = {
    "1 行政区划": areas,
    "2 单位职责": units,
    "3 人员通讯录": persons,
    "4 账号申请": accounts,
    "5 企业名录": firms,
    "6 企业月度数据": figures,
    "7 走访台账": visits,
    "8 问题台账": problems,
}
