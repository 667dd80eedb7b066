"""Policies of one group settled together (叠加规则): only the best one counts, or all up to a common cap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongjian.engines.policy.one_firm.amounts import money
from gongjian.engines.policy.one_firm.explanation import Explanation
from gongjian.engines.policy.rules.policy import Group, Stacking


@dataclass(frozen=True)
class SettledGroup:
    """What a firm gains from a group, or from one policy without a group. `chosen`: the policies that count."""

    group: Group | None
    policies: tuple[str, ...]
    chosen: tuple[str, ...]
    certain: Decimal
    possible: Decimal | None


@dataclass(frozen=True)
class Settlement:
    """Everything a firm gains, in 元. `possible` None: no upper bound."""

    certain: Decimal
    possible: Decimal | None
    parts: tuple[SettledGroup, ...]


def settle(explanations: Iterable[Explanation]) -> Settlement:
    """Settle groups by their rules and add everything up; policies that bring nothing are left out."""
    groups: dict[object, list[Explanation]] = {}
    for each in explanations:
        if each.certain or each.possible is None or each.possible:
            groups.setdefault(
                each.policy.group.name if each.policy.group else (each.policy.code,), []
            ).append(each)
    parts = tuple(_settle(members) for members in groups.values())
    possible = [part.possible for part in parts]
    known = [amount for amount in possible if amount is not None]
    total = sum(known, Decimal("0.00")) if len(known) == len(possible) else None
    return Settlement(sum((part.certain for part in parts), Decimal("0.00")), total, parts)


def _settle(members: Sequence[Explanation]) -> SettledGroup:
    group = members[0].policy.group
    codes = tuple(each.policy.code for each in members)
    certain = [each.certain for each in members]
    possible = [each.possible for each in members]
    known = [amount for amount in possible if amount is not None]
    unbounded = len(known) < len(possible)
    if group is not None and group.rule is Stacking.BEST:
        best = max(members, key=lambda e: (e.certain, e.possible is None, e.possible or 0))
        return SettledGroup(
            group, codes, (best.policy.code,), max(certain), None if unbounded else max(known)
        )
    low, high = sum(certain, Decimal("0.00")), sum(known, Decimal("0.00"))
    cap = money(group.cap) if group is not None and group.cap is not None else None
    if cap is None:
        return SettledGroup(group, codes, codes, low, None if unbounded else high)
    return SettledGroup(group, codes, codes, min(low, cap), cap if unbounded else min(high, cap))
