"""A problem ledger of 50,000 rows into an office that has imported its registers: preview, writing and taking back, in processor time and memory.

`GONGJIAN_BENCH_ROWS` sets another number of rows.
"""

import json
import os
import subprocess
import sys
import tempfile

from bench.tables import Table

STEPS = ("preview", "writing", "taking back")
ROWS = int(os.environ.get("GONGJIAN_BENCH_ROWS", "50000"))


def measure() -> Table:
    """One run on a new SQLite instance; the registers come from the invented office's own workbooks."""
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"GONGJIAN_HOME": home, "DJANGO_SETTINGS_MODULE": "gongjian.conf.settings"}
        side = [sys.executable, "-m", "bench.ledgers_in_side", str(ROWS)]
        done = subprocess.run(side, env=env, capture_output=True, text=True, check=True)
    taken = json.loads(done.stdout.splitlines()[-1])
    rows = [
        (step, f"{cpu:.1f} s", f"{clock:.1f} s", f"{ROWS / cpu:,.0f}" if step in STEPS else "")
        for step, (cpu, clock) in taken["seconds"].items()
    ]
    note = (
        f"One process, beside other work on the machine. {taken['written']:,} rows written with {taken['events']:,} events and a search row each; "
        f"file {taken['megabytes']:.1f} MB; most memory {taken['memory']:,.0f} MB (before the import {taken['memory_before']:,.0f} MB)."
    )
    return Table(
        f"A ledger of {ROWS:,} problems in",
        ("step", "processor time", "by the clock", "rows a second of the processor"),
        rows,
        note,
    )
