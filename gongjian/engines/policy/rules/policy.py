"""A policy as dated data (政策): issuer, days in force, clauses, benefit, cases. Frozen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from gongjian.engines.policy.facts.periods import Period
from gongjian.engines.policy.facts.units import MeasureUnit
from gongjian.engines.policy.language.nodes import Bool, Numeric
from gongjian.engines.policy.vocabulary import PLACES_OF_MONEY, YUAN


class Verdict(StrEnum):
    """Kleene's three values (判定)."""

    MEETS = "MEETS"
    FAILS = "FAILS"
    UNKNOWN = "UNKNOWN"


class Delivery(StrEnum):
    """How the benefit reaches the firm (兑现方式)."""

    AUTOMATIC = "AUTOMATIC"  # 免申即享
    FAST = "FAST"  # 快申快享
    APPLICATION = "APPLICATION"  # 申报


class Level(StrEnum):
    """The level of government that issued it (层级)."""

    NATION = "NATION"
    PROVINCE = "PROVINCE"
    CITY = "CITY"
    COUNTY = "COUNTY"


class Combine(StrEnum):
    """How the parts of a benefit make one amount."""

    SUM = "SUM"
    MAX = "MAX"


class Stacking(StrEnum):
    """How the policies of one group are settled (叠加规则)."""

    BEST = "BEST"  # only the best one is paid
    CAP = "CAP"  # all are paid, together no more than the cap


@dataclass(frozen=True)
class Group:
    """Policies with the same group name are settled together. `cap` in 元, for CAP."""

    name: str
    rule: Stacking
    cap: Fraction | None = None


@dataclass(frozen=True)
class Clause:
    """One clause (条件); all clauses of a policy must hold."""

    key: str
    name: str
    reference: str
    text: str
    condition: Bool


@dataclass(frozen=True)
class Part:
    """One part of the benefit. `cap`, `floor` in 元; `when` None: always."""

    name: str
    amount: Numeric
    amount_text: str
    when: Bool | None = None
    when_text: str = ""
    cap: Fraction | None = None
    floor: Fraction = Fraction(0)
    reference: str = ""


@dataclass(frozen=True)
class Benefit:
    """What a firm gains. Totals below `pays_from` are not paid; `cap` limits the total. All in 元."""

    parts: tuple[Part, ...] = ()
    combine: Combine = Combine.SUM
    cap: Fraction | None = None
    pays_from: Fraction = Fraction(0)


Value = Decimal | bool | str | date | tuple[str, ...] | None


@dataclass(frozen=True)
class Expect:
    """What a case expects. None: not checked. `possible` "unbounded": no upper bound. Amounts in 元."""

    verdict: Verdict | None = None
    certain: Fraction | None = None
    possible: Fraction | str | None = None
    missing: tuple[str, ...] | None = None
    clauses: tuple[tuple[str, Verdict], ...] = ()
    near: tuple[tuple[str, Decimal], ...] | None = None


@dataclass(frozen=True)
class Case:
    """The facts of an invented firm and what the policy must answer."""

    name: str
    facts: tuple[tuple[str, Value], ...]
    expect: Expect
    as_of: date | None = None
    line: int = 0


@dataclass(frozen=True)
class Reference:
    """The place where a policy asks for the verdict of another."""

    code: str
    line: int
    column: int


@dataclass(frozen=True)
class Policy:
    """One policy. `period` None: the period of the day of the question. `confirmed` False: to be checked against its document (待核对)."""

    code: str
    name: str
    document: str
    issuer: str
    level: Level
    area: str
    in_force_from: date
    in_force_until: date | None
    delivery: Delivery
    period: Period | None
    last_day: date | None
    confirmed: bool
    confirm_note: str
    source: str
    explain: str
    group: Group | None
    clauses: tuple[Clause, ...]
    benefit: Benefit
    cases: tuple[Case, ...] = ()
    references: tuple[Reference, ...] = ()
    file: str = ""

    @property
    def expressions(self) -> Iterator[Bool | Numeric]:
        """Everything that is asked or computed."""
        yield from (clause.condition for clause in self.clauses)
        for part in self.benefit.parts:
            yield part.amount
            if part.when is not None:
                yield part.when

    def in_force(self, day: date) -> bool:
        """Whether the policy is in force on the day."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)

    def in_force_with(self, other: "Policy") -> bool:
        """Whether there is a day on which both are in force."""
        first = max(self.in_force_from, other.in_force_from)
        return self.in_force(first) and other.in_force(first)


def in_force(policies: Iterable[Policy], day: date) -> list[Policy]:
    """The policies in force on the day."""
    return [policy for policy in policies if policy.in_force(day)]


def money_unit(name: str) -> MeasureUnit:
    """The unit of an amount of money: 元, 万元 or 亿元. Raises KeyError for any other name."""
    return MeasureUnit(name, ((YUAN, 1),), PLACES_OF_MONEY[name])
