"""What outside systems push in and read out (推送): once per number of the sender, changes in the order of the trail."""

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
from gongjian.problems.queries import Row, visible_to, with_readings
from gongjian.problems.recording.services import edit, record
from gongjian.problems.states import Category, Channel, Origin, ProblemKind

CHANNELS = {"HOTLINE": Channel.HOTLINE, "SUPERIOR": Channel.SUPERIOR, "PLATFORM": Channel.PLATFORM}
RELATED = ("enterprise", "area", "assignment__lead_unit", "pushed")


@dataclass(frozen=True)
class Said:
    """What the sender says of one problem."""

    external_number: str
    text: str
    firm: Enterprise
    kind: ProblemKind = ProblemKind.DIFFICULTY
    category: Category = Category.OTHER
    origin: Origin = Origin.COUNTY
    raised_by: str = ""

    @property
    def digest(self) -> str:
        """Equal for equal content."""
        facts = [
            self.text.strip(),
            self.firm.pk,
            self.kind,
            self.category,
            self.origin,
            self.raised_by.strip(),
        ]
        return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Receipt:
    """What became of a push."""

    problem: Problem
    is_new: bool


@transaction.atomic
def push(system: ApiSystem, said: Said, *, at: datetime) -> Receipt:
    """Take a problem in. Same number and same content: the same answer, nothing written. Changed content: corrected
    until it is handed over or answered, refused (field `external_number`) afterwards."""
    system = (
        ApiSystem.objects.select_for_update(of=("self",))
        .select_related("account__writes_area")
        .get(pk=system.pk)
    )
    known = (
        Pushed.objects.filter(system=system, external_number=said.external_number)
        .select_related("problem")
        .first()
    )
    if known is None:
        return Receipt(_take_in(system, said, at=at), is_new=True)
    if known.digest != said.digest:
        _correct(known, said, at=at)
    return Receipt(Problem.objects.get(pk=known.problem_id), is_new=False)


def _take_in(system: ApiSystem, said: Said, *, at: datetime) -> Problem:
    problem = record(
        enterprise=said.firm,
        text=said.text,
        kind=said.kind,
        category=said.category,
        raised_by=said.raised_by,
        channel=CHANNELS[system.kind],
        origin=said.origin,
        by=system.account,
        at=at,
    )
    Pushed.objects.create(
        system=system,
        external_number=said.external_number,
        digest=said.digest,
        problem=problem,
        received_at=at,
    )
    _tell(ProblemEvent.PUSHED, system, problem, said, at=at)
    return problem


def _correct(known: Pushed, said: Said, *, at: datetime) -> None:
    problem, system = known.problem, known.system
    if problem.enterprise_id != said.firm.pk:
        raise Refused(
            _("编号%(number)s原来说的是另一家企业。另一家企业的问题请用新编号推送。")
            % {"number": said.external_number},
            field="external_number",
        )
    try:
        perms.check_edit(system.account, problem)
    except Refused as refused:
        raise Refused(
            _("编号%(number)s已经交办或答复，内容不能再改。补充情况请用新编号推送。")
            % {"number": said.external_number},
            field="external_number",
        ) from refused
    edit(
        problem,
        text=said.text,
        kind=said.kind,
        category=said.category,
        origin=said.origin,
        raised_by=said.raised_by.strip(),
        by=system.account,
        at=at,
    )
    known.digest = said.digest
    known.save(update_fields=["digest"])
    _tell(ProblemEvent.PUSHED_AGAIN, system, problem, said, at=at)


def _tell(name: ProblemEvent, system: ApiSystem, problem: Problem, said: Said, *, at: datetime) -> None:
    told = {"system": system.account.name, "external_number": said.external_number}
    record_event(name, subject=problem, by=system.account, at=at, **told)


# --- reading out


@dataclass(frozen=True)
class Standing:
    """One problem as an outside system reads it."""

    row: Row
    changed_at: datetime


def readable(system: ApiSystem) -> QuerySet[Problem]:
    """What the system may read, oldest first."""
    return visible_to(system.account).select_related(*RELATED).order_by("pk")


def by_end(rows: QuerySet[Problem], status: str) -> QuerySet[Problem]:
    """Only what is closed (struck off, withdrawn, answered on the spot), or only what is not."""
    ended = Q(assignment__state__in=ENDED) | Q(assignment__isnull=True, answered_on__isnull=False)
    return rows.filter(ended) if status == "closed" else rows.exclude(ended)


def standings_of(problems: Sequence[Problem], *, today: date) -> list[Standing]:
    """With light, reason and the moment of the last change: three queries for any number."""
    tasks = {p.assignment_id for p in problems if p.assignment_id}
    spoken = _about(Q(subject_id__in=[p.pk for p in problems]), Q(subject_id__in=tasks))
    last = spoken.values_list("subject_kind", "subject_id").annotate(last=Max("at")).order_by()
    latest = {(kind, subject): at for kind, subject, at in last}
    rows = with_readings(problems, today=today)
    return [Standing(row, _last(row.problem, latest)) for row in rows]


def _last(problem: Problem, latest: dict[tuple[str, int], datetime]) -> datetime:
    """When the problem or its assignment last changed."""
    own = latest.get((Problem._meta.label_lower, problem.pk), problem.recorded_at)
    return max(own, latest.get((Assignment._meta.label_lower, problem.assignment_id or 0), own))


def _about(problems: Q, tasks: Q) -> QuerySet[Event]:
    ours = Q(subject_kind=Problem._meta.label_lower) & problems
    return Event.objects.filter(ours | Q(subject_kind=Assignment._meta.label_lower) & tasks)


@dataclass(frozen=True)
class Changes:
    """Problems touched by the events after a cursor, and the cursor to go on from."""

    problems: list[Problem]
    cursor: int
    more: bool


def changes_after(rows: QuerySet[Problem], cursor: int, *, limit: int) -> Changes:
    """Walk the trail from `cursor` on, at most `limit` events of what may be read; each problem once, as it stands now."""
    plain = rows.order_by()
    mine = Q(subject_id__in=plain.values("pk"))
    theirs = Q(subject_id__in=plain.filter(assignment__isnull=False).values("assignment"))
    found = list(
        _about(mine, theirs)
        .filter(seq__gt=cursor)
        .order_by("seq")
        .values_list("seq", "subject_kind", "subject_id")[:limit]
    )
    own = [pk for _seq, kind, pk in found if kind == Problem._meta.label_lower]
    tasks = [pk for _seq, kind, pk in found if kind == Assignment._meta.label_lower]
    touched = rows.filter(Q(pk__in=own) | Q(assignment__in=tasks))
    return Changes(list(touched), found[-1][0] if found else cursor, more=len(found) == limit)


def latest_cursor() -> int:
    """The end of the trail: changes after it are those still to come."""
    newest: dict[str, Any] = Event.objects.aggregate(last=Max("seq"))
    return newest["last"] or 0
