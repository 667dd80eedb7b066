"""Importing facts of firms from a workbook (数据导入): keep it, preview it, write it, return it with its errors marked."""

from collections.abc import Container
from datetime import date, datetime

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.enterprises.fact_batches import services as fact_batches
from gongjian.enterprises.fact_batches.services import LeftOut
from gongjian.enterprises.models import FactBatch
from gongjian.ledgers.fact_import import error_workbook
from gongjian.ledgers.fact_import.checks import CellOutcome, CheckedWorkbook
from gongjian.ledgers.fact_import.headings import Period
from gongjian.ledgers.fact_import.jumps import check_workbook
from gongjian.ledgers.fact_import.workbook_reader import read_workbook
from gongjian.people.models import Account


def add_workbook(
    *, file_name: str, file: bytes, source: str, default: Period | None, by: Account, at: datetime
) -> FactBatch:
    """Keep an uploaded workbook for the preview; raises Refused when nothing in it can be read."""
    opened = open_workbook(file_name=file_name, file=file, source=source, default=default, by=by, at=at)
    return fact_batches.add_batch(opened, by=by, at=at)


def open_workbook(
    *, file_name: str, file: bytes, source: str, default: Period | None, by: Account, at: datetime
) -> FactBatch:
    """A workbook as it would be kept; it is not stored. Raises Refused when nothing in it can be read."""
    if by.writes_area is None:
        raise Refused(_("您的账号没有录入权限。请联系系统管理员。"))
    reading = read_workbook(file, default=default)
    if not reading.cells and not reading.unread:
        raise Refused(
            _("没有读到任何数据。表头里要有数据目录里的指标，如“用电量 2026年10月”。可以下载模板填写。"),
            field="file",
        )
    source = required_text(source, _("请写明数据来源，如企业月报、税务部门。"), field="source")
    kind, first = default or ("", None)
    return FactBatch(
        source=source,
        file_name=file_name[-200:],
        file=file,
        sheet=reading.sheet,
        period_kind=kind,
        period=first,
        area=by.writes_area,
        uploaded_by=by,
        uploaded_at=at,
    )


def preview_workbook(batch: FactBatch, *, by: Account, today: date) -> CheckedWorkbook:
    """What the workbook would change if written now."""
    default = (batch.period_kind, batch.period) if batch.period else None
    reading = read_workbook(bytes(batch.file), sheet=batch.sheet, default=default)
    return check_workbook(reading, batch=batch, by=by, today=today)


def write_workbook(
    batch: FactBatch, *, as_they_are: Container[str] = (), by: Account, at: datetime
) -> FactBatch:
    """Check the workbook again and write every value that is neither refused nor a question.

    `as_they_are`: the places of questions that somebody ticked; they are written too.
    """
    checked = preview_workbook(batch, by=by, today=timezone.localdate(at))
    return _write(batch, checked, as_they_are, by=by, at=at)


def write_all_as_they_are(batch: FactBatch, *, by: Account, at: datetime) -> FactBatch:
    """Check the workbook again and write every value that is not refused, questions included (都按表里的写入)."""
    checked = preview_workbook(batch, by=by, today=timezone.localdate(at))
    every = {line.place for line in checked.cells_with(CellOutcome.ASKS)}
    return _write(batch, checked, every, by=by, at=at)


def _write(
    batch: FactBatch, checked: CheckedWorkbook, as_they_are: Container[str], *, by: Account, at: datetime
) -> FactBatch:
    facts = [*checked.facts, *checked.asked_facts(as_they_are)]
    asked = [line for line in checked.cells_with(CellOutcome.ASKS) if line.place not in as_they_are]
    left_out = [
        LeftOut(line.row, line.column, line.name, line.what, line.value, line.sentence)
        for line in [*checked.cells_with(CellOutcome.REFUSED), *asked]
    ]
    try:
        return fact_batches.write_batch(batch, facts=facts, left_out=left_out, by=by, at=at)
    except IntegrityError as error:
        raise Refused(_("同时有人录入了同样的数据。请再点一次写入。")) from error


def error_workbook_of(batch: FactBatch, *, by: Account, today: date) -> bytes:
    """The clerk's own workbook with refused cells and questions in red and a column with the reasons, as .xlsx."""
    return error_workbook.workbook_with_errors(bytes(batch.file), preview_workbook(batch, by=by, today=today))
