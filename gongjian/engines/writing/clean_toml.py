"""Reads TOML that people write: an escape (\\u200b, \\x02) brings in no sign that the doors take out."""

import tomllib
from typing import Any

from gongjian.engines.writing.signs import clean_values


def read_toml(text: str) -> dict[str, Any]:
    """The data of a TOML text. Raises tomllib.TOMLDecodeError."""
    return clean_values(tomllib.loads(text))
