"""The outcome of all policies for all firms (匹配结果): bitmaps and amounts of the firms concerned, never one row per pair."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.facts.row import Cell, Row, RowLayout, Value, cell
from gongjian.engines.policy.one_firm.clauses import ClauseEvaluator
from gongjian.engines.policy.one_firm.closures import FAILS, MEETS, VERDICTS
from gongjian.engines.policy.rules.policy import Policy, Verdict
from gongjian.engines.policy.tables.amounts import UNBOUNDED, BenefitForTable, Cents
from gongjian.engines.policy.tables.conditions import PreparedTable
from gongjian.engines.policy.tables.table import Bits, Table, set_bit
from gongjian.engines.policy.tables.verdicts import Program, evaluate, rows_of

Rows = NDArray[np.int64]


class MatchedPlan(Protocol):
    """What an outcome asks of the plan it belongs to; `Plan` has all of it."""

    @property
    def bound(self) -> tuple[b.BoundPolicy, ...]: ...
    @property
    def policies(self) -> tuple[Policy, ...]: ...
    @property
    def numbers(self) -> dict[str, int]: ...
    @property
    def layout(self) -> RowLayout: ...
    @property
    def program(self) -> Program: ...
    @property
    def clause_evaluator(self) -> ClauseEvaluator: ...
    def verdicts(self, answers: bytearray) -> NDArray[np.uint8]: ...
    def dependents(self, code: str) -> set[int]: ...
    def plan_of_numbers(self, numbers: Sequence[int]) -> "MatchedPlan": ...
    def plan_reading(self, places: frozenset[int]) -> "PartialPlan": ...
    def with_version(self, policy: Policy, *, others: Sequence[Policy] = ()) -> "MatchedPlan": ...


@dataclass(frozen=True)
class PartialPlan:
    """Some policies of a plan: their numbers, a plan of them alone, and the places of its columns in the layout of the whole."""

    policies: NDArray[np.int64]
    plan: MatchedPlan
    places: tuple[int, ...]


@dataclass(frozen=True)
class Count:
    """One policy over all firms. Amounts in 元; `open_amounts`: firms that meet it but whose amount is not fixed.

    `possible`: the most that those that meet it may cost; None without an upper bound.
    """

    policy: Policy
    meets: int
    unknown: int
    certain: Decimal
    possible: Decimal | None
    open_amounts: int


@dataclass(frozen=True)
class AmountsByRow:
    """The rows of one verdict and their amounts in cents (分); `possible` is UNBOUNDED (-1) without an upper bound."""

    rows: Rows
    certain: Cents
    possible: Cents


class Outcome:
    """Verdicts and amounts of one plan over one table. It keeps the table, so that a single change can be worked in.

    `rails`: uint8 [policy, rail, byte], eight firms per byte, the first in the lowest bit; rail 0: meets, rail 1: meets or
    unknown.
    """

    def __init__(self, plan: MatchedPlan, table: Table) -> None:
        self.plan = plan
        self.table = table
        self.rails = evaluate(plan.program, self.prepared)
        self._benefits = [BenefitForTable(bound, self.prepared) for bound in plan.bound]
        self._amounts: list[AmountsByRow | None] = [
            self._compute_amounts(n) for n in range(len(plan.policies))
        ]

    @cached_property
    def prepared(self) -> PreparedTable:
        """The columns of the table that the plan reads."""
        return PreparedTable(self.table, self.plan.layout)

    @property
    def firms(self) -> int:
        """The number of firms."""
        return self.table.rows

    def policy_number(self, policy: Policy | str | int) -> int:
        """The number of a policy in the plan, given as policy, code or number."""
        return (
            policy
            if isinstance(policy, int)
            else self.plan.numbers[policy if isinstance(policy, str) else policy.code]
        )

    def bits(self, policy: Policy | str | int, verdict: Verdict) -> Bits:
        """The firms of one verdict, eight per byte."""
        meets: Bits = self.rails[self.policy_number(policy), 0]
        maybe: Bits = self.rails[self.policy_number(policy), 1]
        if verdict is Verdict.MEETS:
            return meets
        if verdict is Verdict.UNKNOWN:
            return np.bitwise_and(maybe, np.invert(meets))
        result: Bits = np.invert(maybe)
        if self.firms % 8:
            result[-1] &= (1 << self.firms % 8) - 1
        return result

    def firms_of(self, policy: Policy | str | int, verdict: Verdict) -> Rows:
        """The rows of the table with one verdict, ascending."""
        return rows_of(self.bits(policy, verdict))

    def _compute_amounts(self, n: int) -> AmountsByRow:
        rows = rows_of(self.rails[n, 0])
        return AmountsByRow(rows, *self._benefits[n](rows))

    def amounts(self, policy: Policy | str | int, verdict: Verdict = Verdict.MEETS) -> AmountsByRow:
        """Rows and amounts of one verdict. Of firms that may meet the policy nothing is certain; the possible amount is computed now."""
        n = self.policy_number(policy)
        if verdict is Verdict.MEETS:
            return self._amounts_of_meeting(n)
        rows = self.firms_of(n, verdict)
        nothing = np.zeros(len(rows), dtype=np.int64)
        if verdict is Verdict.FAILS:
            return AmountsByRow(rows, nothing, nothing)
        return AmountsByRow(rows, nothing, self._benefits[n](rows)[1])

    def _amounts_of_meeting(self, n: int) -> AmountsByRow:
        """The amounts of the firms that meet a policy, computed again after a change."""
        amounts = self._amounts[n]
        if amounts is None:
            amounts = self._amounts[n] = self._compute_amounts(n)
        return amounts

    def counts(self) -> list[Count]:
        """The counts of every policy over all firms."""
        return [self._count(n) for n in range(len(self.plan.policies))]

    def _count(self, n: int) -> Count:
        meets, maybe = (int(np.bitwise_count(rail).sum(dtype=np.int64)) for rail in self.rails[n])
        amounts = self._amounts_of_meeting(n)
        open_amounts = int(np.count_nonzero(amounts.certain != amounts.possible))
        unbounded = bool(open_amounts) and bool((amounts.possible == UNBOUNDED).any())
        possible = None if unbounded else _money(amounts.possible)
        return Count(
            self.plan.policies[n], meets, maybe - meets, _money(amounts.certain), possible, open_amounts
        )

    def verdicts_of_firm(self, row: int) -> list[Verdict]:
        """The verdict of every policy for one firm, in the order of the plan."""
        byte, bit = row >> 3, row & 7
        both = (self.rails[:, :, byte] >> bit) & 1
        return [VERDICTS[value] for value in both.sum(axis=1)]

    def pairs(self, verdict: Verdict) -> Iterator[tuple[int, Policy]]:
        """Every (row, policy) of one verdict, policy by policy."""
        for n, policy in enumerate(self.plan.policies):
            for row in self.firms_of(n, verdict):
                yield int(row), policy

    def row(self, number: int) -> Row:
        """The facts of one firm as closures take them."""
        return [column.cell(number) for column in self.prepared.columns]

    def refresh_firm(self, number: int, facts: Mapping[str, Value]) -> list[int]:
        """Change some facts of one firm (None: no longer known). Returns the numbers of the policies whose verdict changed.

        Only policies that read these facts are computed again. The table is changed as well. Raises BadValue.
        """
        layout, recorded = self.plan.layout, self.prepared.recorded
        cells: dict[int, Cell] = {}
        for name, fact in facts.items():
            place = layout.names.get(name)
            if place is None:
                self.table.set_value(number, name, fact)
            else:
                cells[place] = cell(layout.kinds[place], fact)
        if not cells:
            return []
        part = self.plan.plan_reading(frozenset(cells))
        row: Row = [cells[n] if n in cells else recorded[n].cell(number) for n in part.places]
        for place, value in cells.items():
            recorded[place].set_value(number, value)
        layout = part.plan.layout
        if layout.computed:
            layout.complete(row)
            for place, _ in layout.computed:
                self.prepared.columns[part.places[place]].set_value(number, row[place])
        return self._set_verdicts(number, part, part.plan.verdicts(part.plan.clause_evaluator(row)))

    def _set_verdicts(self, number: int, part: PartialPlan, after: NDArray[np.uint8]) -> list[int]:
        """Set the bits of one firm. Amounts of policies it meets or met are computed again when next asked for."""
        byte, bit = number >> 3, number & 7
        both = self.rails[part.policies, :, byte] >> bit & 1
        before = both[:, 0] + both[:, 1]
        for n in part.policies[np.maximum(before, after) == MEETS].tolist():
            self._amounts[n] = None
        turned = np.flatnonzero(before != after)
        for n, verdict in zip(part.policies[turned].tolist(), after[turned].tolist(), strict=True):
            set_bit(self.rails[n, 0], number, on=verdict == MEETS)
            set_bit(self.rails[n, 1], number, on=verdict != FAILS)
        changed: list[int] = part.policies[turned].tolist()
        return changed

    def refresh_policy(self, policy: Policy, *, others: Sequence[Policy] = ()) -> None:
        """Replace one policy by another version, found by its code; it and those that ask for its verdict are computed again."""
        places = {self.plan.numbers[policy.code]} | self.plan.dependents(policy.code)
        self.plan = self.plan.with_version(policy, others=others)
        order = sorted(places)
        part = self.plan.plan_of_numbers(order)
        prepared = PreparedTable(self.table, part.layout)
        self.rails[order] = evaluate(part.program, prepared)
        for n in order:
            self._benefits[n] = BenefitForTable(self.plan.bound[n], prepared)
            self._amounts[n] = self._compute_amounts(n)
        self.__dict__.pop("prepared", None)


def _money(amounts: Cents) -> Decimal:
    return Decimal(int(amounts.sum(dtype=np.int64))).scaleb(-2)
