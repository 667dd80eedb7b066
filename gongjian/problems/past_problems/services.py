"""Takes a problem of an older ledger in with its days and its state (导入往年问题), and takes it back while nobody has gone on with it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.past_matters.services import PastMatter, morning_of
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.audit.services import record as record_event
from gongjian.audit.wording import source_word
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, Area
from gongjian.problems import perms
from gongjian.problems.events import ProblemEvent
from gongjian.problems.hand_over.services import record_hand_over
from gongjian.problems.models import FirmWord, Problem
from gongjian.problems.recording.services import LONGEST_IN_EVENT, lock_problem, said
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
    category: Category = Category.OTHER
    channel: Channel = Channel.VISIT
    origin: Origin = Origin.COUNTY
    raised_by: str = ""
    answer: str = ""
    answered_on: date | None = None
    matter: PastMatter | None = None
    word: PastWord | None = None


@transaction.atomic
def import_problem(
    past: PastProblem, *, enterprise: Enterprise, area: Area | None = None, by: Account, at: datetime
) -> Problem:
    """Take the problem in: its rows keep the days of the ledger, its event the moment of the import."""
    area = area or enterprise.area
    perms.check_record(by, area)
    facts: dict[str, Any] = {
        "category": past.category,
        "channel": past.channel,
        "origin": past.origin,
        "raised_by": past.raised_by,
        "answer": past.answer,
        "answered_on": past.answered_on,
    }
    problem = Problem.objects.create(
        text=said(past.text),
        enterprise=enterprise,
        area=area,
        recorded_by=by,
        recorded_at=morning_of(past.collected_on),
        **facts,
    )
    record_event(ProblemEvent.IMPORTED, subject=problem, by=by, at=at, **_told(problem, past))
    if past.matter is not None:
        task = assignments.import_past(past.matter, area=area, by=by, at=at)
        record_hand_over(problem, task, by=by, at=at)
    if past.word is not None:
        FirmWord.objects.create(
            problem=problem,
            method=past.word.method,
            satisfaction=past.word.satisfaction,
            said_by=past.word.said_by,
            entered_by=by,
            at=morning_of(past.word.on),
        )
    return problem


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
        "text": problem.text[:LONGEST_IN_EVENT],
        "on": past.collected_on.isoformat(),
        "firm": problem.enterprise_id,
        "word": " ",
        **said_then,
    }


@transaction.atomic
def take_back_import(problem: Problem, *, by: Account, at: datetime) -> None:
    """Remove an imported problem, its matter and the firm's word, while nobody has gone on with any of them."""
    problem = lock_problem(problem)
    perms.check_record(by, problem.area)
    names = {event.name for event in events_of(problem)}
    if ProblemEvent.IMPORTED not in names or not names <= OWN:
        raise Refused(_("问题%(number)s导入后又有人办过，不能撤销。") % {"number": problem.number})
    key, task = problem.pk, problem.assignment
    record_event(
        ProblemEvent.IMPORT_TAKEN_BACK, subject=problem, by=by, at=at, text=problem.text[:LONGEST_IN_EVENT]
    )
    problem.delete()
    forget([key])
    if task is not None:
        assignments.take_back_import(task, by=by, at=at)
