"""What a firm makes and buys, read out of visit notes: precision and recall on sentences annotated by hand."""

import tomllib
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.tables import Table
from gongjian.markets.goods_in_notes import read
from gongjian.markets.rules import fold

LABELS = Path(__file__).parent / "note_labels.toml"
PARTS = ("tuning", "seen", "fresh")
TIMES = 50


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


def _row(part: str) -> tuple[str, ...]:
    one = score(part)
    return (
        part,
        str(one["sentences"]),
        f"{one['right']}/{one['read']} = {one['right'] / one['read']:.2f}",
        f"{one['right']}/{one['wanted']} = {one['right'] / one['wanted']:.2f}",
        f"{one['placed']}/{one['bought']}",
    )


def measure() -> Table:
    """Both parts, and milliseconds a sentence."""
    texts = [note["text"] for note in tomllib.loads(LABELS.read_text(encoding="utf-8"))["note"]]
    began = perf_counter()
    for _n in range(TIMES):
        for text in texts:
            read(text)
    spent = (perf_counter() - began) / (TIMES * len(texts))
    return Table(
        title=f"Goods in visit notes: {len(texts)} sentences annotated by hand",
        head=("part", "sentences", "precision", "recall", "from outside or not right"),
        rows=[_row(part) for part in PARTS],
        note=f"{spent * 1000:.2f} ms a sentence.",
    )
