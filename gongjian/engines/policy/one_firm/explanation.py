"""The explanation of one policy for one firm (说明): verdict, amounts, failed clauses, missing data, near misses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.facts.row import Row
from gongjian.engines.policy.one_firm.amounts import Amounts
from gongjian.engines.policy.one_firm.clauses import ClauseEvaluator
from gongjian.engines.policy.one_firm.closures import FAILS, VERDICTS, Closures
from gongjian.engines.policy.one_firm.near_misses import GapFinder
from gongjian.engines.policy.rules.policy import Clause, Policy, Verdict


class ExplainedPlan(Protocol):
    """What an explanation asks of the plan that made it; `Plan` has all of it."""

    @property
    def numbers(self) -> dict[str, int]: ...
    @property
    def clauses(self) -> tuple[tuple[int, ...], ...]: ...
    @property
    def clause_evaluator(self) -> ClauseEvaluator: ...
    @property
    def closures(self) -> Closures: ...
    @property
    def gap_finder(self) -> GapFinder: ...
    def amounts(self, bound: b.BoundPolicy, row: Row) -> Amounts: ...


@dataclass(frozen=True)
class ConditionAnswer:
    """One comparison of a clause: both sides, the distance between them, their unit, the missing columns.

    `matters`: whether the verdict of the clause depends on it (False for the alternatives of an OR that do not count).
    """

    text: str
    verdict: Verdict
    value: Decimal | date | None
    threshold: Decimal | date | None
    distance: Decimal | None
    unit: str
    missing: tuple[str, ...]
    matters: bool


@dataclass(frozen=True)
class ClauseAnswer:
    """The verdict of one clause, with its conditions."""

    clause: Clause
    verdict: Verdict
    conditions: tuple[ConditionAnswer, ...]


@dataclass(frozen=True)
class NearMiss:
    """A number that would have to change, with what it brings and until when. Of several for one policy, all have to change."""

    fact: str
    period: str
    have: Decimal
    need: Decimal
    gap: Decimal
    unit: str
    relative: Decimal
    clause: str
    gain: Decimal
    last_day: date | None

    @property
    def column(self) -> str:
        """The column as `fact` or `fact@period`."""
        return f"{self.fact}@{self.period}" if self.period else self.fact


@dataclass(eq=False)
class Explanation:
    """One policy explained for one firm. `certain`, `possible` in 元 to the cent; `possible` None: no upper bound.

    `missing`: the columns that would have to be known to reach a verdict or to fix the amount.
    Clauses, distances and near misses are computed when asked for.
    """

    policy: Policy
    verdict: Verdict
    certain: Decimal
    possible: Decimal | None
    missing: tuple[str, ...]
    _bound: b.BoundPolicy = field(repr=False, compare=False)
    _plan: ExplainedPlan = field(repr=False, compare=False)
    _row: Row = field(repr=False, compare=False)
    _answers: bytearray = field(repr=False, compare=False)

    @property
    def last_day(self) -> date | None:
        """The last day to act; None if there is none."""
        return self.policy.last_day

    @cached_property
    def failed(self) -> tuple[str, ...]:
        """The keys of the clauses that fail."""
        numbers = self._plan.clauses[self._plan.numbers[self.policy.code]]
        judged, places = zip(self._bound.clauses, numbers, strict=True), self._plan.clause_evaluator.places
        return tuple(clause.key for (clause, _), n in judged if self._answers[places[n]] == FAILS)

    @cached_property
    def clauses(self) -> tuple[ClauseAnswer, ...]:
        """Every clause with its conditions."""
        return tuple(self._clause(clause, tree) for clause, tree in self._bound.clauses)

    def _clause(self, clause: Clause, tree: b.Tree) -> ClauseAnswer:
        conditions = tuple(
            self._condition(leaf, matters=matters)
            for leaf, matters in self._leaves_that_matter(tree, self._judge(tree))
            if self._shows(leaf)
        )
        return ClauseAnswer(clause, VERDICTS[self._judge(tree)], conditions)

    def _leaves_that_matter(self, tree: b.Tree, verdict: int) -> Iterator[tuple[b.Leaf, bool]]:
        """Each leaf with whether every step down to it has the verdict of the clause."""
        same = self._judge(tree) == verdict
        if isinstance(tree, b.Leaf):
            yield tree, same
            return
        for part in tree.parts:
            for leaf, matters in self._leaves_that_matter(part, verdict):
                yield leaf, matters and same

    def _judge(self, tree: b.Tree) -> int:
        return self._plan.closures.tree(tree)(self._row)

    def _shows(self, leaf: b.Leaf) -> bool:
        """Whether a leaf is shown: the base of a growth rate only when it is what fails."""
        return not leaf.guard or self._judge(leaf) == FAILS

    def _condition(self, leaf: b.Leaf, *, matters: bool) -> ConditionAnswer:
        verdict = self._judge(leaf)
        distance = self._plan.gap_finder.distance(leaf, self._row, verdict)
        missing = tuple(self._plan.gap_finder.missing(leaf.test, self._row))
        return ConditionAnswer(
            leaf.text,
            VERDICTS[verdict],
            distance.value,
            distance.threshold,
            distance.distance,
            leaf.unit,
            missing,
            matters,
        )

    @cached_property
    def near(self) -> tuple[NearMiss, ...]:
        """The near misses, when the policy fails by little and only by numbers; empty otherwise."""
        if self.verdict is not Verdict.FAILS:
            return ()
        near_misses: list[NearMiss] = []
        gain = self._plan.amounts(self._bound, self._row).certain
        for clause, tree in self._bound.clauses:
            if self._judge(tree) != FAILS:
                continue
            gaps = self._plan.gap_finder.gaps(tree, self._row, self._judge)
            if gaps is None:
                return ()
            for gap in gaps:
                source = gap.source
                near_misses.append(
                    NearMiss(
                        source.key,
                        str(source.period or ""),
                        gap.have,
                        gap.need,
                        gap.gap,
                        source.unit,
                        Decimal(str(round(float(gap.relative), 4))),
                        clause.key,
                        gain,
                        self.policy.last_day,
                    )
                )
        return tuple(dict.fromkeys(near_misses))
