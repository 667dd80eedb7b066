"""The page, fonts and Normal style that GB/T 9704-2012 prescribes."""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

SONG, FANGSONG, KAI, HEI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"
TITLE, BODY, SMALL, CELL = 22.0, 16.0, 14.0, 12.0  # 2号, 3号, 4号, 小四
PITCH = 28.9  # points; 28.99 would give 21 lines in LibreOffice
GRID = 578  # twentieths of a point
RED = RGBColor(0xE6, 0x00, 0x12)
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26  # millimetres
WIDTH = 156  # millimetres of the text area


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


def prepare_page(document: Any) -> None:
    """Set margins, grid, Normal style and language of an empty document."""
    _page(document.sections[0])
    _normal(document.styles["Normal"])
    document.settings.odd_and_even_pages_header_footer = True


def _page(section: Any) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
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
    properties = style.element.get_or_add_rPr()
    set_font(properties, FANGSONG)
    size = properties.find(qn("w:sz"))
    size.addprevious(word_element("spacing", val=-5))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(word_element("lang", val="en-US", eastAsia="zh-CN"))
