"""Sentences of visit notes, annotated by hand with the goods a firm makes and buys, and how many of them are read right."""

import tomllib
from pathlib import Path
from typing import Any

from gongjian.markets.goods_in_notes import read_goods
from gongjian.markets.rules import fold

LABELS = Path(__file__).parent / "note_labels.toml"


def _wanted(note: dict[str, Any]) -> set[tuple[bool, str]]:
    return {
        (buys, fold(name)) for buys, key in ((False, "makes"), (True, "buys")) for name in note.get(key, ())
    }


def score(part: str) -> dict[str, int]:
    """Counts for one part: sentences, goods wanted, goods read, right ones (side and whole name), bought ones with the right place."""
    counted = dict.fromkeys(("sentences", "wanted", "read", "right", "bought", "placed"), 0)
    for note in tomllib.loads(LABELS.read_text(encoding="utf-8"))["note"]:
        if note["part"] != part:
            continue
        wanted, outside = _wanted(note), {fold(name) for name in note.get("outside", ())}
        goods = {(mention.buys, fold(mention.name)): mention for mention in read_goods(note["text"])}
        bought = [key for key in wanted & set(goods) if key[0]]
        counted["sentences"] += 1
        counted["wanted"] += len(wanted)
        counted["read"] += len(goods)
        counted["right"] += len(wanted & set(goods))
        counted["bought"] += len(bought)
        counted["placed"] += sum(bool(goods[key].outside) == (key[1] in outside) for key in bought)
    return counted
