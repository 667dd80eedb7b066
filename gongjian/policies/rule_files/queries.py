"""The header of a rule file: what lists and the ledger need to know of a policy besides its conditions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from gongjian.engines.writing import clean_yaml
from gongjian.policies.states import Delivery, Level

LONGEST = 60_000  # characters of a rule file; the longest one of the library has a quarter of them


@dataclass(frozen=True)
class Header:
    """The plain fields of a policy as its YAML states them; empty where it says nothing."""

    code: str
    name: str
    document: str
    issuer: str
    level: str
    area_code: str
    delivery: str
    gives: bool
    confirmed: bool
    in_force_from: date | None
    in_force_until: date | None
    last_day: date | None
    explain: str
    source: str
    confirm_note: str


def read_yaml(text: str) -> dict[str, Any]:
    """The mapping a rule file holds; empty when the text is no YAML mapping or too long."""
    if len(text) > LONGEST:
        return {}
    try:
        data = clean_yaml.read_yaml(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _gives(benefit: Any) -> bool:
    """Whether the rule has a benefit with at least one part; without one it only classifies."""
    return isinstance(benefit, dict) and bool(benefit.get("parts"))


def read_header(text: str) -> Header:
    """The header of a rule text; a wrong word or date reads as empty, since the check reports it with its line."""
    data = read_yaml(text)

    def word(key: str, limit: int = 4000) -> str:
        value = data.get(key)
        return "" if value is None or isinstance(value, dict | list) else str(value).strip()[:limit]

    def day(key: str) -> date | None:
        value = data.get(key)
        return value if type(value) is date else None

    level, delivery = word("level"), word("delivery")
    return Header(
        code=word("code", 60),
        name=word("name", 120),
        document=word("document", 160),
        issuer=word("issuer", 80),
        level=level if level in Level.values else Level.CITY,
        area_code=word("area", 12),
        delivery=delivery if delivery in Delivery.values else Delivery.APPLICATION,
        gives=_gives(data.get("benefit")),
        confirmed=data.get("confirmed") is True,
        in_force_from=day("in_force_from"),
        in_force_until=day("in_force_until"),
        last_day=day("last_day"),
        explain=word("explain"),
        source=word("source"),
        confirm_note=word("confirm_note"),
    )
