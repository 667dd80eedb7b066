"""The verbs of an assignment. Each appends one event and writes the projection in the same transaction."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import perms
from gongjian.assignments.attachments.services import attach_to_last
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.closing_test.services import NO_ANSWERS, accepted, in_words
from gongjian.assignments.events import AssignmentEvent as Name
from gongjian.assignments.extensions.services import (
    check_day,
)
from gongjian.assignments.models import Assignment
from gongjian.assignments.moves.new_assignment import check_parts, lead_names
from gongjian.assignments.notices_to_units.services import (
    tell_again,
    tell_overruled,
    tell_reassigned,
    tell_reminded,
    tell_returned,
    tell_withdrawn,
)
from gongjian.assignments.progress_requests.services import check_stale, count_demanded
from gongjian.assignments.projection import apply, locked, reason_given, said
from gongjian.assignments.queries import snapshot_of
from gongjian.assignments.splitting_off.services import dues_again
from gongjian.assignments.states import Outcome, State
from gongjian.attachments.services import Upload
from gongjian.audit import Refused
from gongjian.engines.clock.deadlines import again, extended, rolled, shifted
from gongjian.engines.clock.replay import Snapshot
from gongjian.engines.clock.supporting_units import dump
from gongjian.enterprises.burden.services import record_asking
from gongjian.enterprises.states import AskingKind
from gongjian.people.models import Account, Person, Unit


@transaction.atomic
def accept(assignment: Assignment, *, by: Account, at: datetime) -> Assignment:
    """The unit signs for it (签收)."""
    row = locked(assignment)
    return apply(row, "accept", Name.ACCEPTED, by=by, at=at, unit=row.lead_unit.name)


@transaction.atomic
def object_to(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Not ours (异议退回): once for each dispatch, within the regime's limit; after a ruling it is final."""
    row = locked(assignment)
    perms.check_move(by, row, "object_to")
    snapshot = snapshot_of(row)
    if snapshot.objection_final or snapshot.objections:
        raise Refused(_("异议只能提一次，攻坚办已经裁定。请签收办理，确有困难请与攻坚办联系。"))
    limit = row.regime.objection_working_days if row.regime else 1
    last = current_calendar().add(snapshot.dispatched_at.date(), limit)
    if timezone.localdate(at) > last:
        raise Refused(
            _("异议期限是%(days)s个工作日，已在%(last)s截止。请签收办理。")
            % {"days": limit, "last": last.isoformat()}
        )
    return apply(
        row,
        "object_to",
        Name.OBJECTED,
        by=by,
        at=at,
        snapshot=snapshot,
        reason=reason_given(reason),
        unit=row.lead_unit.name,
    )


@transaction.atomic
def overrule(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """The objection does not stand (异议不成立); final."""
    reason = reason_given(reason)
    row = apply(locked(assignment), "overrule", Name.OVERRULED, by=by, at=at, reason=reason)
    tell_overruled(row, reason, by=by, at=at)
    return row


@transaction.atomic
def reassign(
    assignment: Assignment,
    *,
    lead_unit: Unit,
    responsible_person: Person,
    reason: str,
    due: date | None = None,
    by: Account,
    at: datetime,
) -> Assignment:
    """To another unit (改派). The clock promised to the firm goes on unless a new `due` is given."""
    row = locked(assignment)
    perms.check_move(by, row, "reassign")
    if lead_unit.pk == row.lead_unit_id:
        raise Refused(
            _("%(unit)s已经是牵头单位。请选另一个单位。") % {"unit": lead_unit.name}, field="lead_unit"
        )
    check_parts(lead_unit, due, timezone.localdate(at), rule=True)
    snapshot = snapshot_of(row)
    dues = extended(snapshot, due, current_calendar()) if due else {}
    remaining = [one for one in snapshot.supports if one.unit != lead_unit.pk]
    if len(remaining) != len(snapshot.supports):
        dues["supports"] = dump(remaining)  # who leads no longer supports
    names = lead_names(lead_unit, responsible_person)
    reason, before, objected = reason_given(reason), row.lead_unit, row.state == State.OBJECTED
    row = apply(
        row, "reassign", Name.REASSIGNED, by=by, at=at, snapshot=snapshot, reason=reason, **names, **dues
    )
    tell_reassigned(row, before, reason, objected=objected, by=by, at=at)
    return row


@transaction.atomic
def report(
    assignment: Assignment, *, text: str, files: Iterable[Upload] = (), by: Account, at: datetime
) -> Assignment:
    """Say how far it is (反馈进展); meets the first open checkpoint that a report meets, and opens the next of a repeating one."""
    text = said(text, field="text", ask=_("请写明进展情况。"))
    row = locked(assignment)
    perms.check_move(by, row, "report")
    snapshot = snapshot_of(row)
    dues = rolled(snapshot, timezone.localdate(at), current_calendar())
    row = apply(row, "report", Name.REPORTED, by=by, at=at, snapshot=snapshot, text=text, **dues)
    if dues:  # a repeating checkpoint has opened its next occurrence
        count_demanded(row, snapshot_of(row), before=snapshot, by=row.handed_over_by, at=at)
    return attach_to_last(row, files, by=by, at=at)


@transaction.atomic
def hold(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Put on hold (挂账): the clock rests; the reason and who approved it are shown."""
    return apply(locked(assignment), "hold", Name.HELD, by=by, at=at, reason=reason_given(reason))


@transaction.atomic
def resume(assignment: Assignment, *, by: Account, at: datetime) -> Assignment:
    """Go on (恢复办理): open checkpoints move by the working days spent on hold."""
    row = locked(assignment)
    perms.check_move(by, row, "resume")
    snapshot, calendar = snapshot_of(row), current_calendar()
    rested = max(0, calendar.between(snapshot.holds[-1].since, timezone.localdate(at)))
    return apply(
        row,
        "resume",
        Name.RESUMED,
        by=by,
        at=at,
        snapshot=snapshot,
        working_days=rested,
        **shifted(snapshot, rested, calendar),
    )


@transaction.atomic
def resolve(
    assignment: Assignment,
    *,
    outcome: Outcome | str,
    text: str,
    files: Iterable[Upload] = (),
    by: Account,
    at: datetime,
) -> Assignment:
    """The unit says it is done (办结): solved, explained or deferred; the clock stops on this day."""
    text = said(text, field="text", ask=_("请写明办理情况和结果。"))
    outcome = Outcome(outcome)
    row = apply(
        locked(assignment),
        "resolve",
        Name.RESOLVED,
        by=by,
        at=at,
        outcome=outcome.value,
        outcome_word=str(outcome.label),
        text=text,
    )
    return attach_to_last(row, files, by=by, at=at)


@transaction.atomic
def pass_check(
    assignment: Assignment,
    *,
    note: str = "",
    answers: Mapping[str, str] = NO_ANSWERS,
    by: Account,
    at: datetime,
) -> Assignment:
    """The office has looked (核查通过): the four questions of the acceptance test stand with it, by `states.QUESTIONS`."""
    row = locked(assignment)
    perms.check_move(by, row, "pass_check")
    found = accepted(row, answers)
    return apply(
        row,
        "pass_check",
        Name.CHECK_PASSED,
        by=by,
        at=at,
        note=note.strip(),
        answers=found,
        answered=in_words(found),
    )


@transaction.atomic
def return_(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Not good enough (核查退回): the clock runs on as if it had never stopped."""
    reason = reason_given(reason)
    row = apply(locked(assignment), "return_", Name.RETURNED, by=by, at=at, reason=reason)
    tell_returned(row, reason, by=by, at=at)
    return row


@transaction.atomic
def close(assignment: Assignment, *, by: Account, at: datetime) -> Assignment:
    """Strike it off (销号). What else that needs, such as a firm's word, is asked by the room above."""
    return apply(locked(assignment), "close", Name.CLOSED, by=by, at=at)


@transaction.atomic
def reopen(
    assignment: Assignment, *, reason: str, due: date | None = None, by: Account | None, at: datetime
) -> Assignment:
    """A new round (重新交办): the same rule from today, or the date given.

    The unit is not looked at: a firm's word must not be lost because the unit is gone; the office reassigns.
    """
    row = locked(assignment)
    perms.check_move(by, row, "reopen")
    start = timezone.localtime(at)
    check_day(due, start.date(), field="due")
    snapshot = snapshot_of(row)
    dues = again(snapshot, start, current_calendar(), due=due)
    return _again(row, snapshot, reason, dues, by=by, at=at)


@transaction.atomic
def put_right(assignment: Assignment, *, reason: str, by: Account | None, at: datetime) -> Assignment:
    """The firm is dissatisfied: a new round (重新交办) within the regime's limit for putting right, where it sets one."""
    row = locked(assignment)
    perms.check_move(by, row, "reopen")
    snapshot = snapshot_of(row)
    dues = dues_again(row, snapshot, timezone.localtime(at))
    return _again(row, snapshot, reason, dues, by=by, at=at)


def _again(
    row: Assignment,
    snapshot: Snapshot,
    reason: str,
    dues: dict[str, Any],
    *,
    by: Account | None,
    at: datetime,
) -> Assignment:
    reason = reason_given(reason)
    row = apply(row, "reopen", Name.REOPENED, by=by, at=at, snapshot=snapshot, reason=reason, **dues)
    tell_again(row, reason, by=by, at=at)
    return row


@transaction.atomic
def withdraw(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Take it back before it is signed for (撤回交办)."""
    row = apply(locked(assignment), "withdraw", Name.WITHDRAWN, by=by, at=at, reason=reason_given(reason))
    tell_withdrawn(row, by=by, at=at)
    return row


@transaction.atomic
def remind(assignment: Assignment, *, text: str = "", by: Account, at: datetime) -> Assignment:
    """Urge (催办): recorded, put into the unit's inbox; changes no date."""
    row = locked(assignment)
    perms.check_move(by, row, "remind")
    check_stale(row, text=text, at=at)
    row = apply(row, "remind", Name.REMINDED, by=by, at=at, text=text.strip())
    record_asking(kind=AskingKind.REPORT, what=row.number, of=row.lead_unit, by=by, at=at)
    tell_reminded(row, text.strip(), by=by, at=at)
    return row
