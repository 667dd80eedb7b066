"""Counting by the table of measures: the rows of a number, and numbers that know their rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from gongjian.assignments import queries as tasks
from gongjian.assignments.models import Assignment, Support
from gongjian.audit.kept_sql import rows_as_kept
from gongjian.complaints import queries as complaints
from gongjian.complaints.models import Complaint
from gongjian.enterprises import queries as firms
from gongjian.enterprises.burden import queries as burden
from gongjian.enterprises.models import Asking, Enterprise
from gongjian.intake.models import Draft
from gongjian.markets.models import Introduction
from gongjian.markets.queries import introductions_visible_to
from gongjian.measures.measure import Measure, Scope
from gongjian.measures.states import Counts, Days
from gongjian.measures.table import MEASURES
from gongjian.notices.models import Notice
from gongjian.notices.queries import inbox
from gongjian.people.models import Account
from gongjian.people.queries import within
from gongjian.people.states import Role
from gongjian.policies.models import Payout
from gongjian.policies.payouts.queries import payouts_visible_to
from gongjian.problems import queries as problems
from gongjian.problems.closing_quality.queries import with_last_word
from gongjian.problems.models import CallBack, Problem
from gongjian.problems.queries import count_as_row
from gongjian.visits import queries as visits
from gongjian.visits.models import Stop, Visit


@dataclass(frozen=True)
class Counted:
    """A number that knows what it counts: the measure and the scope lead to exactly its rows."""

    measure: Measure
    number: int
    scope: Scope

    def __str__(self) -> str:
        return str(self.number)

    def __bool__(self) -> bool:
        return bool(self.number)

    def __int__(self) -> int:
        return self.number


Rows = QuerySet[Any]


@dataclass(frozen=True)
class Records:
    """How records of one kind are found: all, those an account sees, by area and by the unit that leads."""

    every: Callable[[], Rows]
    seen_by: Callable[[Account], Rows]
    area: str
    unit: str = ""
    firm: str = ""


def _drafts_of(account: Account) -> Rows:
    if account.role != Role.CLERK:
        return Draft.objects.none()
    return Draft.objects.filter(within(account.writes_area, "article__area"))


def _calls_of(account: Account) -> Rows:
    of_draws = CallBack.objects.filter(within(account.reads_area, "draw__area"))
    return of_draws.filter(problem__in=problems.visible_to(account).order_by())


def _stops_of(account: Account) -> Rows:
    at_firms = Stop.objects.filter(enterprise__in=firms.visible_to(account).order_by())
    return at_firms.filter(visit__in=visits.visible_to(account).order_by())


def _supports_of(account: Account) -> Rows:
    return Support.objects.filter(assignment__in=tasks.visible_to(account).order_by())


RECORDS: Mapping[Counts, Records] = {
    Counts.PROBLEMS: Records(
        Problem.objects.all, problems.visible_to, "area", unit="assignment__lead_unit", firm="enterprise"
    ),
    Counts.TASKS: Records(Assignment.objects.all, tasks.visible_to, "area", unit="lead_unit"),
    Counts.COPIES: Records(Assignment.objects.all, tasks.visible_to, "area", unit="copied_to"),
    Counts.SUPPORTS: Records(Support.objects.all, _supports_of, "assignment__area", unit="unit"),
    Counts.VISITS: Records(Visit.objects.all, visits.visible_to, "area"),
    Counts.STOPS: Records(Stop.objects.all, _stops_of, "visit__area", firm="enterprise"),
    Counts.FIRMS: Records(Enterprise.objects.all, firms.visible_to, "area"),
    Counts.DRAFTS: Records(Draft.objects.all, _drafts_of, "article__area"),
    Counts.COMPLAINTS: Records(Complaint.objects.all, complaints.visible_to, "area"),
    Counts.NOTICES: Records(Notice.objects.all, inbox, "unit__area", unit="unit"),
    Counts.CALLS: Records(CallBack.objects.all, _calls_of, "draw__area"),
    Counts.PAYOUTS: Records(Payout.objects.all, payouts_visible_to, "enterprise__area", firm="enterprise"),
    Counts.INTRODUCTIONS: Records(
        Introduction.objects.all, introductions_visible_to, "area", unit="assignment__lead_unit"
    ),
    Counts.ASKINGS: Records(Asking.objects.all, burden.visible_to, "area", unit="unit", firm="enterprise"),
}


def _base(counts: Counts, scope: Scope) -> Rows:
    records = RECORDS[counts]
    rows = records.every() if scope.account is None else records.seen_by(scope.account)
    if scope.area is not None:
        rows = rows.filter(within(scope.area, records.area))
    if scope.unit is not None:
        rows = rows.filter(**{records.unit: scope.unit}) if records.unit else rows.none()
    if scope.firm is not None:
        rows = rows.filter(**{records.firm: scope.firm}) if records.firm else rows.none()
    return rows


def _prepared(rows: Rows, measure: Measure) -> Rows:
    return with_last_word(rows) if measure.days == Days.BATCH else rows


def condition_of(key: str, scope: Scope) -> Q:
    """The condition of a measure's rows; KeyError for a word that is not in the table or whose rows another engine decides."""
    condition = MEASURES[key].condition
    if condition is None:
        raise KeyError(key)
    return condition(scope)


def narrow(rows: Rows, key: str, scope: Scope) -> Rows:
    """Those of `rows` that a measure counts; KeyError for a word that is not in the table."""
    return _prepared(rows, MEASURES[key]).filter(condition_of(key, scope))


def rows_of(key: str, scope: Scope) -> Rows:
    """The rows behind a number."""
    return narrow(_base(MEASURES[key].counts, scope), key, scope)


def count(key: str, scope: Scope) -> Counted:
    """One number."""
    return Counted(MEASURES[key], rows_of(key, scope).order_by().count(), scope)


def count_all(keys: Iterable[str], scope: Scope) -> dict[str, Counted]:
    """Numbers by key, whatever they count, from one query."""
    return count_each(keys, (scope,))[0]


def count_each(keys: Iterable[str], scopes: Sequence[Scope]) -> list[dict[str, Counted]]:
    """The same numbers in each of several scopes, such as two weeks, all from one query."""
    wanted = tuple(keys)
    named = [(f"{key}/{place}", key, scope) for place, scope in enumerate(scopes) for key in wanted]

    def build() -> Rows:
        first, *more = [count_as_row(rows_of(key, scope), name) for name, key, scope in named]
        return first.union(*more, all=True) if more else first

    numbers = dict(rows_as_kept(("count", wanted, *(scope.key for scope in scopes)), build))
    return [
        {key: Counted(MEASURES[key], numbers.get(f"{key}/{place}", 0), scope) for key in wanted}
        for place, scope in enumerate(scopes)
    ]


def first_of_each(
    keys: Sequence[str], scope: Scope, *, order: Sequence[str], limit: int
) -> dict[str, list[int]]:
    """The first rows of each measure in this order, by their keys in the database, at most `limit` of each; one query."""
    wanted = tuple(keys)

    def build() -> Rows:
        few = [_as_named_keys(rows_of(key, scope).order_by(*order)[:limit], key) for key in wanted]
        return few[0].union(*few[1:], all=True)

    found = rows_as_kept(("first", wanted, scope.key, tuple(order), limit), build)
    return {key: [pk for name, pk in found if name == key] for key in wanted}


def _as_named_keys(rows: Rows, name: str) -> Rows:
    every = rows.model._default_manager.order_by().filter(pk__in=rows.values("pk"))
    named: Rows = every.annotate(light=Value(name, output_field=CharField())).values_list("light", "pk")
    return named


def conditions(keys: Sequence[str], scope: Scope) -> dict[str, Q]:
    """The conditions of these measures, for a query that counts many of them together."""
    return {key: condition_of(key, scope) for key in keys}


def counted(key: str, number: int, scope: Scope, **narrower: Any) -> Counted:
    """A number that another query has summed by the same condition, with its scope narrowed to an area or a unit."""
    return Counted(MEASURES[key], number, replace(scope, **narrower))
