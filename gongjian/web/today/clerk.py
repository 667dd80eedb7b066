"""What waits for the office (等攻坚办办理): one list of problems, each with the act that comes next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.assignments.states import State
from gongjian.measures import queries as measures
from gongjian.measures.measure import Scope
from gongjian.people.models import Account
from gongjian.problems import queries
from gongjian.problems.models import Problem
from gongjian.problems.queries import LedgerRow

ROWS = 12  # of a page of the first page, which holds more than the list
KINDS = ("objected", "extension", "new", "to_check", "to_close")  # in the order in which they wait
BESIDE = ("drafts", "complaints_late", "complaints_open", "tasks_for_office_alone", "unfiled", "unheld_tasks")
ACTS: dict[str, "str | Promise"] = {
    State.OBJECTED: _("裁定"),
    State.IN_PROGRESS: _("批延期"),
    State.RESOLVED: _("核查"),
    State.CHECKED: _("销号"),
}


@dataclass(frozen=True)
class WaitingRow:
    """One problem that waits for the office, and the act that comes next."""

    row: LedgerRow
    act: "str | Promise"


def waiting(account: Account, scope: Scope, number: str | None) -> tuple["Page[Problem]", list[WaitingRow]]:
    """One page of the problems that wait: objections and extensions first, then what is new, to check, to close."""
    rows = queries.ledger(account, today=scope.today)
    page = Paginator(_in_turn(measures.narrow(rows, "for_office", scope), scope), ROWS).get_page(number)
    return page, with_acts(page.object_list, today=scope.today)


def with_acts(problems: Any, *, today: date) -> list[WaitingRow]:
    """Each problem with the name of its next act."""
    return [WaitingRow(row, _act_of(row.problem)) for row in queries.with_readings(problems, today=today)]


def _act_of(problem: Problem) -> "str | Promise":
    return ACTS.get(problem.assignment.state, _("办理")) if problem.assignment else _("交办")


def _in_turn(rows: QuerySet[Problem], scope: Scope) -> QuerySet[Problem]:
    each = measures.conditions(KINDS, scope)
    whens = [When(condition, then=Value(place)) for place, condition in enumerate(each.values())]
    turn = Case(*whens, default=Value(len(KINDS)), output_field=IntegerField())
    return rows.annotate(turn=turn).order_by("turn", "assignment__next_due_on", "pk")
