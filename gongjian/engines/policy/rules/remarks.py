"""What is worth a look in a rule that can be read (留意): no fault, but seldom meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongjian.engines.policy.facts.catalogue import Kind
from gongjian.engines.policy.rules.facts_used import facts_used, titles_asked
from gongjian.engines.policy.rules.policy import Policy, Stacking

REMARK_MESSAGES: dict[str, str] = {
    "unconfirmed": "还没有与文件核对：%(note)s",
    "no_cases": "没有用例。请至少写一个符合的和一个不符合的。",
    "one_sided": "用例里没有一个%(verdict)s的。",
    "unusual_title": "资质“%(title)s”不在数据目录的常用名称里。请核对写法，或在数据目录的 usual 里加上。",
    "alone_in_group": "“%(group)s”组里只有这一项政策。请核对组名。",
}
VERDICT_MESSAGES = {"MEETS": "符合", "FAILS": "不符合"}


@dataclass(frozen=True)
class Remark:
    """One remark; `code` selects its sentence in REMARK_MESSAGES, `facts` fills it."""

    code: str
    facts: dict[str, str]


def remarks_on(policy: Policy, policies: Sequence[Policy]) -> Iterator[Remark]:
    """The remarks on a policy among others."""
    if not policy.confirmed:
        yield Remark("unconfirmed", {"note": policy.confirm_note})
    yield from _on_cases(policy)
    usual = {title for fact in facts_used(policy) if fact.kind is Kind.SET for title in fact.usual}
    for title in titles_asked([policy]) if usual else ():
        if title not in usual:
            yield Remark("unusual_title", {"title": title})
    if policy.group is not None and policy.group.rule is Stacking.BEST:
        name = policy.group.name
        if sum(other.group is not None and other.group.name == name for other in policies) == 1:
            yield Remark("alone_in_group", {"group": name})


def _on_cases(policy: Policy) -> Iterator[Remark]:
    if not policy.cases:
        yield Remark("no_cases", {})
        return
    expected = {case.expect.verdict for case in policy.cases}
    for verdict, word in VERDICT_MESSAGES.items():
        if verdict not in expected:
            yield Remark("one_sided", {"verdict": word})
