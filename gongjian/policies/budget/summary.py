"""What a budget page says (预算): lines, quarters, the ceiling beside them. Plain data, amounts in yuan."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise

from gongjian.policies.states import OPEN

NOTHING = Decimal(0)
Quarter = tuple[int, int]


@dataclass(frozen=True)
class BudgetLine:
    """One line: firms that meet the rule, firms that may, their amounts in yuan; `open_ended`: firms without any bound."""

    label: "str | Promise"
    meets: int
    unknown: int
    certain: Decimal
    possible: Decimal
    open_ended: int


@dataclass
class QuarterLine:
    """What one quarter pays: booked in the ledger, by state, and expected."""

    quarter: Quarter
    booked: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(OPEN, NOTHING))
    certain: Decimal = NOTHING
    possible: Decimal = NOTHING

    @property
    def mark(self) -> str:
        """2026Q4."""
        return f"{self.quarter[0]}Q{self.quarter[1]}"


@dataclass(frozen=True)
class Budget:
    """All of it. `ceiling` None: none was entered."""

    period: str
    total: BudgetLine
    areas: tuple[BudgetLine, ...]
    sizes: tuple[BudgetLine, ...]
    quarters: tuple[QuarterLine, ...]
    booked: Decimal
    ceiling: Decimal | None

    @property
    def against(self) -> "CeilingCheck":
        """Booked and expected beside the ceiling."""
        total = self.total
        return CeilingCheck(
            self.ceiling, self.booked + total.certain, self.booked + total.possible, bool(total.open_ended)
        )


@dataclass(frozen=True)
class CeilingCheck:
    """Certain and possible cost beside a ceiling; `open_ended`: of some firms no bound can be given."""

    ceiling: Decimal | None
    certain: Decimal
    possible: Decimal
    open_ended: bool

    @property
    def left(self) -> Decimal:
        """Of the ceiling, after what is certain; below zero: short of so much."""
        return (self.ceiling or NOTHING) - self.certain

    @property
    def least(self) -> Decimal:
        """Of the ceiling, after all that is possible."""
        return (self.ceiling or NOTHING) - self.possible

    @property
    def state(self) -> str:
        """OVER, TIGHT, ENOUGH; NONE without a ceiling."""
        if self.ceiling is None:
            return "NONE"
        if self.left < 0:
            return "OVER"
        return "TIGHT" if self.least < 0 or self.open_ended else "ENOUGH"
