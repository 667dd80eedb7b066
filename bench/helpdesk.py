"""Ours with 500,000 assignments against django-helpdesk with 100,000 tickets: one run, own processes, both through the test client."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.tables import Table

OURS = int(os.environ.get("GONGJIAN_BENCH_OURS", "500000"))
THEIRS = int(os.environ.get("GONGJIAN_BENCH_THEIRS", "100000"))
NAMES = {
    "list": "list page: the newest (50 rows with light, reason and filters; theirs 25 rows as JSON)",
    "overdue": "overdue by unit (theirs: by queue)",
    "home": "home page (today; theirs: dashboard)",
    "reports": "report (the leader's board; theirs: reports page)",
}
Told = dict[str, tuple[float, int]]


def run(size: int, home: Path) -> Told:
    """Our side, in this process: name -> median milliseconds, queries."""
    from bench.bulk import fill, open_home

    open_home(home)
    from django.utils import timezone

    fill(size, now=timezone.localtime(), tell=lambda _line: None)
    from bench.pages import ask, client_of
    from gongjian.assignments.models import Assignment
    from gongjian.assignments.queries import overdue_by_unit
    from gongjian.people.models import Account

    client = client_of(Account.objects.get(username="clerk"), backend="gongjian.web.signed_in.Backend")
    found = {}
    for name, address in {"list": "/problems/", "home": "/", "reports": "/leader/"}.items():
        timed = ask(client, name, [address], rounds=7)
        found[name] = (timed.percentile(0.5), timed.queries)
    today = timezone.localdate()
    found["overdue"] = (_timed(lambda: list(overdue_by_unit(Assignment.objects.all(), today=today))), 1)
    return found


def _timed(call: Any) -> float:
    from statistics import median
    from time import perf_counter

    call()
    taken = []
    for _ in range(7):
        began = perf_counter()
        call()
        taken.append((perf_counter() - began) * 1000)
    return median(taken)


def _apart(*words: str) -> Told:
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-m", *words, home], check=True, stdout=subprocess.PIPE, text=True
        )
    return {name: (ms, n) for name, (ms, n) in json.loads(done.stdout.splitlines()[-1]).items()}


def measure() -> Table:
    """Milliseconds and queries of both, and how many times faster ours is."""
    ours, theirs = _apart("bench.helpdesk", "--run", str(OURS)), _apart("bench.helpdesk_side", str(THEIRS))
    rows = [
        (
            NAMES[name],
            f"{ours[name][0]:.1f}",
            str(ours[name][1]),
            f"{theirs[name][0]:.1f}",
            str(theirs[name][1]),
            f"{theirs[name][0] / ours[name][0]:.1f}",
        )
        for name in NAMES
    ]
    return Table(
        title=f"{OURS:,} assignments here against {THEIRS:,} tickets in django-helpdesk, SQLite",
        head=("", "ours, ms", "queries", "django-helpdesk, ms", "queries", "times faster"),
        rows=rows,
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run(int(sys.argv[2]), Path(sys.argv[3]))))
    else:
        from bench.document import write

        print(write("helpdesk", measure()))
