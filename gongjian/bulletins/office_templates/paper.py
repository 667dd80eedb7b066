"""The Word file of a bulletin or of slips: by the office's own template where it has one, else the built-in layout."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import translation

from gongjian.audit.wording import SOURCE
from gongjian.bulletins.hand_over_slip.paper import facts_of, slip_paper, slips_paper
from gongjian.bulletins.models import Bulletin, PaperKind
from gongjian.bulletins.office_templates.queries import template_of
from gongjian.bulletins.office_templates.vocabulary import BODY
from gongjian.bulletins.weekly_brief.paper import brief_of, brief_paper
from gongjian.engines.paper import own_template
from gongjian.people.models import Area
from gongjian.problems.hand_over_slip import HandOverSlip


def bulletin_file(bulletin: Bulletin, blocks: list[dict[str, Any]] | None = None) -> bytes:
    """The .docx of a bulletin with the blocks its reader may see; None gives all that are stored."""
    own = template_of(bulletin.area, bulletin.kind)
    if own is None:
        return brief_paper(bulletin, blocks)
    paper = brief_of(bulletin, blocks)
    return own_template.fill(bytes(own.content), _of_bulletin(bulletin), paper.blocks, body=BODY)


def slips_file(slips: Sequence[HandOverSlip], *, area: Area, title: str = "") -> bytes:
    """The .docx of one slip or of several, each on its own page."""
    own = template_of(area, PaperKind.SLIP)
    if own is not None:
        return own_template.fill_each(bytes(own.content), [_of_slip(slip) for slip in slips])
    return slips_paper(slips, title=title) if title else slip_paper(slips[0])


def _of_bulletin(bulletin: Bulletin) -> dict[str, str]:
    """What the fields of a bulletin say; the body is written in its place."""
    paper = brief_of(bulletin, [])
    return {
        "报头": paper.head,
        "年度": str(paper.year),
        "期号": str(paper.issue),
        "单位": paper.unit,
        "日期": _day(paper.on),
        "标题": paper.title,
        "报送": "\n".join(paper.sent_to),
        "统计起": _day(bulletin.period_from),
        "统计止": _day(bulletin.period_to),
        "核签人": bulletin.signed_by.name if bulletin.signed_by else "",
    }


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _of_slip(slip: HandOverSlip) -> dict[str, str]:
    """What the fields of a slip say: the labels of the page and of the built-in form are their names."""
    with translation.override(SOURCE):
        names = [cell.text for row in facts_of(slip) for cell in row.cells[::2]]
    values = [cell.text for row in facts_of(slip) for cell in row.cells[1::2]]
    labelled = dict(zip(names, values, strict=True))
    return {"编号": slip.number, "问题编号": slip.problem_number, "攻坚办代办": "", **labelled}
