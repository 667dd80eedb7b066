"""What if (试算): two versions of a policy over the same firms: who gains, who loses, what it costs.

A slider asks again and again with one threshold changed: `WhatIf` keeps the answers to every condition it has seen, so
that only the changed one is evaluated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.plan import Plan, compile_policies
from gongjian.engines.policy.rules.policy import Policy
from gongjian.engines.policy.tables.amounts import UNBOUNDED, BenefitForTable
from gongjian.engines.policy.tables.conditions import PreparedTable
from gongjian.engines.policy.tables.results import AmountsByRow, Rows
from gongjian.engines.policy.tables.table import Bits, Table
from gongjian.engines.policy.tables.verdicts import Program, join_answers, rails_of, rows_of


@dataclass(frozen=True)
class Cost:
    """One version over all firms, in 元. `possible`: the most for those that meet it; None without an upper bound."""

    meets: int
    unknown: int
    certain: Decimal
    possible: Decimal | None


@dataclass(frozen=True)
class Change:
    """One policy in two versions. Rows of the table: `gained` meet it only in the new one, `lost` only in the old one,
    `more` and `less` meet both with another certain amount. A version that does not exist costs nothing.
    """

    code: str
    before: Cost
    after: Cost
    gained: Rows
    lost: Rows
    more: Rows
    less: Rows

    @property
    def cost(self) -> Decimal:
        """The additional certain cost of the new version; negative if it costs less."""
        return self.after.certain - self.before.certain


@dataclass(frozen=True)
class _Answer:
    meets: Bits
    maybe: Bits
    amounts: AmountsByRow

    @property
    def cost(self) -> Cost:
        counts = [int(np.bitwise_count(bits).sum(dtype=np.int64)) for bits in (self.meets, self.maybe)]
        unbounded = bool((self.amounts.possible == UNBOUNDED).any())
        possible = None if unbounded else _money(self.amounts.possible)
        return Cost(counts[0], counts[1] - counts[0], _money(self.amounts.certain), possible)


def _money(cents: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Decimal:
    return Decimal(int(cents.sum(dtype=np.int64))).scaleb(-2)


class WhatIf:
    """Compares versions of policies over one table, keeping the answers to conditions between questions."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._answers_by_test: dict[b.Test, Bits] = {}

    def compare(self, before: Plan, after: Plan) -> list[Change]:
        """The change of every policy of either plan, matched by code, in the order of the new plan."""
        codes = [p.code for p in after.policies] + [
            p.code for p in before.policies if p.code not in after.numbers
        ]
        return [self._change(code, before, after) for code in codes]

    def compare_versions(
        self, before: Policy, after: Policy, *, plan: Plan, others: Sequence[Policy] = ()
    ) -> Change:
        """The change between two versions of one policy, on the day of a plan."""
        plan_before, plan_after = (
            compile_policies([p], as_of=plan.as_of, others=others) for p in (before, after)
        )
        return _change_between(after.code, self._answer(plan_before, 0), self._answer(plan_after, 0))

    def _change(self, code: str, before: Plan, after: Plan) -> Change:
        nobody = np.zeros((self.table.rows + 7) // 8, dtype=np.uint8)
        nothing = np.zeros(0, dtype=np.int64)
        empty = _Answer(nobody, nobody, AmountsByRow(nothing, nothing, nothing))
        answers = [self._answer(p, p.numbers[code]) if code in p.numbers else empty for p in (before, after)]
        return _change_between(code, answers[0], answers[1])

    def _answer(self, plan: Plan, n: int) -> _Answer:
        bound = plan.bound[n]
        program = Program([[tree for _, tree in bound.clauses]])
        part = Plan([bound], as_of=plan.as_of, english=plan.english)
        prepared = PreparedTable(self.table, part.layout)
        for test in program.tests:
            if test not in self._answers_by_test:
                self._answers_by_test[test] = rails_of(test, prepared)
        meets, maybe = join_answers(
            program, [self._answers_by_test[test] for test in program.tests], self.table.rows
        )[0]
        rows = rows_of(meets)
        return _Answer(meets, maybe, AmountsByRow(rows, *BenefitForTable(bound, prepared)(rows)))


def _change_between(code: str, before: _Answer, after: _Answer) -> Change:
    both, first, second = np.intersect1d(
        before.amounts.rows, after.amounts.rows, assume_unique=True, return_indices=True
    )
    difference = after.amounts.certain[second] - before.amounts.certain[first]
    return Change(
        code,
        before.cost,
        after.cost,
        rows_of(after.meets & ~before.meets),
        rows_of(before.meets & ~after.meets),
        both[difference > 0],
        both[difference < 0],
    )


def compare(before: Plan, after: Plan, table: Table) -> list[Change]:
    """The changes between two plans over the same firms; see `Change`. For many questions about one table keep a `WhatIf`."""
    return WhatIf(table).compare(before, after)
