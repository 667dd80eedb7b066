"""Checked expressions: what a condition or an amount says, before it is tied to a date. Plain data, hashable.

Numbers are exact (`Fraction`) and stand in the base of their kind: 2亿元 is 200000000.
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
    """Which period of a fact: fixed, or so many steps of `kind` from the policy's own. `kind` None: no period."""

    kind: PeriodKind | None = None
    steps: int = 0
    fixed: Period | None = None


NOW = PeriodSelector()


@dataclass(frozen=True)
class Constant:
    """A constant. `unit` None: written bare, takes the unit of what stands beside it."""

    value: Fraction
    unit: MeasureUnit | None


@dataclass(frozen=True)
class FactValue:
    """A number of the firm, for a period."""

    fact: FactDef
    when: PeriodSelector

    @property
    def unit(self) -> MeasureUnit:
        """As recorded."""
        return self.fact.measure


@dataclass(frozen=True)
class Months:
    """Highest, lowest or mean month, or the sum of the months, of a longer period."""

    how: Literal["MAX", "MIN", "MEAN", "SUM"]
    fact: FactDef
    when: PeriodSelector

    @property
    def unit(self) -> MeasureUnit:
        """As recorded."""
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
    """The least or greatest; unknown as soon as one is unknown."""

    how: Literal["LEAST", "GREATEST"]
    among: tuple["Numeric", ...]
    unit: MeasureUnit | None


@dataclass(frozen=True)
class CaseWhen:
    """The first whose condition holds, else the last; unknown as soon as anything named is unknown."""

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
    """left op right, both of the same kind."""

    op: Op
    left: Numeric
    right: Numeric
    text: str = ""


@dataclass(frozen=True)
class Growth:
    """The value against the same period of the year before (or `steps` of the kind back), op a rate.

    Holds only where there is a base above zero: (base > 0) AND (value op (1 + rate) * base).
    """

    op: Op
    fact: FactDef
    when: PeriodSelector
    rate: Fraction
    text: str = ""


@dataclass(frozen=True)
class CompareDay:
    """(fact moved by months and days) op a constant day."""

    op: Op
    fact: FactDef
    months: int
    days: int
    day: ConstantDay
    text: str = ""


@dataclass(frozen=True)
class CompareDays:
    """One date of the firm op another."""

    op: Op
    left: FactDef
    right: FactDef
    text: str = ""


@dataclass(frozen=True)
class TextIn:
    """A text is one of the values or begins with one of the prefixes."""

    fact: FactDef
    values: tuple[str, ...]
    prefixes: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class FlagIs:
    """A yes-or-no fact."""

    fact: FactDef
    value: bool
    text: str = ""


@dataclass(frozen=True)
class HasTitles:
    """Any or all of the titles."""

    how: Literal["ANY", "ALL"]
    fact: FactDef
    titles: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class IsKnown:
    """Whether a value is there; itself never unknown."""

    fact: FactDef
    when: PeriodSelector
    text: str = ""


@dataclass(frozen=True)
class MeetsPolicy:
    """The verdict of another policy."""

    code: str
    text: str = ""


@dataclass(frozen=True)
class And:
    """All."""

    parts: tuple["Bool", ...]
    text: str = ""


@dataclass(frozen=True)
class Or:
    """Any."""

    parts: tuple["Bool", ...]
    text: str = ""


@dataclass(frozen=True)
class Not:
    """The contrary; unknown stays unknown."""

    part: "Bool"
    text: str = ""


Leaf = Compare | Growth | CompareDay | CompareDays | TextIn | FlagIs | HasTitles | IsKnown | MeetsPolicy
Bool = And | Or | Not | Leaf
