"""The workload: 200 policies of 20 kinds over 46 attributes, written in the rule language of the product.

Conditions and amounts are texts that are SQL as well, so every contender is generated from the same words.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
FACTS = HERE / "facts.toml"
ZONES = 4
SEED = 20251231
NUDGES = (1, 1.02, 1.05, 1.07, 1.1)


@dataclass(frozen=True)
class Attribute:
    """One column of the table of firms."""

    key: str
    english: str
    kind: str
    choices: tuple[str, ...] = ()
    complete: bool = False
    years: tuple[int, int] = (1995, 2025)
    share: float = 0.0
    median: float = 0.0
    spread: float = 0.0


@dataclass(frozen=True)
class Rule:
    """One policy: all its clauses must hold; the amount in 元."""

    code: str
    name: str
    clauses: tuple[str, ...]
    amount: str


@cache
def attributes() -> tuple[Attribute, ...]:
    """In the order of the file."""
    entries = tomllib.loads(FACTS.read_text(encoding="utf-8"))["fact"]
    fields = Attribute.__dataclass_fields__
    return tuple(
        Attribute(**{k: tuple(v) if isinstance(v, list) else v for k, v in entry.items() if k in fields})
        for entry in entries
    )


def _zones() -> list[str]:
    """Four cities: the whole city, with its neighbour, its counties."""
    codes = next(a.choices for a in attributes() if a.english == "region")
    cities = [codes[i : i + 5] for i in range(0, len(codes), 5)]
    sets = [s for i, city in enumerate(cities) for s in (city, city[2:], city + cities[i - 1])]
    return [f"({', '.join(repr(code) for code in codes)})" for codes in sets]


def _individual(value: int | str, dice: Random) -> str:
    """A threshold of its own for each policy: the variant with little sharing."""
    if isinstance(value, str):
        if "-" in value:
            return str(date.fromisoformat(value) + timedelta(dice.randrange(-30, 30)))
        return f"{float(value) * dice.choice(NUDGES):.4f}"
    return str(value + dice.randrange(-value // 10, value // 10 + 1))


def rules(count: int = 200, *, individual: bool = False) -> list[Rule]:
    """`count` policies; with thresholds all different when `individual`. The same every time."""
    kinds = tomllib.loads((HERE / "types.toml").read_text(encoding="utf-8"))["type"]
    dice, zones, parks = Random(SEED), _zones(), ("('高新园', '经开园')", "('临港园', '装备园', '纺织园')")
    policies = []
    for number in range(count):
        kind = kinds[number % len(kinds)]
        drawn = {name: dice.choice(values) for name, values in sorted(kind["choices"].items())}
        values = {name: _individual(v, dice) if individual else str(v) for name, v in drawn.items()}
        values |= {"zone": dice.choice(zones), "park": dice.choice(parks)}
        policies.append(
            Rule(
                code=f"BENCH-{number:04d}",
                name=f"{kind['name']}{number:04d}",
                clauses=tuple(text.format(**values) for text in kind["clauses"]),
                amount=kind["amount"].format(**values),
            )
        )
    return policies
