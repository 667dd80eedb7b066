"""A leader's instruction on a matter (批示), an assignment with its own light; and withdrawing a reminder."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.hand_over.services import assign
from gongjian.assignments.models import Assignment
from gongjian.assignments.notices_to_units.services import tell_reminder_withdrawn
from gongjian.assignments.projection import append, locked, reason_given
from gongjian.assignments.states import Source
from gongjian.audit import required_text
from gongjian.engines.clock.events import Instructed, ReminderWithdrawn
from gongjian.people.models import Account, Person, Unit


@transaction.atomic
def instruct(
    about: Assignment,
    *,
    text: str,
    due: date | None = None,
    working_days: int | None = None,
    lead_unit: Unit | None = None,
    responsible_person: Person | None = None,
    by: Account,
    at: datetime,
) -> Assignment:
    """Give an instruction (批示) on a matter, to its lead unit and person unless others are named.

    Its limit is a day, or a number of working days, which are counted anew when a calendar is announced.
    Returns the new assignment, with its own clock; the instruction is also recorded on the matter itself.
    """
    row = locked(about)
    perms.check_instruct(by, row.area)
    text = required_text(text, _("请写明批示内容。"), field="text")
    unit, person = lead_unit or row.lead_unit, responsible_person or row.responsible_person
    instruction = assign(
        source=Source.INSTRUCTION,
        task=text,
        area=row.area,
        lead_unit=unit,
        responsible_person=person,
        responsible_leader=by.person,
        due=due,
        working_days=working_days,
        about=row,
        on_the_spot=False,
        person_reason=_("与所指事项同一责任人") if person == row.responsible_person else "",
        by=by,
        at=at,
    )
    event = Instructed(
        leader=str(by),
        text=text,
        unit=unit.name,
        person=person.name,
        due=instruction.due_on,
        instruction=instruction.pk,
        number=instruction.number,
    )
    append(row, event, by=by, at=at)
    return instruction


@transaction.atomic
def withdraw_reminder(
    assignment: Assignment, *, reminder: int, reason: str, by: Account, at: datetime
) -> Assignment:
    """Withdraw a reminder sent by mistake (撤回催办) and its notice; both events stay in the history."""
    row = locked(assignment)
    perms.check_remind(by, row)
    event = ReminderWithdrawn(reason=reason_given(reason), reminder=reminder)
    row = append(row, event, by=by, at=at)
    tell_reminder_withdrawn(row, reminder, by=by, at=at)
    return row
