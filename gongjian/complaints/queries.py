"""Reading complaints: who sees which, where they stand, figures without persons."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.audit import Refused
from gongjian.complaints.models import Complaint
from gongjian.complaints.states import ComplaintKind, Standing
from gongjian.people.models import Account
from gongjian.people.queries import within
from gongjian.people.states import Role

ANSWERERS = (Role.CLERK, Role.AUDITOR)


def digest_of(code: str) -> str:
    """What is kept of a receipt code."""
    folded = code.strip().upper().replace("-", "").replace(" ", "")
    return hashlib.sha256(f"complaint:{folded}".encode("utf-8", "surrogatepass")).hexdigest()


def of_code(code: str) -> Complaint:
    """The complaint without a name that belongs to a receipt code."""
    found = Complaint.objects.filter(receipt=digest_of(code)).first() if code.strip() else None
    if found is None:
        raise Refused(_("查询码不对。请对照提交后显示的十位查询码，不分大小写。"), field="code")
    return found


def visible_to(account: Account) -> QuerySet[Complaint]:
    """One's own; the office and the auditors those of their area."""
    own = Q(made_by=account)
    wanted = own | within(account.reads_area) if account.role in ANSWERERS else own
    return Complaint.objects.filter(wanted).select_related("area", "about_unit", "made_by__unit")


def standing(complaint: Complaint, *, today: date) -> Standing:
    """Answered, late, or waiting."""
    if complaint.answered_on is not None:
        return Standing.ANSWERED
    return Standing.LATE if complaint.due_on < today else Standing.OPEN


def by_standing(rows: QuerySet[Complaint], wanted: str, *, today: date) -> QuerySet[Complaint]:
    """Only those that stand so."""
    if wanted == Standing.ANSWERED:
        return rows.filter(answered_on__isnull=False)
    rows = rows.filter(answered_on__isnull=True)
    return rows.filter(due_on__lt=today) if wanted == Standing.LATE else rows.filter(due_on__gte=today)


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    complaint: Complaint
    standing: Standing
    working_days_left: int | None


def lines(rows: Iterable[Complaint], *, today: date) -> list[Line]:
    """With where each stands; one query for the calendar."""
    calendar = current_calendar()
    return [
        Line(c, standing(c, today=today), None if c.answered_on else calendar.between(today, c.due_on))
        for c in rows
    ]


@dataclass(frozen=True)
class Figures:
    """What came in and how it was answered; shares are None where there is nothing to divide by."""

    received: int
    answered: int
    late: int
    in_time: int
    nameless: int
    reopened: int
    days: int | None
    kinds: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]

    @property
    def in_time_percent(self) -> int | None:
        """Of those answered."""
        return self.in_time * 100 // self.answered if self.answered else None


def figures(rows: QuerySet[Complaint], *, today: date) -> Figures:
    """By kind and month; median working days to the answer. Nothing is counted by person."""
    found = list(rows.order_by().values_list("kind", "made_on", "due_on", "answered_on", "made_by", "round"))
    calendar = current_calendar()
    taken = sorted(
        calendar.between(made, done) for _kind, made, _due, done, _by, _round in found if done is not None
    )
    kinds = Counter(kind for kind, *_rest in found)
    months = Counter(f"{made:%Y-%m}" for _kind, made, *_rest in found)
    return Figures(
        received=len(found),
        answered=len(taken),
        late=sum(1 for _kind, _made, due, done, _by, _round in found if done is None and due < today),
        in_time=sum(1 for _kind, _made, due, done, _by, _round in found if done is not None and done <= due),
        nameless=sum(1 for *_rest, by, _round in found if by is None),
        reopened=sum(1 for *_rest, number in found if number > 1),
        days=taken[len(taken) // 2] if taken else None,
        kinds=tuple((str(kind.label), kinds[kind.value]) for kind in ComplaintKind if kinds[kind.value]),
        months=tuple(sorted(months.items(), reverse=True)[:12]),
    )
