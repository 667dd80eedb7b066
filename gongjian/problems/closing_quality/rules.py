"""Rates with their uncertainty (率与区间): a share and its 95 % Wilson interval. Pure; decimals, no floats."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

Z = Decimal("1.959963984540054")  # two-sided 95 %


@dataclass(frozen=True)
class Rate:
    """`hits` out of `of`; nothing is claimed of an empty set."""

    hits: int
    of: int

    @property
    def share(self) -> Decimal | None:
        """Between 0 and 1; None when there is nothing to divide by."""
        return Decimal(self.hits) / self.of if self.of else None

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """The 95 % Wilson interval, between 0 and 1; None when there is nothing to divide by."""
        return wilson(self.hits, self.of) if self.of else None


def wilson(hits: int, of: int, *, z: Decimal = Z) -> tuple[Decimal, Decimal]:
    """Wilson score interval of `hits` out of `of`. ValueError unless 0 <= hits <= of and of > 0."""
    if not 0 <= hits <= of or of == 0:
        raise ValueError("hits must lie between 0 and a positive total")
    n, square = Decimal(of), z * z
    p = hits / n
    spread = z * (p * (1 - p) / n + square / (4 * n * n)).sqrt()
    centre, scale = p + square / (2 * n), 1 + square / n
    low, high = (centre - spread) / scale, (centre + spread) / scale
    return max(Decimal(0), low) if hits else Decimal(0), min(Decimal(1), high) if hits < of else Decimal(1)


def total(rates: Iterable[Rate]) -> Rate:
    """Numerators and denominators added, never the shares."""
    listed = list(rates)
    return Rate(sum(one.hits for one in listed), sum(one.of for one in listed))
