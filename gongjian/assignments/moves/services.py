"""Moves of an assignment, up to its end and into a new round; each appends an event and updates the row."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments.attachments.services import attach_to_last
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.closing_test.services import NO_ANSWERS, answers_in_words, check_answers
from gongjian.assignments.extensions.services import check_requested_day
from gongjian.assignments.models import Assignment
from gongjian.assignments.notices_to_units.services import (
    tell_overruled,
    tell_reminded,
    tell_reopened,
    tell_returned,
)
from gongjian.assignments.progress_requests.services import check_reminder, count_demanded_reports
from gongjian.assignments.projection import append, apply, locked, open_move, proxy_of, reason_given
from gongjian.assignments.queries import snapshot_of
from gongjian.assignments.splitting_off.services import dues_after_dissatisfaction
from gongjian.assignments.states import Outcome
from gongjian.attachments.services import AcceptedFile
from gongjian.audit import Refused, required_text
from gongjian.audit.wording import day_in_words, source_word
from gongjian.engines.clock import states as clock
from gongjian.engines.clock.deadlines import Recount, dues_after_hold, dues_after_report, new_round
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
def accept(assignment: Assignment, *, proxy_reason: str = "", by: Account, at: datetime) -> Assignment:
    """The unit signs for the assignment (签收); the office may do it for the unit with a reason (代签收)."""
    row = open_move(assignment, "accept", by=by)
    proxy = proxy_of(row, "accept", proxy_reason, by=by)
    return append(row, Accepted(unit=row.lead_unit.name, proxy=proxy), by=by, at=at)


@transaction.atomic
def object_to(
    assignment: Assignment, *, reason: str, proxy_reason: str = "", by: Account, at: datetime
) -> Assignment:
    """The unit objects that the matter is not its own (异议退回), once a dispatch and within the limit."""
    row = open_move(assignment, "object_to", by=by)
    snapshot = snapshot_of(row)
    if snapshot.objection_final or snapshot.objections:
        raise Refused(_("异议只能提一次，攻坚办已经裁定。请签收办理，确有困难请与攻坚办联系。"))
    limit = row.regime.objection_working_days if row.regime else 1
    last = current_calendar().add(snapshot.dispatched_at.date(), limit)
    if timezone.localdate(at) > last:
        raise Refused(
            _("异议期限是%(days)s个工作日，已在%(last)s截止。请签收办理。")
            % {"days": limit, "last": day_in_words(last)}
        )
    proxy = proxy_of(row, "object_to", proxy_reason, by=by)
    event = Objected(unit=row.lead_unit.name, reason=reason_given(reason), proxy=proxy)
    return append(row, event, by=by, at=at, snapshot=snapshot)


@transaction.atomic
def overrule(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Overrule the objection (异议不成立); the ruling is final."""
    reason = reason_given(reason)
    row = apply(locked(assignment), "overrule", Overruled(reason=reason), by=by, at=at)
    tell_overruled(row, reason, by=by, at=at)
    return row


@transaction.atomic
def report(
    assignment: Assignment,
    *,
    text: str,
    files: Iterable[AcceptedFile] = (),
    proxy_reason: str = "",
    by: Account,
    at: datetime,
) -> Assignment:
    """Report progress (反馈进展). Meets the first open checkpoint for reports; a repeating one recurs."""
    text = required_text(text, _("请写明进展情况。"), field="text")
    row = open_move(assignment, "report", by=by)
    snapshot = snapshot_of(row)
    dues = dues_after_report(snapshot, timezone.localdate(at), current_calendar())
    proxy = proxy_of(row, "report", proxy_reason, by=by)
    row = append(row, Reported(text=text, dues=dues, proxy=proxy), by=by, at=at, snapshot=snapshot)
    if dues:  # a repeating checkpoint has opened its next occurrence
        count_demanded_reports(
            row, dues.checkpoints, before=snapshot.checkpoints, by=row.handed_over_by, at=at
        )
    return attach_to_last(row, files, by=by, at=at)


@transaction.atomic
def hold(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Put the assignment on hold (挂账): the clock pauses; the reason and the approver are shown."""
    return apply(locked(assignment), "hold", Held(reason=reason_given(reason)), by=by, at=at)


@transaction.atomic
def resume(assignment: Assignment, *, by: Account, at: datetime) -> Assignment:
    """Resume (恢复办理): open checkpoints move by the working days spent on hold.

    Held before the unit had signed, it waits for the signature again: going on is not signing for the unit.
    """
    row = open_move(assignment, "resume", by=by)
    snapshot, calendar = snapshot_of(row), current_calendar()
    rested = max(0, calendar.working_days_between(snapshot.holds[-1].since, timezone.localdate(at)))
    counted = dues_after_hold(snapshot, rested, calendar)
    event = Resumed(
        working_days=rested,
        dues=counted.dues,
        supports=counted.supports,
        to_sign=snapshot.holds[-1].unsigned,
    )
    return append(row, event, by=by, at=at, snapshot=snapshot)


@transaction.atomic
def resolve(
    assignment: Assignment,
    *,
    outcome: Outcome | str,
    text: str,
    files: Iterable[AcceptedFile] = (),
    proxy_reason: str = "",
    by: Account,
    at: datetime,
) -> Assignment:
    """The unit reports that it is done (办结): solved, explained or deferred; the clock stops on this day."""
    text = required_text(text, _("请写明办理情况和结果。"), field="text")
    word = source_word(Outcome(outcome).label)
    row = open_move(assignment, "resolve", by=by)
    proxy = proxy_of(row, "resolve", proxy_reason, by=by)
    event = Resolved(outcome=clock.Outcome(outcome), outcome_word=word, text=text, proxy=proxy)
    row = append(row, event, by=by, at=at)
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
    """The office passes its check (核查通过) and answers the four questions of the acceptance test, `states.QUESTIONS`."""
    row = open_move(assignment, "pass_check", by=by)
    complete = check_answers(row, answers)
    event = CheckPassed(note=note.strip(), answers=complete, answered=answers_in_words(complete))
    return append(row, event, by=by, at=at)


@transaction.atomic
def return_(assignment: Assignment, *, reason: str, by: Account, at: datetime) -> Assignment:
    """The office sends it back (核查退回): the clock runs on as if it had never stopped."""
    reason = reason_given(reason)
    row = apply(locked(assignment), "return_", Returned(reason=reason), by=by, at=at)
    tell_returned(row, reason, by=by, at=at)
    return row


@transaction.atomic
def close(assignment: Assignment, *, by: Account, at: datetime) -> Assignment:
    """Close the assignment (销号). Further conditions, such as the firm's word, are checked by callers."""
    return apply(locked(assignment), "close", Closed(), by=by, at=at)


@transaction.atomic
def reopen(
    assignment: Assignment, *, reason: str, due: date | None = None, by: Account | None, at: datetime
) -> Assignment:
    """Start a new round (重新交办) under the same rule from today, or with the date given.

    Whether the unit still exists is not checked: a firm's word must not be lost because the unit is gone; the office reassigns.
    """
    row = open_move(assignment, "reopen", by=by)
    start = timezone.localtime(at)
    check_requested_day(due, start.date(), field="due")
    snapshot = snapshot_of(row)
    counted = new_round(snapshot, start, current_calendar(), due=due)
    return _again(row, snapshot, reason, counted, by=by, at=at)


@transaction.atomic
def put_right(assignment: Assignment, *, reason: str, by: Account | None, at: datetime) -> Assignment:
    """Start a new round for a dissatisfied firm (重新交办), within the regime's limit for it, if any."""
    row = open_move(assignment, "reopen", by=by)
    snapshot = snapshot_of(row)
    counted = dues_after_dissatisfaction(row, snapshot, timezone.localtime(at))
    return _again(row, snapshot, reason, counted, by=by, at=at)


def _again(
    row: Assignment,
    snapshot: Snapshot,
    reason: str,
    counted: Recount,
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
    tell_reopened(row, event.reason, by=by, at=at)
    return row


@transaction.atomic
def remind(assignment: Assignment, *, text: str = "", by: Account, at: datetime) -> Assignment:
    """Remind the unit (催办): record it and put it into the unit's inbox; no date changes."""
    row = open_move(assignment, "remind", by=by)
    check_reminder(row, text=text, at=at)
    row = append(row, Reminded(text=text.strip()), by=by, at=at)
    record_asking(kind=AskingKind.REPORT, what=row.number, of=row.lead_unit, by=by, at=at)
    tell_reminded(row, text.strip(), by=by, at=at)
    return row
