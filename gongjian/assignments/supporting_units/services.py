"""Supporting units (协办单位): asked, signing, answering the lead unit, sent back, released. Each has its own light."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.events import AssignmentEvent as Name
from gongjian.assignments.models import Assignment, Regime, Support
from gongjian.assignments.projection import append, locked, reason_given
from gongjian.assignments.queries import snapshot_of
from gongjian.audit import Refused, required_text
from gongjian.engines.clock.supporting_units import SupportDue, changed, dump, opened, placed
from gongjian.people.models import Account, Unit

SUPPORT_DAYS = 3  # working days, where no regime says otherwise


def ask_support(
    units: Iterable[Unit], *, lead_unit: Unit, regime: Regime | None, start: date, due: str
) -> list[dict[str, Any]]:
    """What each supporting unit owes from `start` on, as event data."""
    asked = list(dict.fromkeys(units))
    if lead_unit in asked:
        raise Refused(
            _("%(unit)s是牵头单位，不能同时协办。请从协办单位中去掉。") % {"unit": lead_unit.name},
            field="supporting_units",
        )
    return dump(_opened(unit, regime, start, date.fromisoformat(due)) for unit in asked)


def _opened(unit: Unit, regime: Regime | None, start: date, limit: date) -> SupportDue:
    amount = regime.support_working_days if regime else SUPPORT_DAYS
    return opened(
        unit=unit.pk, name=unit.name, amount=amount, start=start, limit=limit, calendar=current_calendar()
    )


def _checked(assignment: Assignment, unit: Unit, verb: str, by: Account) -> tuple[Assignment, Support]:
    row = locked(assignment)
    support = row.supports.select_related("unit").filter(unit=unit).first()
    if support is None:
        raise Refused(_("%(unit)s不是这件事的协办单位。请刷新页面。") % {"unit": unit.name})
    perms.check_support(by, row, support, verb)
    return row, support


@transaction.atomic
def accept_support(assignment: Assignment, *, unit: Unit, by: Account, at: datetime) -> Assignment:
    """A supporting unit signs (协办签收)."""
    row, _support = _checked(assignment, unit, "accept_support", by)
    return append(row, Name.SUPPORT_ACCEPTED, by=by, at=at, unit=unit.name, unit_id=unit.pk)


@transaction.atomic
def reply_support(assignment: Assignment, *, unit: Unit, text: str, by: Account, at: datetime) -> Assignment:
    """It gives the lead unit its answer (答复牵头单位); its clock stops on this day."""
    row, support = _checked(assignment, unit, "reply_support", by)
    text = required_text(text, _("请写明协办意见。"), field="text")
    if support.accepted_on is None:  # to answer is to sign
        row = append(row, Name.SUPPORT_ACCEPTED, by=by, at=at, unit=unit.name, unit_id=unit.pk)
    return append(row, Name.SUPPORT_REPLIED, by=by, at=at, unit=unit.name, unit_id=unit.pk, text=text)


@transaction.atomic
def return_support(
    assignment: Assignment, *, unit: Unit, reason: str, by: Account, at: datetime
) -> Assignment:
    """The answer does not help (退回协办意见): the same number of working days from today."""
    row, _support = _checked(assignment, unit, "return_support", by)
    before, today = snapshot_of(row), timezone.localdate(at)
    facts = {"state": "IN_PROGRESS", "start": today, "shift": 0, "replied_on": None, "text": ""}
    after = changed(before.supports, unit.pk, **facts)
    later = [
        placed(one, max(before.due_on, today), current_calendar()) if one.unit == unit.pk else one
        for one in after
    ]
    return _listed(row, Name.SUPPORT_RETURNED, later, unit, by=by, at=at, reason=reason_given(reason))


@transaction.atomic
def add_support(assignment: Assignment, *, unit: Unit, by: Account, at: datetime) -> Assignment:
    """One more unit is asked to support (增加协办单位)."""
    row = locked(assignment)
    perms.check_add_support(by, row)
    if unit.pk == row.lead_unit_id or row.supports.filter(unit=unit).exists():
        raise Refused(_("%(unit)s已经在办这件事。请选别的单位。") % {"unit": unit.name}, field="unit")
    before, today = snapshot_of(row), timezone.localdate(at)
    asked = _opened(unit, row.regime, today, max(before.due_on, today))
    return _listed(row, Name.SUPPORT_ADDED, [*before.supports, asked], unit, by=by, at=at)


@transaction.atomic
def release_support(
    assignment: Assignment, *, unit: Unit, reason: str, by: Account, at: datetime
) -> Assignment:
    """No longer needed (解除协办)."""
    row, _support = _checked(assignment, unit, "release_support", by)
    left = [one for one in snapshot_of(row).supports if one.unit != unit.pk]
    return _listed(row, Name.SUPPORT_RELEASED, left, unit, by=by, at=at, reason=reason_given(reason))


def _listed(
    row: Assignment,
    name: Name,
    listed: list[SupportDue],
    unit: Unit,
    *,
    by: Account,
    at: datetime,
    **told: Any,
) -> Assignment:
    until = next((one.due_on.isoformat() for one in listed if one.unit == unit.pk), "")
    return append(
        row, name, by=by, at=at, unit=unit.name, unit_id=unit.pk, until=until, supports=dump(listed), **told
    )
