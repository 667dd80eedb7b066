"""Schemes as files: the ones that ship with the product, and a scheme read from a table of its settings."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from gongjian.engines.standings.schemes import BadScheme, Item, Lens, Lists, Method, Missing, Scheme, Tie

FOLDER = Path(__file__).resolve().parent / "library"
DECIMALS = {"points", "least_base", "reach", "reach_points", "effort", "step", "one_off"}
CHOICES: dict[str, Any] = {"lens": Lens, "method": Method, "tie": Tie, "missing": Missing, "lists": Lists}


@cache
def shipped() -> dict[str, dict[str, Any]]:
    """The tables of the shipped schemes by key, as their files say them."""
    files = sorted(FOLDER.glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal) for file in files}


def read_scheme(key: str, table: Mapping[str, Any]) -> Scheme:
    """A scheme from a table of settings with a list `item`; what only tells readers (name, source) is left aside. Raises BadScheme."""
    items = tuple(Item(**_facts(each, Item, each.get("key", ""))) for each in table.get("item", ()))
    facts = _facts(table, Scheme, "")
    return Scheme(**facts | {"key": key, "items": items})


def _facts(table: Mapping[str, Any], kind: type, item: str) -> dict[str, Any]:
    """The settings of a table that this kind has, each read."""
    known = kind.__dataclass_fields__.keys()  # type: ignore[attr-defined]  # a dataclass by its callers
    try:
        return {name: _read(name, value) for name, value in table.items() if name in known}
    except (ValueError, InvalidOperation, TypeError) as bad:
        raise BadScheme("value", item) from bad


def _read(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DECIMALS:
        return Decimal(str(value))
    if name == "bonus":
        return tuple(Decimal(str(each)) for each in value)
    if name == "bonus_needs":
        return tuple((str(key), Decimal(str(least))) for key, least in value)
    return CHOICES[name](value) if name in CHOICES else value
