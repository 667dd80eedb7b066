"""Reading assignments: which ones an account sees, their events, and the clock in words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.lights.queries import light_of
from gongjian.assignments.models import Assignment, Escalation, Regime, Support
from gongjian.assignments.states import CLIMBING, PROXY_LABELS, RUNNING, Light
from gongjian.assignments.vocabulary import DAYS_OFF_SHIFT
from gongjian.audit.models import Event
from gongjian.audit.queries import events_of
from gongjian.audit.wording import day_in_text, in_chinese, joined, words
from gongjian.engines.clock.checkpoints import CheckpointDue, timeline
from gongjian.engines.clock.deadlines import needs_a_date
from gongjian.engines.clock.events import KINDS, Happened, read_event
from gongjian.engines.clock.fold import fold, replay
from gongjian.engines.clock.reading import SENTENCES, Reason, read_clock
from gongjian.engines.clock.snapshot import Snapshot
from gongjian.engines.workdays.calendar import WEEKEND, Skipped
from gongjian.engines.writing.one_or_many import one_or_many
from gongjian.people.folded_names import containing
from gongjian.people.models import Account
from gongjian.people.queries import sight, spelt
from gongjian.people.states import Role

FEW_WEEKENDS = 2
NUMBER = re.compile(r"(DB|JB)\d{4}-(\d{1,18})")


@dataclass(frozen=True)
class ClockInWords:
    """What a page shows of the clock: light, working days left, the reason as one text, the checkpoints."""

    light: Light
    working_days_left: int | None
    why: str
    checkpoints: tuple[CheckpointDue, ...] = ()


def visible_to(account: Account) -> QuerySet[Assignment]:
    """The assignments an account sees: those of its area's subtree; for a handler, those of its unit."""
    rows = Assignment.objects.all()
    if account.role == Role.HANDLER:
        unit = account.unit_id or 0
        return rows.filter(
            Q(lead_unit=unit)
            | Q(pk__in=Support.objects.filter(unit=unit).values("assignment"))
            | Q(pk__in=Assignment.copied_to.through.objects.filter(unit=unit).values("assignment"))
        )
    if account.role == Role.ENTERPRISE:
        return rows.none()
    seen = sight(account)
    return rows.filter(seen | Q(lead_unit=account.unit_id or 0)) if seen else rows


def history(assignment: Assignment) -> list[Event]:
    """The events of an assignment, oldest first."""
    return list(events_of(assignment).order_by("seq"))


def stored_event(name: str, data: Mapping[str, Any], at: datetime, by_name: str) -> Happened:
    """A stored event of an assignment in the form the clock takes."""
    return Happened(event=read_event(name, data), at=timezone.localtime(at), by=by_name)


def snapshot_of(assignment: Assignment, events: Iterable[Event] | None = None) -> Snapshot:
    """The snapshot replayed from the audit chain, or from `events` if they are at hand. RuntimeError when there are none."""
    snapshot = replay(
        stored_event(event.name, event.data, event.at, event.by_name)
        for event in (history(assignment) if events is None else events)
        if event.name in KINDS
    )
    if snapshot is None:
        raise RuntimeError(f"assignment {assignment.pk} has no events")
    return snapshot


# --- the clock in words


def counting_in_words(rule: str) -> str:
    """How a regime counts its days, in the language of the page; an office's own adds what a day off does to a due day."""
    shifts = rule.endswith(DAYS_OFF_SHIFT)
    if in_chinese() or not shifts:
        return words(rule)
    moved = _("到期日遇休息日的，顺延到其后第一个工作日。")
    return f"{words(rule.removesuffix(DAYS_OFF_SHIFT) + '。')} {moved}"


def proxies_in_words(proxies: str) -> str:
    """What the office did for the unit, from the column `proxies`: 代签收、代办结; empty where the unit did all itself."""
    return joined(PROXY_LABELS[verb] for verb in proxies.split(",") if verb)


def _run(run: Skipped, today: date) -> str:
    name = _(run.name)
    if run.first == run.last:
        return _("%(name)s（%(first)s）") % {"name": name, "first": day_in_text(run.first, today)}
    return _("%(name)s（%(first)s至%(last)s）") % {
        "name": name,
        "first": day_in_text(run.first, today),
        "last": day_in_text(run.last, today),
    }


def _runs(runs: Sequence[Skipped], today: date) -> str:
    """Festivals by name and dates; weekends by the day when there are few, else counted."""
    weekends = [run for run in runs if run.name == WEEKEND]
    if len(weekends) <= FEW_WEEKENDS:
        return joined(_run(run, today) for run in runs)
    days = sum((run.last - run.first).days + 1 for run in weekends)
    named = [_run(run, today) for run in runs if run.name != WEEKEND]
    return joined([*named, _("周末%(days)s天") % {"days": days}])


def _shown(value: Any, today: date) -> Any:
    if isinstance(value, datetime | date):
        return day_in_text(value, today)
    if isinstance(value, tuple):
        if isinstance(value[0], Skipped):
            return _runs(value, today)
        return joined(_shown(part, today) for part in value)
    return words(value) if isinstance(value, str) else value


def reasons_in_words(reasons: Iterable[Reason], today: date) -> str:
    """The reason as one text, as it is read on `today`."""
    between = "" if in_chinese() else " "
    return between.join(
        one_or_many(_(SENTENCES[reason.key]), reason.values)
        % {key: _shown(value, today) for key, value in reason.values.items()}
        for reason in reasons
    )


def reading(assignment: Assignment, today: date, events: Iterable[Event] | None = None) -> ClockInWords:
    """The clock of one assignment in words, replayed from its events."""
    read = read_clock(snapshot=snapshot_of(assignment, events), today=today, calendar=current_calendar())
    return ClockInWords(
        Light(read.light), read.working_days_left, reasons_in_words(read.reasons, today), read.checkpoints
    )


def readings(rows: Iterable[Assignment], today: date) -> list[ClockInWords]:
    """The clocks of a list in words, from the rows alone: one query for the calendar, none for each row."""
    calendar = current_calendar()
    clocks = []
    for row in rows:
        days_left = calendar.working_days_between(today, row.next_due_on) if row.state in RUNNING else None
        facts = {"name": _(row.next_name), "due": day_in_text(row.next_due_on, today)}
        clocks.append(
            ClockInWords(light_of(row, today), days_left, _("“%(name)s”应于%(due)s前完成。") % facts)
        )
    return clocks


def preview(regime: Regime, grade: str, start: datetime) -> tuple[CheckpointDue, ...]:
    """The checkpoints a hand-over now would get; empty for a grade that does not exist or needs a date."""
    rule = rule_of(regime, grade)
    return (
        timeline(rule, timezone.localtime(start), current_calendar())
        if rule and not needs_a_date(rule)
        else ()
    )


def rule_of(regime: Regime | None, grade: str) -> list[dict[str, Any]]:
    """The checkpoints of one grade of a regime, as they are counted here."""
    return rules_of(regime.grades if regime else []).get(grade, [])


def rules_of(grades: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The checkpoints of each grade as they are counted here: what would be due on a day off is due on the next working day.

    The published documents seldom say so; nobody signs on a Sunday, whatever they say.
    """
    return {
        grade["key"]: [{**checkpoint, "off_days_pass": True} for checkpoint in grade["checkpoints"]]
        for grade in grades
    }


def escalations(account: Account, *, standing: Literal["now", "ever"]) -> QuerySet[Escalation]:
    """Escalation steps this account may see; "now" gives the last step of each matter still on the ladder."""
    rows = Escalation.objects.filter(
        Q(assignment__in=visible_to(account).order_by()) | Q(person__isnull=False, person=account.person_id)
    )
    if standing == "now":
        later = Escalation.objects.filter(assignment=OuterRef("assignment"), pk__gt=OuterRef("pk"))
        rows = rows.filter(~Exists(later), assignment__state__in=CLIMBING, assignment__climbed=F("step"))
    related = ("assignment__lead_unit", "assignment__responsible_person", "unit", "person")
    return rows.select_related(*related)


def escalations_with(rows: QuerySet[Escalation], text: str) -> QuerySet[Escalation]:
    """Escalations whose row says so: unit, leader told, task, or the number of the slip or of the assignment."""
    unit, person = (containing(text, path) | spelt(text, path) for path in ("unit", "person"))
    wanted = unit | person | Q(assignment__task__icontains=text)
    if found := NUMBER.fullmatch(text.strip().upper()):
        field = "pk" if found.group(1) == "DB" else "assignment"
        wanted |= Q(**{field: int(found.group(2))})
    return rows.filter(wanted)


def snapshots_until(rows: QuerySet[Assignment], moment: datetime) -> dict[int, Snapshot]:
    """The snapshot of each assignment at a moment, by primary key; those not yet handed over are left out."""
    snapshots: dict[int, Snapshot] = {}
    events = Event.objects.filter(
        subject_kind=Assignment._meta.label_lower,
        subject_id__in=rows.order_by().values("pk"),
        name__startswith="assignment.",
        at__lt=moment,
    )
    for event in events.order_by("seq").iterator():
        before = snapshots.get(event.subject_id)
        latest = stored_event(event.name, event.data, event.at, event.by_name)
        snapshots[event.subject_id] = fold(before, latest)
    return snapshots
