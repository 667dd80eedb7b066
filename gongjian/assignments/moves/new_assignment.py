"""Handing something over: the first event of an assignment, its row, its supports and its copies."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.events import AssignmentEvent as Name
from gongjian.assignments.extensions.services import check_day
from gongjian.assignments.models import Assignment, Regime
from gongjian.assignments.notices_to_units.services import tell_assigned
from gongjian.assignments.progress_requests.services import count_demanded
from gongjian.assignments.projection import columns, said, write_supports
from gongjian.assignments.queries import rule_of
from gongjian.assignments.states import Source
from gongjian.assignments.supporting_units.services import ask_support
from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.engines.clock.deadlines import by_date, opening
from gongjian.engines.clock.replay import Snapshot, fold
from gongjian.people.models import Account, Area, Person, Unit


@transaction.atomic
def assign(
    *,
    source: Source,
    task: str,
    area: Area,
    lead_unit: Unit,
    supporting_units: Iterable[Unit] = (),
    responsible_person: Person,
    responsible_leader: Person | None = None,
    regime: Regime | None = None,
    grade: str = "",
    due: date | None = None,
    copied_to: Iterable[Unit] = (),
    about: Assignment | None = None,
    on_the_spot: bool,
    by: Account,
    at: datetime,
) -> Assignment:
    """Hand something over (交办). The regime's grade gives the checkpoints; `due` overrides the last of them."""
    perms.check_assign(by, area)
    task = said(task, field="task", ask=_("请写明交办任务。"))
    start, calendar = timezone.localtime(at), current_calendar()
    rule = rule_of(regime, grade)
    if len(rule) == 1 and by_date(rule):
        rule = []
    check_parts(lead_unit, due, start.date(), rule=not by_date(rule))
    given = opening(rule, start, calendar, due=due)
    helpers, copied = list(dict.fromkeys(supporting_units)), list(copied_to)
    name = next((g["name"] for g in regime.grades if g["key"] == grade), "") if regime else ""
    supports = ask_support(helpers, lead_unit=lead_unit, regime=regime, start=start.date(), due=given["due"])
    who = lead_names(lead_unit, responsible_person) | {"copied": [unit.name for unit in copied]}
    what = {"regime": regime.name if regime and rule else "", "grade": name, "rule": rule, "task": task}
    data = given | who | what | {"supports": supports, "on_the_spot": on_the_spot}
    snapshot = fold(None, name=Name.HANDED_OVER.value, data=data, at=start, by=str(by))
    origin = {"source": source, "area": area, "regime": regime, "grade": grade, "about": about}
    assignment = Assignment(
        **origin,
        **columns(snapshot),
        task=task,
        responsible_leader=responsible_leader,
        on_the_spot=on_the_spot,
        handed_over_by=by,
        handed_over_at=at,
    )
    _write(assignment, snapshot, copied=copied, data=data)
    count_demanded(assignment, snapshot, before=None, by=by, at=at)
    tell_assigned(assignment, helpers=helpers, copied=copied, by=by, at=at)
    return assignment


def lead_names(unit: Unit, person: Person) -> dict[str, Any]:
    """Who leads, as an event keeps it."""
    return {"unit": unit.name, "unit_id": unit.pk, "person": person.name, "person_id": person.pk}


def _write(assignment: Assignment, snapshot: Snapshot, *, copied: list[Unit], data: dict[str, Any]) -> None:
    """The new row with its supports, its copies and its first event."""
    assignment.save()
    write_supports(assignment, snapshot)
    assignment.copied_to.set(copied)
    by, at = assignment.handed_over_by, assignment.handed_over_at
    assignment.last_event = record(Name.HANDED_OVER, subject=assignment, by=by, at=at, **data).seq
    assignment.save(update_fields=["last_event"])


def check_parts(unit: Unit, due: date | None, today: date, *, rule: bool) -> None:
    if unit.disabled_on is not None and unit.disabled_on <= today:
        raise Refused(_("%(unit)s已停用。请选现在的承办单位。") % {"unit": unit.name}, field="lead_unit")
    if due is None and not rule:
        raise Refused(_("请选一种时限制度，或填办理时限。"), field="due")
    check_day(due, today, field="due")
