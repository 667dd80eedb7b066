"""A corpus of superiors' forms, each filled: what the form held stays, and records stand where a person would write them."""

import io
from datetime import date

import openpyxl
import pytest

from gongjian.engines.templates import NoTemplate, fill_template, read_template
from gongjian.engines.templates.references import moved
from gongjian.superior_templates.fields import field_labels, head_words
from gongjian.superior_templates.states import LedgerKind
from tests.superior_templates import blank_books
from tests.superior_templates.blank_books import FORMS, made

FIRM = {"PROBLEMS": "firm", "VISITS": "firm", "FIRMS": "name", "PAYOUTS": "firm"}


def words(ledger="PROBLEMS", **chosen):
    return head_words(ledger, learnt={}, chosen=chosen)


def records(number, ledger="PROBLEMS"):
    return [
        {
            "serial": n,
            FIRM[ledger]: f"第{n}家厂",
            "county": "临河区",
            "text": f"第{n}件事",
            "lead_unit": "市金融局",
            "due": date(2026, 12, 1 + n % 28),
            "handed_on": date(2026, 11, 1 + n % 28),
        }
        for n in range(1, number + 1)
    ]


def filled(form, number=3):
    template = read_template(made(form.make), words(form.ledger))
    book = openpyxl.load_workbook(
        io.BytesIO(fill_template(template, lambda _s: records(number, form.ledger)))
    )
    return book[form.sheet] if form.sheet else book.worksheets[0], template


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_records_stand_in_the_rows_that_wait(form):
    page, _template = filled(form)
    assert [page[f"{form.firms}{form.first + n}"].value for n in range(3)] == [
        "第1家厂",
        "第2家厂",
        "第3家厂",
    ]
    assert {cell: page[cell].value for cell in form.after} == form.after


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("number", [0, 1, 40])
def test_the_frame_of_a_row_goes_on_and_nothing_of_the_form_is_lost(form, number):
    blank = openpyxl.load_workbook(io.BytesIO(made(form.make)))
    before = blank[form.sheet] if form.sheet else blank.worksheets[0]
    page, _template = filled(form, number)
    texts = lambda sheet: [  # noqa: E731
        cell.value
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
        and not cell.value.startswith(("=", "例", "某某", "第", "贷款", "市金融", "临河"))
    ]
    assert texts(page) == texts(before)
    assert page.column_dimensions["D"].width == before.column_dimensions["D"].width
    head = form.first - 1
    assert page.cell(head, 2).fill.fgColor.rgb == before.cell(head, 2).fill.fgColor.rgb
    if number == 40:
        last = page.cell(form.first + 39, openpyxl.utils.column_index_from_string(form.firms))
        assert last.value == "第40家厂"
        assert last.border.left.style == "thin"


def test_fewer_records_than_lines_leave_the_lines_of_the_form():
    page, _template = filled(next(f for f in FORMS if f.name == "noted and signed"), 1)
    assert page["A8"].value.startswith("填表人")
    assert page["A7"].value == 3
    assert page["C6"].value is None


def test_heights_merged_blocks_rules_and_print_area_move_with_their_rows():
    page, _template = filled(next(f for f in FORMS if f.name == "noted and signed"), 10)
    assert page["A15"].value.startswith("填表人")
    assert "A15:F15" in {str(block) for block in page.merged_cells.ranges}
    assert "A8:F8" not in {str(block) for block in page.merged_cells.ranges}
    assert page.row_dimensions[14].height == 42
    page, _template = filled(next(f for f in FORMS if f.name == "coloured and printed"), 10)
    assert [str(one.sqref) for one in page.conditional_formatting] == ["D2:D11"]
    assert page.print_area.replace("$", "").endswith("A1:D12")
    assert page.print_title_rows == "$1:$1"
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:D11"
    page, _template = filled(next(f for f in FORMS if f.name == "merged slots"), 5)
    assert {"B2:C2", "B6:C6"} <= {str(block) for block in page.merged_cells.ranges}
    page, _template = filled(next(f for f in FORMS if f.name == "hidden codes"), 9)
    assert str(page.data_validations.dataValidation[0].sqref) == "B2:B10"


def test_days_are_days_and_a_text_is_no_formula():
    template = read_template(made(blank_books.row_formulas), words())
    bad = [{"serial": 1, "firm": "=HYPERLINK(1)", "text": "+1", "due": date(2026, 12, 1)}]
    page = openpyxl.load_workbook(io.BytesIO(fill_template(template, lambda _s: bad))).active
    assert page["E2"].value.date() == date(2026, 12, 1)
    assert page["E2"].number_format == "yyyy-mm-dd"
    assert (page["B2"].data_type, page["B2"].value) == ("s", "=HYPERLINK(1)")


def test_a_form_is_known_again_by_its_headings_whatever_its_month_and_sheets():
    def month(number):
        def make(book):
            book.active.title = f"{number}月"
            book.active.append(["企业名称", "问题描述", f"{number}月进展情况"])

        return read_template(made(make), words()).mark

    assert month(8) == month(9)
    assert month(8) != read_template(made(blank_books.plain), words()).mark


def test_a_sheet_is_filled_for_its_county():
    from gongjian.superior_templates.records import for_sheet

    rows = [
        {"county": "临河区", "serial": 1},
        {"county": "北岭区", "serial": 2},
        {"county": "北岭区", "serial": 3},
    ]
    assert [r["serial"] for r in for_sheet(rows, "北岭区")] == [1, 2]
    assert for_sheet(rows, "Sheet1") == rows
    assert len(read_template(made(blank_books.sheets_by_county), words()).sheets) == 2


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=SUM(B2:B4)", "=SUM(B2:B9)"),
        ("=SUM(B$2:B$4)+B5", "=SUM(B$2:B$9)+B10"),
        ('=COUNTIF(C2:C4,"B4")', '=COUNTIF(C2:C9,"B4")'),
        ("=B4*2", "=B4*2"),
        ("=Other!B5+'附 件'!B6", "=Other!B5+'附 件'!B6"),
        ("=ROUND(B5/C6,2)", "=ROUND(B10/C11,2)"),
        ("=LOG10(B5)", "=LOG10(B10)"),
        ("=B5:B7", "=B10:B12"),
    ],
)
def test_references_move_as_in_a_spreadsheet(formula, expected):
    assert moved(formula, at=5, by=5, own=True, sheet="表") == expected


def test_another_sheets_reference_to_the_filled_one_moves():
    assert moved("=SUM(表!B2:B4)", at=5, by=5, own=False, sheet="表") == "=SUM(表!B2:B9)"


def test_what_is_no_form_is_said():
    with pytest.raises(NoTemplate):
        read_template(made(lambda book: book.active.append(["姓名", "年龄"])), words())


@pytest.mark.parametrize("ledger", LedgerKind.values)
def test_our_own_headings_are_all_known(ledger):
    labels = field_labels(ledger)
    template = read_template(made(lambda book: book.active.append(list(labels.values()))), words(ledger))
    assert [column.field for column in template.sheets[0].head.columns] == list(labels)


def test_a_day_in_a_narrow_column_is_drawn_smaller_and_the_width_stays():
    page, _template = filled(next(f for f in FORMS if f.name == "plain"), 2)
    assert page["E2"].value.day == 2
    assert page["E2"].alignment.shrink_to_fit
    assert not page["E2"].alignment.wrap_text
