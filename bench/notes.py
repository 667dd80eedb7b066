"""Goods read out of visit notes: precision and recall on sentences annotated by hand."""

import tomllib
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.tables import Table
from gongjian.markets.goods_in_notes import read_goods
from gongjian.markets.rules import fold

LABELS = Path(__file__).parent / "note_labels.toml"
PARTS = ("tuning", "seen", "fresh")
TIMES = 50


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


def _row(part: str) -> tuple[str, ...]:
    counts = score(part)
    return (
        part,
        str(counts["sentences"]),
        f"{counts['right']}/{counts['read']} = {counts['right'] / counts['read']:.2f}",
        f"{counts['right']}/{counts['wanted']} = {counts['right'] / counts['wanted']:.2f}",
        f"{counts['placed']}/{counts['bought']}",
    )


def measure() -> Table:
    """Precision and recall of all parts, and milliseconds for each sentence."""
    texts = [note["text"] for note in tomllib.loads(LABELS.read_text(encoding="utf-8"))["note"]]
    began = perf_counter()
    for _n in range(TIMES):
        for text in texts:
            read_goods(text)
    spent = (perf_counter() - began) / (TIMES * len(texts))
    return Table(
        title=f"Goods in visit notes: {len(texts)} sentences annotated by hand",
        head=("part", "sentences", "precision", "recall", "from outside or not right"),
        rows=[_row(part) for part in PARTS],
        note=f"{spent * 1000:.2f} ms a sentence.",
    )
