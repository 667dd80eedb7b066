"""The answers that pages show about firms and policies: verdict, clauses, amounts, what is missing, what to do. Plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongjian.enterprises.models import Enterprise
from gongjian.policies.models import Policy, PolicyVersion
from gongjian.policies.states import Grade


@dataclass(frozen=True)
class Stamp:
    """The state of the data behind kept results: the day asked for, the last event of any firm, the number of firms."""

    on: date
    seq: int
    digest: str
    at: datetime | None
    firms: int


@dataclass(frozen=True)
class ConditionLine:
    """One elementary condition: as written, its verdict, what the firm has, what it needs, how much is lacking."""

    text: str
    verdict: str
    have: str = ""
    need: str = ""
    short: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClauseLine:
    """One clause of the document with its conditions."""

    key: str
    name: str
    reference: str
    verdict: str
    conditions: tuple[ConditionLine, ...] = ()


@dataclass(frozen=True)
class NearLine:
    """A near miss as a sentence and in numbers of the fact's unit, with what it would bring in yuan."""

    sentence: str
    gain: Decimal | None
    fact: str
    have: Decimal
    need: Decimal
    gap: Decimal
    unit: str


@dataclass(frozen=True)
class FirmVerdict:
    """The verdict of one policy on one firm on one day. `possible` is None when it has no upper bound."""

    policy: Policy
    version: PolicyVersion
    on: date
    grade: Grade
    clauses: tuple[ClauseLine, ...]
    certain: Decimal
    possible: Decimal | None
    missing: tuple[str, ...]
    near: tuple[NearLine, ...]
    last_day: date | None
    explain: str

    @property
    def confirmed(self) -> bool:
        """Whether the rule was checked against its document; if not, nothing about it is certain."""
        return self.version.confirmed

    @property
    def closed(self) -> bool:
        """Whether the last day to act has passed."""
        return self.last_day is not None and self.last_day < self.on

    @property
    def days_left(self) -> int | None:
        """Days until the last day to act; None if there is none or it has passed."""
        return None if self.last_day is None or self.closed else (self.last_day - self.on).days

    @property
    def first_failed(self) -> str:
        """The name of the first clause that fails; empty if none does."""
        return next((clause.name for clause in self.clauses if clause.verdict == "FAILS"), "")

    @property
    def undecided(self) -> Decimal | None:
        """What may be added to the certain amount, in yuan; None without an upper bound."""
        return None if self.possible is None else self.possible - self.certain

    def as_json(self) -> dict[str, Any]:
        """The verdict for other systems: amounts as decimal strings in yuan, unknown ones as null."""
        return {
            "policy": self.policy.code,
            "name": self.policy.name,
            "version": self.version.number,
            "gives": self.policy.gives,
            "confirmed": self.confirmed,
            "on": self.on.isoformat(),
            "verdict": Grade.FAILS.value
            if self.grade == Grade.NEAR and not self.missing
            else self.grade.value,
            "grade": self.grade.value,
            "certain": str(self.certain),
            "possible": None if self.possible is None else str(self.possible),
            "missing": list(self.missing),
            "near": [_plain(vars(one)) for one in self.near],
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "clauses": [
                _plain(vars(clause)) | {"conditions": [_plain(vars(c)) for c in clause.conditions]}
                for clause in self.clauses
            ],
        }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: str(value) if isinstance(value, Decimal) else list(value) if isinstance(value, tuple) else value
        for key, value in values.items()
    }


@dataclass(frozen=True)
class FirmSheet:
    """All verdicts on one firm, in reading order and by grade; `unsure`: rules not confirmed, which never count as certain.

    `classes`: rules that only classify (规模划型, 入库, 认定). They give nothing and so are no benefits, met or not.
    """

    meets: tuple[FirmVerdict, ...]
    near: tuple[FirmVerdict, ...]
    unknown: tuple[FirmVerdict, ...]
    fails: tuple[FirmVerdict, ...]
    unsure: tuple[FirmVerdict, ...]
    classes: tuple[FirmVerdict, ...]
    certain: Decimal
    undecided: Decimal
    as_of: Stamp


@dataclass(frozen=True)
class Totals:
    """One policy over many firms: firms of each verdict and the cost in yuan. `bounded`: every cost has an upper bound."""

    meets: int = 0
    near: int = 0
    unknown: int = 0
    fails: int = 0
    certain: Decimal = Decimal(0)
    possible: Decimal = Decimal(0)
    bounded: bool = True

    @property
    def firms(self) -> int:
        """The number of all firms counted."""
        return self.meets + self.near + self.unknown + self.fails


@dataclass(frozen=True)
class EntitledFirm:
    """A firm that meets a policy: the amount it is due in yuan, and why, clause by clause."""

    enterprise: Enterprise
    amount: Decimal
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class FirmRow:
    """One firm in the list of a policy, amounts in yuan."""

    pk: int
    grade: Grade
    certain: Decimal
    possible: Decimal | None


@dataclass(frozen=True)
class Comparison:
    """Two rules over the same firms: their totals, and the firms that gain, lose, or get another amount, by key."""

    before: Totals
    after: Totals
    gained: tuple[tuple[int, Decimal], ...]
    lost: tuple[tuple[int, Decimal], ...]
    changed: tuple[tuple[int, Decimal, Decimal], ...]
