"""Notices to a unit about a matter (通知承办单位): each sent once, withdrawn when it no longer applies."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from gongjian.assignments.models import Assignment
from gongjian.assignments.states import RUNNING
from gongjian.engines.writing.excerpts import excerpt
from gongjian.notices import services as notices
from gongjian.notices.models import Notice
from gongjian.notices.states import NoticeKind
from gongjian.notices.withdrawals.services import withdraw
from gongjian.people.models import Account, Person, Unit

SHOWN = 30
COUNTED_ANEW = gettext_noop("%(year)s年放假安排公布，贵单位%(n)s项在办事项的时限已重算，请按新的时限办理。")
NEW = gettext_noop("新交办%(number)s“%(task)s”，由%(unit)s牵头，%(due)s前办结，责任人%(person)s。请签收。")
HELP = gettext_noop("%(number)s“%(task)s”请协办，由%(unit)s牵头，请按协办期限答复。")
COPIED = gettext_noop("抄送%(number)s“%(task)s”，由%(unit)s牵头，%(due)s前办结。")
TAKEN_BACK = gettext_noop("撤回交办%(number)s“%(task)s”，不必办理。")
MOVED = gettext_noop("%(number)s“%(task)s”已改派给%(unit)s，贵单位不再承办：%(reason)s")
UPHELD = gettext_noop("异议成立：%(number)s“%(task)s”已改派给%(unit)s，贵单位不再承办。")
TAKEN_OVER = gettext_noop("%(number)s“%(task)s”原由%(before)s承办，现由贵单位承接，%(due)s前办结：%(reason)s")
OTHER_PERSON = gettext_noop("%(number)s“%(task)s”的责任人由%(before)s换为%(person)s：%(reason)s")
OVERRULED = gettext_noop("异议不成立：%(number)s“%(task)s”仍由贵单位办理。%(reason)s")
REMINDED = gettext_noop("%(by)s催办%(number)s“%(task)s”：%(text)s")
NOT_REMINDED = gettext_noop("撤回催办：%(number)s“%(task)s”，刚才的催办不必理会。")
DUE_TODAY = gettext_noop("%(number)s“%(task)s”的“%(next)s”今天到期，请今天办理；不能办的请今天说明原因。")
AGAIN = gettext_noop("重新交办%(number)s“%(task)s”，%(due)s前办结：%(reason)s")
RETURNED = gettext_noop("核查退回%(number)s“%(task)s”：%(reason)s")
TO_BE_DONE = {NEW, HELP, TAKEN_OVER, OVERRULED, AGAIN, RETURNED}  # leaves at once where it is due today


def _facts(row: Assignment, **more: str) -> dict[str, Any]:
    known = {
        "number": row.number,
        "task": excerpt(row.task, SHOWN),
        "unit": row.lead_unit.name,
        "due": row.due_on.isoformat(),
    }
    return known | more


def _tell(
    row: Assignment,
    to: list[Unit],
    key: str,
    sentence: str,
    *,
    kind: NoticeKind,
    by: Account | None,
    at: datetime,
    **more: str,
) -> None:
    if to:
        notices.notify(
            to=to,
            key=key,
            kind=kind,
            sentence=sentence,
            values=_facts(row, **more),
            subject=row,
            due_on=min(row.next_due_on, row.due_on) if sentence in TO_BE_DONE else None,
            by=by,
            at=at,
        )


@transaction.atomic
def tell_due_today(*, at: datetime) -> int:
    """Tell each unit of its matters whose next step is due today, unless it was told today of their due; returns how many."""
    today = timezone.localdate(at)
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    told = Notice.objects.filter(
        due_on=today, at__gte=midnight, subject_kind=Assignment._meta.label_lower
    ).values("subject_id")
    rows = Assignment.objects.filter(state__in=RUNNING, next_due_on=today).exclude(pk__in=told)
    count = 0
    for row in rows.select_related("lead_unit").order_by("pk"):
        count += notices.notify(
            to=[row.lead_unit],
            key=f"due-{row.pk}-{today.isoformat()}",
            kind=NoticeKind.REMINDER,
            sentence=DUE_TODAY,
            values=_facts(row, next=row.next_name),
            subject=row,
            due_on=today,
            by=None,
            at=at,
        )
    return count


def _dispatch(row: Assignment) -> str:
    """The notice key of one hand-over; a reassignment has a key of its own."""
    return f"assigned-{row.pk}-{row.dispatches}"


def tell_assigned(
    row: Assignment, *, helpers: list[Unit], copied: list[Unit], by: Account, at: datetime
) -> None:
    """Tell the lead unit, the supporting units and those who get a copy of a new assignment."""
    facts: dict[str, Any] = {"kind": NoticeKind.TASK, "by": by, "at": at}
    person = row.responsible_person.name
    _tell(row, [row.lead_unit], _dispatch(row), NEW, person=person, **facts)
    _tell(row, helpers, f"{_dispatch(row)}-help", HELP, **facts)
    _tell(row, [unit for unit in copied if unit not in helpers], f"{_dispatch(row)}-copy", COPIED, **facts)


def tell_withdrawn(row: Assignment, *, by: Account, at: datetime) -> None:
    """Withdraw every notice of an assignment taken back before it was signed for, and tell who had them."""
    keys = [f"{_dispatch(row)}{part}" for part in ("", "-help", "-copy")]
    urged = Q(key__startswith=f"escalation-{row.pk}-") | Q(key__startswith=f"remind-{row.pk}-")
    keys += Notice.objects.filter(urged).values_list("key", flat=True).distinct()
    withdraw(
        keys=keys, kind=NoticeKind.TASK, sentence=TAKEN_BACK, values=_facts(row), subject=row, by=by, at=at
    )


def tell_reassigned(
    row: Assignment, before: Unit, reason: str, *, objected: bool, by: Account, at: datetime
) -> None:
    """Tell the former unit that it is relieved and the new one that it is now responsible."""
    withdraw(keys=[f"assigned-{row.pk}-{row.dispatches - 1}"], kind=NoticeKind.TASK, by=by, at=at)
    sentence, kind = (UPHELD, NoticeKind.OUTCOME) if objected else (MOVED, NoticeKind.TASK)
    _tell(row, [before], f"{_dispatch(row)}-before", sentence, kind=kind, by=by, at=at, reason=reason)
    facts: dict[str, Any] = {"kind": NoticeKind.TASK, "by": by, "at": at}
    _tell(row, [row.lead_unit], _dispatch(row), NEW, person=row.responsible_person.name, **facts)


def tell_counted_anew(moved: Mapping[Unit, int], *, year: int, by: Account | None, at: datetime) -> None:
    """Tell each unit how many of its dues were counted anew when a year's holidays were announced."""
    for unit, n in moved.items():
        notices.notify(
            to=[unit],
            key=f"year-{year}-{at.timestamp():.0f}-{unit.pk}",
            kind=NoticeKind.TASK,
            sentence=COUNTED_ANEW,
            values={"year": year, "n": n},
            by=by,
            at=at,
        )


def tell_taken_over(row: Assignment, before: Unit, reason: str, *, by: Account, at: datetime) -> None:
    """Tell the unit that the matter is its own now."""
    facts: dict[str, Any] = {"kind": NoticeKind.TASK, "by": by, "at": at}
    facts |= {"before": before.name, "reason": reason}
    _tell(row, [row.lead_unit], f"taken-over-{row.pk}-{row.last_event}", TAKEN_OVER, **facts)


def tell_person_changed(row: Assignment, before: Person, reason: str, *, by: Account, at: datetime) -> None:
    """Tell the unit that another of its persons is responsible now."""
    facts: dict[str, Any] = {"kind": NoticeKind.TASK, "by": by, "at": at, "reason": reason}
    facts |= {"before": before.name, "person": row.responsible_person.name}
    _tell(row, [row.lead_unit], f"person-{row.pk}-{row.last_event}", OTHER_PERSON, **facts)


def tell_overruled(row: Assignment, reason: str, *, by: Account, at: datetime) -> None:
    """Tell the unit that its objection was overruled."""
    facts: dict[str, Any] = {"kind": NoticeKind.OUTCOME, "by": by, "at": at}
    _tell(row, [row.lead_unit], f"{_dispatch(row)}-overruled", OVERRULED, reason=reason, **facts)


def tell_reopened(row: Assignment, reason: str, *, by: Account | None, at: datetime) -> None:
    """Tell the unit that a new round has begun."""
    facts: dict[str, Any] = {"kind": NoticeKind.TASK, "by": by, "at": at}
    _tell(row, [row.lead_unit], f"reopened-{row.pk}-{row.round}", AGAIN, reason=reason, **facts)


def tell_returned(row: Assignment, reason: str, *, by: Account, at: datetime) -> None:
    """Tell the unit that the office's check was not passed."""
    facts: dict[str, Any] = {"kind": NoticeKind.OUTCOME, "by": by, "at": at}
    _tell(row, [row.lead_unit], f"returned-{row.pk}-{row.last_event}", RETURNED, reason=reason, **facts)


def tell_reminded(row: Assignment, text: str, *, by: Account, at: datetime) -> None:
    """Put the office's reminder into the unit's inbox, under the number of its event."""
    facts: dict[str, Any] = {"kind": NoticeKind.REMINDER, "by": by, "at": at}
    values = _facts(row) | {"by": str(by), "text": text or "—"}
    notices.notify(
        to=[row.lead_unit],
        key=f"remind-{row.pk}-{row.last_event}",
        sentence=REMINDED,
        values=values,
        subject=row,
        due_on=min(row.next_due_on, row.due_on),
        **facts,
    )


def tell_reminder_withdrawn(row: Assignment, reminder: int, *, by: Account, at: datetime) -> None:
    """Tell the unit that this reminder was taken back."""
    withdraw(
        keys=[f"remind-{row.pk}-{reminder}"],
        kind=NoticeKind.REMINDER,
        sentence=NOT_REMINDED,
        values=_facts(row),
        subject=row,
        by=by,
        at=at,
    )
