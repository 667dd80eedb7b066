"""Supporting units (协办单位): they are asked, sign, answer and are released; each has its own light."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.models import Assignment, Regime, Support
from gongjian.assignments.projection import append, locked, proxy_reason_given, reason_given
from gongjian.assignments.queries import snapshot_of
from gongjian.assignments.states import SUPPORT_MOVE
from gongjian.audit import Refused, required_text
from gongjian.engines.clock.events import (
    SupportAccepted,
    SupportAdded,
    SupportReleased,
    SupportReplied,
    SupportReturned,
)
from gongjian.engines.clock.supporting_units import SupportDue, new_support, return_to_unit, without_unit
from gongjian.engines.workdays.calendar import Calendar
from gongjian.people.models import Account, Unit

SUPPORT_DAYS = 3  # working days, where no regime says otherwise


def supports_for(
    units: Iterable[Unit],
    *,
    lead_unit: Unit,
    regime: Regime | None,
    start: date,
    due: date,
    calendar: Calendar | None = None,
) -> tuple[SupportDue, ...]:
    """What each supporting unit owes from `start` on, by the calendar in force unless another is given."""
    wanted = list(dict.fromkeys(units))
    if lead_unit in wanted:
        raise Refused(
            _("%(unit)s是牵头单位，不能同时协办。请从协办单位中去掉。") % {"unit": lead_unit.name},
            field="supporting_units",
        )
    return tuple(_support_asked(unit, regime, start, due, calendar=calendar) for unit in wanted)


def _support_asked(
    unit: Unit, regime: Regime | None, start: date, limit: date, *, calendar: Calendar | None = None
) -> SupportDue:
    amount = regime.support_working_days if regime else SUPPORT_DAYS
    return new_support(
        unit=unit.pk,
        name=unit.name,
        amount=amount,
        start=start,
        limit=limit,
        calendar=calendar or current_calendar(),
    )


def _checked(assignment: Assignment, unit: Unit, verb: str, by: Account) -> tuple[Assignment, Support]:
    row = locked(assignment)
    support = row.supports.select_related("unit").filter(unit=unit).first()
    if support is None:
        raise Refused(_("%(unit)s不是这件事的协办单位。请刷新页面。") % {"unit": unit.name})
    perms.check_support(by, row, support, verb)
    return row, support


def _proxy(row: Assignment, support: Support, verb: str, *, reason: str, by: Account) -> str | None:
    """The reason for a move the office makes for the unit (代办); None where the unit makes it itself."""
    move = SUPPORT_MOVE[verb]
    if not perms.acts_for_unit(by, row, verb, support.unit):
        return None
    return proxy_reason_given(perms.owes(row, support, verb).name, move.label, reason)


@transaction.atomic
def accept_support(
    assignment: Assignment, *, unit: Unit, proxy_reason: str = "", by: Account, at: datetime
) -> Assignment:
    """A supporting unit signs for its part (协办签收); the office may do it for the unit with a reason."""
    row, support = _checked(assignment, unit, "accept_support", by)
    proxy = _proxy(row, support, "accept_support", reason=proxy_reason, by=by)
    return append(row, SupportAccepted(unit=unit.name, unit_id=unit.pk, proxy=proxy), by=by, at=at)


@transaction.atomic
def reply_support(
    assignment: Assignment, *, unit: Unit, text: str, proxy_reason: str = "", by: Account, at: datetime
) -> Assignment:
    """A supporting unit answers the lead unit (答复牵头单位); its clock stops on this day."""
    row, support = _checked(assignment, unit, "reply_support", by)
    text = required_text(text, _("请写明协办意见。"), field="text")
    facts: dict[str, Any] = {"unit": unit.name, "unit_id": unit.pk}
    facts["proxy"] = _proxy(row, support, "reply_support", reason=proxy_reason, by=by)
    if support.accepted_on is None:  # to answer is to sign
        row = append(row, SupportAccepted(**facts), by=by, at=at)
    return append(row, SupportReplied(**facts, text=text), by=by, at=at)


@transaction.atomic
def return_support(
    assignment: Assignment, *, unit: Unit, reason: str, proxy_reason: str = "", by: Account, at: datetime
) -> Assignment:
    """Send an answer back (退回协办意见): the unit gets the same number of working days again, from today."""
    row, support = _checked(assignment, unit, "return_support", by)
    before, today = snapshot_of(row), timezone.localdate(at)
    limit = max(before.due_on, today)
    supports = return_to_unit(before.supports, unit.pk, start=today, limit=limit, calendar=current_calendar())
    event = SupportReturned(
        unit=unit.name,
        unit_id=unit.pk,
        until=next(support.due_on.isoformat() for support in supports if support.unit == unit.pk),
        supports=supports,
        reason=reason_given(reason),
        proxy=_proxy(row, support, "return_support", reason=proxy_reason, by=by),
    )
    return append(row, event, by=by, at=at, snapshot=before)


@transaction.atomic
def add_support(assignment: Assignment, *, unit: Unit, by: Account, at: datetime) -> Assignment:
    """Ask one more unit to support (增加协办单位)."""
    row = locked(assignment)
    perms.check_add_support(by, row)
    if unit.pk == row.lead_unit_id or row.supports.filter(unit=unit).exists():
        raise Refused(_("%(unit)s已经在办这件事。请选别的单位。") % {"unit": unit.name}, field="unit")
    before, today = snapshot_of(row), timezone.localdate(at)
    support = _support_asked(unit, row.regime, today, max(before.due_on, today))
    event = SupportAdded(
        unit=unit.name,
        unit_id=unit.pk,
        until=support.due_on.isoformat(),
        supports=(*before.supports, support),
    )
    return append(row, event, by=by, at=at, snapshot=before)


@transaction.atomic
def release_support(
    assignment: Assignment, *, unit: Unit, reason: str, by: Account, at: datetime
) -> Assignment:
    """Release a unit whose support is no longer needed (解除协办)."""
    row, _support = _checked(assignment, unit, "release_support", by)
    before = snapshot_of(row)
    event = SupportReleased(
        unit=unit.name,
        unit_id=unit.pk,
        until="",
        supports=without_unit(before.supports, unit.pk),
        reason=reason_given(reason),
    )
    return append(row, event, by=by, at=at, snapshot=before)
