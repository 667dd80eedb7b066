"""The page, fonts and Normal style that GB/T 9704-2012 prescribes."""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongjian.engines.paper.unbroken import HYPHENS, joints, parts

SONG, FANGSONG, KAI, HEI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"
TITLE, BODY, SMALL, CELL = 22.0, 16.0, 14.0, 12.0  # 2号, 3号, 4号, 小四
PITCH = 28.9  # points; 28.99 would give 21 lines in LibreOffice
GRID = 578  # twentieths of a point
RED = RGBColor(0xE6, 0x00, 0x12)
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26  # millimetres
WIDTH = 156  # millimetres of the text area
FOOT = 24.4  # millimetres below the page number, whose dash then stands 7 below the text area
JOINER = "2060"
HYPHEN = """
<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">
  <mc:Choice Requires="w15"><w:noBreakHyphen/></mc:Choice><mc:Fallback><w:t>-</w:t></mc:Fallback>
</mc:AlternateContent>
"""  # LibreOffice breaks behind the hyphen at which Word does not
# Signs that end no line and begin none, in Word: its own lists for Chinese, with the words of dates and numbers added.
NOT_LAST = "$(£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥年月第"
NOT_FIRST = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠年月日号"


def word_element(name: str, /, **attributes: str | int) -> Any:
    """A new XML element of the w: namespace with its attributes."""
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


def set_font(properties: Any, name: str) -> None:
    """Set one font for Chinese and Latin text."""
    old_fonts = properties.find(qn("w:rFonts"))
    if old_fonts is not None:
        properties.remove(old_fonts)
    names = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), name)
    properties.insert(0, word_element("rFonts", **names))


def format_run(run: Any, *, font: str, size: float, color: RGBColor | None = None) -> Any:
    """Set font, size and colour of a run; returns the run."""
    run.font.size = Pt(size)
    if color is not None:
        run.font.color.rgb = color
    set_font(run._r.get_or_add_rPr(), font)
    return run


def write_text(
    line: Any, text: str, *, font: str = FANGSONG, size: float = BODY, color: RGBColor | None = None
) -> None:
    """Add text that stands on one line as it is."""
    format_run(line.add_run(text), font=font, size=size, color=color)


def write_unbroken(
    line: Any, text: str, *, font: str = FANGSONG, size: float = BODY, color: RGBColor | None = None
) -> None:
    """Add text that runs over several lines; its dates, numbers and codes each stay on one of them."""
    for part, is_whole in parts(text):
        pieces = joints(part) if is_whole else [part]
        for at, piece in enumerate(pieces):
            if at:
                _joiner(line, size)
            run = format_run(
                line.add_run("" if piece in HYPHENS else piece), font=font, size=size, color=color
            )
            if piece in HYPHENS:
                run._r.append(parse_xml(HYPHEN))
            if len(pieces) > 1:
                _as_latin(run)


def write_joined(line: Any, text: str, *, size: float) -> None:
    """Add what stands on the same line as the number before it: its unit and the stop behind it."""
    for piece in joints(text):
        _joiner(line, size)
        _as_latin(format_run(line.add_run(piece), font=FANGSONG, size=size))


def _joiner(line: Any, size: float) -> None:
    """A hidden sign where LibreOffice does not break; Word passes over it, and has its lists in the settings.

    It is no text: whoever reads or searches the file finds the date as it is.
    """
    run = format_run(line.add_run(), font=FANGSONG, size=size)
    run.font.hidden = True
    run._r.append(word_element("sym", font=FANGSONG, char=JOINER))
    _as_latin(run)


def _as_latin(run: Any) -> None:
    """Let LibreOffice heed the joiner: by the rules for Chinese text it would not."""
    run._r.get_or_add_rPr().append(word_element("lang", val="en-US", eastAsia="en-US"))


def prepare_page(document: Any) -> None:
    """Set margins, grid, Normal style and language of an empty document."""
    _page(document.sections[0])
    _normal(document.styles["Normal"])
    document.settings.odd_and_even_pages_header_footer = True
    _breaking_of_lines(document.settings.element)


def _breaking_of_lines(settings: Any) -> None:
    after = (
        "w:savePreviewPicture",
        "w:hdrShapeDefaults",
        "w:footnotePr",
        "w:endnotePr",
        "w:compat",
        "w:rsids",
    )
    for name, signs in (("noLineBreaksAfter", NOT_LAST), ("noLineBreaksBefore", NOT_FIRST)):
        settings.insert_element_before(word_element(name, lang="zh-CN", val=signs), *after)


def _page(section: Any) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(15), Mm(FOOT)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)
    section._sectPr.append(word_element("docGrid", type="lines", linePitch=GRID))


def _normal(style: Any) -> None:
    style.font.size = Pt(BODY)
    shape = style.paragraph_format
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(PITCH)
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    for name in (
        "overflowPunct",
        "autoSpaceDE",
        "autoSpaceDN",
    ):  # 28 signs a line, none in the margin, no blanks added
        style.element.get_or_add_pPr().insert_element_before(
            word_element(name, val=0), "w:spacing", "w:ind", "w:jc"
        )
    properties = style.element.get_or_add_rPr()
    set_font(properties, FANGSONG)
    size = properties.find(qn("w:sz"))
    size.addprevious(word_element("spacing", val=-5))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(word_element("lang", val="en-US", eastAsia="zh-CN"))
