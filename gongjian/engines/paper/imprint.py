"""The imprint (版记) at the foot of the last page: to whom the paper goes, who printed it and when."""

from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from gongjian.engines.paper.page_and_fonts import (
    FANGSONG,
    PITCH,
    SMALL,
    WIDTH,
    format_run,
    word_element,
    write_text,
    write_unbroken,
)
from gongjian.engines.paper.tables import bordered_table, set_pitch
from gongjian.engines.paper.text import keep_if_short
from gongjian.engines.paper.unbroken import lines_needed

THICK, THIN = 8, 6  # eighths of a point: first and last rule, the rules between
SIGNS = 27  # of the small size on a line, without the word 报： and an indent on each side
MARK = 2  # signs of 报：, under which its further lines do not stand

BOX = """
<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
    xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
  <mc:Choice Requires="wps"><w:drawing>
    <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0"
        layoutInCell="1" allowOverlap="1">
      <wp:simplePos x="0" y="0"/>
      <wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>
      <wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
      <wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
      <wp:docPr id="1" name="imprint" descr="版记"/><wp:cNvGraphicFramePr/>
      <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
        <wps:cNvSpPr txBox="1"/>
        <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>
          <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
        <wps:txbx><w:txbxContent/></wps:txbx>
        <wps:bodyPr rot="0" vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>
      </wps:wsp></a:graphicData></a:graphic>
    </wp:anchor></w:drawing></mc:Choice>
</mc:AlternateContent>
"""


def write_imprint(document: Any, *, receivers: tuple[str, ...], unit: str, on: str) -> None:
    """Write the imprint in a box that stands on the lower edge of the text area, wherever the text ends.

    The paragraph it belongs to is as high as the box: where that no longer fits, both go to a new page, and the last
    paragraph of the text goes with them.
    """
    _keep_last_paragraph(document)
    heights = [lines_needed(text[MARK:], SIGNS) for text in receivers] + [1]
    table = bordered_table(document, len(heights), [float(WIDTH)])
    rule_lines(table)
    for row, high in zip(table.rows, heights, strict=True):
        row.height, row.height_rule = Pt(high * PITCH), WD_ROW_HEIGHT_RULE.EXACTLY
    for row, text in zip(table.rows, receivers, strict=False):
        _receiver(row.cells[0].paragraphs[0], text)
    _printed(table.rows[len(receivers)].cells[0].paragraphs[0], unit, on)
    _into_box(document, table, Pt(sum(heights) * PITCH))


def _into_box(document: Any, table: Any, high: Length) -> None:
    room, end = document.add_paragraph(), document.add_paragraph()  # the box is to end with a paragraph
    set_pitch(room, high.pt)
    end.paragraph_format.line_spacing = Pt(1)
    box = parse_xml(BOX.format(wide=int(Mm(WIDTH)), high=int(high + Pt(1))))
    room.add_run()._r.append(box)
    content = next(box.iter(qn("w:txbxContent")))
    for part in (table._tbl, end._p):
        content.append(part)


def _keep_last_paragraph(document: Any) -> None:
    if document.element.body[-2].tag == qn("w:p"):  # the section comes last
        keep_if_short(document.paragraphs[-1])


def _receiver(line: Any, text: str) -> None:
    shape = line.paragraph_format
    shape.left_indent, shape.right_indent = Pt((1 + MARK) * SMALL), Pt(SMALL)
    shape.first_line_indent = Pt(-MARK * SMALL)
    write_unbroken(line, text, size=SMALL)


def _printed(line: Any, unit: str, on: str) -> None:
    line.paragraph_format.left_indent = Pt(SMALL)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH) - Pt(SMALL), WD_TAB_ALIGNMENT.RIGHT)
    write_text(line, unit, size=SMALL)
    format_run(line.add_run("\t"), font=FANGSONG, size=SMALL)
    write_text(line, on, size=SMALL)


def rule_lines(table: Any) -> None:
    """Rules as wide as the text area: above, between and below, none at the sides."""
    properties = table._tbl.tblPr
    borders = word_element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        size = {"top": THICK, "bottom": THICK, "insideH": THIN}.get(side)
        line = {"val": "single", "sz": size, "space": 0, "color": "000000"} if size else {"val": "nil"}
        borders.append(word_element(side, **line))
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    for side in properties.find(qn("w:tblCellMar")):
        side.set(qn("w:w"), "0")
