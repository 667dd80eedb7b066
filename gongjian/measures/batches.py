"""Measures of a batch (批次): the problems handed over between two days, as they stand now; closing quality counts them.

The conditions are those of `problems/closing_quality`, from which the rates are made too.
"""

from django.db.models import Q
from django.utils.translation import gettext_noop

from gongjian.assignments.states import State
from gongjian.measures.lights import Condition
from gongjian.measures.measure import Measure, Scope
from gongjian.measures.states import Counts, Days
from gongjian.problems.closing_quality.queries import conditions


def _in_batch(name: str) -> Condition:
    def condition(scope: Scope) -> Q:
        batch = Q(assignment__isnull=False) & ~Q(assignment__state=State.WITHDRAWN)
        return batch & scope.moments("assignment__handed_over_at") & conditions(scope.today)[name]

    return condition


KEYS = {
    "handed": "handed_over",
    "late": "ever_overdue",
}  # where a number of closing quality has a key of its own


def key_of(number: str) -> str:
    """The key of the measure behind a number of closing quality."""
    return KEYS.get(number, f"batch_{number}")


_TOLD = {
    "finished": (
        gettext_noop("本批已办结"),
        gettext_noop("这一批交办的问题中，现在等核查、等销号或已销号的。"),
    ),
    "on_time": (gettext_noop("本批按期办结"), gettext_noop("这一批中已办结、办结那天没有过办理时限的。")),
    "owed": (
        gettext_noop("本批应办结"),
        gettext_noop("这一批中已办结的，加上办理时限已过还没有办结的；挂账和撤回的不算。"),
    ),
    "late": (
        gettext_noop("曾超期"),
        gettext_noop("这一批中办结时已过办理时限的，加上办理时限已过还没有办结的；挂账和撤回的不算。"),
    ),
    "solved": (gettext_noop("本批已解决"), gettext_noop("这一批中已办结、办理结果为“已解决”的。")),
    "explained": (gettext_noop("本批解释说明"), gettext_noop("这一批中已办结、办理结果为“解释说明”的。")),
    "deferred": (gettext_noop("本批暂缓解决"), gettext_noop("这一批中已办结、办理结果为“暂缓解决”的。")),
    "confirmed": (
        gettext_noop("本批已解决且企业认可"),
        gettext_noop("这一批中办理结果为“已解决”、企业最近一次评价满意或基本满意的。"),
    ),
    "closed": (gettext_noop("本批已销号"), gettext_noop("这一批中现在已销号的。")),
    "spoken": (gettext_noop("本批有企业评价"), gettext_noop("这一批中企业至少评价过一次的。")),
    "content": (
        gettext_noop("最近评价满意或基本满意"),
        gettext_noop("这一批中企业最近一次评价满意或基本满意的。"),
    ),
    "unhappy": (gettext_noop("最近评价不满意"), gettext_noop("这一批中企业最近一次评价不满意的。")),
    "reopened": (gettext_noop("重新交办过"), gettext_noop("这一批中办到第二轮或以后的，不论何时重新交办。")),
    "passed_on": (gettext_noop("改派过"), gettext_noop("这一批中派单两次或以上的。")),
    "signed_in_time": (
        gettext_noop("本批按期签收"),
        gettext_noop("这一批中现承办单位在签收时限内签收的；没有签收时限的不算。"),
    ),
    "sign_owed": (
        gettext_noop("本批应签收"),
        gettext_noop("这一批中有签收时限并已签收的，加上签收时限已过还没有签收的。"),
    ),
    "proxied": (
        gettext_noop("有代办动作"),
        gettext_noop("这一批中攻坚办替现承办单位签收、反馈、办结或提出申请的。"),
    ),
    "signed_in_time_alone": (
        gettext_noop("本批按期签收（不含代签收）"),
        gettext_noop("本批按期签收的问题中，签收不是攻坚办代办的。"),
    ),
    "sign_owed_alone": (
        gettext_noop("本批应签收（不含代签收）"),
        gettext_noop("本批应签收的问题中，签收不是攻坚办代办的。"),
    ),
    "on_time_alone": (
        gettext_noop("本批按期办结（不含代办结）"),
        gettext_noop("本批按期办结的问题中，办结不是攻坚办代办的。"),
    ),
    "owed_alone": (
        gettext_noop("本批应办结（不含代办结）"),
        gettext_noop("本批应办结的问题中，办结不是攻坚办代办的。"),
    ),
    "confirmed_alone": (
        gettext_noop("本批已解决且企业认可（不含代办结）"),
        gettext_noop("本批已解决且企业认可的问题中，办结不是攻坚办代办的。"),
    ),
    "finished_alone": (
        gettext_noop("本批已办结（不含代办结）"),
        gettext_noop("本批已办结的问题中，办结不是攻坚办代办的。"),
    ),
    "content_alone": (
        gettext_noop("最近评价满意或基本满意（不含代办结）"),
        gettext_noop("最近评价满意或基本满意的问题中，办结不是攻坚办代办的。"),
    ),
    "spoken_alone": (
        gettext_noop("本批有企业评价（不含代办结）"),
        gettext_noop("本批有企业评价的问题中，办结不是攻坚办代办的。"),
    ),
    "by_signed_slip": (
        gettext_noop("签字交办单评价"),
        gettext_noop("这一批中企业最近一次评价写在签字交办单上的。"),
    ),
    "by_code": (gettext_noop("评价码评价"), gettext_noop("这一批中企业最近一次评价用一次性评价码的。")),
    "by_call_back": (
        gettext_noop("电话回访评价"),
        gettext_noop("这一批中企业最近一次评价由电话回访得来的。"),
    ),
    "by_account": (gettext_noop("企业账号评价"), gettext_noop("这一批中企业最近一次评价用企业账号的。")),
}
BATCHES = tuple(
    Measure(key_of(number), label, told, Counts.PROBLEMS, Days.BATCH, _in_batch(number))
    for number, (label, told) in _TOLD.items()
)
