"""Superiors' forms as they come: twelve shapes and more, each made here, with what a person would expect of it."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field

import openpyxl
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

THIN = Side(style="thin")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD = PatternFill("solid", fgColor="FFD9E1F2")


@dataclass(frozen=True)
class Form:
    """A blank form: how it is made, and where the first two records and the line below them are expected."""

    name: str
    make: Callable[[openpyxl.Workbook], None]
    firms: str  # column of the firms
    first: int  # row of the first record
    sheet: str = ""
    after: dict[str, str] = field(default_factory=dict)  # cell -> text, once three records are in
    ledger: str = "PROBLEMS"


def framed(page, top, bottom, width):
    for row in page.iter_rows(min_row=top, max_row=bottom, max_col=width):
        for cell in row:
            cell.border = FRAME
            cell.alignment = Alignment(wrap_text=True, vertical="center")


def plain(book):
    page = book.active
    page.append(["序号", "企业名称", "问题描述", "责任单位", "完成时限"])
    framed(page, 1, 1, 5)


def noted_and_signed(book):
    page = book.active
    page.title = "附件2"
    page["A1"] = "附件2"
    page["A2"] = "全省助企纾困问题清单"
    page.merge_cells("A2:F2")
    page["A2"].font = Font(name="宋体", size=18, bold=True)
    page["A3"] = "填报单位（公章）："
    page["E3"] = "填报时间：   年   月   日"
    for n, head in enumerate(["序号", "县市区", "企业名称", "主要诉求", "牵头部门", "办理进展"], 1):
        page.cell(4, n, head).fill = HEAD
    framed(page, 4, 7, 6)
    for row in (5, 6, 7):
        page.cell(row, 1, row - 4)
        page.row_dimensions[row].height = 42
    page["A8"] = "填表人：            联系电话：            审核人："
    page.merge_cells("A8:F8")
    page.column_dimensions["D"].width = 44


def two_storeys(book):
    page = book.active
    page.merge_cells("A1:H1")
    page["A1"] = "问题交办情况统计表"
    for block in ("A2:A3", "B2:C2", "D2:D3", "E2:G2", "H2:H3"):
        page.merge_cells(block)
    page["A2"], page["B2"], page["D2"], page["E2"], page["H2"] = (
        "序号",
        "企业基本情况",
        "存在问题",
        "交办情况",
        "备注",
    )
    for cell, head in {
        "B3": "企业名称",
        "C3": "统一社会信用代码",
        "E3": "责任单位",
        "F3": "责任人",
        "G3": "办结时限",
    }.items():
        page[cell] = head
    framed(page, 2, 5, 8)


def total_below(book):
    page = book.active
    page.append(["序号", "企业名称", "诉求内容", "承办单位", "天数"])
    page.append([None] * 5)
    page.append([None] * 5)
    page.append(["合计", "=COUNTA(B2:B3)", None, None, "=SUM(E2:E3)"])
    page.append(["注：本表每月5日前报送。"])
    page.merge_cells("A5:E5")
    framed(page, 1, 4, 5)
    page["A4"].font = Font(bold=True)


def total_on_top(book):
    page = book.active
    page.append(["序号", "企业", "困难问题", "主办单位"])
    page.append(["合计", "=COUNTA(B3:B4)", None, None])
    page.append([None] * 4)
    page.append([None] * 4)
    framed(page, 1, 4, 4)


def numbered_columns(book):
    page = book.active
    page.append(["序号", "单位名称", "需协调解决的问题", "主责单位", "是否解决"])
    page.append(["甲", 1, 2, 3, 4])
    page.append([None] * 5)
    framed(page, 1, 3, 5)


def example_row(book):
    page = book.active
    page.append(["序号", "企业名称", "问题诉求", "牵头单位"])
    page.append(["例：1", "某某公司", "贷款到期难续", "市金融局"])
    page.append([1, None, None, None])
    framed(page, 1, 3, 4)


def two_sheets(book):
    book.active.title = "填表说明"
    book.active["A1"] = "一、本表由各市攻坚办填报。二、每周一报送。"
    page = book.create_sheet("问题台账")
    page.append(["企业名称", "问题类别", "问题描述", "交办时间", "是否销号"])
    framed(page, 1, 3, 5)


def hidden_codes(book):
    page = book.active
    page.append(["企业名称", "问题类型", "具体诉求", "责任部门"])
    framed(page, 1, 4, 4)
    codes = book.create_sheet("字典")
    codes.sheet_state = "hidden"
    codes.append(["企业名称", "问题描述"])
    rule = DataValidation(type="list", formula1='"融资,用工,用地"')
    page.add_data_validation(rule)
    rule.add("B2:B4")


def merged_slots(book):
    page = book.active
    page.append(["序号", "企业名称", None, "存在困难", "协办单位"])
    page.merge_cells("B1:C1")
    page.append([None] * 5)
    page.merge_cells("B2:C2")
    page.append(["备注：涉密事项不填。"])
    framed(page, 1, 2, 5)


def row_formulas(book):
    page = book.active
    page.append(["序号", "企业名称", "问题描述", "交办时间", "办理时限", "限办天数"])
    page.append([None, None, None, None, None, '=IF(E2="","",E2-D2)'])
    page.append(["合计", None, None, None, None, "=SUM(F2:F2)"])
    framed(page, 1, 3, 6)


def coloured_and_printed(book):
    page = book.active
    page.append(["序号", "企业名称", "问题内容", "完成状态"])
    for _n in range(2):
        page.append([None] * 4)
    page.append(["审核人："])
    page.conditional_formatting.add("D2:D3", CellIsRule(operator="equal", formula=['"是"'], fill=HEAD))
    page.print_area = "A1:D4"
    page.print_title_rows = "1:1"
    page.freeze_panes = "A2"
    page.auto_filter.ref = "A1:D3"
    framed(page, 1, 3, 4)


def sheets_by_county(book):
    for n, county in enumerate(("临河区", "北岭区")):
        page = book.active if n == 0 else book.create_sheet()
        page.title = county
        page.append(["序号", "企业名称", "问题描述", "责任单位"])
        framed(page, 1, 2, 4)


def firm_summary(book):
    page = book.active
    page["A1"] = "规上企业名录"
    page.append(
        ["序号", "企业详细名称（盖章名称）", "企业名称", "统一社会信用代码", "所属县区", "法定代表人"]
    )
    framed(page, 2, 3, 6)


def visit_log(book):
    page = book.active
    page.append(["市级领导走访企业情况表"])
    page.merge_cells("A1:F1")
    page.append(["序号", "走访时间", "带队领导", "走访企业", "收集问题数", "企业获得感"])
    framed(page, 2, 3, 6)
    page.append(["合计", None, None, "=COUNTA(D3:D3)", "=SUM(E3:E3)", None])


def payout_list(book):
    page = book.active
    page.append(["序号", "申报企业", "政策名称", "申报金额（元）", "兑现金额（元）", "开户行"])
    page.append([None] * 6)
    page.append(["合计", None, None, "=SUM(D2:D2)", "=SUM(E2:E2)", None])
    framed(page, 1, 3, 6)
    for cell in ("D2", "E2"):
        page[cell].number_format = "#,##0.00"


FORMS = [
    Form("plain", plain, "B", 2),
    Form(
        "noted and signed",
        noted_and_signed,
        "C",
        5,
        after={"A8": "填表人：            联系电话：            审核人："},
    ),
    Form("two storeys", two_storeys, "B", 4),
    Form(
        "total below",
        total_below,
        "B",
        2,
        after={"A5": "合计", "B5": "=COUNTA(B2:B4)", "E5": "=SUM(E2:E4)", "A6": "注：本表每月5日前报送。"},
    ),
    Form("total on top", total_on_top, "B", 3, after={"A2": "合计", "B2": "=COUNTA(B3:B5)"}),
    Form("numbered columns", numbered_columns, "B", 3, after={"A2": "甲"}),
    Form("example row", example_row, "B", 2),
    Form("two sheets", two_sheets, "A", 2, sheet="问题台账"),
    Form("hidden codes", hidden_codes, "A", 2),
    Form("merged slots", merged_slots, "B", 2, after={"A5": "备注：涉密事项不填。"}),
    Form("row formulas", row_formulas, "B", 2, after={"F4": '=IF(E4="","",E4-D4)', "F5": "=SUM(F2:F4)"}),
    Form("coloured and printed", coloured_and_printed, "B", 2, after={"A5": "审核人："}),
    Form("visit log", visit_log, "D", 3, ledger="VISITS"),
    Form("firm summary", firm_summary, "C", 3, ledger="FIRMS"),
    Form("payout list", payout_list, "B", 2, ledger="PAYOUTS"),
]


def made(make: Callable[[openpyxl.Workbook], None]) -> bytes:
    """The form as a file."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    make(book)
    book.save(out)
    return out.getvalue()
