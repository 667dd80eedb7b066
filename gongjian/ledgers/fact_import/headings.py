"""Reads what a column heading means: firm, code, period, or a fact with its unit and period. Its words are in `headings.toml`."""

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from gongjian.audit.wording import words
from gongjian.enterprises.facts.catalogue import FactKey, catalogue
from gongjian.enterprises.facts.values import unit_factor
from gongjian.enterprises.states import PeriodKind
from gongjian.ledgers.vocabulary import (
    BARE_MONTH,
    DAY,
    MONTH,
    MONTH_NAMES,
    NAMED_DAY,
    NAMED_MONTH,
    NAMED_QUARTER,
    QUARTER,
    QUARTERS,
    UNIT,
    YEAR,
)

Period = tuple[str, date]
FOLD = {o: o - 0xFEE0 for o in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class ColumnRole(StrEnum):
    """What a column contains."""

    NAME = "name"
    CODE = "code"
    PERIOD = "period"
    KEY = "key"
    VALUE = "value"
    UNIT = "unit"
    FACT = "fact"
    IGNORED = "ignored"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ColumnHeading:
    """One column: its role, and for a fact its entry, unit and period if given; `why` it is not read, if unknown."""

    role: ColumnRole
    shown: str
    entry: FactKey | None = None
    unit: str = ""
    period: Period | None = None
    why: str = ""


@cache
def heading_words() -> dict[str, Any]:
    """The content of `headings.toml`."""
    return tomllib.loads((Path(__file__).resolve().parent / "headings.toml").read_text(encoding="utf-8"))


def folded(text: Any) -> str:
    """The text in half-width characters, without spaces and line breaks."""
    return "".join(str(text).translate(FOLD).split())


@cache
def _roles_by_word() -> dict[str, ColumnRole]:
    return {
        folded(name): ColumnRole(role) for role, names in heading_words()["head"].items() for name in names
    }


def in_english(key: str) -> str:
    """The English name of a fact, under which an English workbook has its column."""
    with translation.override("en"):
        return words(key)


@cache
def _facts_by_name() -> dict[str, FactKey]:
    return {
        folded(name).casefold(): entry
        for entry in catalogue().values()
        for name in (entry.key, entry.english, in_english(entry.key), *entry.names)
    }


def role_of(text: str) -> ColumnRole | None:
    """The role a heading states by itself; None when it is a fact, a period or unknown."""
    return _roles_by_word().get(folded(text)) or _roles_by_word().get(UNIT.sub("", folded(text)))


def read_period(text: Any, *, default: Period | None) -> Period | None:
    """The period people wrote; `default` gives the year of 3月 and the meaning of 本月. None when it cannot be read."""
    if isinstance(text, datetime | date):
        return PeriodKind.MONTH, date(text.year, text.month, 1)
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    written = folded(text)
    try:
        return _named_period(written) or _written_period(written) or _relative_period(written, default)
    except ValueError:
        return None


def _written_period(written: str) -> Period | None:
    if match := DAY.search(written):
        return PeriodKind.DAY, date(*(int(part) for part in match.groups()))
    if match := QUARTER.search(written):
        quarter = QUARTERS[match.group(2) or match.group(3)]
        return PeriodKind.QUARTER, date(int(match.group(1)), quarter * 3 - 2, 1)
    if match := MONTH.search(written):
        return PeriodKind.MONTH, date(int(match.group(1)), int(match.group(2)), 1)
    if re.fullmatch(r"(?:19|20)\d{4}", written):  # 202603
        return PeriodKind.MONTH, date(int(written[:4]), int(written[4:]), 1)
    if match := YEAR.search(written):
        return PeriodKind.YEAR, date(int(match.group(1)), 1, 1)
    return None


def _named_period(written: str) -> Period | None:
    """A period as English writes it: 31 Oct 2026, Oct 2026, 2026, quarter 3."""
    if match := NAMED_DAY.search(written):
        return PeriodKind.DAY, date(int(match.group(3)), _month_named(match.group(2)), int(match.group(1)))
    if match := NAMED_MONTH.search(written):
        return PeriodKind.MONTH, date(int(match.group(2)), _month_named(match.group(1)), 1)
    if match := NAMED_QUARTER.search(written):
        year, quarter = match.group(1) or match.group(4), match.group(2) or match.group(3)
        return PeriodKind.QUARTER, date(int(year), int(quarter) * 3 - 2, 1)
    return None


def _month_named(name: str) -> int:
    return MONTH_NAMES.index(name.lower()) + 1


def _relative_period(written: str, default: Period | None) -> Period | None:
    if default is None:
        return None
    kind, first = default
    if match := BARE_MONTH.match(written):
        return PeriodKind.MONTH, date(first.year, int(match.group(1)), 1)
    if written in heading_words()["period"]["this"]:
        return default
    if written in heading_words()["period"]["last_year"]:
        return kind, first.replace(year=first.year - 1)
    return None


def read_heading(texts: Iterable[str], *, default: Period | None) -> ColumnHeading:
    """The meaning of a column, from its headings top to bottom."""
    parts = list(dict.fromkeys(folded(text) for text in texts if folded(text)))
    shown = " ".join(parts)
    if not parts:
        return ColumnHeading(ColumnRole.IGNORED, "")
    for part in reversed(parts):
        if (role := role_of(part)) is not None:
            return ColumnHeading(role, shown)
    if any(word in part for part in parts for word in heading_words()["period"]["refused"]):
        return ColumnHeading(ColumnRole.UNKNOWN, shown, why=_("累计数、增速和占比不收，系统会自己算"))
    return _fact_heading(parts, shown, default)


def _fact_heading(parts: list[str], shown: str, default: Period | None) -> ColumnHeading:
    entry, period, unit = None, None, ""
    for part in parts:
        if (match := UNIT.search(part)) is not None:
            unit = match.group(1)
            part = UNIT.sub("", part)
        period = read_period(part, default=default) or period
        entry = _fact_of_part(part) or entry
    if entry is None:
        return ColumnHeading(ColumnRole.UNKNOWN, shown, why=_unknown_fact(parts))
    if unit and unit_factor(entry, unit) is None:
        why = _("%(key)s的计量单位是%(unit)s，不认得“%(tail)s”。请换算后再填。") % {
            "key": words(entry.key),
            "unit": words(entry.unit) or _("无"),
            "tail": unit,
        }
        return ColumnHeading(ColumnRole.UNKNOWN, shown, why=why)
    return ColumnHeading(ColumnRole.FACT, shown, entry, unit, period)


def _fact_of_part(part: str) -> FactKey | None:
    """The fact a heading names, with or without a period in it; None when unknown."""
    for text in (part, _without_period(part)):
        if (entry := _facts_by_name().get(text.casefold())) is not None:
            return entry
    return None


def _without_period(part: str) -> str:
    """The heading without its period."""
    for form in (NAMED_DAY, NAMED_MONTH, NAMED_QUARTER, DAY, QUARTER, MONTH, YEAR):
        part = form.sub("", part, count=1)
    for word in (*heading_words()["period"]["this"], *heading_words()["period"]["last_year"]):
        part = part.removeprefix(word).removesuffix(word)
    return part.strip("@-_/、:()")


def fact_named(text: Any) -> FactKey | None:
    """The fact named in a cell of the column 指标; None when unknown."""
    return _fact_of_part(UNIT.sub("", folded(text)))


def closest_fact(text: str) -> str:
    """The key of the fact with the most similar name; empty when none is similar."""
    bare = _without_period(UNIT.sub("", folded(text))).casefold()
    near = difflib.get_close_matches(bare, _facts_by_name(), n=1, cutoff=0.6)
    return _facts_by_name()[near[0]].key if near else ""


def _unknown_fact(parts: list[str]) -> str:
    near = next(filter(None, (closest_fact(part) for part in parts)), "")
    if near:
        return _("数据目录里没有这个指标，是不是“%(near)s”？") % {"near": words(near)}
    return _("数据目录里没有这个指标")
