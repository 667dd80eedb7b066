"""Checked expressions: a condition or an amount before it is bound to a day. Plain data, hashable.

Numbers are exact (`Fraction`) and in the base of their kind: 2亿元 is 200000000.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from gongjian.engines.policy.facts.catalogue import FactDef
from gongjian.engines.policy.facts.periods import Period, PeriodKind
from gongjian.engines.policy.facts.units import MeasureUnit

Op = Literal[">=", "<=", ">", "<", "=", "<>"]
FLIPPED: dict[str, Op] = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "=", "<>": "<>"}


@dataclass(frozen=True)
class PeriodSelector:
    """Which period of a fact is meant: a fixed one, or so many steps of `kind` from the policy's own. `kind` None: no period."""

    kind: PeriodKind | None = None
    steps: int = 0
    fixed: Period | None = None


NOW = PeriodSelector()


@dataclass(frozen=True)
class Constant:
    """A constant number. `unit` None: written without one, it takes the unit of the other side."""

    value: Fraction
    unit: MeasureUnit | None


@dataclass(frozen=True)
class FactValue:
    """A numeric fact of the firm, for a period."""

    fact: FactDef
    when: PeriodSelector

    @property
    def unit(self) -> MeasureUnit:
        """The unit in which the fact is recorded."""
        return self.fact.measure


@dataclass(frozen=True)
class Months:
    """The highest, lowest or mean month of a longer period, or the sum of its months."""

    how: Literal["MAX", "MIN", "MEAN", "SUM"]
    fact: FactDef
    when: PeriodSelector

    @property
    def unit(self) -> MeasureUnit:
        """The unit in which the fact is recorded."""
        return self.fact.measure


@dataclass(frozen=True)
class Plus:
    """left + factor * right."""

    left: "Numeric"
    right: "Numeric"
    factor: int
    unit: MeasureUnit | None


@dataclass(frozen=True)
class Times:
    """left * right."""

    left: "Numeric"
    right: "Numeric"
    unit: MeasureUnit | None


@dataclass(frozen=True)
class LeastGreatest:
    """The least or the greatest of several numbers; unknown as soon as one is unknown."""

    how: Literal["LEAST", "GREATEST"]
    among: tuple["Numeric", ...]
    unit: MeasureUnit | None


@dataclass(frozen=True)
class CaseWhen:
    """The number of the first condition that holds, else the last one; unknown as soon as anything in it is unknown."""

    steps: tuple[tuple["Bool", "Numeric"], ...]
    otherwise: "Numeric"
    unit: MeasureUnit | None


Numeric = Constant | FactValue | Months | Plus | Times | LeastGreatest | CaseWhen


@dataclass(frozen=True)
class ConstantDay:
    """A constant day: fixed, or the day of the question moved by so many months and days."""

    fixed: date | None
    months: int = 0
    days: int = 0


@dataclass(frozen=True)
class Compare:
    """A comparison of two numbers of the same kind."""

    op: Op
    left: Numeric
    right: Numeric
    text: str = ""


@dataclass(frozen=True)
class Growth:
    """The growth of a fact against the same period one year earlier, compared with a rate.

    Holds only where the base is known and above zero: (base > 0) AND (value op (1 + rate) * base).
    """

    op: Op
    fact: FactDef
    when: PeriodSelector
    rate: Fraction
    text: str = ""


@dataclass(frozen=True)
class CompareDay:
    """A date of the firm, moved by months and days, compared with a constant day."""

    op: Op
    fact: FactDef
    months: int
    days: int
    day: ConstantDay
    text: str = ""


@dataclass(frozen=True)
class CompareDays:
    """Two dates of the firm compared."""

    op: Op
    left: FactDef
    right: FactDef
    text: str = ""


@dataclass(frozen=True)
class TextIn:
    """Whether a text is one of the values or begins with one of the prefixes."""

    fact: FactDef
    values: tuple[str, ...]
    prefixes: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class FlagIs:
    """Whether a yes-or-no fact has this value."""

    fact: FactDef
    value: bool
    text: str = ""


@dataclass(frozen=True)
class HasTitles:
    """Whether the firm has any, or all, of the titles."""

    how: Literal["ANY", "ALL"]
    fact: FactDef
    titles: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class IsKnown:
    """Whether a fact is known; never unknown itself."""

    fact: FactDef
    when: PeriodSelector
    text: str = ""


@dataclass(frozen=True)
class MeetsPolicy:
    """Whether the firm meets another policy."""

    code: str
    text: str = ""


@dataclass(frozen=True)
class And:
    """All parts hold."""

    parts: tuple["Bool", ...]
    text: str = ""


@dataclass(frozen=True)
class Or:
    """At least one part holds."""

    parts: tuple["Bool", ...]
    text: str = ""


@dataclass(frozen=True)
class Not:
    """The part does not hold; unknown stays unknown."""

    part: "Bool"
    text: str = ""


Leaf = Compare | Growth | CompareDay | CompareDays | TextIn | FlagIs | HasTitles | IsKnown | MeetsPolicy
Bool = And | Or | Not | Leaf
