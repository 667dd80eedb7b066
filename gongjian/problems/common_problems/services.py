"""The verbs of common problems (共性问题): confirm, edit, split, one measure for all, tell every firm when it lands."""

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
from gongjian.audit.services import record
from gongjian.notices import services as notices
from gongjian.notices.states import NoticeKind
from gongjian.people.models import Account, Area
from gongjian.problems import perms
from gongjian.problems.closing.services import close
from gongjian.problems.events import ProblemEvent
from gongjian.problems.hand_over.services import hand_over, join
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.states import CommonState

LEAST = 2  # problems that can be common
SHOWN = 80
LANDED = gettext_noop("您反映的“%(title)s”等共性问题，措施已经落地：%(result)s")


@transaction.atomic
def confirm(problems: Sequence[Problem], *, title: str, by: Account, at: datetime) -> CommonProblem:
    """These say the same (确认共性问题)."""
    members = _free(problems, by=by)
    common = CommonProblem.objects.create(
        title=_title(title), area=_area(members), confirmed_by=by, confirmed_at=at
    )
    Problem.objects.filter(pk__in=[one.pk for one in members]).update(common=common)
    record(ProblemEvent.COMMON_CONFIRMED, subject=common, by=by, at=at, **_told(members))
    return common


@transaction.atomic
def dismiss(problems: Sequence[Problem], *, reason: str, by: Account, at: datetime) -> CommonProblem:
    """Alike in words only (不是共性问题): not proposed again, each goes on by itself."""
    members = _free(problems, by=by)
    reason = required_text(reason, _("请写明为什么不是共性问题，以后不再提示。"), field="reason")
    common = CommonProblem.objects.create(
        title=members[0].text[:40],
        state=CommonState.DISMISSED,
        area=_area(members),
        confirmed_by=by,
        confirmed_at=at,
    )
    Problem.objects.filter(pk__in=[one.pk for one in members]).update(common=common)
    record(
        ProblemEvent.COMMON_DISMISSED, subject=common, by=by, at=at, reason=reason.strip(), **_told(members)
    )
    return common


def _free(problems: Sequence[Problem], *, by: Account) -> list[Problem]:
    """These problems, locked, when the account may group them and none is in a group yet."""
    keys = [one.pk for one in problems]
    found = list(
        Problem.objects.select_for_update(of=("self",))
        .select_related("area")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    if len(found) < LEAST:
        raise Refused(_("共性问题至少要有两个问题。请多勾选几个。"), field="rows")
    for one in found:
        perms.check_group(by, one.area)
        if one.common_id is not None:
            raise Refused(
                _("%(number)s 已经归入其他共性问题。请先从那里移出。") % {"number": one.number}, field="rows"
            )
    return found


def _title(title: str) -> str:
    title = required_text(title, _("请给共性问题起一个标题，一句话说清。"), field="title")
    return title[:SHOWN]


def _area(members: Sequence[Problem]) -> Area:
    """The smallest area that holds them all."""
    paths = [one.area.path for one in members]
    length = min(len(path) for path in paths)
    while length and len({path[:length] for path in paths}) > 1:
        length -= Area.steplen
    found: Area = Area.objects.get(path=paths[0][:length])
    return found


def _told(members: Iterable[Problem]) -> dict[str, Any]:
    numbers = [one.number for one in members]
    return {"count": len(numbers), "numbers": "、".join(numbers)}


def _locked(common: CommonProblem, *, by: Account) -> CommonProblem:
    rows = CommonProblem.objects.select_for_update(of=("self",)).select_related(
        "area", "assignment__lead_unit"
    )
    found = rows.get(pk=common.pk)
    perms.check_group(by, found.area)
    return found


@transaction.atomic
def rename(common: CommonProblem, *, title: str, by: Account, at: datetime) -> CommonProblem:
    """A better title."""
    common = _locked(common, by=by)
    common.title = _title(title)
    common.save(update_fields=["title"])
    record(ProblemEvent.COMMON_RENAMED, subject=common, by=by, at=at, title=common.title)
    return common


@transaction.atomic
def join_common(common: CommonProblem, problem: Problem, *, by: Account, at: datetime) -> CommonProblem:
    """One more of the same (并入共性问题); where the measure is under way it is handed over with it."""
    common = _locked(common, by=by)
    if common.state == CommonState.DISMISSED:
        raise Refused(_("这一组已判定不是共性问题，不能并入。请另行确认。"))
    found = Problem.objects.select_for_update(of=("self",)).select_related("area").get(pk=problem.pk)
    perms.check_group(by, found.area)
    if found.common_id is not None:
        raise Refused(_("%(number)s 已经归入其他共性问题。请先从那里移出。") % {"number": found.number})
    found.common = common
    found.save(update_fields=["common"])
    task = common.assignment
    if task is not None and task.state in RUNNING and perms.can_hand_over(by, found):
        join(found, task, by=by, at=at)
    widened = _area([*common.members.select_related("area"), found])
    if widened.pk != common.area_id:
        common.area = widened
        common.save(update_fields=["area"])
    record(ProblemEvent.COMMON_JOINED, subject=common, by=by, at=at, **_told([found]))
    return common


@transaction.atomic
def split(common: CommonProblem, problems: Sequence[Problem], *, by: Account, at: datetime) -> CommonProblem:
    """Not the same after all (移出): what was handed over with the measure stays with it."""
    common = _locked(common, by=by)
    leaving = list(common.members.filter(pk__in=[one.pk for one in problems]).order_by("pk"))
    if not leaving:
        raise Refused(_("请勾选要移出的问题。"), field="rows")
    common.members.filter(pk__in=[one.pk for one in leaving]).update(common=None)
    record(ProblemEvent.COMMON_SPLIT, subject=common, by=by, at=at, **_told(leaving))
    return common


@transaction.atomic
def take_measure(common: CommonProblem, *, by: Account, at: datetime, **facts: Any) -> CommonProblem:
    """One assignment for all members not yet handed over (统一交办); `facts` as for a hand-over."""
    common = _locked(common, by=by)
    if common.state != CommonState.CONFIRMED:
        raise Refused(_("这个共性问题已经统一交办过，或已判定不是共性问题。请刷新页面。"))
    loose = list(
        common.members.filter(assignment__isnull=True, answered_on__isnull=True)
        .select_related("area")
        .order_by("pk")
    )
    if not loose:
        raise Refused(_("成员都已单独交办或答复，没有可以统一交办的问题。请并入新的问题后再试。"))
    task = hand_over(loose[0], **facts, on_the_spot=False, by=by, at=at)
    for problem in loose[1:]:
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
        count=len(loose),
    )
    return common


@transaction.atomic
def land(common: CommonProblem, *, result: str, by: Account, at: datetime) -> CommonProblem:
    """The measure has landed (措施落地): every member firm is told, in the product or from the printed list."""
    common = _locked(common, by=by)
    task = common.assignment
    if common.state != CommonState.MEASURE or task is None or task.state not in (*WAITING, State.CLOSED):
        raise Refused(_("承办单位办结以后，才能登记措施落地。请等任务办结。"))
    result = required_text(result, _("请写明出台了什么措施、企业怎样享受。"), field="result")
    common.state, common.landed_on, common.result = CommonState.LANDED, timezone.localdate(at), result.strip()
    common.save(update_fields=["state", "landed_on", "result"])
    reached = common.members.filter(enterprise__accounts__account__is_active=True)
    common.members.filter(pk__in=reached.values("pk")).update(told_on=common.landed_on)
    firms = reached.order_by().values("enterprise").distinct().count()
    record(
        ProblemEvent.COMMON_LANDED, subject=common, by=by, at=at, firms=firms, result=common.result[:SHOWN]
    )
    notices.notify(
        to=Account.objects.filter(speaks_for__enterprise__problems__common=common, is_active=True).distinct(),
        key=f"common:{common.pk}:landed",
        kind=NoticeKind.MEASURE,
        sentence=LANDED,
        values={"title": common.title, "result": common.result[:SHOWN]},
        subject=common,
        by=by,
        at=at,
    )
    return common


@transaction.atomic
def mark_told(
    common: CommonProblem, problems: Sequence[Problem], *, by: Account, at: datetime
) -> CommonProblem:
    """These member firms were told outside the product (登记告知): by telephone, on paper, at a meeting."""
    common = _locked(common, by=by)
    if common.state != CommonState.LANDED:
        raise Refused(_("登记措施落地以后，才能登记告知。"))
    rows = common.members.filter(pk__in=[one.pk for one in problems], told_on__isnull=True)
    firms = list(rows.order_by().values_list("enterprise", flat=True).distinct())
    if not firms:
        raise Refused(_("请勾选还没有登记告知的企业。"), field="rows")
    common.members.filter(enterprise__in=firms, told_on__isnull=True).update(told_on=timezone.localdate(at))
    record(ProblemEvent.COMMON_TOLD, subject=common, by=by, at=at, firms=len(firms))
    return common


@transaction.atomic
def close_measure(common: CommonProblem, *, by: Account, at: datetime) -> CommonProblem:
    """The whole measure is struck off (整体销号), by the rule of any of its problems."""
    common = _locked(common, by=by)
    first = common.members.filter(assignment=common.assignment_id).order_by("pk").first()
    if common.assignment_id is None or first is None:
        raise Refused(_("还没有统一交办，没有可以销号的措施。"))
    close(first, by=by, at=at)
    return common
