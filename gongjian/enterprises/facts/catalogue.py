"""The catalogue of facts (数据目录), read from `facts.toml`: what can be recorded, in which unit, for which periods."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongjian.audit.wording import in_chinese, words

FILE = Path(__file__).resolve().parent / "facts.toml"
NUMBER, FLAG, TEXT, DATE, SET = "NUMBER", "FLAG", "TEXT", "DATE", "SET"
TEXT_KINDS = (TEXT, DATE)  # kinds stored as text


@dataclass(frozen=True)
class FactKey:
    """One entry of the catalogue; the beginning of `facts.toml` explains each field."""

    key: str
    english: str
    unit: str
    periods: tuple[str, ...]
    kind: str = NUMBER
    gather: str = "NONE"
    choices: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    source: str = ""
    about: str = "firm"
    negative: bool = False
    note: str = ""
    usual: tuple[str, ...] = ()

    @property
    def recorded(self) -> bool:
        """Whether the entry is recorded as a fact; other entries are fields of the register (登记信息)."""
        return self.source != "firm"

    @property
    def has_no_period(self) -> bool:
        """Whether the fact belongs to no period, so that the value of the latest day counts."""
        return not self.periods

    @property
    def period_kinds(self) -> tuple[str, ...]:
        """The kinds of period a value may be recorded for."""
        return self.periods or ("DAY",)

    @property
    def label(self) -> str:
        """The key with its unit in the reader's language: 营业收入（万元）, Revenue (10,000 yuan)."""
        if in_chinese():
            return f"{self.key}（{self.unit}）" if self.unit else self.key
        return f"{words(self.key)} ({words(self.unit)})" if self.unit else words(self.key)


@cache
def all_facts() -> dict[str, FactKey]:
    """Key -> entry of every fact that rules may use, in the order of the file."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {entry["key"]: _entry(entry) for entry in data["fact"]}


@cache
def catalogue() -> dict[str, FactKey]:
    """Key -> entry of every fact that is recorded for a firm, in the order of the file."""
    return {k: e for k, e in all_facts().items() if e.recorded and e.about == "firm"}


def _entry(entry: dict[str, object]) -> FactKey:
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return FactKey(**({"unit": ""} | values))  # type: ignore[arg-type]  # the file is checked by a test
