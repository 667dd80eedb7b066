"""What the budget page shows (预算): lines, quarters, the ceiling beside them. Plain data, amounts in yuan."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise

from gongjian.policies.states import OPEN

NOTHING = Decimal(0)
Quarter = tuple[int, int]


@dataclass(frozen=True)
class BudgetLine:
    """Firms that meet or may meet the rule, and their amounts; `open_ended` counts those without limit."""

    label: "str | Promise"
    meets: int
    unknown: int
    certain: Decimal
    possible: Decimal
    open_ended: int


@dataclass
class QuarterLine:
    """The payouts of one quarter: those booked in the ledger, by state, and those expected."""

    quarter: Quarter
    booked: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(OPEN, NOTHING))
    certain: Decimal = NOTHING
    possible: Decimal = NOTHING

    @property
    def mark(self) -> str:
        """The quarter in the form 2026Q4."""
        return f"{self.quarter[0]}Q{self.quarter[1]}"


@dataclass(frozen=True)
class Budget:
    """The whole budget of a version. `ceiling` is None when none was entered."""

    period: str
    total: BudgetLine
    areas: tuple[BudgetLine, ...]
    sizes: tuple[BudgetLine, ...]
    quarters: tuple[QuarterLine, ...]
    booked: Decimal
    ceiling: Decimal | None

    @property
    def against(self) -> "CeilingCheck":
        """Booked and expected money compared with the ceiling."""
        total = self.total
        return CeilingCheck(
            self.ceiling, self.booked + total.certain, self.booked + total.possible, bool(total.open_ended)
        )


@dataclass(frozen=True)
class CeilingCheck:
    """Certain and possible cost beside a ceiling; `open_ended`: the amount of some firms has no upper bound."""

    ceiling: Decimal | None
    certain: Decimal
    possible: Decimal
    open_ended: bool

    @property
    def left(self) -> Decimal:
        """What remains of the ceiling after the certain cost; negative when the ceiling is exceeded."""
        return (self.ceiling or NOTHING) - self.certain

    @property
    def least(self) -> Decimal:
        """What remains of the ceiling if everything possible is paid."""
        return (self.ceiling or NOTHING) - self.possible

    @property
    def state(self) -> str:
        """OVER, TIGHT or ENOUGH; NONE without a ceiling."""
        if self.ceiling is None:
            return "NONE"
        if self.left < 0:
            return "OVER"
        return "TIGHT" if self.least < 0 or self.open_ended else "ENOUGH"
