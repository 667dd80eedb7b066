"""Loads the words and sentence patterns of press reports once, and compiles regular expressions from them."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

CJK = "一-鿿㐀-䶿〇"
HERE = Path(__file__).parent


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """The words of one list in vocabulary.toml, longest first; a string counts as a list of its characters."""
    return _longest_first(_table("vocabulary.toml")[section][key])


@cache
def grammar(section: str, key: str) -> tuple[str, ...]:
    """The words of one list in grammar.toml, longest first."""
    return _longest_first(_table("grammar.toml")[section][key])


@cache
def places() -> tuple[str, ...]:
    """The names of areas in places.toml that the general rules would misread, longest first."""
    return _longest_first(_table("places.toml")["names"].split())


@cache
def mapping(section: str, key: str) -> dict[str, str]:
    """A table in vocabulary.toml that gives each word its normal form."""
    return dict(_table("vocabulary.toml")[section][key])


@cache
def keys(section: str) -> tuple[str, ...]:
    """The names of the lists in one section of grammar.toml."""
    return tuple(_table("grammar.toml")[section])


def _longest_first(values: Any) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(values), key=len, reverse=True))


@cache
def either(values: tuple[str, ...]) -> str:
    """A regular expression that matches any of the words."""
    return "(?:" + "|".join(re.escape(value) for value in values) + ")"


def either_of_many(values: Iterable[str]) -> str:
    """The same for hundreds of names, the longest first: those with one first character are tried together."""
    by_first: dict[str, list[str]] = {}
    for value in sorted(filter(None, values), key=lambda v: (-len(v), v)):
        by_first.setdefault(value[0], []).append(re.escape(value[1:]))
    return "(?:" + "|".join(f"{re.escape(k)}(?:{'|'.join(rest)})" for k, rest in by_first.items()) + ")"


@cache
def any_of(section: str, key: str) -> re.Pattern[str]:
    """The compiled regular expression for any word of one list in vocabulary.toml."""
    return re.compile(either(words(section, key)))


@cache
def any_rule(section: str, key: str) -> re.Pattern[str]:
    """The compiled regular expression for any word of one list in grammar.toml."""
    return re.compile(either(grammar(section, key)))
