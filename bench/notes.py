"""Goods read out of visit notes: precision and recall on sentences annotated by hand."""

import tomllib
from time import perf_counter

from bench.tables import Table
from gongjian.markets.goods_in_notes import read_goods
from samples.notes import LABELS, score

PARTS = ("tuning", "seen", "fresh")
TIMES = 50


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
