"""The verbs of a running assignment, to its end and again. Each appends one event and writes the projection with it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments.attachments.services import attach_to_last
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.closing_test.services import NO_ANSWERS, accepted, in_words
from gongjian.assignments.extensions.services import check_day
from gongjian.assignments.models import Assignment
from gongjian.assignments.notices_to_units.services import (
    tell_again,
    tell_overruled,
    tell_reminded,
    tell_returned,
)
from gongjian.assignments.progress_requests.services import check_stale, count_demanded
from gongjian.assignments.projection import append, apply, locked, open_move, reason_given
from gongjian.assignments.queries import snapshot_of
from gongjian.assignments.splitting_off.services import counted_again
from gongjian.assignments.states import Outcome
from gongjian.attachments.services import Upload
from gongjian.audit import Refused, required_text
from gongjian.engines.clock import states as clock
from gongjian.engines.clock.deadlines import Counted, again, rolled, shifted
from gongjian.engines.clock.events import (
    Accepted,
    CheckPassed,
    Closed,
    Held,
    Objected,
    Overruled,
    Reminded,
    Reopened,
    Reported,
    Resolved,
    Resumed,
    Returned,
)
from gongjian.engines.clock.snapshot import Snapshot
from gongjian.enterprises.burden.services import record_asking
from gongjian.enterprises.states import AskingKind
from gongjian.people.models import Account


@transaction.atomic
def accept(assignment: Assignment, *, by: Account, at: datetime) -> Assignment:
    """The unit signs for it (签收)."""
    row = locked(assignment)
    return apply(row, "accept", Accepted(unit=row.lead_unit.name), by=by, at=at)


@transaction.atomic
def object_to(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Not ours (异议退回): once for each dispatch, within the regime's limit; after a ruling it is final."""
    row = open_move(assignment, "object_to", by=by)
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
    event = Objected(unit=row.lead_unit.name, reason=reason_given(reason))
    return append(row, event, by=by, at=at, snapshot=snapshot)


@transaction.atomic
def overrule(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """The objection does not stand (异议不成立); final."""
    reason = reason_given(reason)
    row = apply(locked(assignment), "overrule", Overruled(reason=reason), by=by, at=at)
    tell_overruled(row, reason, by=by, at=at)
    return row


@transaction.atomic
def report(
    assignment: Assignment, *, text: str, files: Iterable[Upload] = (), by: Account, at: datetime
) -> Assignment:
    """Say how far it is (反馈进展); meets the first open checkpoint that a report meets, and opens the next of a repeating one."""
    text = required_text(text, _("请写明进展情况。"), field="text")
    row = open_move(assignment, "report", by=by)
    snapshot = snapshot_of(row)
    dues = rolled(snapshot, timezone.localdate(at), current_calendar())
    row = append(row, Reported(text=text, dues=dues), by=by, at=at, snapshot=snapshot)
    if dues:  # a repeating checkpoint has opened its next occurrence
        count_demanded(row, dues.checkpoints, before=snapshot.checkpoints, by=row.handed_over_by, at=at)
    return attach_to_last(row, files, by=by, at=at)


@transaction.atomic
def hold(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Put on hold (挂账): the clock rests; the reason and who approved it are shown."""
    return apply(locked(assignment), "hold", Held(reason=reason_given(reason)), by=by, at=at)


@transaction.atomic
def resume(assignment: Assignment, *, by: Account, at: datetime) -> Assignment:
    """Go on (恢复办理): open checkpoints move by the working days spent on hold."""
    row = open_move(assignment, "resume", by=by)
    snapshot, calendar = snapshot_of(row), current_calendar()
    rested = max(0, calendar.between(snapshot.holds[-1].since, timezone.localdate(at)))
    counted = shifted(snapshot, rested, calendar)
    event = Resumed(working_days=rested, dues=counted.dues, supports=counted.supports)
    return append(row, event, by=by, at=at, snapshot=snapshot)


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
    text = required_text(text, _("请写明办理情况和结果。"), field="text")
    word = str(Outcome(outcome).label)
    event = Resolved(outcome=clock.Outcome(outcome), outcome_word=word, text=text)
    row = apply(locked(assignment), "resolve", event, by=by, at=at)
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
    row = open_move(assignment, "pass_check", by=by)
    complete = accepted(row, answers)
    event = CheckPassed(note=note.strip(), answers=complete, answered=in_words(complete))
    return append(row, event, by=by, at=at)


@transaction.atomic
def return_(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Not good enough (核查退回): the clock runs on as if it had never stopped."""
    reason = reason_given(reason)
    row = apply(locked(assignment), "return_", Returned(reason=reason), by=by, at=at)
    tell_returned(row, reason, by=by, at=at)
    return row


@transaction.atomic
def close(assignment: Assignment, *, by: Account, at: datetime) -> Assignment:
    """Strike it off (销号). What else that needs, such as a firm's word, is asked by the room above."""
    return apply(locked(assignment), "close", Closed(), by=by, at=at)


@transaction.atomic
def reopen(
    assignment: Assignment, *, reason: str, due: date | None = None, by: Account | None, at: datetime
) -> Assignment:
    """A new round (重新交办): the same rule from today, or the date given.

    The unit is not looked at: a firm's word must not be lost because the unit is gone; the office reassigns.
    """
    row = open_move(assignment, "reopen", by=by)
    start = timezone.localtime(at)
    check_day(due, start.date(), field="due")
    snapshot = snapshot_of(row)
    counted = again(snapshot, start, current_calendar(), due=due)
    return _again(row, snapshot, reason, counted, by=by, at=at)


@transaction.atomic
def put_right(assignment: Assignment, *, reason: str, by: Account | None, at: datetime) -> Assignment:
    """The firm is dissatisfied: a new round (重新交办) within the regime's limit for putting right, where it sets one."""
    row = open_move(assignment, "reopen", by=by)
    snapshot = snapshot_of(row)
    counted = counted_again(row, snapshot, timezone.localtime(at))
    return _again(row, snapshot, reason, counted, by=by, at=at)


def _again(
    row: Assignment,
    snapshot: Snapshot,
    reason: str,
    counted: Counted,
    *,
    by: Account | None,
    at: datetime,
) -> Assignment:
    event = Reopened(
        reason=reason_given(reason),
        dues=counted.dues,
        supports=counted.supports,
        rule_used=counted.rule_used,
    )
    row = append(row, event, by=by, at=at, snapshot=snapshot)
    tell_again(row, event.reason, by=by, at=at)
    return row


@transaction.atomic
def remind(assignment: Assignment, *, text: str = "", by: Account, at: datetime) -> Assignment:
    """Urge (催办): recorded, put into the unit's inbox; changes no date."""
    row = open_move(assignment, "remind", by=by)
    check_stale(row, text=text, at=at)
    row = append(row, Reminded(text=text.strip()), by=by, at=at)
    record_asking(kind=AskingKind.REPORT, what=row.number, of=row.lead_unit, by=by, at=at)
    tell_reminded(row, text.strip(), by=by, at=at)
    return row
