"""What one cell of a table says: which figure it is of, its number, or why it is not read. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import Any

from gongjian.engines.sheets.book import UnreadValue
from gongjian.engines.tables.folding import bare, folded
from gongjian.indicators.reading.vocabulary import (
    COLUMNS,
    FACTORS,
    JOINED,
    MONTH,
    MONTH_WORD,
    UNIT_WORD,
    UNITS,
)

NUMBER = re.compile(r"^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(\D*)$")
THOUSANDS = re.compile(r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
PLACES = Decimal("0.0001")
LARGEST = Decimal(10) ** 15
YEARS = range(1990, 2100)


class Why(StrEnum):
    """Why a cell is not taken."""

    NO_NUMBER = "no_number"
    NO_VALUE = "no_value"
    TOO_LARGE = "too_large"
    WRONG_UNIT = "wrong_unit"
    NO_INDICATOR = "no_indicator"
    NO_AREA = "no_area"
    NO_MONTH = "no_month"
    NO_COLUMN = "no_column"
    SAID_TWICE = "said_twice"
    UNKNOWN_NAME = "unknown_name"
    NO_HEADINGS = "no_headings"


LACKING = (
    ("indicator", Why.NO_INDICATOR),
    ("area", Why.NO_AREA),
    ("month", Why.NO_MONTH),
    ("column", Why.NO_COLUMN),
)


@dataclass(frozen=True)
class Place:
    """Where a cell stands: the sheet ("" for a pasted text), row and column from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True)
class Fault:
    """A cell that is not taken, and why; `shown` is what it says."""

    place: Place
    why: str
    shown: str = ""


@dataclass(frozen=True)
class Cell:
    """One figure that was read."""

    indicator: int
    area: int
    month: date
    column: str
    value: Decimal
    place: Place


@dataclass(frozen=True)
class Said:
    """What a heading or the choices of the page say of a figure; None for what they leave open."""

    indicator: int | None = None
    area: int | None = None
    month: date | None = None
    column: str | None = None
    unit: str = ""

    def __bool__(self) -> bool:
        return any(x is not None for x in (self.indicator, self.area, self.month, self.column))

    def with_more(self, other: "Said") -> "Said | None":
        """Both together; None where they contradict each other."""
        merged = {}
        for name in ("indicator", "area", "month", "column"):
            one, two = getattr(self, name), getattr(other, name)
            if one is not None and two is not None and one != two:
                return None
            merged[name] = one if one is not None else two
        return Said(**merged, unit=self.unit or other.unit)


@dataclass(frozen=True)
class Known:
    """The names of indicators and areas, folded, each with its number; the unit of each indicator."""

    indicators: Mapping[str, int]
    areas: Mapping[str, int]
    units: Mapping[int, str]
    year: int  # of a month written without one
    _seen: dict[str, Said] = field(default_factory=dict)

    def said(self, cell: Any) -> Said:
        """What a heading or a label names."""
        if isinstance(cell, date):
            return Said(month=date(cell.year, cell.month, 1))
        if isinstance(cell, UnreadValue):
            return Said()
        text = folded(cell)
        if text not in self._seen:
            self._seen[text] = self._read(text)
        return self._seen[text]

    def _read(self, text: str) -> Said:
        name, unit = bare(text), _unit_in(text)
        found = Said(unit=unit)
        for candidate in (text, name):
            if candidate in self.indicators:
                return replace(found, indicator=self.indicators[candidate])
            if candidate in self.areas:
                return replace(found, area=self.areas[candidate])
            if candidate in COLUMNS:
                return replace(found, column=COLUMNS[candidate])
        if (month := _month(text, self.year)) is not None:
            return replace(found, month=month)
        return self._split(name, found)

    def _split(self, name: str, found: Said) -> Said:
        """A name with a column or a month behind or before it: 社零总额调度数, 3月社零总额."""
        for word, column in COLUMNS.items():
            if word in name and (rest := self._read_name(name.replace(word, "", 1))):
                return replace(rest, column=column, unit=found.unit or rest.unit)
        for pattern in (JOINED, MONTH):
            match = pattern.search(name)
            if (
                match
                and MONTH_WORD in match.group()
                and (rest := self._read_name(name.replace(match.group(), "", 1)))
            ):
                return replace(rest, month=_month(match.group(), self.year), unit=found.unit or rest.unit)
        return found

    def _read_name(self, rest: str) -> Said:
        rest = bare(rest.strip("-_ "))
        if rest in self.indicators:
            return Said(indicator=self.indicators[rest])
        return Said(area=self.areas[rest]) if rest in self.areas else Said()


def _unit_in(text: str) -> str:
    inside = re.findall(r"\(([^()]*)\)", text)
    return next(
        (part.removeprefix(UNIT_WORD) for part in inside if part.removeprefix(UNIT_WORD) in UNITS), ""
    )


@lru_cache(maxsize=2000)
def _month(text: str, year: int) -> date | None:
    """The month a heading names: 2023年3月, 2023-03, 3月, 1-2月 (which stands at February)."""
    joined = JOINED.fullmatch(text)
    match = joined or MONTH.fullmatch(text)
    if match is None or (match["year"] is None and MONTH_WORD not in text):
        return None
    of_year = int(match["year"] or year)
    if of_year not in YEARS:
        return None
    return date(of_year, 2 if joined else int(match["month"]), 1)


class BadValue(Exception):
    """A cell that holds no number, and why."""

    def __init__(self, why: str, shown: str) -> None:
        super().__init__(why)
        self.why, self.shown = why, shown


def is_number(cell: Any) -> bool:
    if isinstance(cell, bool | date):
        return False
    if isinstance(cell, int | float | Decimal):
        return True
    return isinstance(cell, str) and NUMBER.fullmatch(folded(cell).replace(",", "")) is not None


def read_value(cell: Any, *, unit: str, written_in: str = "") -> Decimal:
    """A cell as a number in `unit`; a unit in the cell counts before that of its heading. Raises BadValue."""
    if isinstance(cell, UnreadValue):
        raise BadValue(Why.NO_VALUE, str(cell))
    if isinstance(cell, bool | datetime | date):
        raise BadValue(Why.NO_NUMBER, str(cell))
    text = _plain(cell)
    match = NUMBER.fullmatch(text)
    if match is None:
        raise BadValue(Why.NO_NUMBER, str(cell).strip()[:40])
    try:
        number = Decimal(match.group(1))
    except InvalidOperation as error:
        raise BadValue(Why.NO_NUMBER, str(cell).strip()[:40]) from error
    value = number * _times(match.group(2) or written_in, unit, str(cell))
    if abs(value) >= LARGEST:
        raise BadValue(Why.TOO_LARGE, str(cell).strip()[:40])
    return value.quantize(PLACES)


def _plain(cell: Any) -> str:
    if isinstance(cell, float):
        return format(Decimal(repr(cell)), "f")
    text = unicodedata.normalize("NFKC", str(cell)).replace(" ", "").replace("−", "-")
    grouped = THOUSANDS.match(text)
    if grouped:
        return grouped.group().replace(",", "") + text[grouped.end() :]
    return text


def _times(written: str, unit: str, shown: str) -> Decimal:
    written = written.strip()
    if written in ("", unit):
        return Decimal(1)
    one, two = FACTORS.get(written), FACTORS.get(unit)
    if one is None or two is None or one[0] != two[0]:
        raise BadValue(Why.WRONG_UNIT, shown.strip()[:40])
    return Decimal(one[1]) / Decimal(two[1])
