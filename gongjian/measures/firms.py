"""Measures that concern firms: verdicts under a policy, payouts (兑现), introductions (引荐), and what firms were asked (问询)."""

from django.db.models import Q
from django.utils.translation import gettext_noop

from gongjian.markets.states import IntroductionResult
from gongjian.measures.measure import Measure
from gongjian.measures.states import Counts, Days
from gongjian.policies.states import PayoutState


def _verdict(key: str, label: str, definition: str) -> Measure:
    """Firms by the verdict of the policy engine, which keeps them in memory: its own list shows them."""
    return Measure(key, label, definition, Counts.FIRMS, Days.NOW, None)


def _payouts(state: PayoutState, label: str, definition: str) -> Measure:
    key = f"payouts_{state.value.lower()}"
    return Measure(key, label, definition, Counts.PAYOUTS, Days.NOW, lambda _scope: Q(state=state))


def _introductions(result: IntroductionResult, label: str, definition: str) -> Measure:
    key = f"introductions_{result.value.lower()}"
    return Measure(key, label, definition, Counts.INTRODUCTIONS, Days.NOW, lambda _scope: Q(result=result))


FIRMS = (
    _verdict(
        "policy_meets",
        gettext_noop("符合政策的企业"),
        gettext_noop("看得到的企业中，按一项政策现行版的条件今天判为符合的。"),
    ),
    _verdict(
        "policy_near",
        gettext_noop("差一点的企业"),
        gettext_noop("看得到的企业中，按一项政策现行版的条件今天不符合、但离门槛很近的。"),
    ),
    _verdict(
        "policy_unknown",
        gettext_noop("缺数据的企业"),
        gettext_noop("看得到的企业中，缺了数据、今天判不出符合与否的。"),
    ),
    _verdict(
        "policy_fails",
        gettext_noop("不符合政策的企业"),
        gettext_noop("看得到的企业中，按一项政策现行版的条件今天判为不符合、离门槛也不近的。"),
    ),
    _payouts(
        PayoutState.APPLIED, gettext_noop("已申报的兑现"), gettext_noop("已申报或列入、还没有核准的兑现。")
    ),
    _payouts(PayoutState.APPROVED, gettext_noop("已核准的兑现"), gettext_noop("已核准、还没有拨付的兑现。")),
    _payouts(PayoutState.PAID, gettext_noop("已拨付的兑现"), gettext_noop("已记拨付的兑现。")),
    _payouts(PayoutState.RETURNED, gettext_noop("已退回的兑现"), gettext_noop("已退回、不再办理的兑现。")),
    _introductions(
        IntroductionResult.PENDING, gettext_noop("待对接的引荐"), gettext_noop("还没有登记对接结果的引荐。")
    ),
    _introductions(
        IntroductionResult.CONTACTED, gettext_noop("已联系的引荐"), gettext_noop("对接结果为“已联系”的引荐。")
    ),
    _introductions(
        IntroductionResult.SAMPLED, gettext_noop("已送样的引荐"), gettext_noop("对接结果为“已送样”的引荐。")
    ),
    _introductions(
        IntroductionResult.ORDERED, gettext_noop("已成交的引荐"), gettext_noop("对接结果为“已成交”的引荐。")
    ),
    _introductions(
        IntroductionResult.NOTHING, gettext_noop("未成的引荐"), gettext_noop("对接结果为“未成”的引荐。")
    ),
    Measure(
        "askings",
        gettext_noop("问询次数"),
        gettext_noop("期间向企业或单位要数、要材料、要评价的次数；一次问几项都是一次。"),
        Counts.ASKINGS,
        Days.PERIOD,
        lambda scope: scope.days("on"),
    ),
)
