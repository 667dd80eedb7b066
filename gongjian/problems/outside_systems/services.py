"""Problems that outside systems push in (推送), once for each of their numbers, and what they can read."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.assignments.models import Assignment
from gongjian.assignments.states import ENDED
from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.audit.services import record as record_event
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import ApiSystem
from gongjian.problems import perms
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import Problem, Pushed
from gongjian.problems.queries import LedgerRow, visible_to, with_readings
from gongjian.problems.recording.services import record, update
from gongjian.problems.states import Category, Channel, Origin, ProblemKind

CHANNELS = {"HOTLINE": Channel.HOTLINE, "SUPERIOR": Channel.SUPERIOR, "PLATFORM": Channel.PLATFORM}
RELATED = ("enterprise", "area", "assignment__lead_unit", "pushed")


@dataclass(frozen=True)
class PushedContent:
    """One problem as the sender describes it, under the sender's own number."""

    external_number: str
    text: str
    firm: Enterprise
    kind: ProblemKind = ProblemKind.DIFFICULTY
    category: Category = Category.UNFILED
    origin: Origin = Origin.COUNTY
    raised_by: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the content in hexadecimal, without the number."""
        return self._digest(self.category)

    @property
    def digests(self) -> set[str]:
        """The digests under which the same content may stand: before 待归类 a push without a category was 其他."""
        return {self._digest(self.category)} | (
            {self._digest(Category.OTHER)} if self.category == Category.UNFILED else set()
        )

    def _digest(self, category: Category) -> str:
        facts = [
            self.text.strip(),
            self.firm.pk,
            self.kind,
            category,
            self.origin,
            self.raised_by.strip(),
        ]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Receipt:
    """The problem that a push stands for, and whether this push recorded it."""

    problem: Problem
    is_new: bool


@transaction.atomic
def push(system: ApiSystem, content: PushedContent, *, at: datetime) -> Receipt:
    """Record a problem pushed by an outside system. The same number with the same content changes nothing.

    With changed content the problem is corrected until it is handed over or answered, and Refused (field
    `external_number`) afterwards.
    """
    system = (
        ApiSystem.objects.select_for_update(of=("self",))
        .select_related("account__writes_area")
        .get(pk=system.pk)
    )
    earlier = (
        Pushed.objects.filter(system=system, external_number=content.external_number)
        .select_related("problem")
        .first()
    )
    if earlier is None:
        return Receipt(_record(system, content, at=at), is_new=True)
    if earlier.digest not in content.digests:
        _correct(earlier, content, at=at)
    return Receipt(Problem.objects.get(pk=earlier.problem_id), is_new=False)


def _record(system: ApiSystem, content: PushedContent, *, at: datetime) -> Problem:
    problem = record(
        enterprise=content.firm,
        text=content.text,
        kind=content.kind,
        category=content.category,
        raised_by=content.raised_by,
        channel=CHANNELS[system.kind],
        origin=content.origin,
        by=system.account,
        at=at,
    )
    Pushed.objects.create(
        system=system,
        external_number=content.external_number,
        digest=content.digest,
        problem=problem,
        received_at=at,
    )
    _record_push(ProblemEvent.PUSHED, system, problem, content, at=at)
    return problem


def _correct(earlier: Pushed, content: PushedContent, *, at: datetime) -> None:
    problem, system = earlier.problem, earlier.system
    if problem.enterprise_id != content.firm.pk:
        raise Refused(
            _("编号%(number)s原来说的是另一家企业。另一家企业的问题请用新编号推送。")
            % {"number": content.external_number},
            field="external_number",
        )
    try:
        perms.check_update(system.account, problem)
    except Refused as refused:
        raise Refused(
            _("编号%(number)s已经交办或答复，内容不能再改。补充情况请用新编号推送。")
            % {"number": content.external_number},
            field="external_number",
        ) from refused
    filed = {} if content.category == Category.UNFILED else {"category": content.category}
    update(
        problem,
        text=content.text,
        kind=content.kind,
        **filed,
        origin=content.origin,
        raised_by=content.raised_by.strip(),
        by=system.account,
        at=at,
    )
    earlier.digest = content.digest
    earlier.save(update_fields=["digest"])
    _record_push(ProblemEvent.PUSHED_AGAIN, system, problem, content, at=at)


def _record_push(
    name: ProblemEvent, system: ApiSystem, problem: Problem, content: PushedContent, *, at: datetime
) -> None:
    record_event(
        name,
        subject=problem,
        by=system.account,
        at=at,
        system=system.account.name,
        external_number=content.external_number,
    )


# --- reading out


@dataclass(frozen=True)
class ProblemWithLastChange:
    """One line of the ledger and the moment when the problem or its assignment last changed."""

    row: LedgerRow
    changed_at: datetime


def readable_by(system: ApiSystem) -> QuerySet[Problem]:
    """The problems an outside system may read, oldest first."""
    return visible_to(system.account).select_related(*RELATED).order_by("pk")


def by_ending(rows: QuerySet[Problem], status: str) -> QuerySet[Problem]:
    """Rows that have ended (closed, withdrawn, answered on the spot) for status "closed", else the others."""
    ended = Q(assignment__state__in=ENDED) | Q(assignment__isnull=True, answered_on__isnull=False)
    return rows.filter(ended) if status == "closed" else rows.exclude(ended)


def with_last_change(problems: Sequence[Problem], *, today: date) -> list[ProblemWithLastChange]:
    """These problems with light, reason and moment of the last change.

    Three queries for any number of problems.
    """
    tasks = {p.assignment_id for p in problems if p.assignment_id}
    events = _events_about(Q(subject_id__in=[p.pk for p in problems]), Q(subject_id__in=tasks))
    last = events.values_list("subject_kind", "subject_id").annotate(last=Max("at")).order_by()
    latest = {(kind, subject): at for kind, subject, at in last}
    rows = with_readings(problems, today=today)
    return [ProblemWithLastChange(row, _last_change(row.problem, latest)) for row in rows]


def _last_change(problem: Problem, latest: dict[tuple[str, int], datetime]) -> datetime:
    """The moment when the problem or its assignment last changed."""
    own = latest.get((Problem._meta.label_lower, problem.pk), problem.recorded_at)
    return max(own, latest.get((Assignment._meta.label_lower, problem.assignment_id or 0), own))


def _events_about(problems: Q, tasks: Q) -> QuerySet[Event]:
    ours = Q(subject_kind=Problem._meta.label_lower) & problems
    return Event.objects.filter(ours | Q(subject_kind=Assignment._meta.label_lower) & tasks)


@dataclass(frozen=True)
class Changes:
    """Problems touched by the events after a cursor, the cursor to go on from, and whether more may follow at once."""

    problems: list[Problem]
    cursor: int
    more: bool


def changes_after(rows: QuerySet[Problem], cursor: int, *, limit: int) -> Changes:
    """The rows touched by at most `limit` events after `cursor`, each problem once, as it stands now."""
    unordered = rows.order_by()
    own = Q(subject_id__in=unordered.values("pk"))
    of_assignments = Q(subject_id__in=unordered.filter(assignment__isnull=False).values("assignment"))
    events = list(
        _events_about(own, of_assignments)
        .filter(seq__gt=cursor)
        .order_by("seq")
        .values_list("seq", "subject_kind", "subject_id")[:limit]
    )
    problem_keys = [pk for _seq, kind, pk in events if kind == Problem._meta.label_lower]
    task_keys = [pk for _seq, kind, pk in events if kind == Assignment._meta.label_lower]
    touched = rows.filter(Q(pk__in=problem_keys) | Q(assignment__in=task_keys))
    return Changes(list(touched), events[-1][0] if events else cursor, more=len(events) == limit)


def latest_cursor() -> int:
    """The cursor at the last event recorded so far."""
    newest: dict[str, Any] = Event.objects.aggregate(last=Max("seq"))
    return newest["last"] or 0
