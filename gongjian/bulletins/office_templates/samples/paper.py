"""A template to begin with: the built-in layout, with fields where its texts stand."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import cast

from django.utils import translation
from docx import Document

from gongjian.assignments.queries import ClockInWords
from gongjian.audit.wording import SOURCE
from gongjian.bulletins.hand_over_slip.paper import form_of
from gongjian.bulletins.office_templates.vocabulary import BODY, SLIP_MESSAGES
from gongjian.engines.paper import word_file
from gongjian.engines.paper.blocks import FormRow
from gongjian.engines.paper.imprint import rule_lines
from gongjian.engines.paper.layouts import write_head
from gongjian.engines.paper.page_and_fonts import SMALL, WIDTH, prepare_page, write_text
from gongjian.engines.paper.tables import bordered_table
from gongjian.engines.paper.text import page_numbers
from gongjian.problems.hand_over_slip import HandOverSlip

HEAD_SIGNS = 12  # that the red name of a sample has room for
DAY = date(2026, 1, 1)
ANY = HandOverSlip(
    number="",
    problem_number="",
    enterprise="",
    area="",
    category="",
    text="",
    source="",
    lead_unit="",
    supporting_units="1",
    copied_to="",
    objection_days=1,
    responsible_person="",
    phone="",
    task="",
    handed_over_by="",
    handed_over_at="",
    handed_over_on=DAY,
    due_on=DAY,
    basis="",
    checkpoints=(),
    proxies="1",
    reading=cast("ClockInWords", None),
)


def sample_template(kind: str) -> bytes:
    """The .docx of a template that says what the built-in layout says."""
    return _slip() if kind == "SLIP" else _bulletin()


def _field(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _slip() -> bytes:
    with translation.override(SOURCE):  # the fields of a template have Chinese names
        form = form_of(ANY)
    named = replace(
        form,
        left=f"编号：{_field('编号')}",
        right=f"问题编号：{_field('问题编号')}",
        rows=tuple(_named(row) for row in form.rows),
    )
    return word_file.render(named)


def _named(row: FormRow) -> FormRow:
    """The row with a field beside each label that has one."""
    cells = list(row.cells)
    for at, cell in enumerate(cells[:-1]):
        if cell.label and cell.text in SLIP_MESSAGES:
            cells[at + 1] = replace(cells[at + 1], text=_field(cell.text))
    return replace(row, cells=tuple(cells))


def _bulletin() -> bytes:
    document = Document()
    prepare_page(document)
    write_head(
        document,
        head=_field("报头"),
        number=f"（{_field('年度')}年第{_field('期号')}期）",
        unit=_field("单位"),
        on=_field("日期"),
        title=_field("标题"),
        signs=HEAD_SIGNS,
    )
    document.add_paragraph(_field(BODY))
    document.add_paragraph()
    tail = bordered_table(document, 2, [float(WIDTH)])
    rule_lines(tail)
    for row, text in zip(
        tail.rows, (_field("报送"), f"{_field('单位')}　　{_field('日期')}印发"), strict=True
    ):
        write_text(row.cells[0].paragraphs[0], text, size=SMALL)
    page_numbers(document.sections[0])
    raw = BytesIO()
    document.save(raw)
    return word_file.reproducible(raw.getvalue())
