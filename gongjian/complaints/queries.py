"""Queries of complaints: those an account may see, their status, and figures that name no person."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.audit import Refused
from gongjian.complaints.models import Complaint
from gongjian.complaints.states import ComplaintKind, ComplaintStatus
from gongjian.engines.writing.folding import fold_code
from gongjian.people.folded_names import containing
from gongjian.people.models import Account
from gongjian.people.queries import within
from gongjian.people.states import Role

NUMBER = re.compile(r"TS\d{4}-(\d{1,18})")
ANSWERERS = (Role.CLERK, Role.AUDITOR)


def digest_of(code: str) -> str:
    """The digest stored for a receipt code: its SHA-256 in hexadecimal.

    Letter case, spaces and hyphens do not count.
    """
    folded = fold_code(code)
    return hashlib.sha256(f"complaint:{folded}".encode("utf-8", "surrogatepass")).hexdigest()


def complaint_by_code(code: str) -> Complaint:
    """The nameless complaint that belongs to a receipt code; raises Refused when there is none."""
    complaint = Complaint.objects.filter(receipt=digest_of(code)).first() if code.strip() else None
    if complaint is None:
        raise Refused(_("查询码不对。请对照提交后显示的十位查询码，不分大小写。"), field="code")
    return complaint


def visible_to(account: Account) -> QuerySet[Complaint]:
    """The complaints an account sees: its own; a clerk or an auditor also those of the areas it may read."""
    own = Q(made_by=account)
    wanted = own | within(account.reads_area) if account.role in ANSWERERS else own
    return Complaint.objects.filter(wanted).select_related("area", "about_unit", "made_by__unit")


def mentioning(text: str) -> Q:
    """Condition: what the row of a complaint says contains the text, or its number is this one."""
    area = Q(area__name__icontains=text) | Q(area__short_name__icontains=text)
    wanted = Q(text__icontains=text) | Q(answer__icontains=text) | area | containing(text, "about_unit")
    if found := NUMBER.fullmatch(text.strip().upper()):
        wanted |= Q(pk=int(found.group(1)))
    return wanted


def status_of(complaint: Complaint, *, today: date) -> ComplaintStatus:
    """Whether a complaint is answered, late or open today."""
    if complaint.answered_on is not None:
        return ComplaintStatus.ANSWERED
    return ComplaintStatus.LATE if complaint.due_on < today else ComplaintStatus.OPEN


def with_status(rows: QuerySet[Complaint], wanted: str, *, today: date) -> QuerySet[Complaint]:
    """The complaints of `rows` that have this status today."""
    if wanted == ComplaintStatus.ANSWERED:
        return rows.filter(answered_on__isnull=False)
    rows = rows.filter(answered_on__isnull=True)
    return rows.filter(due_on__lt=today) if wanted == ComplaintStatus.LATE else rows.filter(due_on__gte=today)


@dataclass(frozen=True)
class ComplaintRow:
    """One line of the list; no working days are left once it is answered."""

    complaint: Complaint
    status: ComplaintStatus
    working_days_left: int | None


def complaint_rows(rows: Iterable[Complaint], *, today: date) -> list[ComplaintRow]:
    """These complaints with status and working days left. One query for the calendar."""
    calendar = current_calendar()
    return [
        ComplaintRow(
            c,
            status_of(c, today=today),
            None if c.answered_on else calendar.working_days_between(today, c.due_on),
        )
        for c in rows
    ]


@dataclass(frozen=True)
class Figures:
    """The numbers of complaints that came in, and how they were answered.

    `days`: median working days to the answer, None without answers. How many came in, were answered or are late is
    counted by the table of measures.
    """

    answered: int
    in_time: int
    days: int | None
    kinds: tuple[tuple[ComplaintKind, int], ...]
    months: tuple[tuple[str, int], ...]

    @property
    def in_time_percent(self) -> int | None:
        """Of the answered complaints, the per cent answered in time; None without answers."""
        return self.in_time * 100 // self.answered if self.answered else None


def figures(rows: QuerySet[Complaint]) -> Figures:
    """The figures of these complaints. Nothing is counted by person."""
    facts = list(rows.order_by().values_list("kind", "made_on", "due_on", "answered_on"))
    calendar = current_calendar()
    days = sorted(
        calendar.working_days_between(made, done) for _kind, made, _due, done in facts if done is not None
    )
    kinds = Counter(kind for kind, *_rest in facts)
    months = Counter(f"{made:%Y-%m}" for _kind, made, *_rest in facts)
    return Figures(
        answered=len(days),
        in_time=sum(1 for _kind, _made, due, done in facts if done is not None and done <= due),
        days=days[len(days) // 2] if days else None,
        kinds=tuple((kind, kinds[kind.value]) for kind in ComplaintKind if kinds[kind.value]),
        months=tuple(sorted(months.items(), reverse=True)[:12]),
    )
