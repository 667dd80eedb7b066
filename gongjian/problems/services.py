"""Recording what firms say, handing it over, the firm's own word, closing."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment, Regime
from gongjian.assignments.states import WAITING, Source
from gongjian.audit import Refused
from gongjian.audit.services import record as record_event
from gongjian.campaigns.models import Battle
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Account, Area, Person, Unit
from gongjian.problems import perms, search
from gongjian.problems.bulk import categorise_many, hand_over_many, remind_many, undo
from gongjian.problems.events import ProblemEvent
from gongjian.problems.models import FirmWord, Problem, WordCode
from gongjian.problems.states import Category, Channel, Origin, ProblemKind, Satisfaction, WordMethod
from gongjian.visits.models import Visit
from gongjian.visits.states import StopResult

__all__ = [
    "answer_on_the_spot", "categorise_many", "close", "edit", "give_word", "give_word_by_code", "hand_over",
    "hand_over_many", "issue_code", "join", "record", "remind_many", "undo",
]  # fmt: skip

SHOWN = 80  # characters of a text in its event
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no sign that looks like another
CODE_LENGTH = 8
CODE_DAYS = 30


@transaction.atomic
def record(
    *,
    enterprise: Enterprise,
    text: str,
    kind: ProblemKind | str = ProblemKind.DIFFICULTY,
    category: Category | str = Category.OTHER,
    visit: Visit | None = None,
    raised_by: str = "",
    channel: Channel | str = Channel.VISIT,
    origin: Origin | str = Origin.COUNTY,
    battle: Battle | None = None,
    area: Area | None = None,
    by: Account,
    at: datetime,
) -> Problem:
    """What a firm said (记录问题), one thing at a time. The governing area is the visit's, else the firm's."""
    area = area or (visit.area if visit else enterprise.area)
    perms.check_record(by, area)
    problem = Problem.objects.create(
        enterprise=enterprise, text=_text(text), kind=kind, category=category, visit=visit, raised_by=raised_by.strip(),
        channel=channel, origin=origin, battle=battle, area=area, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    if visit is not None:
        visit.stops.filter(enterprise=enterprise).update(result=StopResult.PROBLEMS)
    search.index([problem])
    record_event(
        ProblemEvent.RECORDED, subject=problem, by=by, at=at, text=problem.text[:SHOWN], firm=enterprise.pk
    )
    return problem


def _text(text: str) -> str:
    if not text.strip():
        raise Refused(_("请写明问题。一次只记一件事。"), field="text")
    return text.strip()


def _locked(problem: Problem) -> Problem:
    rows = Problem.objects.select_for_update(of=("self",)).select_related(
        "enterprise", "area", "visit", "assignment__lead_unit"
    )
    return rows.get(pk=problem.pk)


@transaction.atomic
def edit(problem: Problem, *, by: Account, at: datetime, **changed: Any) -> Problem:
    """Correct what was written, before it is handed over."""
    problem = _locked(problem)
    perms.check_edit(by, problem)
    changed["text"] = _text(changed.get("text", problem.text))
    told = {}
    for name, value in changed.items():
        before = getattr(problem, name)
        if before != value:
            told[str(Problem._meta.get_field(name).verbose_name)] = [str(before or ""), str(value or "")]  # type: ignore[union-attr]
            setattr(problem, name, value)
    problem.save()
    search.index([problem])
    record_event(
        ProblemEvent.EDITED, subject=problem, by=by, at=at, changed="、".join(told) or "—", values=told
    )  # data
    return problem


@transaction.atomic
def answer_on_the_spot(problem: Problem, *, answer: str, by: Account, at: datetime) -> Problem:
    """Settled at once (现场答复): nothing is handed over."""
    problem = _locked(problem)
    perms.check_answer(by, problem)
    if not answer.strip():
        raise Refused(_("请写明是怎么答复的。"), field="answer")
    problem.answered_on, problem.answer = timezone.localdate(at), answer.strip()
    problem.save(update_fields=["answered_on", "answer"])
    record_event(ProblemEvent.ANSWERED, subject=problem, by=by, at=at, answer=answer.strip()[:SHOWN])
    return problem


@transaction.atomic
def hand_over(
    problem: Problem,
    *,
    lead_unit: Unit,
    responsible_person: Person,
    task: str,
    due: date | None = None,
    regime: Regime | None = None,
    grade: str = "",
    supporting_units: Iterable[Unit] = (),
    copied_to: Iterable[Unit] = (),
    responsible_leader: Person | None = None,
    on_the_spot: bool,
    by: Account,
    at: datetime,
) -> Assignment:
    """Hand over (交办): a task, a unit, a responsible person, a deadline. Only once; to change the unit, reassign."""
    problem = _locked(problem)
    perms.check_hand_over(by, problem)
    made = assignments.assign(
        source=Source.PROBLEM, task=task, area=problem.area, lead_unit=lead_unit, supporting_units=supporting_units,
        responsible_person=responsible_person, responsible_leader=responsible_leader, regime=regime, grade=grade,
        copied_to=copied_to, due=due, on_the_spot=on_the_spot, by=by, at=at,
    )  # fmt: skip
    problem.assignment = made
    problem.save(update_fields=["assignment"])
    search.index([problem])
    record_event(
        ProblemEvent.HANDED_OVER,
        subject=problem,
        by=by,
        at=at,
        unit=lead_unit.name,
        number=made.number,
        assignment=made.pk,
    )
    return made


@transaction.atomic
def join(problem: Problem, assignment: Assignment, *, by: Account, at: datetime) -> Assignment:
    """One more firm under an assignment that already runs (并入交办): the same task serves several problems."""
    problem = _locked(problem)
    perms.check_hand_over(by, problem)
    task = (
        Assignment.objects.select_for_update(of=("self",)).select_related("lead_unit").get(pk=assignment.pk)
    )
    perms.check_join(by, task)
    problem.assignment = task
    problem.save(update_fields=["assignment"])
    search.index([problem])
    record_event(
        ProblemEvent.HANDED_OVER, subject=problem, by=by, at=at,
        unit=task.lead_unit.name, number=task.number, assignment=task.pk,
    )  # fmt: skip
    return task


@transaction.atomic
def issue_code(problem: Problem, *, by: Account, at: datetime) -> str:
    """A one-time code (一次性评价码) for the firm; only its digest is kept. Codes issued before stop working."""
    problem = _locked(problem)
    perms.check_issue_code(by, problem)
    problem.codes.filter(used_at__isnull=True).update(expires_at=at)
    code = "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH))
    made = WordCode.objects.create(
        problem=problem, digest=_digest(code), issued_at=at, expires_at=at + timedelta(days=CODE_DAYS)
    )
    record_event(
        ProblemEvent.CODE_ISSUED,
        subject=problem,
        by=by,
        at=at,
        until=f"{timezone.localtime(made.expires_at):%Y-%m-%d}",
    )
    return code


def _digest(code: str) -> str:
    folded = code.strip().upper().replace("-", "").replace(" ", "")
    return hmac.new(settings.SECRET_KEY.encode(), folded.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def give_word(
    problem: Problem,
    *,
    method: WordMethod | str,
    satisfaction: Satisfaction | str,
    said_by: str,
    note: str = "",
    by: Account,
    at: datetime,
) -> FirmWord:
    """The firm's word (企业评价), entered by another person than the handler. Dissatisfied reopens at once."""
    problem = _locked(problem)
    perms.check_give_word(by, problem)
    if method == WordMethod.CODE:
        raise Refused(_("评价码由企业自己输入，不能代填。"), field="method")
    return _say(
        problem,
        method=WordMethod(method),
        satisfaction=satisfaction,
        said_by=said_by,
        note=note,
        by=by,
        at=at,
    )


@transaction.atomic
def give_word_by_code(
    code: str, *, satisfaction: Satisfaction | str, said_by: str, note: str = "", at: datetime
) -> FirmWord:
    """The firm's word by its one-time code."""
    found = WordCode.objects.select_for_update(of=("self",)).filter(digest=_digest(code)).first()
    if found is None:
        raise Refused(_("评价码不对。请对照交办单重新输入，不分大小写。"), field="code")
    if found.used_at is not None:
        raise Refused(_("这个评价码已经用过。如需再评价，请向攻坚办要新的评价码。"), field="code")
    if found.expires_at <= at:
        raise Refused(_("这个评价码已失效。请向攻坚办要新的评价码。"), field="code")
    problem = _locked(found.problem)
    if problem.assignment is None or problem.assignment.state not in WAITING:
        raise Refused(_("这件事正在重新办理，办结后再评价。"), field="code")
    found.used_at = at
    found.save(update_fields=["used_at"])
    return _say(
        problem, method=WordMethod.CODE, satisfaction=satisfaction, said_by=said_by, note=note, by=None, at=at
    )


def _say(
    problem: Problem,
    *,
    method: WordMethod,
    satisfaction: Satisfaction | str,
    said_by: str,
    note: str,
    by: Account | None,
    at: datetime,
) -> FirmWord:
    task = problem.assignment
    assert task is not None  # noqa: S101  checked by both callers
    if not said_by.strip():
        raise Refused(_("请填写企业评价人的姓名。"), field="said_by")
    satisfaction = Satisfaction(satisfaction)
    if satisfaction == Satisfaction.DISSATISFIED and not note.strip():
        raise Refused(_("不满意请说明哪里没有解决，便于重新交办。"), field="note")
    word = FirmWord.objects.create(
        problem=problem,
        round=task.round,
        method=method,
        satisfaction=satisfaction,
        said_by=said_by.strip(),
        note=note.strip(),
        entered_by=by,
        at=at,
    )
    told = {
        "satisfaction": str(satisfaction.label),
        "method": str(method.label),
        "said_by": word.said_by,
        "note": f"：{word.note}" if word.note else " ",
    }  # data
    record_event(
        ProblemEvent.WORD_GIVEN, subject=problem, by=by, at=at, word=word.pk, round=word.round, **told
    )
    if satisfaction == Satisfaction.DISSATISFIED:
        assignments.put_right(task, reason=_("企业不满意：%(note)s") % {"note": word.note}, by=None, at=at)
    return word


@transaction.atomic
def close(problem: Problem, *, by: Account, at: datetime) -> Assignment:
    """Strike it off (销号): after the check, and with the firm satisfied in this round."""
    problem = _locked(problem)
    perms.check_close(by, problem)
    assert problem.assignment is not None  # noqa: S101  checked above
    closed = assignments.close(problem.assignment, by=by, at=at)
    for one in closed.problems.order_by("pk"):
        record_event(ProblemEvent.CLOSED, subject=one, by=by, at=at)
    return closed
