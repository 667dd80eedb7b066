"""What the monthly figures of firms add up to. No database."""

import tomllib
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from gongjian.enterprises.monthly_returns.vocabulary import (
    ADDED,
    CAPACITY,
    ELECTRICITY,
    IDLE,
    OUTPUT,
    REVENUE,
)

OTHER = "OTHER"  # key of what belongs to no sector of the list


@dataclass(frozen=True)
class Sector:
    """A sector shown by itself: its key, its Chinese name, the beginnings of industry codes that belong to it."""

    key: str
    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class SectorTable:
    """The sectors in order, the capacity use (%) that counts as full load, the months within which a return is expected again."""

    sectors: tuple[Sector, ...]
    full_load: float
    expected_months: int

    def sector_of(self, code: str) -> str:
        """The key of the sector of an industry code; OTHER for a code of none, or no code."""
        for sector in self.sectors:
            if code and code.startswith(sector.codes):
                return sector.key
        return OTHER


@cache
def sector_table() -> SectorTable:
    """The sectors shipped in `sectors.toml`."""
    data = tomllib.loads((Path(__file__).parent / "sectors.toml").read_text(encoding="utf-8"))
    sectors = tuple(Sector(one["key"], one["name"], tuple(one["codes"])) for one in data["sector"])
    return SectorTable(sectors, float(data["full_load"]), int(data["expected_months"]))


@dataclass(frozen=True)
class FirmMonth:
    """One firm in one month: figure -> value of the month, and of the same month a year before; None is unknown."""

    pk: int
    name: str
    area: Any
    sector: str
    now: Mapping[str, float | None]
    before: Mapping[str, float | None]

    @property
    def reported(self) -> bool:
        """Whether anything is known of the month."""
        return any(value is not None for value in self.now.values())

    def at_work(self, days: int) -> bool | None:
        """Whether the firm produced in a month of so many days; None where nothing tells."""
        if (self.now.get(IDLE) or 0) >= days:
            return False
        signs = [self.now.get(key) for key in (OUTPUT, ELECTRICITY, REVENUE, CAPACITY)]
        known = [value for value in signs if value is not None]
        return any(value > 0 for value in known) if known else None


@dataclass(frozen=True)
class Added:
    """One figure over firms: its sum, of how many firms, and the growth (%) over firms known in both years; None if none is."""

    key: str
    total: float | None
    firms: int
    growth: float | None


@dataclass(frozen=True)
class Totals:
    """The firms of a sector or an area in one month.

    Rates in percent: `restart` of the firms that tell whether they produced, `full_load` of those that tell their use of
    capacity, whose plain mean is `capacity`. None where no firm tells.
    """

    label: Any
    key: str
    firms: tuple[FirmMonth, ...]
    reported: int
    added: tuple[Added, ...]
    capacity: float | None
    restart: float | None
    full_load: float | None

    @property
    def missing(self) -> int:
        """How many expected firms have not reported."""
        return len(self.firms) - self.reported


def rate(part: int, whole: int) -> float | None:
    """A share in percent; None of nothing.

    >>> rate(3, 4), rate(0, 0)
    (75.0, None)
    """
    return 100 * part / whole if whole else None


def add_up(key: str, firms: Sequence[FirmMonth]) -> Added:
    """One figure over firms. Growth compares the same firms: those known in both months, and where they had something."""
    values = [firm.now[key] for firm in firms if firm.now.get(key) is not None]
    pairs = [(firm.now[key], firm.before[key]) for firm in firms]
    both = [(now, before) for now, before in pairs if now is not None and before is not None]
    base = sum(before for _now, before in both)
    growth = 100 * (sum(now for now, _before in both) / base - 1) if base > 0 else None
    return Added(
        key, sum(value for value in values if value is not None) if values else None, len(values), growth
    )


def totals(label: Any, key: str, firms: Iterable[FirmMonth], *, month: date, full_load: float) -> Totals:
    """What these firms add up to in a month."""
    all_of_them = tuple(firms)
    days = monthrange(month.year, month.month)[1]
    told = [work for firm in all_of_them if (work := firm.at_work(days)) is not None]
    use = [value for firm in all_of_them if (value := firm.now.get(CAPACITY)) is not None]
    return Totals(
        label,
        key,
        all_of_them,
        sum(firm.reported for firm in all_of_them),
        tuple(add_up(name, all_of_them) for name in ADDED),
        sum(use) / len(use) if use else None,
        rate(sum(told), len(told)),
        rate(sum(value >= full_load for value in use), len(use)),
    )
