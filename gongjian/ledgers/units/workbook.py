"""The register of units as a workbook (单位与职责), in the columns that the import of units reads."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.ledgers.names import TellingNames
from gongjian.ledgers.sheet import Telephones, ledger_sheet
from gongjian.people.models import Unit

CHUNK = 500


def unit_columns() -> list[SheetColumn]:
    """The headings and widths of the columns, in order."""
    heads = (
        (_("序号"), 6),
        (_("单位名称"), 28),
        (_("简称"), 14),
        (_("地区"), 14),
        (_("性质"), 12),
        (_("上级单位"), 22),
        (_("主要职责"), 50),
        (_("官方排序"), 10),
    )
    return [SheetColumn(str(head), width) for head, width in heads]


def unit_workbook(
    rows: QuerySet[Unit], *, words: str, as_of: datetime, telephones: Telephones = Telephones.HIDDEN
) -> bytes:
    """These units as an .xlsx file, area by area in official order."""
    return ledger_sheet(
        title=_("单位名册"),
        words=words,
        as_of=as_of,
        columns=unit_columns(),
        rows=_rows(rows),
        telephones=telephones,
    )


def _rows(rows: QuerySet[Unit]) -> Iterator[list[Any]]:
    names = TellingNames()
    related = rows.select_related("area", "superior__area").order_by("area__path", "order", "name", "pk")
    for number, unit in enumerate(related.iterator(chunk_size=CHUNK), 1):
        yield [
            number,
            unit.name,
            unit.short_name,
            names.area(unit.area),
            unit.get_kind_display(),
            names.unit(unit.superior),
            unit.duties,
            unit.order,
        ]
