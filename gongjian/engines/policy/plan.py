"""Policies ready to be applied (方案): bound to a day, with every distinct condition found once."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.binding.binder import bind
from gongjian.engines.policy.facts.row import Row, RowLayout, Value
from gongjian.engines.policy.one_firm.amounts import Amounts, BenefitForFirm, Span, money
from gongjian.engines.policy.one_firm.clauses import ClauseEvaluator
from gongjian.engines.policy.one_firm.closures import FAILS, MEETS, UNKNOWN, VERDICTS, Closures
from gongjian.engines.policy.one_firm.explanation import Explanation
from gongjian.engines.policy.one_firm.near_misses import GapFinder
from gongjian.engines.policy.rules.facts_used import facts_used
from gongjian.engines.policy.rules.library import check_library, on_day
from gongjian.engines.policy.rules.policy import Policy, Verdict
from gongjian.engines.policy.tables.results import Outcome, PartialPlan
from gongjian.engines.policy.tables.table import Table
from gongjian.engines.policy.tables.verdicts import Program

ZERO = Decimal("0.00")
ALWAYS_MEETS = bytes([MEETS])  # put behind the answers, so that a policy without clauses is met
KEPT_PARTIAL_PLANS = 64  # partial plans kept, one per set of changed columns


class Plan:
    """Policies bound to a day. Make one with `compile_policies`; it never changes.

    `columns`: every column a condition or an amount reads, by canonical name (`key` or `key@period`).
    """

    def __init__(self, bound: Sequence[b.BoundPolicy], *, as_of: date, english: Mapping[str, str]) -> None:
        self.bound = tuple(bound)
        self.as_of = as_of
        self.english = english
        self.policies = tuple(each.policy for each in self.bound)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Policy code -> its number in the plan."""
        return {policy.code: n for n, policy in enumerate(self.policies)}

    @cached_property
    def layout(self) -> RowLayout:
        """The columns in their order, each after those it is computed from."""
        return RowLayout(_all_sources(self.bound), self.english)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The canonical names of all columns."""
        return tuple(source.column for source in self.layout.sources)

    @cached_property
    def closures(self) -> Closures:
        """Makes the functions that evaluate a row."""
        return Closures(self.layout.place)

    @cached_property
    def gap_finder(self) -> GapFinder:
        """Computes distances, gaps and missing columns."""
        return GapFinder(self.layout, self.closures)

    @cached_property
    def trees(self) -> list[b.Tree]:
        """The distinct clauses."""
        return list(dict.fromkeys(tree for each in self.bound for _, tree in each.clauses))

    @cached_property
    def tests(self) -> list[b.Test]:
        """The distinct conditions."""
        return list(dict.fromkeys(leaf.test for tree in self.trees for leaf in b.leaves(tree)))

    @cached_property
    def clauses(self) -> tuple[tuple[int, ...], ...]:
        """For each policy, the numbers of its clauses among the distinct ones."""
        numbers = {tree: n for n, tree in enumerate(self.trees)}
        return tuple(tuple(numbers[tree] for _, tree in each.clauses) for each in self.bound)

    @cached_property
    def program(self) -> Program:
        """The clauses for whole tables."""
        return Program([[tree for _, tree in each.clauses] for each in self.bound])

    @cached_property
    def clause_evaluator(self) -> ClauseEvaluator:
        """The distinct clauses for one firm."""
        return ClauseEvaluator(self.trees, self.layout.place, self.closures)

    @cached_property
    def _undecided(self) -> list[Callable[[Row], list[b.FactSource]]]:
        return [self.closures.undecided(tree) for tree in self.trees]

    @cached_property
    def _benefits(self) -> list[BenefitForFirm]:
        return [BenefitForFirm(each, self.closures) for each in self.bound]

    def verdicts(self, answers: bytearray) -> NDArray[np.uint8]:
        """The verdict of every policy from the answers to the clauses: 0 fails, 1 unknown, 2 meets."""
        flat, starts = self._clauses_in_a_row
        return np.minimum.reduceat(np.frombuffer(bytes(answers) + ALWAYS_MEETS, dtype=np.uint8)[flat], starts)

    @cached_property
    def _clauses_in_a_row(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The clauses of all policies one after another, each policy closed by one that always holds; and where each begins."""
        places = self.clause_evaluator.places
        flat = [n for clauses in self.clauses for n in (*(places[c] for c in clauses), -1)]
        starts = np.cumsum([0, *(len(clauses) + 1 for clauses in self.clauses[:-1])])
        return np.array(flat, dtype=np.int64), starts

    def match(self, table: Table) -> Outcome:
        """Every policy for every firm of a table; see `Outcome`."""
        return Outcome(self, table)

    @cached_property
    def _places_read(self) -> list[frozenset[int]]:
        """For each policy, the places of all columns it reads and of those they are computed from."""
        place = self.layout.place
        return [
            frozenset(place[name] for name in RowLayout(_all_sources([each]), {}).place)
            for each in self.bound
        ]

    @cached_property
    def _partial_plans(self) -> dict[frozenset[int], PartialPlan]:
        return {}

    def plan_reading(self, places: frozenset[int]) -> PartialPlan:
        """The policies that read any of these columns, as a plan of their own; the last few are kept."""
        partial = self._partial_plans.get(places)
        if partial is None:
            policies = [n for n, read in enumerate(self._places_read) if read & places]
            plan = self.plan_of_numbers(policies)
            where = tuple(self.layout.place[source.column] for source in plan.layout.sources)
            if len(self._partial_plans) >= KEPT_PARTIAL_PLANS:
                self._partial_plans.clear()
            partial = PartialPlan(np.array(policies, dtype=np.int64), plan, where)
            self._partial_plans[places] = partial
        return partial

    def plan_of(self, code: str) -> "Plan":
        """A plan of the one policy with this code. Raises KeyError."""
        return self.plan_of_numbers([self.numbers[code]])

    def plan_of_numbers(self, numbers: Sequence[int]) -> "Plan":
        """A plan of the policies with these numbers, bound as they are here."""
        return Plan([self.bound[n] for n in numbers], as_of=self.as_of, english=self.english)

    def with_version(self, policy: Policy, *, others: Sequence[Policy] = ()) -> "Plan":
        """The plan with another version of one policy, found by its code. Raises KeyError or BadRule."""
        place = self.numbers[policy.code]
        policies = [*self.policies]
        policies[place] = policy
        return self.with_policies(policies, {place} | self.dependents(policy.code), others=others)

    def dependents(self, code: str) -> set[int]:
        """The numbers of the policies that ask for the verdict of this one, directly or through others."""
        policies: set[int] = set()
        codes = {code}
        while more := {
            n
            for n, p in enumerate(self.policies)
            if n not in policies and codes & {r.code for r in p.references}
        }:
            policies |= more
            codes |= {self.policies[n].code for n in more}
        return policies

    def with_policies(
        self, policies: Sequence[Policy], places: set[int], *, others: Sequence[Policy] = ()
    ) -> "Plan":
        """A plan of these policies, of which only those at `places` differ from the ones in this plan. Raises BadRule."""
        known = {p.code: p for p in (*others, *policies)}
        errors = check_library(known.values())
        if errors:
            raise errors[0]
        bound = list(self.bound)
        english = dict(self.english)
        for n in places:
            bound[n] = bind(policies[n], as_of=self.as_of, others=known)
            english |= {fact.key: fact.english for fact in facts_used(policies[n])}
        return Plan(bound, as_of=self.as_of, english=english)

    def explain(self, facts: Mapping[str, Value]) -> list[Explanation]:
        """Every policy explained for one firm.

        `facts`: `key` or `key@period` (Chinese or English key) -> number in the unit of the catalogue, text, date,
        bool, or names of titles valid on the day; what is absent or None is unknown. Raises BadValue.
        """
        row = self.layout.row(facts)
        answers = self.clause_evaluator(row)
        return [
            self._explain(n, row, answers, verdict)
            for n, verdict in enumerate(self.verdicts(answers).tolist())
        ]

    def _explain(self, n: int, row: Row, answers: bytearray, verdict: int) -> Explanation:
        if verdict == FAILS:
            return Explanation(
                self.policies[n], Verdict.FAILS, ZERO, ZERO, (), self.bound[n], self, row, answers
            )
        low, high = self._benefits[n].span(row)
        amounts = _to_the_cent((low if verdict == MEETS else Fraction(0), high))
        missing = self._missing(n, row, verdict, amounts)
        return Explanation(
            self.policies[n],
            VERDICTS[verdict],
            amounts.certain,
            amounts.possible,
            missing,
            self.bound[n],
            self,
            row,
            answers,
        )

    def _missing(self, n: int, row: Row, verdict: int, amounts: Amounts) -> tuple[str, ...]:
        wanted: list[b.FactSource] = []
        if verdict == UNKNOWN:
            wanted += [source for c in self.clauses[n] for source in self._undecided[c](row)]
        if amounts.certain != amounts.possible:
            wanted += self._benefits[n].undecided(row)
        return tuple({column: None for source in wanted for column in self.layout.missing(source, row)})

    def amounts(self, bound: b.BoundPolicy, row: Row) -> Amounts:
        """What a policy brings to a firm that meets it, rounded to the cent."""
        return _to_the_cent(self._benefits[self.bound.index(bound)].span(row))

    def amount_span(self, n: int, row: Row) -> Span:
        """What policy number `n` brings to a firm that meets it, exact."""
        return self._benefits[n].span(row)


def _to_the_cent(span: Span) -> Amounts:
    low, high = span
    return Amounts(money(low), None if high is None else money(high))


def _all_sources(bound: Sequence[b.BoundPolicy]) -> list[b.FactSource]:
    sources: dict[b.FactSource, None] = {}
    for policy in bound:
        for _, tree in policy.clauses:
            sources.update(dict.fromkeys(b.sources(tree)))
        sources.update(dict.fromkeys(_amount_sources(policy)))
    return list(sources)


def _amount_sources(bound: b.BoundPolicy) -> tuple[b.FactSource, ...]:
    sources: dict[b.FactSource, None] = {}
    for part in bound.parts:
        sources.update(dict.fromkeys(b.sources(part.when)))
        sources.update(dict.fromkeys(b.sources(part.amount)))
    return tuple(sources)


def compile_policies(policies: Sequence[Policy], *, as_of: date, others: Sequence[Policy] = ()) -> Plan:
    """Bind policies to a day. `others`: further policies that MEETS('...') may name; of versions of one code that of the day counts.

    Raises BadRule when a reference names no policy or leads in a circle, or two policies share a code.
    """
    codes = {policy.code for policy in policies}
    known = [*policies, *(p for p in others if p.code not in codes)]
    errors = check_library(known)
    if errors:
        raise errors[0]
    by_code = on_day(known, as_of)
    english = {fact.key: fact.english for policy in known for fact in facts_used(policy)}
    return Plan([bind(p, as_of=as_of, others=by_code) for p in policies], as_of=as_of, english=english)


def pay(policy: Policy, facts: Mapping[str, Value], *, as_of: date, others: Sequence[Policy] = ()) -> Decimal:
    """The amount to pay to a firm in 元: the certain amount, half a cent rounded up; 0.00 unless the firm meets the policy."""
    return compile_policies([policy], as_of=as_of, others=others).explain(facts)[0].certain
