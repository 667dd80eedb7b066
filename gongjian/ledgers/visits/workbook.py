"""The visit book as a workbook (走访台账)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.enterprises.models import Enterprise
from gongjian.ledgers.sheet import Telephones, ledger_sheet
from gongjian.people.queries import PlaceNames
from gongjian.visits.models import Stop, Visit
from gongjian.visits.states import NoteHeading

NOTES = (
    NoteHeading.PLANNING,
    NoteHeading.BUILDING,
    NoteHeading.EQUIPMENT,
    NoteHeading.MARKET,
    NoteHeading.PRODUCTION,
    NoteHeading.PRODUCT,
)
CHUNK = 500
FIELDS = (
    *("serial", "day", "part", "kind", "title", "county", "township", "place", "lead", "participants"),
    *("firm", "received_by", "result", *(heading.value for heading in NOTES), "problems", "status"),
)


def visit_workbook(
    rows: QuerySet[Visit],
    *,
    words: str,
    as_of: datetime,
    firms: QuerySet[Enterprise] | None = None,
    telephones: Telephones = Telephones.HIDDEN,
) -> bytes:
    """The workbook as .xlsx, one row for each firm visited (only of `firms`) and for each meeting without firms."""
    return ledger_sheet(
        title=_("走访台账"),
        words=words,
        as_of=as_of,
        columns=visit_columns(),
        rows=visit_rows(rows, firms),
        telephones=telephones,
    )


def visit_columns() -> list[SheetColumn]:
    """The headings and widths of the columns, in the order of FIELDS."""
    heads = (
        (_("序号"), 6),
        (_("日期"), 12),
        (_("时段"), 8),
        (_("类型"), 12),
        (_("名称"), 34),
        (_("县（市、区）"), 12),
        (_("乡镇（街道）"), 12),
        (_("地点"), 14),
        (_("带队领导"), 10),
        (_("参加人员"), 24),
        (_("企业名称"), 26),
        (_("企业接待人"), 10),
        (_("走访结果"), 14),
        *((h.label, 26) for h in NOTES),
        (_("问题数"), 8),
        (_("状态"), 10),
    )
    return [SheetColumn(str(head), width) for head, width in heads]


def visit_rows(rows: QuerySet[Visit], firms: QuerySet[Enterprise] | None) -> Iterator[list[Any]]:
    """One row a firm visited, in the order of FIELDS, visits in the order given."""
    at_firms = Stop.objects.select_related("enterprise")
    stops = at_firms if firms is None else at_firms.filter(enterprise__in=firms.order_by())
    related = rows.select_related("area", "lead").prefetch_related(
        "participants", Prefetch("stops", stops), "stops__notes", "problems"
    )
    number, places = 0, PlaceNames()
    for visit in related.iterator(chunk_size=CHUNK):
        shown: list[Stop | None] = [*visit.stops.all()]
        for stop in shown or [None]:
            number += 1
            yield [number, *_row_of(visit, stop, places)]


def _row_of(visit: Visit, stop: Stop | None, places: PlaceNames) -> list[Any]:
    notes = {note.heading: note.text for note in stop.notes.all()} if stop else {}
    heard = [p for p in visit.problems.all() if stop and p.enterprise_id == stop.enterprise_id]
    return [
        visit.starts_on,
        visit.get_part_display(),
        visit.get_kind_display(),
        visit.title,
        *places.county_and_township(visit.area),
        visit.place,
        visit.lead.name if visit.lead else "",
        _("、").join(sorted(p.name for p in visit.participants.all())),
        stop.enterprise.name if stop else "",
        stop.received_by if stop else "",
        stop.get_result_display() if stop else "",
        *(notes.get(h.value, "") for h in NOTES),
        len(heard),
        visit.get_state_display(),
    ]
