"""GB/T 9704-2012: page, lines, fonts, headings, numbers with bookmarks; the same paper gives the same bytes."""

from datetime import date

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongjian.engines.paper.blocks import (
    FormCell,
    FormRow,
    LinkedNumber,
    PaperHeading,
    PaperParagraph,
    PaperTable,
    SlipForm,
)
from gongjian.engines.paper.text import chinese_numeral
from gongjian.engines.paper.word_file import render
from tests.papers.reading import bookmarks, needs_office, opened, pages, plain
from tests.papers.samples import brief

LINES, CHARACTERS = 22, 28


def headings(*levels):
    return plain(render(brief(*(PaperHeading(level, "事项") for level in levels)))).splitlines()


def test_the_page_is_a4_with_the_margins_of_the_standard():
    section = opened(render(brief())).sections[0]
    measured = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    for got, wanted in zip(measured, (210, 297, 37, 28), strict=True):
        assert abs(got - Mm(wanted)) < Mm(0.1)
    assert abs(section.page_width - section.left_margin - section.right_margin - Mm(156)) < Mm(0.1)
    assert section._sectPr.find(qn("w:docGrid")).get(qn("w:type")) == "lines"


def test_the_body_is_third_size_fangsong():
    style = opened(render(brief())).styles["Normal"]
    assert style.font.size == Pt(16)
    assert style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_headings_are_counted_by_the_four_levels():
    lines = headings(1, 2, 3, 4, 4, 2, 1, 2)
    told = [line for line in lines if line.endswith("事项")]
    assert told == [
        "一、事项",
        "（一）事项",
        "1.事项",
        "(1)事项",
        "(2)事项",
        "（二）事项",
        "二、事项",
        "（一）事项",
    ]


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
)
def test_numbers_of_headings(number, written):
    assert chinese_numeral(number) == written


def test_every_number_stands_between_the_ends_of_its_bookmark():
    blocks = (
        PaperParagraph(("收集", LinkedNumber("12", "n1"), "个")),
        PaperTable(("地区", "数"), (("临河区", LinkedNumber("7", "n2")),)),
    )
    content = render(brief(*blocks))
    assert bookmarks(content) == {"n1": "12", "n2": "7"}
    assert "收集12个" in plain(content)
    assert "临河区 | 7" in plain(content)


def test_the_red_head_the_number_of_the_issue_and_the_foot():
    told = plain(render(brief(PaperParagraph(("正文。",)))))
    for part in ("安川市攻坚工作简报", "第47期", "2026年11月24日", "报：市领导。", "2026年11月24日印发"):
        assert part in told.replace("\t", ""), part


def test_the_same_paper_gives_the_same_bytes():
    paper = brief(PaperHeading(1, "情况"), PaperParagraph(("一切正常。",)))
    assert render(paper) == render(paper)
    assert render(paper) != render(brief(PaperHeading(1, "情况"), PaperParagraph(("有变化。",))))


def test_the_head_of_a_table_repeats_and_rows_do_not_split():
    table = opened(render(brief(PaperTable(("甲", "乙"), (("1", "2"),))))).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_form_keeps_its_cells_in_their_places():
    rows = (
        FormRow((FormCell("企业名称", 1, label=True), FormCell("恒岳机械", 2))),
        FormRow((FormCell("签收", 3),), 20),
    )
    form = SlipForm(
        title="企业问题交办单",
        left="编号：J1",
        right="",
        on=date(2026, 11, 24),
        widths=(30, 30, 30),
        rows=rows,
    )
    content = render(form)
    assert "企业名称 | 恒岳机械" in plain(content)
    assert len(opened(content).tables[0].columns) == 3


@needs_office
def test_a_full_page_holds_twenty_two_lines_of_twenty_eight_characters(tmp_path):
    text = "全市各级各部门要把企业的事当作自己的事来办" * 60
    laid = pages(render(brief(PaperParagraph((text,)))), tmp_path)
    middle = [line.strip() for line in laid[1].splitlines() if line.strip()]
    body = [line for line in middle if not line.startswith("—")]
    assert len(body) == LINES
    assert {len(line) for line in body} == {CHARACTERS}
    assert any(line.replace(" ", "") == "—2—" for line in middle)
