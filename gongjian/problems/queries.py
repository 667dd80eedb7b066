"""Reading the problem ledger: who sees what, filters, counts, rows with their light."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.utils.translation import gettext as _

from gongjian.assignments.lights.queries import (
    LIGHT_SUMS,
    light_filter,
    light_numbers,
    light_sums,
    lights_summed,
    no_lights,
)
from gongjian.assignments.models import Assignment, Support
from gongjian.assignments.queries import readings
from gongjian.assignments.states import OPEN, Light, State
from gongjian.engines.likeness.thresholds import SIMILAR_TEXT
from gongjian.enterprises.models import Enterprise, Pairing
from gongjian.people.models import Account
from gongjian.people.queries import sight
from gongjian.people.states import Role
from gongjian.problems import search_index as text_search
from gongjian.problems.models import Problem
from gongjian.problems.states import Category

NEW, ANSWERED, DECLINED = "NEW", "ANSWERED", "DECLINED"
SHOWN = ("enterprise", "area", "assignment__lead_unit", "assignment__responsible_person")  # what a row shows
DRAWN = (
    "text",
    "category",
    "recorded_at",
    "answered_on",
    "enterprise__name",
    "enterprise__short_name",
    "area__short_name",
    "assignment__state",
    "assignment__due_on",
    "assignment__provisional",
    "assignment__resolved_on",
    "assignment__next_name",
    "assignment__next_due_on",
    "assignment__next_warn_on",
    "assignment__next_grave_on",
    "assignment__lead_unit__name",
    "assignment__lead_unit__short_name",
    "assignment__responsible_person__name",
)  # the columns of it


def visible_to(account: Account) -> QuerySet[Problem]:
    """By subtree; handlers by unit; service officers also their firms; a firm its own."""
    rows = Problem.objects.all()
    if account.role == Role.ENTERPRISE:
        return rows.filter(enterprise__accounts__account=account)
    if account.role == Role.HANDLER:
        unit = account.unit_id or 0
        helped = Support.objects.filter(unit=unit).values("assignment")
        copied = Assignment.copied_to.through.objects.filter(unit=unit).values("assignment")
        return rows.filter(
            Q(assignment__lead_unit=unit) | Q(assignment__in=helped) | Q(assignment__in=copied)
        )
    seen = sight(account)
    if account.role == Role.OFFICER and account.person_id and seen:
        paired = Pairing.objects.filter(person=account.person_id, until__isnull=True).values("enterprise")
        return rows.filter(seen | Q(enterprise__in=paired) | Q(recorded_by=account))
    return rows.filter(seen)


def ledger(account: Account, *, today: date) -> QuerySet[Problem]:  # noqa: ARG001  every ledger is of a day
    """The ledger an account sees, with what a row shows, newest first."""
    return visible_to(account).select_related(*SHOWN).order_by("-pk")


def search(rows: QuerySet[Problem], text: str) -> QuerySet[Problem]:
    """Full text, firm, unit, person and number."""
    return text_search.search(rows, text)


def by_light(rows: QuerySet[Problem], lights: Sequence[Light], today: date) -> QuerySet[Problem]:
    """Rows whose light is one of these."""
    return rows.filter(light_filter(lights, today, prefix="assignment__"))


def by_status(rows: QuerySet[Problem], statuses: Sequence[str]) -> QuerySet[Problem]:
    """States of the assignment, or not yet handed over, or answered on the spot."""
    wanted = Q(assignment__state__in=[s for s in statuses if s in State.values])
    if NEW in statuses:
        wanted |= Q(assignment__isnull=True, answered_on__isnull=True)
    if ANSWERED in statuses:
        wanted |= Q(assignment__isnull=True, answered_on__isnull=False, declined=False)
    if DECLINED in statuses:
        wanted |= Q(declined=True)
    return rows.filter(wanted)


SORTS = {
    "-recorded": ("-pk",),
    "due": ("assignment__next_due_on", "-pk"),
    "area": ("area__path", "-pk"),
    "unit": ("assignment__lead_unit__order", "assignment__lead_unit", "assignment__next_due_on", "-pk"),
}


def sort(rows: QuerySet[Problem], key: str) -> QuerySet[Problem]:
    """One of the sort keys; by due date the open ones come first."""
    if key == "due":
        rows = rows.filter(assignment__state__in=OPEN)
    return rows.order_by(*SORTS.get(key, SORTS["-recorded"]))


@dataclass(frozen=True)
class Counts:
    """The numbers above the ledger."""

    lights: dict[Light, int]
    new: int
    total: int


def counts(rows: QuerySet[Problem], *, today: date) -> Counts:
    """Lights of what is open and what has not been handed over in one query, all of them in another: a bare count is cheapest."""
    plain = rows.order_by()
    if not plain.query.where:
        return _whole(today)
    lights = light_numbers(plain, today, prefix="assignment__")
    told = dict(lights.union(number(not_handed_over(plain), NEW), all=True))
    shown = {one: told.get(one.value, 0) for one in no_lights()}
    return Counts(shown, told.get(NEW, 0), plain.count())


def _whole(today: date) -> Counts:
    """The same of the whole ledger: each assignment knows how many problems it answers for."""
    rows = Problem.objects.order_by()
    loose = not_handed_over(rows).annotate(state=Value(NEW, output_field=CharField())).values_list("state")
    new = loose.annotate(n=Count("*"), **{name: Value(0) for name in LIGHT_SUMS})
    told = list(light_sums(today).union(new, all=True))
    lights = lights_summed(row for row in told if row[0] != NEW)
    return Counts(lights, sum(n for state, n, *_dated in told if state == NEW), rows.count())


def not_handed_over(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """Neither with a unit nor answered on the spot."""
    return rows.filter(assignment__isnull=True, answered_on__isnull=True)


def number(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    """How many, as a row (name, number) that `union` puts beside others: several counts in one query."""
    named = rows.order_by().annotate(light=Value(name, output_field=CharField()))
    numbers: QuerySet[Any] = named.values_list("light").annotate(n=Count("*"))
    return numbers


def on_page(page_rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """The rows of one page: found by their numbers first, what a row shows only fetched for those."""
    whole = Problem.objects.select_related(*SHOWN).only(*DRAWN).order_by(*page_rows.query.order_by)
    return whole.filter(pk__in=page_rows.values("pk"))


@dataclass(frozen=True)
class Row:
    """One line of the ledger."""

    problem: Problem
    light: str
    left: int | None
    why: str
    status: str

    @property
    def category(self) -> str:
        """Its category in words."""
        return str(Category(self.problem.category).label)


def status_of(problem: Problem) -> str:
    """The state of its assignment, or that there is none."""
    if problem.assignment is not None:
        return str(State(problem.assignment.state).label)
    if problem.declined:
        return _("不予受理")
    return _("现场答复") if problem.answered_on else _("待交办")


def with_readings(problems: Iterable[Problem], *, today: date) -> list[Row]:
    """Lines with light and reason, no query a line."""
    found = list(problems)
    read = iter(readings([p.assignment for p in found if p.assignment is not None], today))
    rows = []
    for problem in found:
        shown = next(read) if problem.assignment is not None else None
        rows.append(
            Row(
                problem=problem,
                light=shown.light.value if shown else "",
                left=shown.working_days_left if shown else None,
                why=shown.why if shown else "",
                status=status_of(problem),
            )
        )
    return rows


def waiting_of(enterprise: Enterprise) -> list[Problem]:
    """What a firm raised that is neither handed over nor answered."""
    return list(not_handed_over(enterprise.problems.all()))


def similar_open(enterprise: Enterprise, text: str) -> list[Problem]:
    """Open problems of the same firm that say nearly the same."""
    wanted = set(text_search.bigrams(text).split())
    open_ones = enterprise.problems.filter(answered_on__isnull=True).exclude(
        assignment__state__in=(State.CLOSED, State.WITHDRAWN)
    )
    return [p for p in open_ones if wanted and _alike(wanted, set(text_search.bigrams(p.text).split()))]


def _alike(a: set[str], b: set[str]) -> bool:
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= SIMILAR_TEXT
