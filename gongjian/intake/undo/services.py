"""Undoes a confirmation with what hung on it: the visit with its firms and notes, problems, tasks handed over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.audit import Refused
from gongjian.intake import perms
from gongjian.intake.drafts.services import locked, mark_undone
from gongjian.intake.models import Draft, DraftKind, DraftState
from gongjian.intake.registers.services import take_back_new
from gongjian.intake.undo.queries import hanging_on
from gongjian.intake.undo.rules import can_undo_on
from gongjian.people.models import Account
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.visits import services as visits
from gongjian.visits.models import Note, Visit


@dataclass(frozen=True)
class Undone:
    """What an undoing did: the drafts that wait again, the new records that went with them, and those that stay in the registers."""

    drafts: list[Draft]
    taken: list[str]
    kept: list[str]


@transaction.atomic
def undo_confirmation(draft: Draft, *, by: Account, at: datetime) -> Undone:
    """Take a confirmation back, first those that hang on it, last what was entered as new (新建) for them that day.

    A new record that anybody uses or has changed stays, and is named. Refused, with a sentence, when somebody has built on any of it since; then nothing changes.
    """
    draft = locked(draft)
    perms.check_take_in(by, draft.article.area)
    if draft.state != DraftState.CONFIRMED or draft.decided_at is None:
        raise Refused(_("这条草稿没有确认过，不用撤销。"))
    if not can_undo_on(timezone.localdate(draft.decided_at), timezone.localdate(at)):
        raise Refused(_("只有确认当天可以撤销。请到台账里更正，或取消那条记录。"))
    undone = [*hanging_on(draft), draft]
    for one in undone:
        _undo(locked(one), by=by, at=at)
    taken, kept = take_back_new(undone, by=by, at=at)
    return Undone(undone, taken, kept)


def _undo(draft: Draft, *, by: Account, at: datetime) -> None:
    reason = _("撤销来稿《%(title)s》的确认") % {"title": draft.article.title[:40]}
    what = _take_back(draft, reason=reason, by=by, at=at)
    mark_undone(draft, what=what, by=by, at=at)


def _visit(visit: Visit, draft: Draft, **how: Any) -> str:
    """Take a visit back, with the note of names that were left as printed."""
    left = visit.notes.filter(pk=draft.fields.get("left", {}).get("note")).first()
    if left is not None:
        visits.take_back_note(left, **how)
    return visits.take_back(visit, **how)


def _note(note: Note, _draft: Draft, **how: Any) -> str:
    return visits.take_back_note(note, **how)


def _problem(problem: Problem, _draft: Draft, **how: Any) -> str:
    return str(problems.take_back(problem, **how))


def _task(task: Assignment, _draft: Draft, **how: Any) -> str:
    return str(assignments.withdraw(task, **how))


TAKE_BACK: dict[str, tuple[type[Model], Callable[..., str]]] = {
    DraftKind.MEETING: (Visit, _visit),
    DraftKind.VISIT: (Visit, _visit),
    DraftKind.STATEMENT: (Note, _note),
    DraftKind.HONOUR: (Note, _note),
    DraftKind.PROBLEM: (Problem, _problem),
    DraftKind.COMMITMENT: (Assignment, _task),
}


def _take_back(draft: Draft, *, reason: str, by: Account, at: datetime) -> str:
    """Take back what the draft had written; returns it in words. What is gone already is left alone.

    Confirming a person writes nothing, so there is nothing to take back.
    """
    model, take_back = TAKE_BACK.get(draft.kind, (None, None))
    written = model._default_manager.filter(pk=draft.result_id or 0).first() if model else None
    if written is None or take_back is None:
        return str(draft.fields.get("name", {}).get("value", ""))
    return take_back(written, draft, reason=reason, by=by, at=at)
