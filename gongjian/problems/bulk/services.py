"""One verb on many problems (批量操作), and undoing it for some minutes by compensating events."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import State
from gongjian.audit import Refused
from gongjian.audit.services import record as record_event
from gongjian.people.models import Account, Person, Unit
from gongjian.problems.bulk.rules import MOST_PROBLEMS, UNDO_MINUTES, UNDO_WITHIN
from gongjian.problems.bulk.states import VERBS
from gongjian.problems.events import ProblemEvent
from gongjian.problems.hand_over.services import hand_over, move_to_assignment
from gongjian.problems.models import BulkAction, Problem
from gongjian.problems.perms import check_record
from gongjian.problems.recording.services import file_under
from gongjian.problems.states import FILED, Category

Item = dict[str, Any]


def _each(
    verb: str, problems: Sequence[Problem], act: Callable[[Problem], Item], *, by: Account, at: datetime
) -> BulkAction:
    """Do it to one problem after another. Each refusal is stored with its sentence and stops nothing else."""
    if not problems:
        raise Refused(_("请先勾选至少一个问题。"))
    if len(problems) > MOST_PROBLEMS:
        raise Refused(_("一次最多处理 %(n)s 个问题。请分批。") % {"n": MOST_PROBLEMS})
    items: list[Item] = []
    for problem in problems:
        try:
            with transaction.atomic():
                items.append({"problem": problem.pk} | act(problem))
        except Refused as refused:
            items.append({"problem": problem.pk, "refused": refused.sentence})
    bulk = BulkAction.objects.create(verb=verb, by=by, at=at, items=items)
    failed = sum("refused" in item for item in items)
    record_event(
        ProblemEvent.BULK_DONE,
        subject=bulk,
        by=by,
        at=at,
        verb=str(VERBS[verb]),
        done=len(items) - failed,
        refused=failed,
    )
    return bulk


Holder = tuple[Unit, Person]


@transaction.atomic
def hand_over_many(
    problems: Sequence[Problem],
    *,
    task: str = "",
    to: Mapping[int, Holder] = MappingProxyType({}),
    otherwise: Holder | None = None,
    categories: Mapping[int, str] = MappingProxyType({}),
    by: Account,
    at: datetime,
    **facts: Any,
) -> BulkAction:
    """Hand many problems over under one deadline.

    Each goes to the unit and person chosen for it (`to`, by the problem's key), else to `otherwise`. An empty `task`
    makes the text of each problem its task; `categories` file those that nobody has filed; `facts` are those of
    `hand_over`.
    """

    def act(problem: Problem) -> Item:
        chosen = to.get(problem.pk, otherwise)
        if chosen is None:
            raise Refused(_("没有给 %(number)s 选单位。") % {"number": problem.number})
        unit, person = chosen
        assignment = hand_over(
            problem,
            task=task or problem.text,
            lead_unit=unit,
            responsible_person=person,
            on_the_spot=False,
            category=categories.get(problem.pk, ""),
            by=by,
            at=at,
            **facts,
        )
        return {"assignment": assignment.pk}

    return _each("hand_over", problems, act, by=by, at=at)


@transaction.atomic
def categorise_many(
    problems: Sequence[Problem], *, category: Category | str, by: Account, at: datetime
) -> BulkAction:
    """File many under one category."""
    if category not in dict(FILED):
        raise Refused(_("请选一个问题类别。"), field="category")

    def act(problem: Problem) -> Item:
        check_record(by, problem.area)
        return {"before": _set_category(problem.pk, Category(category), by=by, at=at)}

    return _each("categorise", problems, act, by=by, at=at)


def _set_category(pk: int, category: Category, *, by: Account, at: datetime) -> str:
    problem = Problem.objects.select_for_update(of=("self",)).get(pk=pk)
    return file_under(problem, category, by=by, at=at)


@transaction.atomic
def remind_many(problems: Sequence[Problem], *, text: str = "", by: Account, at: datetime) -> BulkAction:
    """Remind the units of many problems at once (催办)."""

    def act(problem: Problem) -> Item:
        if problem.assignment is None:
            raise Refused(_("%(number)s 还没有交办，无处催办。") % {"number": problem.number})
        reminded = assignments.remind(problem.assignment, text=text, by=by, at=at)
        return {"assignment": reminded.pk, "event": reminded.last_event}

    return _each("remind", problems, act, by=by, at=at)


@transaction.atomic
def undo(bulk: BulkAction, *, by: Account, at: datetime) -> str:
    """Undo one's own bulk action. Returns a sentence that says what could and could not be undone."""
    bulk = BulkAction.objects.select_for_update(of=("self",)).get(pk=bulk.pk)
    if bulk.by_id != by.pk:
        raise Refused(_("只能撤销自己的批量操作。"))
    if bulk.undone_at is not None:
        raise Refused(_("这次批量操作已经撤销过。"))
    if at - bulk.at > UNDO_WITHIN:
        raise Refused(_("已超过%(minutes)s分钟，不能整批撤销。请逐个处理。") % {"minutes": UNDO_MINUTES})
    undo_item = {"hand_over": _undo_hand_over, "categorise": _undo_category, "remind": _undo_reminder}[
        bulk.verb
    ]
    not_undone = [item for item in bulk.items if "refused" not in item and not undo_item(item, by=by, at=at)]
    bulk.undone_at = at
    bulk.save(update_fields=["undone_at"])
    record_event(ProblemEvent.BULK_UNDONE, subject=bulk, by=by, at=at, verb=str(VERBS[bulk.verb]))
    if not_undone:
        return _("已撤销，但有 %(n)s 个已被签收或改动，保持不变。") % {"n": len(not_undone)}
    return _("已全部撤销。")


def _undo_hand_over(item: Item, *, by: Account, at: datetime) -> bool:
    problem = Problem.objects.select_related("assignment", "enterprise").get(pk=item["problem"])
    if problem.assignment is None or problem.assignment.state != State.ASSIGNED:
        return False
    assignments.withdraw(problem.assignment, reason=_("批量交办撤销"), by=by, at=at)
    move_to_assignment(problem, None)
    record_event(ProblemEvent.TAKEN_BACK, subject=problem, by=by, at=at)
    return True


def _undo_category(item: Item, *, by: Account, at: datetime) -> bool:
    _set_category(item["problem"], Category(item["before"]), by=by, at=at)
    return True


def _undo_reminder(item: Item, *, by: Account, at: datetime) -> bool:
    """Withdraw the reminder: what was sent stays in the timeline, with its withdrawal."""
    task = Assignment.objects.get(pk=item["assignment"])
    reminder = item.get("event", 0)  # older bulk actions did not store which reminder was theirs
    assignments.withdraw_reminder(task, reminder=reminder, reason=_("批量催办撤销"), by=by, at=at)
    return True
