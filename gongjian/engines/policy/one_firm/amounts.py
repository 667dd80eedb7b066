"""What a firm gains (金额): the certain and the possible, exact, rounded once at the end to the cent.

A part that pays in any case is certain. What hangs on missing data is possible: up to its cap, or without bound.
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
    """Half a cent is rounded up."""
    return floor(amount * 100 + Fraction(1, 2))


def money(amount: Fraction) -> Decimal:
    """An amount to the cent."""
    return Decimal(cents(amount)).scaleb(-2)


@dataclass(frozen=True)
class Amounts:
    """From the certain to the possible; `possible` None: no bound can be given."""

    certain: Decimal
    possible: Decimal | None


class BenefitForFirm:
    """What one policy brings to a firm that meets it."""

    def __init__(self, bound: b.BoundPolicy, closures: Closures) -> None:
        self.benefit = bound.policy.benefit
        self.parts = [_Part(part, closures) for part in bound.parts]

    def span(self, row: Row) -> Span:
        """Lowest and highest amount, not yet rounded."""
        spans = [part.span(row) for part in self.parts]
        low, high = (self._together([span[n] for span in spans]) for n in (0, 1))
        return low or ZERO, high

    def _together(self, amounts: list[Fraction | None]) -> Fraction | None:
        """Parts put together, then the cap, then `pays_from`; None: no bound, unless there is a cap."""
        benefit, known = self.benefit, [amount for amount in amounts if amount is not None]
        total = sum(known, ZERO) if benefit.combine is Combine.SUM else max(known, default=ZERO)
        unbounded = len(known) < len(amounts)
        if benefit.cap is not None and (unbounded or total > benefit.cap):
            total, unbounded = benefit.cap, False
        return None if unbounded else total if total >= benefit.pays_from else ZERO

    def undecided(self, row: Row) -> list[b.FactSource]:
        """The columns that leave the amount open."""
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
