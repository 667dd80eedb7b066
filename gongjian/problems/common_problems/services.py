"""Common problems (共性问题): confirm or dismiss a group, change it, take one measure for all, close it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongjian.assignments.states import RUNNING, WAITING, State
from gongjian.audit import Refused, required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.services import record
from gongjian.engines.writing.excerpts import excerpt
from gongjian.notices import services as notices
from gongjian.notices.states import NoticeKind
from gongjian.people.models import Account
from gongjian.people.queries import smallest_common
from gongjian.problems import perms
from gongjian.problems.closing.services import close
from gongjian.problems.events import ProblemEvent
from gongjian.problems.hand_over.services import hand_over, join
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.states import CommonState

LEAST_MEMBERS = 2  # problems of a common problem
LONGEST = 80  # characters of a title, and of a result in an event or a notice
LANDED = gettext_noop("您反映的“%(title)s”等共性问题，措施已经落地：%(result)s")


@transaction.atomic
def confirm(problems: Sequence[Problem], *, title: str, by: Account, at: datetime) -> CommonProblem:
    """Confirm that these problems are one matter (确认共性问题)."""
    members = _lock_ungrouped(problems, by=by)
    common = CommonProblem.objects.create(
        title=_title(title),
        area=smallest_common(problem.area for problem in members),
        confirmed_by=by,
        confirmed_at=at,
    )
    Problem.objects.filter(pk__in=[problem.pk for problem in members]).update(common=common)
    record(ProblemEvent.COMMON_CONFIRMED, subject=common, by=by, at=at, **_event_data(members))
    return common


@transaction.atomic
def dismiss(problems: Sequence[Problem], *, reason: str, by: Account, at: datetime) -> CommonProblem:
    """Note that these problems only read alike (不是共性问题).

    They are not proposed again; each is handled by itself.
    """
    members = _lock_ungrouped(problems, by=by)
    reason = required_text(reason, _("请写明为什么不是共性问题，以后不再提示。"), field="reason")
    common = CommonProblem.objects.create(
        title=members[0].text[:40],
        state=CommonState.DISMISSED,
        area=smallest_common(problem.area for problem in members),
        confirmed_by=by,
        confirmed_at=at,
    )
    Problem.objects.filter(pk__in=[problem.pk for problem in members]).update(common=common)
    record(
        ProblemEvent.COMMON_DISMISSED,
        subject=common,
        by=by,
        at=at,
        reason=reason.strip(),
        **_event_data(members),
    )
    return common


def _lock_ungrouped(problems: Sequence[Problem], *, by: Account) -> list[Problem]:
    """These problems, locked.

    Refused unless the account may group them and none is in a common problem yet.
    """
    keys = [problem.pk for problem in problems]
    members = list(
        Problem.objects.select_for_update(of=("self",))
        .select_related("area")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    if len(members) < LEAST_MEMBERS:
        raise Refused(_("共性问题至少要有两个问题。请多勾选几个。"), field="rows")
    for problem in members:
        perms.check_group(by, problem.area)
        if problem.common_id is not None:
            raise Refused(
                _("%(number)s 已经归入其他共性问题。请先从那里移出。") % {"number": problem.number},
                field="rows",
            )
    return members


def _title(title: str) -> str:
    title = required_text(title, _("请给共性问题起一个标题，一句话说清。"), field="title")
    return title[:LONGEST]


def _event_data(members: Iterable[Problem]) -> dict[str, Any]:
    numbers = [problem.number for problem in members]
    return {"count": len(numbers), "numbers": "、".join(numbers)}


def _lock(common: CommonProblem, *, by: Account) -> CommonProblem:
    rows = CommonProblem.objects.select_for_update(of=("self",)).select_related(
        "area", "assignment__lead_unit"
    )
    common = rows.get(pk=common.pk)
    perms.check_group(by, common.area)
    return common


@transaction.atomic
def rename(common: CommonProblem, *, title: str, by: Account, at: datetime) -> CommonProblem:
    """Give a common problem another title."""
    common = _lock(common, by=by)
    changes = set_fields(common, {"title": _title(title)})
    common.save(update_fields=["title"])
    record(ProblemEvent.COMMON_RENAMED, subject=common, by=by, at=at, title=common.title, **changes)
    return common


@transaction.atomic
def join_common(common: CommonProblem, problem: Problem, *, by: Account, at: datetime) -> CommonProblem:
    """Add a problem to a common problem (并入共性问题).

    While the measure is under way the problem is handed over with it.
    """
    common = _lock(common, by=by)
    if common.state == CommonState.DISMISSED:
        raise Refused(_("这一组已判定不是共性问题，不能并入。请另行确认。"))
    problem = Problem.objects.select_for_update(of=("self",)).select_related("area").get(pk=problem.pk)
    perms.check_group(by, problem.area)
    if problem.common_id is not None:
        raise Refused(_("%(number)s 已经归入其他共性问题。请先从那里移出。") % {"number": problem.number})
    problem.common = common
    problem.save(update_fields=["common"])
    task = common.assignment
    if task is not None and task.state in RUNNING and perms.can_hand_over(by, problem):
        join(problem, task, by=by, at=at)
    area = smallest_common(one.area for one in (*common.members.select_related("area"), problem))
    if area.pk != common.area_id:
        common.area = area
        common.save(update_fields=["area"])
    record(ProblemEvent.COMMON_JOINED, subject=common, by=by, at=at, **_event_data([problem]))
    return common


@transaction.atomic
def split(common: CommonProblem, problems: Sequence[Problem], *, by: Account, at: datetime) -> CommonProblem:
    """Take problems out of a common problem (移出).

    What was handed over with the measure stays under its assignment.
    """
    common = _lock(common, by=by)
    leaving = list(common.members.filter(pk__in=[problem.pk for problem in problems]).order_by("pk"))
    if not leaving:
        raise Refused(_("请勾选要移出的问题。"), field="rows")
    common.members.filter(pk__in=[problem.pk for problem in leaving]).update(common=None)
    record(ProblemEvent.COMMON_SPLIT, subject=common, by=by, at=at, **_event_data(leaving))
    return common


@transaction.atomic
def take_measure(common: CommonProblem, *, by: Account, at: datetime, **facts: Any) -> CommonProblem:
    """Hand over all waiting members under one assignment (统一交办). `facts` are those of `hand_over`."""
    common = _lock(common, by=by)
    if common.state != CommonState.CONFIRMED:
        raise Refused(_("这个共性问题已经统一交办过，或已判定不是共性问题。请刷新页面。"))
    waiting = list(
        common.members.filter(assignment__isnull=True, answered_on__isnull=True)
        .select_related("area")
        .order_by("pk")
    )
    if not waiting:
        raise Refused(_("成员都已单独交办或答复，没有可以统一交办的问题。请并入新的问题后再试。"))
    task = hand_over(waiting[0], **facts, on_the_spot=False, by=by, at=at)
    for problem in waiting[1:]:
        join(problem, task, by=by, at=at)
    common.assignment, common.state, common.share = task, CommonState.MEASURE, settings.COMMON_SHARE
    common.save(update_fields=["assignment", "state", "share"])
    record(
        ProblemEvent.COMMON_MEASURE,
        subject=common,
        by=by,
        at=at,
        unit=task.lead_unit.name,
        number=task.number,
        count=len(waiting),
    )
    return common


@transaction.atomic
def land(common: CommonProblem, *, result: str, by: Account, at: datetime) -> CommonProblem:
    """Record that the measure has landed (措施落地). Member firms with an account are told in the product.

    The other firms are told from the printed list.
    """
    common = _lock(common, by=by)
    task = common.assignment
    if common.state != CommonState.MEASURE or task is None or task.state not in (*WAITING, State.CLOSED):
        raise Refused(_("承办单位办结以后，才能登记措施落地。请等任务办结。"))
    result = required_text(result, _("请写明出台了什么措施、企业怎样享受。"), field="result")
    common.state, common.landed_on, common.result = CommonState.LANDED, timezone.localdate(at), result.strip()
    common.save(update_fields=["state", "landed_on", "result"])
    with_account = common.members.filter(enterprise__accounts__account__is_active=True)
    common.members.filter(pk__in=with_account.values("pk")).update(told_on=common.landed_on)
    firms = with_account.order_by().values("enterprise").distinct().count()
    record(
        ProblemEvent.COMMON_LANDED,
        subject=common,
        by=by,
        at=at,
        firms=firms,
        result=excerpt(common.result, LONGEST),
    )
    notices.notify(
        to=Account.objects.filter(speaks_for__enterprise__problems__common=common, is_active=True).distinct(),
        key=f"common:{common.pk}:landed",
        kind=NoticeKind.MEASURE,
        sentence=LANDED,
        values={"title": common.title, "result": excerpt(common.result, LONGEST)},
        subject=common,
        by=by,
        at=at,
    )
    return common


@transaction.atomic
def record_told(
    common: CommonProblem, problems: Sequence[Problem], *, by: Account, at: datetime
) -> CommonProblem:
    """Record that member firms were told outside the product (登记告知), such as by telephone or on paper."""
    common = _lock(common, by=by)
    if common.state != CommonState.LANDED:
        raise Refused(_("登记措施落地以后，才能登记告知。"))
    rows = common.members.filter(pk__in=[problem.pk for problem in problems], told_on__isnull=True)
    firms = list(rows.order_by().values_list("enterprise", flat=True).distinct())
    if not firms:
        raise Refused(_("请勾选还没有登记告知的企业。"), field="rows")
    common.members.filter(enterprise__in=firms, told_on__isnull=True).update(told_on=timezone.localdate(at))
    record(ProblemEvent.COMMON_TOLD, subject=common, by=by, at=at, firms=len(firms))
    return common


@transaction.atomic
def close_measure(common: CommonProblem, *, by: Account, at: datetime) -> CommonProblem:
    """Close all problems of the measure at once (整体销号), under the rule that holds for each of them."""
    common = _lock(common, by=by)
    first = common.members.filter(assignment=common.assignment_id).order_by("pk").first()
    if common.assignment_id is None or first is None:
        raise Refused(_("还没有统一交办，没有可以销号的措施。"))
    close(first, by=by, at=at)
    return common
