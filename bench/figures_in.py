"""A sheet of 30,000 cells of figures into an office, one cell in ten faulty: reading and writing, in processor time and memory.

`GONGJIAN_BENCH_CELLS` sets another number of cells.
"""

import json
import os
import subprocess
import sys
import tempfile

from bench.tables import Table

CELLS = int(os.environ.get("GONGJIAN_BENCH_CELLS", "30000"))


def measure() -> Table:
    """One run on a new SQLite instance: the sheet into an empty office, again with every value changed, once sent on its page, and the page of what was not taken."""
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"GONGJIAN_HOME": home, "DJANGO_SETTINGS_MODULE": "gongjian.conf.settings"}
        side = [sys.executable, "-m", "bench.figures_in_side", str(CELLS)]
        done = subprocess.run(side, env=env, capture_output=True, text=True, check=True)
    taken = json.loads(done.stdout.splitlines()[-1])
    rows = [
        (step, f"{cpu:.2f} s", f"{clock:.2f} s", f"{CELLS / cpu:,.0f}" if "page of" not in step else "")
        for step, (cpu, clock) in taken["seconds"].items()
    ]
    note = (
        f"One process, beside other work on the machine. {taken['written']:,} figures written, {taken['faults']:,} faulty cells, each told with its "
        f"place and reason ({taken['kept']:,} kept with the batch); file {taken['megabytes']:.1f} MB; most memory {taken['memory']:,.0f} MB."
    )
    return Table(
        f"A sheet of {CELLS:,} figures in",
        ("step", "processor time", "by the clock", "cells a second of the processor"),
        rows,
        note,
    )
