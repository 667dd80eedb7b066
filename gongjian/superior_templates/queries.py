"""Templates an office has kept, and what the headings of one stand for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.engines.tables.opening import BadFile
from gongjian.engines.templates import NoTemplate, Template, read_template, undated
from gongjian.imports.queries import learnt_headings
from gongjian.imports.reading.sentences import why_unopened
from gongjian.people.models import Account, Area
from gongjian.superior_templates.fields import READ_IN, asks, head_words
from gongjian.superior_templates.models import SuperiorTemplate
from gongjian.superior_templates.states import LedgerKind


def _kept_above(area: Area | None) -> QuerySet[SuperiorTemplate]:
    path, above = area.path if area else "", Q(pk__in=[])
    for end in range(Area.steplen, len(path) + 1, Area.steplen):
        above |= Q(area__path=path[:end])
    return SuperiorTemplate.objects.filter(above)


def decided_for(file: bytes, ledger: LedgerKind | str, *, area: Area) -> dict[str, str]:
    """What an office, or one above it, has said about a form with these headings; the nearest office counts."""
    mark = read(file, ledger, area=area).mark
    kept = _kept_above(area).filter(ledger=ledger, mark=mark).order_by("-area__path").first()
    return dict(kept.fields) if kept else {}


@dataclass(frozen=True)
class MatchedHeading:
    """One heading of a form: what it stands for ("" for nothing), and whether somebody should say so."""

    sheet: str
    heading: str
    field: str
    asked: bool


def templates_of(account: Account, ledger: LedgerKind | str = "") -> QuerySet[SuperiorTemplate]:
    """The templates kept for the account's area or an area above it, without their files; of one ledger, or of all."""
    rows = _kept_above(account.writes_area or account.reads_area)
    rows = rows.select_related("area", "kept_by").defer("file")
    return rows.filter(ledger=ledger) if ledger else rows


def read(
    file: bytes, ledger: LedgerKind | str, *, area: Area, decided: Mapping[str, str] | None = None
) -> Template:
    """The tables of a blank workbook; Refused with a sentence for what cannot be filled.

    `decided` says what headings without their month stand for.
    """
    template = _read(file, ledger, area, {})
    if not decided:
        return template
    shown = {column.shown for sheet in template.sheets for column in sheet.head.columns}
    chosen = {heading: decided[key] for heading in shown if (key := undated(heading)) in decided}
    return _read(file, ledger, area, chosen)


def _read(file: bytes, ledger: LedgerKind | str, area: Area, chosen: Mapping[str, str]) -> Template:
    learnt = learnt_headings(area, READ_IN[LedgerKind(ledger)])
    try:
        return read_template(file, head_words(ledger, learnt=learnt, chosen=chosen))
    except BadFile as bad:
        raise Refused(str(why_unopened(bad.why)), field="file") from bad
    except NoTemplate as none:
        raise Refused(
            _(
                "没有认出表头。请交 .xlsx 格式的空表，表头里至少有两列是%(ledger)s里有的内容，其中有企业名称一类的列。"
            )
            % {"ledger": LedgerKind(ledger).label},
            field="file",
        ) from none


def matched(template: Template, decided: Mapping[str, str]) -> list[MatchedHeading]:
    """Every heading of the form; `decided` are those somebody has spoken about."""
    return [
        MatchedHeading(
            sheet.name,
            column.shown,
            column.field,
            undated(column.shown) not in decided and not column.twice_of and asks(column.shown, column.field),
        )
        for sheet in template.sheets
        for column in sheet.head.columns
        if column.place not in sheet.spread
    ]
