"""Takes a problem of an older ledger in with its days and its state (导入往年问题), and takes it back while nobody has gone on with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.assignments.past_matters.services import PastMatter, morning_of
from gongjian.audit import Refused
from gongjian.audit.creating_together import create_together
from gongjian.audit.queries import event_names
from gongjian.audit.services import WhatHappened, record_together
from gongjian.audit.wording import source_word
from gongjian.engines.writing.excerpts import excerpt
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account
from gongjian.problems import perms
from gongjian.problems.events import ProblemEvent
from gongjian.problems.hand_over.services import told_of_hand_over
from gongjian.problems.models import FirmWord, Problem
from gongjian.problems.recording.services import LONGEST_IN_EVENT, said
from gongjian.problems.search.table import forget
from gongjian.problems.states import Category, Channel, Origin, Satisfaction, WordMethod

OWN = frozenset({ProblemEvent.IMPORTED, ProblemEvent.HANDED_OVER})


@dataclass(frozen=True)
class PastWord:
    """What the firm said of the result, when, by which way and through whom."""

    satisfaction: Satisfaction
    method: WordMethod
    said_by: str
    on: date


@dataclass(frozen=True)
class PastProblem:
    """What an older ledger says of a problem; with a `matter` if a unit had it, an `answer` if it was answered on the spot."""

    text: str
    collected_on: date
    own_number: str = ""
    category: Category = Category.OTHER
    channel: Channel = Channel.VISIT
    origin: Origin = Origin.COUNTY
    raised_by: str = ""
    answer: str = ""
    answered_on: date | None = None
    matter: PastMatter | None = None
    word: PastWord | None = None


@transaction.atomic
def import_problem(past: PastProblem, *, enterprise: Enterprise, by: Account, at: datetime) -> Problem:
    """Take the problem in: its rows keep the days of the ledger, its event the moment of the import."""
    check_problem(past, enterprise=enterprise, by=by)
    (problem,) = import_problems([(past, enterprise)], by=by, at=at)
    return problem


def check_problem(past: PastProblem, *, enterprise: Enterprise, by: Account) -> None:
    """Refused where the account may not record there, or the ledger contradicts itself."""
    perms.check_record(by, enterprise.area)
    said(past.text)
    if past.matter is not None:
        assignments.check_past(past.matter, area=enterprise.area, by=by)


@transaction.atomic
def import_problems(
    rows: Sequence[tuple[PastProblem, Enterprise]], *, by: Account, at: datetime
) -> list[Problem]:
    """Take many problems in, each with its firm; `check_problem` was asked of each before."""
    for area in {firm.area for _past, firm in rows}:
        perms.check_record(by, area)
    matters = [(past.matter, firm.area) for past, firm in rows if past.matter is not None]
    tasks = iter(assignments.import_past_together(matters, by=by, at=at, served=1) if matters else [])
    made = create_together(
        [_problem(past, firm, next(tasks) if past.matter else None, by) for past, firm in rows]
    )
    words = [
        _word(problem, past.word, by) for problem, (past, _firm) in zip(made, rows, strict=True) if past.word
    ]
    create_together(words)
    happened = []
    for problem, (past, _firm) in zip(made, rows, strict=True):
        happened.append(WhatHappened(ProblemEvent.IMPORTED, problem, _told(problem, past)))
        if problem.assignment is not None:
            told = told_of_hand_over(problem.assignment)
            happened.append(WhatHappened(ProblemEvent.HANDED_OVER, problem, told))
    record_together(happened, by=by, at=at)
    return list(made)


def _problem(past: PastProblem, firm: Enterprise, task: Assignment | None, by: Account) -> Problem:
    facts: dict[str, Any] = {
        "own_number": past.own_number,
        "category": past.category,
        "channel": past.channel,
        "origin": past.origin,
        "raised_by": past.raised_by,
        "answer": past.answer,
        "answered_on": past.answered_on,
    }
    return Problem(
        text=said(past.text),
        enterprise=firm,
        area=firm.area,
        assignment=task,
        recorded_by=by,
        recorded_at=morning_of(past.collected_on),
        **facts,
    )


def _word(problem: Problem, word: PastWord, by: Account) -> FirmWord:
    return FirmWord(
        problem=problem,
        method=word.method,
        satisfaction=word.satisfaction,
        said_by=word.said_by,
        entered_by=by,
        at=morning_of(word.on),
    )


def _told(problem: Problem, past: PastProblem) -> dict[str, Any]:
    """What the event keeps."""
    word = past.word
    said_then = (
        {}
        if word is None
        else {
            "satisfaction": word.satisfaction.value,
            "said_by": word.said_by,
            "said_on": word.on.isoformat(),
            "satisfaction_word": source_word(word.satisfaction.label),
        }
    )
    return {
        "text": excerpt(problem.text, LONGEST_IN_EVENT),
        "on": past.collected_on.isoformat(),
        "firm": problem.enterprise_id,
        **said_then,
    }


@transaction.atomic
def take_back_imports(rows: Sequence[Problem], *, by: Account, at: datetime) -> None:
    """Remove imported problems, their matters and the firms' word; refused, and nothing is removed, when somebody has gone on with one."""
    keys = [row.pk for row in rows]
    locked = list(
        Problem.objects.select_for_update(of=("self",))
        .select_related("area", "assignment")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    for area in {problem.area for problem in locked}:
        perms.check_record(by, area)
    names = event_names(locked)
    for problem in locked:
        if ProblemEvent.IMPORTED not in names[problem.pk] or not OWN.issuperset(names[problem.pk]):
            raise Refused(_("问题%(number)s导入后又有人办过，不能撤销。") % {"number": problem.number})
    Problem.objects.filter(pk__in=keys).delete()
    forget(keys)
    told = [
        WhatHappened(
            ProblemEvent.IMPORT_TAKEN_BACK, problem, {"text": excerpt(problem.text, LONGEST_IN_EVENT)}
        )
        for problem in locked
    ]
    record_together(told, by=by, at=at)
    tasks = [problem.assignment for problem in locked if problem.assignment is not None]
    assignments.take_back_imports(tasks, by=by, at=at)
