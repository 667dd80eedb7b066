"""Papers as LibreOffice lays them out, measured on the page against GB/T 9704-2012: where each sign stands, in which font."""

from datetime import date
from itertools import pairwise

import pytest

from gongjian.engines.paper.blocks import FormCell, FormRow, PaperHeading, PaperParagraph, SlipForm
from gongjian.engines.paper.unbroken import whole
from gongjian.engines.paper.word_file import render
from samples.papers.generated import briefs
from samples.papers.pages import broken, can_lay_out, lay_out, texts
from tests.papers.samples import brief

pytestmark = pytest.mark.skipif(
    not can_lay_out(),
    reason="LibreOffice or the fonts that stand in for those of the standard are not installed",
)
LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262  # millimetres of the text area on the page
PITCH = 28.9 * 25.4 / 72
SIGN = 16 * 25.4 / 72  # a sign of the third size
NEAR = 0.6
STOPS = "，。、；："
TEXT = "全市各级各部门要把企业的事当作自己的事来办" * 60
HEI, KAI, SONG, FANG = "NotoSansCJK", "GBZenKai", "NotoSerifCJK", "Bousung"


def paper(*blocks):
    return brief(*blocks, sent_to=("报：市领导。", "送：" + "市金融工作局、" * 9 + "各县区。"))


FULL = paper(PaperParagraph((TEXT,)))
LEVELS = paper(
    *(PaperHeading(level, "二级标题" * level) for level in (1, 2, 3, 4)), PaperParagraph(("正文。",))
)
ENDS = [paper(*[PaperParagraph((f"第{at + 1}段。",)) for at in range(lines)]) for lines in range(8, 16)]
MADE = briefs(6)
FORM = SlipForm(
    title="企业问题交办单",
    left="编号：JB2026-000582",
    right="问题编号：WT2026-000596",
    on=date(2026, 11, 24),
    widths=(26, 26, 26, 26, 26, 26),
    rows=tuple(
        FormRow(
            (
                FormCell("反馈节点", 1, label=True),
                FormCell("研" * n + "：2026-11-09；2026年11月24日报0372-0071467。", 5),
            )
        )
        for n in range(14)
    ),
)


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    """All papers of this module, laid out in one run of LibreOffice."""
    papers = [FULL, LEVELS, *ENDS, *MADE, FORM]
    pages = lay_out([render(one) for one in papers], tmp_path_factory.mktemp("papers"))
    return dict(zip(map(id, papers), pages, strict=True))


def body(page):
    return [line for line in page if not (line.text.startswith("—") and line.baseline > BOTTOM)]


def test_a_full_page_has_twenty_two_lines_of_twenty_eight_signs(laid):
    lines = body(laid[id(FULL)][1])
    assert [len(line.text) for line in lines] == [28] * 22
    for above, below in pairwise(lines):
        assert below.baseline - above.baseline == pytest.approx(PITCH, abs=0.05)
    assert min(sign.left for line in lines for sign in line.signs) == pytest.approx(LEFT, abs=NEAR)
    assert max(sign.right for line in lines for sign in line.signs) == pytest.approx(RIGHT, abs=NEAR)
    assert min(sign.baseline for line in lines for sign in line.signs) - SIGN * 0.8 > TOP
    assert lines[-1].baseline == pytest.approx(BOTTOM - PITCH * 0.3, abs=1)


def test_nothing_stands_in_the_margins(laid):
    for one in (FULL, LEVELS, *ENDS, *MADE):
        for page in laid[id(one)]:
            for line in body(page):
                assert line.signs[0].left > LEFT - NEAR, line.text
                hanging = (
                    line.signs[-1].text in STOPS
                )  # LibreOffice lets one stop hang in the margin, Word is told not to
                inside = line.signs[:-1] if hanging else line.signs
                assert max(sign.right for sign in inside) < RIGHT + NEAR, line.text
                assert TOP < line.baseline < BOTTOM, line.text


def test_each_level_has_its_font_and_the_sizes_are_the_prescribed(laid):
    lines = {line.text: line.signs[-1] for line in laid[id(LEVELS)][0]}
    wanted = {
        "安川市全力拼经济工作情况": (SONG, 22),
        "一、二级标题": (HEI, 16),
        "（一）二级标题二级标题": (KAI, 16),
        "1.二级标题二级标题二级标题": (FANG, 16),
        "(1)二级标题二级标题二级标题二级标题": (FANG, 16),
        "正文。": (FANG, 16),
        "报：市领导。": (FANG, 14),
    }
    for text, (font, size) in wanted.items():
        assert lines[text].font.startswith(font), text
        assert lines[text].size == pytest.approx(size, abs=0.1), text
    head = next(sign for text, sign in lines.items() if text == "安川市攻坚工作简报")
    assert head.font.startswith(SONG)
    assert head.size > 40


def test_paragraphs_begin_after_two_signs(laid):
    first = next(line for line in laid[id(LEVELS)][0] if line.text == "正文。")
    assert first.signs[0].left == pytest.approx(LEFT + 2 * SIGN, abs=NEAR)


@pytest.mark.parametrize("made", [FULL, LEVELS, *ENDS, *MADE], ids=lambda one: one.title)
def test_the_imprint_stands_at_the_foot_of_the_last_page_below_all_text(laid, made):
    *others, last = laid[id(made)]
    lines = body(last)
    printed = next(line for line in lines if line.text.endswith("印发"))
    assert printed is max(lines, key=lambda line: line.baseline)
    assert printed.baseline == pytest.approx(BOTTOM - PITCH * 0.35, abs=1)
    receivers = next(at for at, line in enumerate(lines) if line.text.startswith("报："))
    above = [line for line in lines if line.baseline < lines[receivers].baseline - 0.1]
    assert above, "the imprint stands alone on the last page"
    assert lines[receivers].baseline - max(line.baseline for line in above) > PITCH * 0.5
    assert not any("印发" in line.text for page in others for line in page)


def test_page_numbers_stand_outside_below_the_text_area(laid):
    for page, number in zip(laid[id(FULL)], "123456789", strict=False):
        line = next(line for line in page if line.text.startswith("—"))
        assert line.text == f"—{number}—"
        assert line.signs[0].size == pytest.approx(14, abs=0.1)
        dash = (line.baseline - 14 * 25.4 / 72 * 0.33) - BOTTOM
        assert dash == pytest.approx(7, abs=0.5)
        if int(number) % 2:
            assert line.signs[-1].right == pytest.approx(RIGHT - 14 * 25.4 / 72, abs=1)
        else:
            assert line.signs[0].left == pytest.approx(LEFT + 14 * 25.4 / 72, abs=1)


@pytest.mark.parametrize("at", range(len(MADE)))
def test_no_number_is_broken_and_no_heading_is_last_on_a_page(laid, at):
    pages = laid[id(MADE[at])]
    assert broken(MADE[at], pages) == []
    for page in pages[:-1]:
        last = body(page)[-1]
        assert not last.signs[0].font.startswith(HEI) or last.signs[0].size < 16, last.text


def test_no_number_is_broken_in_a_form(laid):
    (page,) = laid[id(FORM)]
    lines = [line.text for line in page]
    for piece in ("2026-11-09", "2026年11月24日", "0372-0071467。"):
        assert sum(line.count(piece) for line in lines) == 14, piece


def test_the_measure_finds_what_is_broken(laid):
    """The twin: a date that LibreOffice has broken counts as broken."""
    pages = laid[id(MADE[0])]
    said = paper(PaperParagraph(("于2199年12月31日办结",)))
    assert broken(said, pages) == ["2199年12月31日"]


@pytest.fixture(scope="module")
def two_hundred(tmp_path_factory):
    """Two hundred short briefs of random figures, names, dates and codes, each with its pages."""
    made = briefs(200, seed=20_000, parts=1, rows=8)
    return list(
        zip(made, lay_out([render(one) for one in made], tmp_path_factory.mktemp("many")), strict=True)
    )


@pytest.mark.slow(60)
def test_two_hundred_briefs_break_no_number_leave_no_heading_alone_and_end_with_their_imprint(two_hundred):
    numbers = 0
    for made, pages in two_hundred:
        assert broken(made, pages) == [], made.title
        numbers += sum(len(whole(text)) for text in texts(made))
        for page in pages[:-1]:
            last = body(page)[-1].signs[0]
            assert not last.font.startswith((HEI, KAI)) or last.size < 16, made.title
        printed = max(body(pages[-1]), key=lambda line: line.baseline)
        assert printed.text.endswith("印发"), made.title
        assert printed.baseline == pytest.approx(BOTTOM - PITCH * 0.35, abs=1)
        assert [line.text for page in pages for line in page if line.text.startswith("—")] == [
            f"—{number}—" for number in range(1, len(pages) + 1)
        ]
    assert numbers > 5000
