"""Whether a rule reads and its cases pass (检查规则)."""

from dataclasses import dataclass
from functools import cache, lru_cache

from django.utils.translation import gettext as _

from gongjian.engines import policy
from gongjian.engines.policy.language.errors import ADVICE_MESSAGES, FAULT_MESSAGES
from gongjian.enterprises.facts.catalogue import FILE
from gongjian.policies.rule_files.header import LONGEST


@dataclass(frozen=True)
class FaultLine:
    """One fault: where, what, and what to do, in the language of the page."""

    line: int
    column: int
    message: str
    advice: str


@dataclass(frozen=True)
class CaseResult:
    """One case of a rule: what was expected and did not come."""

    name: str
    passed: bool
    differences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What the check found; `rule` where there is no fault."""

    faults: tuple[FaultLine, ...]
    cases: tuple[CaseResult, ...] = ()
    rule: policy.Policy | None = None


@cache
def facts_catalogue() -> policy.Catalogue:
    """The one list of facts, as the engine reads it."""
    return policy.Catalogue.load(FILE)


@lru_cache(maxsize=512)
def _read(text: str) -> policy.Policy | tuple[policy.Fault, ...]:
    try:
        return policy.read_policy(text, catalogue=facts_catalogue())
    except policy.BadRule as bad:
        return bad.faults


def rule_of(text: str) -> policy.Policy | None:
    """The rule of a text; None when it cannot be read."""
    found = _read(text)
    return found if isinstance(found, policy.Policy) else None


def check_text(text: str) -> Checked:
    """Faults of a rule file, or its cases run."""
    if len(text) > LONGEST:
        return Checked((FaultLine(1, 1, _("规则太长。"), _("请拆成几项政策。")),))
    found = _read(text)
    if isinstance(found, tuple):
        return Checked(tuple(_told(fault) for fault in found))
    return Checked((), _run(found), found)


def _told(fault: policy.Fault) -> FaultLine:
    message, advice = FAULT_MESSAGES[fault.code], ADVICE_MESSAGES[fault.code]
    return FaultLine(fault.line, fault.column, _(message) % fault.facts, _(advice) % fault.facts)


def _run(rule: policy.Policy) -> tuple[CaseResult, ...]:
    """Every case; one that names another policy has to wait for the board."""
    try:
        results = policy.run_cases(rule, others=())
    except policy.BadRule:
        return ()
    return tuple(
        CaseResult(one.name, one.passed, tuple(_difference(d) for d in one.differences)) for one in results
    )


def _difference(found: policy.Difference) -> str:
    words = {
        "verdict": _("结论"),
        "certain": _("确定金额"),
        "possible": _("可能金额"),
        "missing": _("缺的数据"),
        "near": _("差一点"),
    }
    facts = {"what": words.get(found.what, found.what), "wanted": found.wanted, "found": found.found}
    return _("%(what)s应为 %(wanted)s，算出来是 %(found)s") % facts
