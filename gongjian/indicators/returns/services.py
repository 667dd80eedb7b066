"""Monthly returns: handed up by an area's office, approved by the office above and locked then, or sent back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.indicators import perms
from gongjian.indicators.events import IndicatorEvent
from gongjian.indicators.models import Figure, FigureQuestion, MonthlyReturn
from gongjian.indicators.states import Answer, Column, ReturnState
from gongjian.people.models import Account, Area


@transaction.atomic
def hand_up(area: Area, *, month: date, column: Column | str, by: Account, at: datetime) -> MonthlyReturn:
    """Hand up the figures of an area for a month (上报月报); after that they are changed only when sent back."""
    perms.check_enter(by, area)
    if not Figure.objects.filter(area=area, month=month, column=column, superseded_at=None).exists():
        raise Refused(_("这个月还没有数据。请先录入再上报。"))
    if FigureQuestion.objects.filter(area=area, month=month, column=column, answer=Answer.OPEN).exists():
        raise Refused(_("这个月还有疑问没有答复。请先到“数据疑问”答复。"))
    MonthlyReturn.objects.get_or_create(area=area, month=month, column=column)
    row = _locked(area, month, column)
    if row.state in (ReturnState.HANDED_UP, ReturnState.APPROVED):
        raise Refused(_("这份月报已经上报。请等上级审核。"))
    row.state, row.handed_up_by, row.handed_up_at, row.reason = ReturnState.HANDED_UP, by, at, ""
    row.save()
    record(IndicatorEvent.HANDED_UP, subject=row, by=by, at=at, **_about(row))
    return row


@transaction.atomic
def approve(row: MonthlyReturn, *, by: Account, at: datetime) -> MonthlyReturn:
    """Approve a return that was handed up (审核); its figures are locked, a correction needs its reason."""
    row = _locked(row.area, row.month, row.column)
    perms.check_approve_return(by, row)
    _check_handed_up(row)
    row.state, row.approved_by, row.approved_at = ReturnState.APPROVED, by, at
    row.save()
    record(IndicatorEvent.APPROVED, subject=row, by=by, at=at, **_about(row))
    return row


@transaction.atomic
def send_back(row: MonthlyReturn, *, reason: str, by: Account, at: datetime) -> MonthlyReturn:
    """Send a return back to its area with the reason (退回)."""
    row = _locked(row.area, row.month, row.column)
    perms.check_approve(by, row.area)
    _check_handed_up(row)
    reason = required_text(reason, _("请写退回理由，对方才知道改什么。"), field="reason")
    row.state, row.reason = ReturnState.SENT_BACK, reason
    row.save()
    record(IndicatorEvent.SENT_BACK, subject=row, by=by, at=at, reason=reason, **_about(row))
    return row


def _locked(area: Area, month: date, column: str) -> MonthlyReturn:
    rows = MonthlyReturn.objects.select_for_update(of=("self",)).select_related("area")
    return rows.get(area=area, month=month, column=column)


def _check_handed_up(row: MonthlyReturn) -> None:
    if row.state != ReturnState.HANDED_UP:
        raise Refused(_("只有已上报的月报可以审核或退回。请刷新页面。"))


def _about(row: MonthlyReturn) -> dict[str, str]:
    return {
        "area": row.area.name,
        "month": f"{row.month:%Y-%m}",
        "column": source_word(Column(row.column).label),
    }
