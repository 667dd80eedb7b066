"""The head of a rule file: what lists and the ledger need to know of a policy without its conditions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from gongjian.policies.states import Delivery, Level

LONGEST = 60_000  # characters of a rule file; the longest of the library has a tenth of it


@dataclass(frozen=True)
class Header:
    """The plain facts of a policy as its YAML states them; empty where it is silent."""

    code: str
    name: str
    document: str
    issuer: str
    level: str
    area_code: str
    delivery: str
    confirmed: bool
    in_force_from: date | None
    in_force_until: date | None
    last_day: date | None
    explain: str
    source: str
    confirm_note: str


def read_yaml(text: str) -> dict[str, Any]:
    """The mapping a rule file holds; empty when it is none."""
    if len(text) > LONGEST:
        return {}
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def read_header(text: str) -> Header:
    """What can be read; a wrong word or date reads as empty, the check says so with its line."""
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
        confirmed=data.get("confirmed") is True,
        in_force_from=day("in_force_from"),
        in_force_until=day("in_force_until"),
        last_day=day("last_day"),
        explain=word("explain"),
        source=word("source"),
        confirm_note=word("confirm_note"),
    )
