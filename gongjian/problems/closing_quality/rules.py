"""Rates with their uncertainty (率与区间): a share and its 95 % Wilson interval. Pure; decimals, no floats."""

from dataclasses import dataclass
from decimal import Decimal

Z = Decimal("1.959963984540054")  # two-sided 95 %


@dataclass(frozen=True)
class Rate:
    """A share as numerator and denominator. With a denominator of 0 there is no share and no interval."""

    numerator: int
    denominator: int

    @property
    def share(self) -> Decimal | None:
        """The share, between 0 and 1; None when the denominator is 0."""
        return Decimal(self.numerator) / self.denominator if self.denominator else None

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Both ends of its 95 % Wilson interval, between 0 and 1; None when the denominator is 0."""
        return wilson(self.numerator, self.denominator) if self.denominator else None


def wilson(hits: int, total: int, *, z: Decimal = Z) -> tuple[Decimal, Decimal]:
    """Both ends of the Wilson score interval of `hits` out of `total`, for the normal quantile `z`.

    ValueError unless 0 <= hits <= total and total > 0.
    """
    if not 0 <= hits <= total or total == 0:
        raise ValueError("hits must lie between 0 and a positive total")
    n, square = Decimal(total), z * z
    p = hits / n
    spread = z * (p * (1 - p) / n + square / (4 * n * n)).sqrt()
    centre, scale = p + square / (2 * n), 1 + square / n
    low, high = (centre - spread) / scale, (centre + spread) / scale
    return max(Decimal(0), low) if hits else Decimal(0), min(Decimal(1), high) if hits < total else Decimal(1)
