"""The catalogue of facts (数据目录): what can be recorded, in which unit, for which periods. Data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class FactKey:
    """One entry of the catalogue."""

    key: str
    english: str
    unit: str
    periods: tuple[str, ...]


@cache
def catalogue() -> dict[str, FactKey]:
    """Key -> entry, in the order of the file."""
    data = tomllib.loads((Path(__file__).resolve().parent / "facts.toml").read_text(encoding="utf-8"))
    return {e["key"]: FactKey(e["key"], e["english"], e["unit"], tuple(e["periods"])) for e in data["fact"]}
