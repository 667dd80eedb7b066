"""Reads of the problem ledger: who sees what, filters, counts, rows with their light."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value
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
from gongjian.assignments.queries import proxies_in_words, readings
from gongjian.assignments.states import OPEN, WAITING, Light, State
from gongjian.engines.likeness.thresholds import SIMILAR_TEXT
from gongjian.enterprises.models import Enterprise, Pairing
from gongjian.people.models import Account
from gongjian.people.queries import sight
from gongjian.people.states import Role
from gongjian.problems.models import FirmWord, Problem
from gongjian.problems.search import queries as text_search
from gongjian.problems.search.rules import bigrams
from gongjian.problems.states import Category

NEW, ANSWERED, DECLINED = "NEW", "ANSWERED", "DECLINED"
RELATED = (
    "enterprise",
    "area",
    "assignment__lead_unit",
    "assignment__responsible_person",
)  # what a row shows
COLUMNS = (
    "text",
    "category",
    "recorded_at",
    "own_number",
    "declined",
    "answered_on",
    "enterprise__name",
    "enterprise__short_name",
    "area__path",
    "area__name",
    "assignment__state",
    "assignment__due_on",
    "assignment__provisional",
    "assignment__proxies",
    "assignment__resolved_on",
    "assignment__next_name",
    "assignment__next_due_on",
    "assignment__next_warn_on",
    "assignment__next_grave_on",
    "assignment__lead_unit__name",
    "assignment__lead_unit__short_name",
    "assignment__responsible_person__name",
)  # the columns a row shows


def visible_to(account: Account) -> QuerySet[Problem]:
    """The problems an account sees.

    Those of the areas it reads; a handler those of its unit, a firm its own, a service officer also its firms'.
    """
    rows = Problem.objects.all()
    if account.role == Role.ENTERPRISE:
        return rows.filter(enterprise__accounts__account=account)
    if account.role == Role.HANDLER:
        unit = account.unit_id or 0
        supported = Support.objects.filter(unit=unit).values("assignment")
        copied = Assignment.copied_to.through.objects.filter(unit=unit).values("assignment")
        return rows.filter(
            Q(assignment__lead_unit=unit) | Q(assignment__in=supported) | Q(assignment__in=copied)
        )
    seen = sight(account)
    if account.role == Role.OFFICER and account.person_id and seen:
        paired = Pairing.objects.filter(person=account.person_id, until__isnull=True).values("enterprise")
        return rows.filter(seen | Q(enterprise__in=paired) | Q(recorded_by=account))
    return rows.filter(seen)


def covered_by(assignment: Assignment, account: Account) -> tuple[list[Problem], int]:
    """The problems under an assignment that the account may open, and how many more there are: one query."""
    return open_ones(assignment.problems.select_related("enterprise").order_by("pk"), account)


def open_ones(problems: QuerySet[Problem], account: Account) -> tuple[list[Problem], int]:
    """Those of the problems that the account may open, and how many more there are: one query."""
    seen = Exists(visible_to(account).filter(pk=OuterRef("pk")).order_by())
    rows: list[Any] = list(problems.annotate(seen=seen))
    shown = [problem for problem in rows if problem.seen]
    return shown, len(rows) - len(shown)


def ledger(account: Account, *, today: date) -> QuerySet[Problem]:  # noqa: ARG001  every ledger is of a day
    """The problems an account sees, newest first, with the related records a row shows."""
    return visible_to(account).select_related(*RELATED).order_by("-pk")


def search(rows: QuerySet[Problem], text: str) -> QuerySet[Problem]:
    """Rows that contain every word of the text in their wording, firm, unit, person or number."""
    return text_search.search(rows, text)


def by_light(rows: QuerySet[Problem], lights: Sequence[Light], today: date) -> QuerySet[Problem]:
    """Rows whose light is one of these today."""
    return rows.filter(light_filter(lights, today, prefix="assignment__"))


def by_status(rows: QuerySet[Problem], statuses: Sequence[str]) -> QuerySet[Problem]:
    """Rows of these statuses: states of the assignment, or NEW, ANSWERED, DECLINED."""
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
    """Rows sorted by one of SORTS; by due date only the open ones."""
    if key == "due":
        rows = rows.filter(assignment__state__in=OPEN)
    return rows.order_by(*SORTS.get(key, SORTS["-recorded"]))


@dataclass(frozen=True)
class LedgerCounts:
    """The numbers shown above the ledger: open problems by light, those not yet handed over, and all."""

    lights: dict[Light, int]
    new: int
    total: int


def counts(rows: QuerySet[Problem], *, today: date) -> LedgerCounts:
    """Count these rows for the line of numbers above the ledger.

    Two queries: one for the lights and what is not handed over, and a bare count, which is cheapest apart.
    """
    unordered = rows.order_by()
    if not unordered.query.where:
        return _counts_of_all(today)
    lights = light_numbers(unordered, today, prefix="assignment__")
    numbers = dict(lights.union(count_as_row(not_handed_over(unordered), NEW), all=True))
    by_light = {light: numbers.get(light.value, 0) for light in no_lights()}
    return LedgerCounts(by_light, numbers.get(NEW, 0), unordered.count())


def _counts_of_all(today: date) -> LedgerCounts:
    """The same for the whole ledger, from the assignments alone: each stores how many problems it covers."""
    rows = Problem.objects.order_by()
    waiting = not_handed_over(rows).annotate(state=Value(NEW, output_field=CharField())).values_list("state")
    new = waiting.annotate(n=Count("*"), **{name: Value(0) for name in LIGHT_SUMS})
    sums = list(light_sums(today).union(new, all=True))
    lights = lights_summed(row for row in sums if row[0] != NEW)
    return LedgerCounts(lights, sum(n for state, n, *_dated in sums if state == NEW), rows.count())


def waiting_for_word(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """Rows whose matter is resolved and whose firm has not given its word in this round (等企业评价)."""
    given = FirmWord.objects.filter(problem=OuterRef("pk"), round=OuterRef("assignment__round"))
    return rows.filter(~Exists(given), assignment__state__in=WAITING)


def not_handed_over(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """Rows that are neither handed over nor answered."""
    return rows.filter(assignment__isnull=True, answered_on__isnull=True)


def count_as_row(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    """The number of rows as one row (name, number), so that a `union` reads several counts in one query."""
    labelled = rows.order_by().annotate(light=Value(name, output_field=CharField()))
    numbers: QuerySet[Any] = labelled.values_list("light").annotate(n=Count("*"))
    return numbers


def rows_of_page(page_rows: QuerySet[Problem]) -> QuerySet[Problem]:
    """The rows of one page with all they show; keys are selected first, then columns for those keys only."""
    shown = Problem.objects.select_related(*RELATED).only(*COLUMNS).order_by(*page_rows.query.order_by)
    return shown.filter(pk__in=page_rows.values("pk"))


@dataclass(frozen=True)
class LedgerRow:
    """One line of the ledger; `why` says why the light is as it is, `proxies` what the office did for the unit."""

    problem: Problem
    light: str
    working_days_left: int | None
    why: str
    status: str
    proxies: str = ""

    @property
    def category(self) -> str:
        """The category of the problem in words."""
        return str(Category(self.problem.category).label)


def status_of(problem: Problem) -> str:
    """The status of a problem in words: the state of its assignment, or declined, answered, not handed over."""
    if problem.assignment is not None:
        return str(State(problem.assignment.state).label)
    if problem.declined:
        return _("不予受理")
    return _("现场答复") if problem.answered_on else _("待交办")


def with_readings(problems: Iterable[Problem], *, today: date) -> list[LedgerRow]:
    """These problems as ledger lines with light and reason; the number of queries does not grow with them."""
    problems = list(problems)
    clocks = iter(readings([p.assignment for p in problems if p.assignment is not None], today))
    rows = []
    for problem in problems:
        clock = next(clocks) if problem.assignment is not None else None
        rows.append(
            LedgerRow(
                problem=problem,
                light=clock.light.value if clock else "",
                working_days_left=clock.working_days_left if clock else None,
                why=clock.why if clock else "",
                status=status_of(problem),
                proxies=proxies_in_words(problem.assignment.proxies) if problem.assignment else "",
            )
        )
    return rows


def waiting_problems(enterprise: Enterprise) -> list[Problem]:
    """The problems of a firm that are neither handed over nor answered."""
    return list(not_handed_over(enterprise.problems.all()))


def similar_open(enterprise: Enterprise, text: str) -> list[Problem]:
    """Open problems of a firm whose text is nearly the same as this one."""
    wanted = set(bigrams(text).split())
    open_problems = enterprise.problems.filter(answered_on__isnull=True).exclude(
        assignment__state__in=(State.CLOSED, State.WITHDRAWN)
    )
    return [p for p in open_problems if wanted and _is_similar(wanted, set(bigrams(p.text).split()))]


def _is_similar(a: set[str], b: set[str]) -> bool:
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= SIMILAR_TEXT
