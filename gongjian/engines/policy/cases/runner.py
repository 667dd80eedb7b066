"""Running the cases beside a rule (用例): what was expected and did not come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongjian.engines.policy.cases.reader import UNBOUNDED
from gongjian.engines.policy.one_firm.amounts import money
from gongjian.engines.policy.one_firm.explanation import Explanation
from gongjian.engines.policy.plan import compile_policies
from gongjian.engines.policy.rules.policy import Case, Policy


@dataclass(frozen=True)
class Difference:
    """One thing a case expected: which (verdict, certain, possible, missing, near or a clause's key), wanted, found."""

    what: str
    wanted: str
    found: str

    def __str__(self) -> str:
        return f"{self.what}: {self.wanted} ≠ {self.found}"


@dataclass(frozen=True)
class CaseResult:
    """One case; passed when there is no difference."""

    case: Case
    differences: tuple[Difference, ...]
    explanation: Explanation

    @property
    def name(self) -> str:
        """Of the case."""
        return self.case.name

    @property
    def passed(self) -> bool:
        """Everything as expected."""
        return not self.differences


def day_of(case: Case, policy: Policy) -> date:
    """The day of the question: the case's own, else the last day to act, else the first day of force."""
    return case.as_of or policy.last_day or policy.in_force_from


def run_cases(policy: Policy, *, others: Sequence[Policy] = ()) -> list[CaseResult]:
    """Every case of a policy, in order."""
    plans = {
        day: compile_policies([policy], as_of=day, others=others)
        for day in {day_of(c, policy) for c in policy.cases}
    }
    results = []
    for case in policy.cases:
        (explanation,) = plans[day_of(case, policy)].explain(dict(case.facts))
        results.append(CaseResult(case, tuple(_differences(case, explanation)), explanation))
    return results


def _differences(case: Case, explanation: Explanation) -> list[Difference]:
    pairs: dict[str, tuple[object, object]] = {}
    expect = case.expect
    if expect.verdict is not None:
        pairs["verdict"] = (expect.verdict, explanation.verdict)
    if expect.certain is not None:
        pairs["certain"] = (money(expect.certain), explanation.certain)
    if expect.possible is not None:
        wanted = None if isinstance(expect.possible, str) else money(expect.possible)
        pairs["possible"] = (wanted, explanation.possible)
    if expect.missing is not None:
        pairs["missing"] = (expect.missing, tuple(sorted(explanation.missing)))
    if expect.near is not None:
        gaps = tuple(sorted((near.column, near.gap) for near in explanation.near))
        pairs["near"] = (expect.near, gaps)
    answers = {answer.clause.key: answer.verdict for answer in explanation.clauses} if expect.clauses else {}
    for key, verdict in expect.clauses:
        pairs[key] = (verdict, answers[key])
    return [Difference(what, _in_yaml(w), _in_yaml(f)) for what, (w, f) in pairs.items() if w != f]


def _in_yaml(value: object) -> str:
    """A value in words that stand in YAML."""
    if value is None:
        return UNBOUNDED
    if isinstance(value, tuple):
        return "[" + ", ".join(f"{v[0]}: {v[1]}" if isinstance(v, tuple) else str(v) for v in value) + "]"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
