"""The Word file of a bulletin, built from what is stored: the same bulletin gives the same file."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit.wording import paper_words
from gongjian.bulletins.editing.outline import filled
from gongjian.bulletins.models import Bulletin
from gongjian.bulletins.wording import day_on_paper, head_of, office_name, usual_receivers
from gongjian.engines.paper import word_file
from gongjian.engines.paper.blocks import (
    Block,
    Brief,
    LinkedNumber,
    Numerals,
    PaperHeading,
    PaperParagraph,
    PaperTable,
    Run,
)

NUMERALS: dict[bool, Numerals] = {False: "chinese", True: "arabic"}


def brief_paper(bulletin: Bulletin, blocks: list[dict[str, Any]] | None = None) -> bytes:
    """The .docx of a bulletin with the blocks its reader may see; None gives all that are stored."""
    return word_file.render(brief_of(bulletin, blocks))


def brief_of(bulletin: Bulletin, blocks: list[dict[str, Any]] | None = None) -> Brief:
    """The stored bulletin, or these blocks of it, as a paper, dated on the day of its data."""
    with paper_words(bulletin.area.name):
        return _brief(bulletin, blocks)


def _brief(bulletin: Bulletin, blocks: list[dict[str, Any]] | None) -> Brief:
    content, area = bulletin.content, bulletin.area.name
    on = timezone.localdate(bulletin.as_of)
    day = day_on_paper(on)
    return Brief(
        head=content.get("head", head_of(area, bulletin.kind)),
        year=bulletin.year,
        issue=bulletin.issue,
        unit=content.get("unit", office_name(area)),
        on=on,
        title=bulletin.title,
        blocks=tuple(
            _block(block) for block in filled(content.get("blocks", []) if blocks is None else blocks)
        ),
        sent_to=receivers_of(bulletin),
        number=_("（%(year)s年第%(issue)s期）") % {"year": bulletin.year, "issue": bulletin.issue},
        day=day,
        printed=_("%(day)s印发") % {"day": day} if day else "",
        numerals=NUMERALS[bool(day)],
    )


def receivers_of(bulletin: Bulletin) -> tuple[str, ...]:
    """To whom a bulletin goes, a line of the imprint for each kind of receiver."""
    return tuple(bulletin.content.get("sent_to") or usual_receivers(bulletin.area.name))


def _block(stored: dict[str, Any]) -> Block:
    if stored["kind"] == "heading":
        return PaperHeading(stored["level"], stored["text"])
    if stored["kind"] == "paragraph":
        return PaperParagraph(tuple(_run(run) for run in stored["runs"]))
    rows = tuple(tuple(_run(run) for run in row) for row in stored["rows"])
    return PaperTable(tuple(stored["head"]), rows)


def _run(stored: str | dict[str, str]) -> Run:
    return stored if isinstance(stored, str) else LinkedNumber(stored["number"], stored["anchor"])
