"""Whether a new value of a fact jumps from the values known before it (数据跳变). Pure; the thresholds are in `jumps.toml`."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any


class Jump(StrEnum):
    """What is odd about a new value."""

    MORE = "MORE"  # many times the value before
    LESS = "LESS"  # a small part of it
    UNIT_MORE = "UNIT_MORE"  # about ten thousand times: 元 written as 万元
    UNIT_LESS = "UNIT_LESS"  # about a ten-thousandth: 亿元 written as 万元
    SIGN = "SIGN"
    FROM_ZERO = "FROM_ZERO"
    TO_ZERO = "TO_ZERO"
    RANGE = "RANGE"  # no value to compare it with, and outside what is usual


@dataclass(frozen=True)
class KnownValue:
    """A value of the fact that is known already, for a period given by its first day."""

    period: date
    value: Decimal
    source: str = ""


@dataclass(frozen=True)
class UsualSpan:
    """The amounts a first value of a fact usually has, zero apart."""

    least: Decimal
    most: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether the amount of a value is usual."""
        return not value or self.least <= abs(value) <= self.most


@dataclass(frozen=True)
class JumpQuestion:
    """Why a new value is a question: the known value it was compared with, or without one the usual span."""

    jump: Jump
    known: KnownValue | None
    value: Decimal
    span: UsualSpan | None = None

    @property
    def times(self) -> int:
        """How many times the smaller value goes into the larger one, at least 1; 0 when one of them is zero or missing."""
        if self.known is None:
            return 0
        low, high = sorted((abs(self.known.value), abs(self.value)))
        return max(int(high / low), 1) if low else 0


@cache
def _thresholds() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).resolve().parent / "jumps.toml").read_text(encoding="utf-8"))


def years_back(period_kind: str) -> int:
    """How many years back a value still counts as the value before."""
    return int(_thresholds()["years_back"][period_kind])


def years_before(day: date, years: int) -> date:
    """The same day so many years before; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def jump_between(
    before: Decimal, value: Decimal, *, unit: str, instead: Mapping[str, float] = MappingProxyType({})
) -> Jump | None:
    """What is odd about `value` after `before`, both in `unit`; None when nothing is."""
    limits = _thresholds() | dict(instead)
    of_unit = limits["unit"].get(unit, limits["usual"]) | dict(instead)
    low, high = sorted((abs(before), abs(value)))
    if high <= of_unit["small"]:
        return None
    if not low:
        return _beside_zero(high, before, of_unit["from_zero"])
    if (before < 0) is not (value < 0):
        return Jump.SIGN
    return _by_ratio(high / low, is_more=abs(value) == high, limits=limits)


def _beside_zero(amount: Decimal, before: Decimal, from_zero: int) -> Jump | None:
    if before:
        return Jump.TO_ZERO
    return Jump.FROM_ZERO if amount > from_zero else None


def _by_ratio(ratio: Decimal, *, is_more: bool, limits: dict[str, Any]) -> Jump | None:
    if ratio <= limits["factor"]:
        return None
    slip, width = limits["slip"], limits["slip_width"]
    if slip / width <= ratio <= slip * width:
        return Jump.UNIT_MORE if is_more else Jump.UNIT_LESS
    return Jump.MORE if is_more else Jump.LESS


def nearest_values(known: Iterable[KnownValue], *, period: date, source: str) -> list[KnownValue]:
    """What a value of the period is compared with: the same period, the nearest earlier one, the same a year before.

    Within a period the same source comes first.
    """
    by_period: dict[date, list[KnownValue]] = {}
    for one in known:
        if one.period <= period:
            by_period.setdefault(one.period, []).append(one)
    earlier = max((day for day in by_period if day < period), default=None)
    wanted = dict.fromkeys((period, earlier, years_before(period, 1)))
    return [
        one
        for day in wanted
        if day is not None
        for one in sorted(by_period.get(day, []), key=lambda one: one.source != source)
    ]


def usual_span(key: str, *, unit: str, period_kind: str) -> UsualSpan:
    """What a first value of a fact usually amounts to in a period of this kind."""
    limits = _thresholds()
    of_unit, of_fact = limits["unit"].get(unit, limits["usual"]), limits["fact"].get(key, {})
    most = of_fact.get("most", of_unit["most"][period_kind])
    return UsualSpan(Decimal(of_fact.get("least", 0)), Decimal(most))


def _is_irregular(key: str) -> bool:
    return bool(_thresholds()["fact"].get(key, {}).get("irregular"))


def find_jump(
    value: Decimal,
    nearest: Sequence[KnownValue],
    *,
    key: str,
    unit: str,
    period_kind: str,
    instead: Mapping[str, float] = MappingProxyType({}),
) -> JumpQuestion | None:
    """The question about a value that jumps from every one of the nearest values, or without any is not usual; else None.

    `instead`: thresholds of another kind of value, in place of those of a firm's fact: factor, small, from_zero.
    """
    jumps = [jump_between(one.value, value, unit=unit, instead=instead) for one in nearest]
    if jumps and _is_irregular(key):
        jumps = [jump if jump in (Jump.UNIT_MORE, Jump.UNIT_LESS) else None for jump in jumps]
    if jumps and jumps[0] is not None and None not in jumps:
        return JumpQuestion(jumps[0], nearest[0], value)
    if nearest and not _is_irregular(key):
        return None
    span = usual_span(key, unit=unit, period_kind=period_kind)
    return None if span.holds(value) else JumpQuestion(Jump.RANGE, None, value, span)
