"""Measures of the office's own desk: drafts (草稿), complaints (投诉建议), sample call-backs (抽样回访), unread notices."""

from django.db.models import F, Q
from django.utils.translation import gettext_noop

from gongjian.intake.models import DraftState
from gongjian.measures.lights import Condition
from gongjian.measures.measure import Measure, Scope
from gongjian.measures.states import Counts, Days
from gongjian.notices.queries import UNREAD
from gongjian.problems.closing_quality.queries import GOOD
from gongjian.problems.states import CallBackResult


def _complaints(key: str, label: str, definition: str, condition: Condition) -> Measure:
    """Complaints that came in during a period, as they stand now."""
    return Measure(
        key,
        label,
        definition,
        Counts.COMPLAINTS,
        Days.PERIOD,
        lambda scope: scope.days("made_on") & condition(scope),
    )


def _calls(key: str, label: str, definition: str, condition: Q) -> Measure:
    """Calls of samples whose days overlap the period."""
    return Measure(
        key, label, definition, Counts.CALLS, Days.PERIOD, lambda scope: _overlaps(scope) & condition
    )


def _overlaps(scope: Scope) -> Q:
    begun = Q(draw__last__gte=scope.first) if scope.first else Q()
    return begun & Q(draw__first__lte=scope.last) if scope.last else begun


ANSWERED = Q(result=CallBackResult.REACHED, word__isnull=False)
OFFICE = (
    Measure(
        "drafts",
        gettext_noop("草稿待确认"),
        gettext_noop("从来稿读出、还没有人确认或舍弃的草稿。"),
        Counts.DRAFTS,
        Days.NOW,
        lambda _scope: Q(state=DraftState.PENDING),
    ),
    _complaints(
        "complaints",
        gettext_noop("收到投诉建议"),
        gettext_noop("期间收到的投诉建议，匿名的也在内。"),
        lambda _scope: Q(),
    ),
    _complaints(
        "complaints_answered",
        gettext_noop("投诉建议已答复"),
        gettext_noop("期间收到的投诉建议中，现在已答复的。"),
        lambda _scope: Q(answered_on__isnull=False),
    ),
    _complaints(
        "complaints_in_time",
        gettext_noop("投诉建议按期答复"),
        gettext_noop("期间收到的投诉建议中，在答复期限内答复的。"),
        lambda _scope: Q(answered_on__lte=F("due_on")),
    ),
    _complaints(
        "complaints_late",
        gettext_noop("投诉建议超期未答复"),
        gettext_noop("期间收到的投诉建议中，答复期限已过、现在还没有答复的。"),
        lambda scope: Q(answered_on__isnull=True, due_on__lt=scope.today),
    ),
    _complaints(
        "complaints_open",
        gettext_noop("投诉建议待答复"),
        gettext_noop("期间收到的投诉建议中，还没有答复、答复期限也没有过的。"),
        lambda scope: Q(answered_on__isnull=True, due_on__gte=scope.today),
    ),
    _complaints(
        "complaints_nameless",
        gettext_noop("匿名投诉建议"),
        gettext_noop("期间收到的投诉建议中，没有留名的。"),
        lambda _scope: Q(made_by__isnull=True),
    ),
    _complaints(
        "complaints_reopened",
        gettext_noop("投诉建议重开过"),
        gettext_noop("期间收到的投诉建议中，投诉人不同意答复、重开过的。"),
        lambda _scope: Q(round__gt=1),
    ),
    _calls(
        "calls_reached",
        gettext_noop("接通的抽样回访"),
        gettext_noop("统计日期与期间有重叠的抽样中，已接通、企业作了评价的回访。"),
        ANSWERED,
    ),
    _calls(
        "calls_content",
        gettext_noop("回访满意或基本满意"),
        gettext_noop("接通的抽样回访中，企业当时评价满意或基本满意的。"),
        ANSWERED & Q(word__satisfaction__in=GOOD),
    ),
    Measure(
        "unread",
        gettext_noop("未读通知"),
        gettext_noop("发给本账号或本单位、还没有看过也没有撤回的通知。"),
        Counts.NOTICES,
        Days.NOW,
        lambda _scope: UNREAD,
    ),
)
