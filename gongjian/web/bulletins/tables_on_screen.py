"""Tables of a bulletin on the screen: each cell with its heading and its look; one with running text is cards on a phone."""

from collections.abc import Iterable
from typing import Any

from gongjian.engines.writing.excerpts import excerpt

SHORT = 15  # below that a cell is a name, a number or a day and stays on one line
TEXT = 22  # signs of a Chinese cell from which it is running text


def on_screen(blocks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks with `cells` (value, heading, look) in place of the rows of a table, and whether it becomes `cards`."""
    return [block | _table(block) if "rows" in block else block for block in blocks]


def _table(block: dict[str, Any]) -> dict[str, Any]:
    rows = block["rows"]
    return {
        "cards": any(_is_text(value) for row in rows for value in row),
        "cells": [
            [(value, head, _look(value)) for value, head in zip(row, block["head"], strict=False)]
            for row in rows
        ],
    }


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and excerpt(value, TEXT) != value


def _look(value: Any) -> str:
    if not isinstance(value, str):
        return "num"
    if _is_text(value):
        return "long-text wide"
    return "short-text" if len(value) < SHORT else ""
