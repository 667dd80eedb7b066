"""Words of office tables, read once: `words.toml` beside this file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATE_SIGNS = {"年": "-", "月": "-", "日": "", "号": "", ".": "-", "/": "-", "\\": "-", "。": "-", "、": "-"}


@cache
def words() -> dict[str, Any]:
    """The content of `words.toml`."""
    return tomllib.loads((Path(__file__).resolve().parent / "words.toml").read_text(encoding="utf-8"))
