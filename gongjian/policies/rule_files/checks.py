"""Checks whether a rule can be read and whether its cases pass (检查规则)."""

from dataclasses import dataclass
from functools import cache, lru_cache

from django.utils.translation import gettext as _

from gongjian.engines import policy
from gongjian.engines.policy.language.errors import ADVICE_MESSAGES, FAULT_MESSAGES
from gongjian.enterprises.facts.catalogue import FILE
from gongjian.policies.rule_files.queries import LONGEST


@dataclass(frozen=True)
class FaultLine:
    """One fault of a rule: its place, what is wrong and what to do, in the language of the page."""

    line: int
    column: int
    message: str
    advice: str


@dataclass(frozen=True)
class CaseCheck:
    """One case of a rule: whether it passed, each difference from what it expects as a sentence, and the case itself."""

    name: str
    passed: bool
    differences: tuple[str, ...] = ()
    case: policy.Case | None = None


@dataclass(frozen=True)
class RuleCheck:
    """The result of a check: faults, or the rule with its cases."""

    faults: tuple[FaultLine, ...]
    cases: tuple[CaseCheck, ...] = ()
    rule: policy.Policy | None = None


@cache
def facts_catalogue() -> policy.Catalogue:
    """The catalogue of facts (数据目录) as the engine reads it."""
    return policy.Catalogue.load(FILE)


@lru_cache(maxsize=512)
def _read(text: str) -> policy.Policy | tuple[policy.Fault, ...]:
    try:
        return policy.read_policy(text, catalogue=facts_catalogue())
    except policy.BadRule as bad:
        return bad.faults


def read_rule(text: str) -> policy.Policy | None:
    """The rule of a YAML text; None when it cannot be read."""
    rule_or_faults = _read(text)
    return rule_or_faults if isinstance(rule_or_faults, policy.Policy) else None


def check_text(text: str) -> RuleCheck:
    """The faults of a rule file, or the results of its cases when it has none."""
    if len(text) > LONGEST:
        return RuleCheck((FaultLine(1, 1, _("规则太长。"), _("请拆成几项政策。")),))
    rule_or_faults = _read(text)
    if isinstance(rule_or_faults, tuple):
        return RuleCheck(tuple(_fault_line(fault) for fault in rule_or_faults))
    return RuleCheck((), _run_cases(rule_or_faults), rule_or_faults)


def _fault_line(fault: policy.Fault) -> FaultLine:
    message, advice = FAULT_MESSAGES[fault.code], ADVICE_MESSAGES[fault.code]
    return FaultLine(fault.line, fault.column, _(message) % fault.facts, _(advice) % fault.facts)


def _run_cases(rule: policy.Policy) -> tuple[CaseCheck, ...]:
    """The result of every case; empty for a rule that names other policies, which are not at hand here."""
    try:
        results = policy.run_cases(rule, others=())
    except policy.BadRule:
        return ()
    return tuple(
        CaseCheck(result.name, result.passed, tuple(_difference(d) for d in result.differences), result.case)
        for result in results
    )


def _difference(difference: policy.Difference) -> str:
    words = {
        "verdict": _("结论"),
        "certain": _("确定金额"),
        "possible": _("可能金额"),
        "missing": _("缺的数据"),
        "near": _("差一点"),
    }
    facts = {
        "what": words.get(difference.what, difference.what),
        "wanted": difference.wanted,
        "found": difference.found,
    }
    return _("%(what)s应为 %(wanted)s，算出来是 %(found)s") % facts
