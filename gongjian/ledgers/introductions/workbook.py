"""The ledger of introductions as a workbook (引荐台账)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.engines.sheets.workbook import SheetColumn
from gongjian.ledgers.sheet import ledger_sheet
from gongjian.markets.models import Introduction
from gongjian.people.queries import PlaceNames

CHUNK = 500


def introduction_workbook(rows: QuerySet[Introduction], *, words: str, as_of: datetime) -> bytes:
    """The workbook as .xlsx, one row for each introduction."""
    heads = (
        (_("序号"), 6),
        (_("引荐日期"), 12),
        (_("县（市、区）"), 12),
        (_("乡镇（街道）"), 12),
        (_("采购企业"), 26),
        (_("采购需求"), 16),
        (_("供应企业"), 26),
        (_("供应产品"), 16),
        (_("匹配理由"), 36),
        (_("承办单位"), 18),
        (_("责任人"), 10),
        (_("办理时限"), 12),
        (_("任务状态"), 12),
        (_("对接结果"), 10),
        (_("成交金额（万元）"), 14),
        (_("说明"), 30),
    )
    columns = [SheetColumn(str(head), width) for head, width in heads]
    return ledger_sheet(title=_("引荐台账"), words=words, as_of=as_of, columns=columns, rows=_rows(rows))


def _rows(rows: QuerySet[Introduction]) -> Iterator[list[Any]]:
    places = PlaceNames()
    for number, introduction in enumerate(rows.iterator(chunk_size=CHUNK), 1):
        task = introduction.assignment
        yield [
            number,
            timezone.localdate(introduction.made_at),
            *places.county_and_township(introduction.area),
            introduction.need.enterprise.name,
            introduction.need.name,
            introduction.offer.enterprise.name,
            introduction.offer.name,
            introduction.why,
            task.lead_unit.name,
            task.responsible_person.name,
            task.due_on,
            task.get_state_display(),
            introduction.get_result_display(),
            introduction.amount if introduction.amount is not None else "",
            introduction.note,
        ]
