"""Figures of firms from one source as a workbook (企业月度数据), a column a figure and period, as the import of figures reads them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.enterprises.facts.catalogue import DATE, FLAG, FactKey, catalogue
from gongjian.enterprises.facts.wording import period_mark
from gongjian.enterprises.models import Enterprise, Fact
from gongjian.ledgers.sheet import Telephones, ledger_sheet
from gongjian.people.queries import PlaceNames

CHUNK = 500
Place = tuple[str, str, date]  # figure, kind of period, first day


def figure_workbook(
    firms: QuerySet[Enterprise],
    *,
    source: str,
    words: str,
    as_of: datetime,
    telephones: Telephones = Telephones.HIDDEN,
) -> bytes:
    """What this source has given of these firms as an .xlsx file; a figure nobody has given is blank, never 0."""
    held = Fact.objects.filter(enterprise__in=firms.order_by(), source=source, key__in=catalogue())
    places = _places(held)
    return ledger_sheet(
        title=_("企业月度数据"),
        words=" · ".join(filter(None, (words, _("来源：%(source)s") % {"source": source}))),
        as_of=as_of,
        columns=_columns(places),
        rows=_rows(held, places),
        telephones=telephones,
    )


def _places(held: QuerySet[Fact]) -> list[Place]:
    order = {key: n for n, key in enumerate(catalogue())}
    found = held.order_by().values_list("key", "period_kind", "period").distinct()
    return sorted(found, key=lambda place: (order[place[0]], place[1], place[2]))


def _columns(places: Sequence[Place]) -> list[SheetColumn]:
    fixed = ((_("序号"), 6), (_("企业名称"), 30), (_("统一社会信用代码"), 22), (_("县（市、区）"), 12))
    heads = [f"{catalogue()[key].label} {period_mark(period, kind)}" for key, kind, period in places]
    return [SheetColumn(str(head), width) for head, width in fixed] + [
        SheetColumn(head, 14) for head in heads
    ]


def _rows(held: QuerySet[Fact], places: Sequence[Place]) -> Iterator[list[Any]]:
    names = PlaceNames()
    firms = Enterprise.objects.filter(pk__in=held.order_by().values("enterprise")).select_related("area")
    ordered = firms.order_by("area__path", "name", "pk")
    for first in range(0, ordered.count(), CHUNK):
        together = list(ordered[first : first + CHUNK])
        values = _values(held, together)
        for number, firm in enumerate(together, first + 1):
            own = (values.get((firm.pk, *place), "") for place in places)
            county = names.county_and_township(firm.area)[0]
            yield [number, firm.name, firm.credit_code or "", county, *own]


def _values(held: QuerySet[Fact], firms: Sequence[Enterprise]) -> dict[tuple[Any, ...], Any]:
    rows = held.filter(enterprise__in=firms).order_by()
    names = ("enterprise_id", "key", "period_kind", "period", "value", "text")
    return {
        (firm, key, kind, period): _cell(catalogue()[key], value, text)
        for firm, key, kind, period, value, text in rows.values_list(*names)
    }


def _cell(entry: FactKey, value: Any, text: str) -> Any:
    if entry.kind == DATE:
        return date.fromisoformat(text)
    if entry.kind == FLAG:
        return _("是") if value else _("否")
    return text if value is None else value
