"""The facts of one firm as the engine keeps them: a row of whole numbers, texts and sets; None is unknown."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from math import isnan

from gongjian.engines.policy.binding.binder import days_since_1970
from gongjian.engines.policy.binding.bound import PLACES, UNIT, FactSource
from gongjian.engines.policy.facts.catalogue import Kind
from gongjian.engines.policy.vocabulary import DAY_FORM, NO, NONE, SEPARATORS, YES

Value = Decimal | float | int | bool | str | date | Iterable[str] | None
Cell = int | str | frozenset[str] | None
Row = list[Cell]
FLAGS = YES | NO
LARGEST = 900_000_000_000  # ten-thousandths of it are still whole in a float64
# Digits alone, or in groups of three or of four (万); what is grouped otherwise is not guessed at.
NUMBER_FORM = r"^[+-]?(\d+|\d{1,3}(,\d{3})+|\d{1,4}(,\d{4})+)?(\.\d*)?([eE][+-]?\d{1,3})?$"


class BadValue(ValueError):
    """A value that does not fit the kind of its fact."""


def cell(kind: Kind, value: Value) -> Cell:
    """A value as the engine keeps it. Raises BadValue if it does not fit the kind."""
    if value is None or value == "":
        return None
    if kind is Kind.NUMBER:
        return number(value)
    if kind is Kind.TEXT:
        return str(value)
    if kind is Kind.SET:
        return titles(value)
    return _flag(value) if kind is Kind.FLAG else _day(value)


def number(value: Value) -> int | None:
    """A number as whole ten-thousandths; NaN is unknown. Raises BadValue for a text that is no number."""
    if isinstance(value, float) and isnan(value):
        return None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return value * UNIT
    if isinstance(value, float) and abs(value) <= LARGEST:
        return round(value * UNIT)
    try:
        exact = value if isinstance(value, Decimal) else _decimal(str(value).strip())
        return None if exact.is_nan() else _units(exact)
    except ArithmeticError as error:
        raise BadValue(str(value)) from error


def _units(exact: Decimal) -> int:
    if not exact.is_finite() or abs(exact) > LARGEST:
        raise BadValue(str(exact))
    return int(exact.scaleb(PLACES).to_integral_value(ROUND_HALF_EVEN))


def _decimal(text: str) -> Decimal:
    if text.casefold() != "nan" and re.match(NUMBER_FORM, text, re.ASCII) is None:
        raise BadValue(text)
    return Decimal(text.replace(",", ""))


def titles(value: Value) -> frozenset[str]:
    """The names in a list, or in a text with separators; 无 alone means none. Raises BadValue."""
    if isinstance(value, str):
        for sign in SEPARATORS:
            value = value.replace(sign, "\n")
        value = value.split("\n")
    elif not isinstance(value, Iterable):
        raise BadValue(str(value))
    names = frozenset(stripped for name in value if name is not None and (stripped := str(name).strip()))
    return frozenset() if names == NONE else names


def _flag(value: Value) -> int:
    if isinstance(value, bool):
        return int(value)
    flag = FLAGS.get(str(value).strip().casefold())
    if flag is None:
        raise BadValue(str(value))
    return flag


def _day(value: Value) -> int:
    if isinstance(value, datetime):
        return days_since_1970(value.date())
    if isinstance(value, date):
        return days_since_1970(value)
    written = re.fullmatch(DAY_FORM, str(value).strip(), re.ASCII)
    if written is None:
        raise BadValue(str(value))
    year, month, day = (int(part) for part in written.groups() if part)
    try:
        return days_since_1970(date(year, month, day))
    except ValueError as error:
        raise BadValue(str(value)) from error


class RowLayout:
    """The place of each column in a row, under all its names, and which columns are computed from others."""

    def __init__(self, sources: Iterable[FactSource], english: Mapping[str, str]) -> None:
        self.sources: list[FactSource] = []
        self.place: dict[str, int] = {}
        for source in sources:
            self._add(source)
        self.names = dict(self.place)
        for column, place in self.place.items():
            key, at, period = column.partition("@")
            if key in english:
                self.names[f"{english[key]}{at}{period}"] = place
        self.kinds = [source.kind for source in self.sources]
        self.computed = [
            (self.place[s.column], tuple(self.place[p.column] for p in s.parts))
            for s in self.sources
            if s.parts
        ]

    def _add(self, source: FactSource) -> None:
        """Add a column after its parts, so that it can be computed from them."""
        if source.column in self.place:
            return
        for part in source.parts:
            self._add(part)
        self.place[source.column] = len(self.sources)
        self.sources.append(source)

    def row(self, facts: Mapping[str, Value]) -> Row:
        """The facts of one firm in the order of the columns, computed ones filled in; facts no column asks for are ignored."""
        row: Row = [None] * len(self.sources)
        names, kinds = self.names, self.kinds
        for name, value in facts.items():
            place = names.get(name)
            if place is not None:
                row[place] = cell(kinds[place], value)
        self.complete(row)
        return row

    def complete(self, row: Row) -> None:
        """Fill in longer periods from shorter ones where they have no value themselves."""
        for place, parts in self.computed:
            if row[place] is None:
                values = [row[p] for p in parts]
                if None not in values:
                    row[place] = sum(values)  # type: ignore[arg-type]  # parts are numbers

    def missing(self, source: FactSource, row: Row) -> list[str]:
        """The columns that would have to be known: the column itself, or its missing parts when some parts are known."""
        if row[self.place[source.column]] is not None:
            return []
        parts = [p for p in source.parts if row[self.place[p.column]] is None]
        if parts and (len(parts) < len(source.parts) or any(self._partly_known(p, row) for p in parts)):
            return [name for part in parts for name in self.missing(part, row)]
        return [source.column]

    def _partly_known(self, source: FactSource, row: Row) -> bool:
        return row[self.place[source.column]] is not None or any(
            self._partly_known(p, row) for p in source.parts
        )
