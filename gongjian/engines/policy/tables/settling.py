"""Policies of one group settled together for many firms (批量叠加): what each of them brings once the others count.

Of a group BEST the one with the highest certain amount is paid, then that with the highest possible one, then the first in
the order of the rules; of another nothing is certain, and it is possible only as far as it may yet be the highest. Of a
group CAP each brings what the cap leaves after those before it. What is certain adds up to what `settle` says of one firm.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gongjian.engines.policy.one_firm.amounts import money
from gongjian.engines.policy.rules.policy import Group, Policy, Stacking, Verdict
from gongjian.engines.policy.tables.amounts import MOST, UNBOUNDED, Cents
from gongjian.engines.policy.tables.results import AmountsByRow, Outcome

Span = tuple[Cents, Cents]


@dataclass(frozen=True)
class SettledAmounts:
    """The amounts of one outcome with its groups settled; those of policies without a group are as they were."""

    outcome: Outcome
    spans: dict[int, Span]  # number of a policy -> certain and possible amount of every firm, in cents

    @classmethod
    def of(cls, outcome: Outcome) -> "SettledAmounts":
        """The outcome settled."""
        spans: dict[int, Span] = {}
        for members in groups(outcome.plan.policies):
            group = outcome.plan.policies[members[0]].group
            assert group is not None  # noqa: S101 - they are members of it
            settled = _settle(group, [_of_all_firms(outcome, n) for n in members])
            spans.update(zip(members, settled, strict=True))
        return cls(outcome, spans)

    def amounts(self, n: int, own: AmountsByRow) -> AmountsByRow:
        """What policy number `n` brings to the rows of `own`."""
        if n not in self.spans:
            return own
        certain, possible = self.spans[n]
        return AmountsByRow(own.rows, certain[own.rows], possible[own.rows])

    def certain(self, n: int) -> int:
        """What policy number `n` certainly costs over all firms, in cents."""
        own = self.outcome.amounts(n)
        return int(self.amounts(n, own).certain.sum(dtype=np.int64))


def groups(policies: Sequence[Policy]) -> list[list[int]]:
    """The numbers of the policies of each group, in the order of the policies."""
    members: dict[str, list[int]] = {}
    for n, policy in enumerate(policies):
        if policy.group is not None:
            members.setdefault(policy.group.name, []).append(n)
    return list(members.values())


def _of_all_firms(outcome: Outcome, n: int) -> Span:
    certain = np.zeros(outcome.firms, dtype=np.int64)
    possible = np.zeros(outcome.firms, dtype=np.int64)
    for verdict in (Verdict.MEETS, Verdict.UNKNOWN):
        amounts = outcome.amounts(n, verdict)
        certain[amounts.rows] = amounts.certain
        possible[amounts.rows] = np.where(amounts.possible == UNBOUNDED, MOST, amounts.possible)
    return certain, possible


def _settle(group: Group, own: Sequence[Span]) -> list[Span]:
    spans = _best(own) if group.rule is Stacking.BEST else _capped(own, group)
    return [(certain, np.where(possible == MOST, UNBOUNDED, possible)) for certain, possible in spans]


def _best(own: Sequence[Span]) -> list[Span]:
    certain, possible = np.stack([c for c, _ in own]), np.stack([p for _, p in own])
    most = certain.max(axis=0)
    equal = np.where(certain == most, possible, -1)
    chosen = equal.argmax(axis=0)
    spans = []
    for n in range(len(own)):
        counts = chosen == n
        spans.append(
            (np.where(counts, certain[n], 0), np.where(counts | (possible[n] > most), possible[n], 0))
        )
    return spans


def _capped(own: Sequence[Span], group: Group) -> list[Span]:
    left: Cents = np.full(len(own[0][0]), MOST if group.cap is None else int(money(group.cap) * 100))
    spans = []
    for certain, possible in own:
        paid = np.minimum(certain, left)
        spans.append((paid, np.minimum(possible, left)))
        left = left - paid
    return spans
