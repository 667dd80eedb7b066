"""Extensions of time (延期): requested before the time limit, then granted or refused."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.models import Assignment
from gongjian.assignments.projection import append, open_move, proxy_of, reason_given
from gongjian.assignments.queries import snapshot_of
from gongjian.audit import Refused
from gongjian.audit.wording import day_in_words
from gongjian.engines.clock.deadlines import dues_after_extension
from gongjian.engines.clock.events import ExtensionAsked, ExtensionGranted, ExtensionRefused
from gongjian.engines.clock.lights import GRAVE_AFTER
from gongjian.people.models import Account


def check_requested_day(day: date | None, today: date, *, field: str) -> None:
    """Raises Refused if the requested day is past or lies beyond the calendar."""
    if day is None:
        return
    if day < today:
        raise Refused(
            _("办理时限 %(due)s 已经过去。请选今天或以后的日期。") % {"due": day_in_words(day)}, field=field
        )
    try:
        current_calendar().add(day, GRAVE_AFTER + 1)
    except ValueError as beyond:
        raise Refused(
            _("%(due)s太远，工作日历还排不到那一天。请选三年以内的日期。") % {"due": day_in_words(day)},
            field=field,
        ) from beyond


@transaction.atomic
def ask_extension(
    assignment: Assignment,
    *,
    until: date,
    reason: str,
    proxy_reason: str = "",
    by: Account,
    at: datetime,
) -> Assignment:
    """Ask for more time (申请延期): at least one working day before the time limit, until a later day."""
    row = open_move(assignment, "ask_extension", by=by)
    if row.extension_until is not None:
        raise Refused(_("已经申请过延期，正在等待批复。"))
    if until <= row.due_on:
        raise Refused(
            _("申请延期的日期要晚于现在的办理时限 %(due)s。") % {"due": day_in_words(row.due_on)},
            field="until",
        )
    check_requested_day(until, timezone.localdate(at), field="until")
    if current_calendar().working_days_between(timezone.localdate(at), row.due_on) < 1:
        raise Refused(_("延期要在到期前至少一个工作日提出，现在已经来不及。请与攻坚办联系。"))
    proxy = proxy_of(row, "ask_extension", proxy_reason, by=by)
    return append(row, ExtensionAsked(until=until, reason=reason_given(reason), proxy=proxy), by=by, at=at)


@transaction.atomic
def grant_extension(assignment: Assignment, *, by: Account, at: datetime) -> Assignment:
    """Grant more time (批准延期)."""
    row = open_move(assignment, "grant_extension", by=by)
    if row.extension_until is None:
        raise Refused(_("没有待批的延期申请。请刷新页面。"))
    if row.extension_until <= row.due_on:
        raise Refused(
            _("办理时限已顺延到%(due)s，不早于所申请的日期。请选“不予延期”，需要时由承办单位重新申请。")
            % {"due": day_in_words(row.due_on)}
        )
    snapshot = snapshot_of(row)
    dues = dues_after_extension(snapshot, row.extension_until, current_calendar())
    event = ExtensionGranted(until=row.extension_until, dues=dues)
    return append(row, event, by=by, at=at, snapshot=snapshot)


@transaction.atomic
def refuse_extension(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Refuse more time (不予延期)."""
    row = open_move(assignment, "refuse_extension", by=by)
    if row.extension_until is None:
        raise Refused(_("没有待批的延期申请。请刷新页面。"))
    return append(row, ExtensionRefused(reason=reason_given(reason)), by=by, at=at)
