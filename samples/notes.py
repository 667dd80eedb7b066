"""Sentences of visit notes, annotated by hand with the goods a firm makes and buys, and how many of them are read right."""

import tomllib
from pathlib import Path
from typing import Any

from gongjian.markets.goods_in_notes import read
from gongjian.markets.rules import fold

LABELS = Path(__file__).parent / "note_labels.toml"


def _wanted(note: dict[str, Any]) -> set[tuple[bool, str]]:
    return {
        (buys, fold(name)) for buys, key in ((False, "makes"), (True, "buys")) for name in note.get(key, ())
    }


def score(part: str) -> dict[str, int]:
    """Sentences, goods wanted, goods read, right ones (side and whole name), bought ones whose place is right."""
    counted = dict.fromkeys(("sentences", "wanted", "read", "right", "bought", "placed"), 0)
    for note in tomllib.loads(LABELS.read_text(encoding="utf-8"))["note"]:
        if note["part"] != part:
            continue
        wanted, outside = _wanted(note), {fold(name) for name in note.get("outside", ())}
        found = {(one.buys, fold(one.name)): one for one in read(note["text"])}
        bought = [key for key in wanted & set(found) if key[0]]
        counted["sentences"] += 1
        counted["wanted"] += len(wanted)
        counted["read"] += len(found)
        counted["right"] += len(wanted & set(found))
        counted["bought"] += len(bought)
        counted["placed"] += sum(bool(found[key].outside) == (key[1] in outside) for key in bought)
    return counted
