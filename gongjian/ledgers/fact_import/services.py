"""Facts of firms from a workbook (数据导入): keep it, show what it would do, write it, give it back with its errors marked."""

from datetime import date, datetime

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.enterprises.fact_batches import services as fact_batches
from gongjian.enterprises.models import FactBatch
from gongjian.ledgers.fact_import import error_workbook
from gongjian.ledgers.fact_import.checks import Checked, check
from gongjian.ledgers.fact_import.headings import Period
from gongjian.ledgers.fact_import.workbook_reader import read_workbook
from gongjian.people.models import Account


def take(
    *, file_name: str, file: bytes, source: str, default: Period | None, by: Account, at: datetime
) -> FactBatch:
    """Read the file once, so that a hopeless one is refused at the door, and keep it for the preview."""
    if by.writes_area is None:
        raise Refused(_("您的账号没有录入权限。请联系系统管理员。"))
    reading = read_workbook(file, default=default)
    if not reading.cells and not reading.slips:
        raise Refused(
            _("没有读到任何数据。表头里要有数据目录里的指标，如“用电量 2026年10月”。可以下载模板填写。"),
            field="file",
        )
    return fact_batches.add_batch(
        file_name=file_name,
        file=file,
        source=source,
        sheet=reading.sheet,
        period=default,
        area=by.writes_area,
        by=by,
        at=at,
    )


def preview(batch: FactBatch, *, by: Account, today: date) -> Checked:
    """What the workbook would do now."""
    default = (batch.period_kind, batch.period) if batch.period else None
    reading = read_workbook(bytes(batch.file), sheet=batch.sheet, default=default)
    return check(reading, source=batch.source, by=by, today=today)


def write(batch: FactBatch, *, by: Account, at: datetime) -> FactBatch:
    """Write what can be written; checked again now, whatever the preview showed."""
    checked = preview(batch, by=by, today=timezone.localdate(at))
    try:
        return fact_batches.write_batch(batch, facts=checked.facts, by=by, at=at)
    except IntegrityError as error:
        raise Refused(_("同时有人录入了同样的数据。请再点一次写入。")) from error


def error_book(batch: FactBatch, *, by: Account, today: date) -> bytes:
    """The clerk's own workbook, refused cells red with the reason, and a column that says it in words."""
    return error_workbook.marked_book(bytes(batch.file), preview(batch, by=by, today=today))
