"""Running the cases of a rule (用例): each difference between the expected and the actual answer."""

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
    """One expectation that was not met. `what`: verdict, certain, possible, missing, near, or the key of a clause."""

    what: str
    wanted: str
    found: str

    def __str__(self) -> str:
        return f"{self.what}: {self.wanted} ≠ {self.found}"


@dataclass(frozen=True)
class CaseResult:
    """The result of one case; it passed if there are no differences."""

    case: Case
    differences: tuple[Difference, ...]
    explanation: Explanation

    @property
    def name(self) -> str:
        """The name of the case."""
        return self.case.name

    @property
    def passed(self) -> bool:
        """Whether everything was as expected."""
        return not self.differences


def day_of(case: Case, policy: Policy) -> date:
    """The day a case asks about: its own, or else the last day to act, or else the first day in force."""
    return case.as_of or policy.last_day or policy.in_force_from


def run_cases(policy: Policy, *, others: Sequence[Policy] = ()) -> list[CaseResult]:
    """The result of every case of a policy, in order."""
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
    """A value as it would be written in the YAML of a case."""
    if value is None:
        return UNBOUNDED
    if isinstance(value, tuple):
        return "[" + ", ".join(f"{v[0]}: {v[1]}" if isinstance(v, tuple) else str(v) for v in value) + "]"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
