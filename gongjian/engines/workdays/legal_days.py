"""Days off by law (法定节假日), known before the year's notice: fixed days and festivals, without what is moved around them."""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def law_of(year: int) -> str:
    """The document that says which days of the year are off; empty for years before the oldest one known here."""
    law = _law(year)
    return str(law["document"]) if law else ""


def festival_days(year: int) -> dict[str, date]:
    """The days of the festivals that move (`spring` is the first day of the first month); empty where they are not known."""
    found: dict[str, date] = _data("festivals.toml").get(str(year), {})
    return found


def legal_days(year: int) -> dict[date, str]:
    """The days of the year that are off by law and their names, in order; a day of two festivals keeps the first name.

    A festival that moves is left out where its day is not known (festivals.toml).
    """
    law = _law(year)
    festivals = festival_days(year)
    named: dict[date, str] = {}
    for entry in law["days"] if law else []:
        start = _start(entry["from"], year, festivals)
        for days in entry["days"] if start else []:
            named.setdefault(start + timedelta(days=days), entry["name"])
    return dict(sorted(named.items()))


def _law(year: int) -> dict[str, Any] | None:
    """The wording in force in the year: the newest that is not newer."""
    in_force = [law for law in _data("legal_days.toml")["law"] if law["in_force_from"] <= year]
    return max(in_force, key=lambda law: law["in_force_from"], default=None)


def _start(words: str, year: int, festivals: dict[str, date]) -> Any:
    """The first day an entry is counted from: a month and day of the year, or the day of a festival; None if unknown."""
    return date.fromisoformat(f"{year}-{words}") if words[0].isdigit() else festivals.get(words)
