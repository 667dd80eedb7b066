"""What a firm gains (金额): the certain and the possible amount, exact, rounded once at the end to the cent.

A part that is paid in any case is certain. A part that depends on missing data is possible: up to its cap, or without bound.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from gongjian.engines.policy.binding import bound as b
from gongjian.engines.policy.facts.row import Row
from gongjian.engines.policy.one_firm.closures import FAILS, MEETS, UNKNOWN, Closures
from gongjian.engines.policy.rules.policy import Combine

ZERO = Fraction(0)
Span = tuple[Fraction, Fraction | None]


def cents(amount: Fraction) -> int:
    """An amount in whole cents, half a cent rounded up."""
    return floor(amount * 100 + Fraction(1, 2))


def money(amount: Fraction) -> Decimal:
    """An amount in 元 rounded to the cent."""
    return Decimal(cents(amount)).scaleb(-2)


@dataclass(frozen=True)
class Amounts:
    """The certain and the possible amount in 元. `possible` None: it has no upper bound."""

    certain: Decimal
    possible: Decimal | None


class BenefitForFirm:
    """The benefit of one policy for a firm that meets it."""

    def __init__(self, bound: b.BoundPolicy, closures: Closures) -> None:
        self.benefit = bound.policy.benefit
        self.parts = [_Part(part, closures) for part in bound.parts]

    def span(self, row: Row) -> Span:
        """The lowest and the highest amount, not yet rounded; the highest is None when it has no upper bound."""
        spans = [part.span(row) for part in self.parts]
        low, high = (self._together([span[n] for span in spans]) for n in (0, 1))
        return low or ZERO, high

    def _together(self, amounts: list[Fraction | None]) -> Fraction | None:
        """The parts combined, then the cap and `pays_from` applied; None when there is neither a bound nor a cap."""
        benefit, known = self.benefit, [amount for amount in amounts if amount is not None]
        total = sum(known, ZERO) if benefit.combine is Combine.SUM else max(known, default=ZERO)
        unbounded = len(known) < len(amounts)
        if benefit.cap is not None and (unbounded or total > benefit.cap):
            total, unbounded = benefit.cap, False
        return None if unbounded else total if total >= benefit.pays_from else ZERO

    def undecided(self, row: Row) -> list[b.FactSource]:
        """The columns whose values would fix the amount."""
        return [source for part in self.parts for source in part.undecided(row)]


class _Part:
    """One part of a benefit as functions of a row."""

    def __init__(self, bound: b.BoundPart, closures: Closures) -> None:
        self.part, self.scale = bound.part, bound.amount.scale
        self.linear_sum = closures.linear_sum(bound.amount)
        self.sources = list(dict.fromkeys(b.sources(bound.amount)))
        self.when = closures.tree(bound.when) if bound.when is not None else None
        self.open = closures.undecided(bound.when) if bound.when is not None else None

    def span(self, row: Row) -> Span:
        holds = MEETS if self.when is None else self.when(row)
        if holds == FAILS:
            return ZERO, ZERO
        count, part = self.linear_sum(row), self.part
        if count is None:
            return (ZERO if holds == UNKNOWN else part.floor), part.cap
        value = max(count * self.scale, part.floor)
        value = value if part.cap is None or value < part.cap else part.cap
        return (ZERO if holds == UNKNOWN else value), value

    def undecided(self, row: Row) -> list[b.FactSource]:
        holds = MEETS if self.when is None else self.when(row)
        if holds == FAILS:
            return []
        undecided = self.open(row) if self.open is not None else []
        return undecided if self.linear_sum(row) is not None else [*undecided, *self.sources]
