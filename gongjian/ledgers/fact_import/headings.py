"""What the head of a column means: firm, code, period, a fact of the catalogue with its unit and period. Words are data."""

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

from django.utils.translation import gettext as _

from gongjian.enterprises.facts.catalogue import FactKey, catalogue
from gongjian.enterprises.facts.values import unit_factor
from gongjian.enterprises.states import PeriodKind
from gongjian.ledgers.vocabulary import BARE_MONTH, DAY, MONTH, QUARTER, QUARTERS, UNIT, YEAR

Period = tuple[str, date]
FOLD = {o: o - 0xFEE0 for o in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class Role(StrEnum):
    """What a column holds."""

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
class Heading:
    """One column: its role; for a fact its entry, unit and, where the head says it, the period. `why`: if left alone."""

    role: Role
    shown: str
    entry: FactKey | None = None
    unit: str = ""
    period: Period | None = None
    why: str = ""


@cache
def words() -> dict[str, Any]:
    """The data file."""
    return tomllib.loads((Path(__file__).resolve().parent / "headings.toml").read_text(encoding="utf-8"))


def plain(text: Any) -> str:
    """A head without spaces, line breaks and full-width signs."""
    return "".join(str(text).translate(FOLD).split())


@cache
def _roles() -> dict[str, Role]:
    return {plain(name): Role(role) for role, names in words()["head"].items() for name in names}


@cache
def _facts() -> dict[str, FactKey]:
    return {
        plain(name).casefold(): entry
        for entry in catalogue().values()
        for name in (entry.key, entry.english, *entry.names)
    }


def role_of(text: str) -> Role | None:
    """The role a head has by itself; None when it is a fact, a period or unknown."""
    return _roles().get(plain(text)) or _roles().get(UNIT.sub("", plain(text)))


def read_period(text: Any, *, default: Period | None) -> Period | None:
    """A period as people write it; `default` gives the year of 3月 and is what 本月 means."""
    if isinstance(text, datetime | date):
        return PeriodKind.MONTH, date(text.year, text.month, 1)
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    said = plain(text)
    try:
        return _written_period(said) or _relative_period(said, default)
    except ValueError:
        return None


def _written_period(said: str) -> Period | None:
    if found := DAY.search(said):
        return PeriodKind.DAY, date(*(int(part) for part in found.groups()))
    if found := QUARTER.search(said):
        quarter = QUARTERS[found.group(2) or found.group(3)]
        return PeriodKind.QUARTER, date(int(found.group(1)), quarter * 3 - 2, 1)
    if found := MONTH.search(said):
        return PeriodKind.MONTH, date(int(found.group(1)), int(found.group(2)), 1)
    if re.fullmatch(r"(?:19|20)\d{4}", said):  # 202603
        return PeriodKind.MONTH, date(int(said[:4]), int(said[4:]), 1)
    if found := YEAR.search(said):
        return PeriodKind.YEAR, date(int(found.group(1)), 1, 1)
    return None


def _relative_period(said: str, default: Period | None) -> Period | None:
    if default is None:
        return None
    kind, first = default
    if found := BARE_MONTH.match(said):
        return PeriodKind.MONTH, date(first.year, int(found.group(1)), 1)
    if said in words()["period"]["this"]:
        return default
    if said in words()["period"]["last_year"]:
        return kind, first.replace(year=first.year - 1)
    return None


def read_heading(texts: Iterable[str], *, default: Period | None) -> Heading:
    """A column from its heads, top to bottom."""
    parts = list(dict.fromkeys(plain(text) for text in texts if plain(text)))
    shown = " ".join(parts)
    if not parts:
        return Heading(Role.IGNORED, "")
    for part in reversed(parts):
        if (role := role_of(part)) is not None:
            return Heading(role, shown)
    if any(word in part for part in parts for word in words()["period"]["refused"]):
        return Heading(Role.UNKNOWN, shown, why=_("累计数、增速和占比不收，系统会自己算"))
    return _fact_heading(parts, shown, default)


def _fact_heading(parts: list[str], shown: str, default: Period | None) -> Heading:
    entry, period, unit = None, None, ""
    for part in parts:
        if (found := UNIT.search(part)) is not None:
            unit = found.group(1)
            part = UNIT.sub("", part)
        period = read_period(part, default=default) or period
        entry = _entry(part) or entry
    if entry is None:
        return Heading(Role.UNKNOWN, shown, why=_suggested(parts))
    if unit and unit_factor(entry, unit) is None:
        why = _("%(key)s的计量单位是%(unit)s，不认得“%(tail)s”。请换算后再填。") % {
            "key": entry.key,
            "unit": entry.unit or _("无"),
            "tail": unit,
        }
        return Heading(Role.UNKNOWN, shown, why=why)
    return Heading(Role.FACT, shown, entry, unit, period)


def _entry(part: str) -> FactKey | None:
    """The fact a head names, whatever period stands in it."""
    for text in (part, _bare(part)):
        if (entry := _facts().get(text.casefold())) is not None:
            return entry
    return None


def _bare(part: str) -> str:
    """A head without its period."""
    for form in (DAY, QUARTER, MONTH, YEAR):
        part = form.sub("", part, count=1)
    for word in (*words()["period"]["this"], *words()["period"]["last_year"]):
        part = part.removeprefix(word).removesuffix(word)
    return part.strip("@-_/、:()")


def entry_named(text: Any) -> FactKey | None:
    """The fact a cell of the column 指标 names."""
    return _entry(UNIT.sub("", plain(text)))


def suggestion(text: str) -> str:
    """The catalogue's name that looks most like it, or ""."""
    bare = _bare(UNIT.sub("", plain(text))).casefold()
    near = difflib.get_close_matches(bare, _facts(), n=1, cutoff=0.6)
    return _facts()[near[0]].key if near else ""


def _suggested(parts: list[str]) -> str:
    near = next(filter(None, (suggestion(part) for part in parts)), "")
    if near:
        return _("数据目录里没有这个指标，是不是“%(near)s”？") % {"near": near}
    return _("数据目录里没有这个指标")
