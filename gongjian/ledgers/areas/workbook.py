"""The register of areas as a workbook (行政区划), in the columns that the import of areas reads."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.ledgers.names import TellingNames
from gongjian.ledgers.sheet import Telephones, ledger_sheet
from gongjian.people.models import Area


def area_columns() -> list[SheetColumn]:
    """The headings and widths of the columns, in order."""
    heads = (
        (_("序号"), 6),
        (_("名称"), 18),
        (_("统计用区划代码"), 16),
        (_("简称"), 12),
        (_("层级"), 14),
        (_("上级地区"), 18),
        (_("功能区"), 10),
        (_("官方排序"), 10),
        (_("备注"), 20),
    )
    return [SheetColumn(str(head), width) for head, width in heads]


def area_workbook(
    rows: Iterable[Area], *, words: str, as_of: datetime, telephones: Telephones = Telephones.HIDDEN
) -> bytes:
    """These areas as an .xlsx file, in the order given: an area above stands before those below it."""
    return ledger_sheet(
        title=_("行政区划"),
        words=words,
        as_of=as_of,
        columns=area_columns(),
        rows=_rows(rows),
        telephones=telephones,
    )


def _rows(rows: Iterable[Area]) -> Iterator[list[Any]]:
    names = TellingNames()
    for number, area in enumerate(rows, 1):
        yield [
            number,
            area.name,
            area.stat_code,
            area.short_name,
            area.get_level_display(),
            names.area_at(area.path[: -Area.steplen]),
            _("是") if area.functional else _("否"),
            area.order,
            area.note,
        ]
