"""Briefs made at random and laid out by LibreOffice: is any number broken, does the imprint stand at the foot?"""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.tables import Table
from gongjian.engines.paper.unbroken import whole
from gongjian.engines.paper.word_file import render
from samples.papers.generated import briefs
from samples.papers.pages import broken, can_lay_out, lay_out, texts

BRIEFS, AT_ONCE = 200, 20
FOOT = 258.6  # millimetres: the last line of the imprint


def measure() -> list[Table]:
    """Two hundred briefs, twenty in each run of LibreOffice."""
    if not can_lay_out():
        raise SystemExit(
            "LibreOffice or the fonts that stand in for those of the standard are not installed."
        )
    made, begun = briefs(BRIEFS), perf_counter()
    pages = numbers = lost = low = 0
    for first in range(0, BRIEFS, AT_ONCE):
        part = made[first : first + AT_ONCE]
        with TemporaryDirectory() as folder:
            laid = lay_out([render(one) for one in part], Path(folder))
        for one, its_pages in zip(part, laid, strict=True):
            pages += len(its_pages)
            numbers += sum(len(whole(text)) for text in texts(one))
            lost += len(broken(one, its_pages))
            printed = next(line for line in its_pages[-1] if line.text.endswith("印发"))
            low += abs(printed.baseline - FOOT) < 1
    rows = [
        ("briefs", str(BRIEFS)),
        ("pages", str(pages)),
        ("dates, numbers and codes", str(numbers)),
        ("of these broken over two lines", str(lost)),
        ("imprints at the foot of the last page", str(low)),
        ("seconds", f"{perf_counter() - begun:.0f}"),
    ]
    return [Table("Briefs made at random, laid out by LibreOffice", ("what", "count"), rows)]
