"""A long report as `gongjian intake` reads it, in a fresh process: seconds and memory, and how they grow with its length."""

import os
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from bench.tables import Table
from samples.long_texts import SHAPES, long_text

MB = 1_000_000
CHARACTERS = (MB // 6, MB // 3, 2 * MB // 3)  # three bytes a character: half a megabyte, one, two


def run(file: Path) -> tuple[float, float]:
    """Seconds and megabytes of one run of the command."""
    words = [
        sys.executable,
        "-m",
        "gongjian.cli",
        "intake",
        str(file),
        "--json",
        str(file.with_suffix(".json")),
    ]
    began = perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{file.name}: exit {child.returncode}")
    return perf_counter() - began, used.ru_maxrss / 1024


def _row(shape: str, folder: Path) -> tuple[str, ...]:
    seconds, memory = [], []
    for n in CHARACTERS:
        file = folder / "report.txt"
        file.write_text(long_text(shape, n), encoding="utf-8")
        spent, used = run(file)
        seconds.append(spent)
        memory.append(used)
    ratios = (after / before for before, after in pairwise(seconds))
    return (
        shape,
        *(f"{spent:.1f} s, {used:.0f} MB" for spent, used in zip(seconds, memory, strict=True)),
        ", ".join(f"{ratio:.2f}" for ratio in ratios),
    )


def measure() -> Table:
    """Every shape of text at three lengths."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [_row(shape, Path(folder)) for shape in SHAPES]
    return Table(
        title="Long reports: `gongjian intake` as a fresh process",
        head=("shape of the text", "0.5 MB", "1 MB", "2 MB", "times for twice the text"),
        rows=rows,
        note="Start-up of the process included.",
    )
