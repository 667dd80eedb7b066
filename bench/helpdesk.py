"""Ours with 500,000 assignments against django-helpdesk with 100,000 tickets: one run, own processes, both through the test client."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from bench.tables import Table

OURS = int(os.environ.get("GONGJIAN_BENCH_OURS", "500000"))
THEIRS = int(os.environ.get("GONGJIAN_BENCH_THEIRS", "100000"))
ROUNDS = 7
MEASURES = {  # what is compared -> how many times faster ours has to be
    "list": (
        "list page, 50 rows: what is open or all of it, newest first (theirs: the page and the JSON it asks for)",
        3,
    ),
    "overdue": ("what is overdue, counted by unit (theirs: by queue)", 6),
    "home": ("home page (ours: today; theirs: dashboard)", 25),
    "reports": ("report (ours: the leader's board; theirs: reports)", 30),
}
NOTE = (
    "Medians of {rounds} calls after a warm-up, both sides one after the other in one run, each in a process of its own with every page loaded and "
    "frozen: Django's test client, an account signed in (ours: a clerk of the whole city; theirs: a superuser, as its home page lists the queues of "
    "its user), a SQLite file, no debug, 50 rows a page. Our list is all that was ever handed over, theirs its own first list, what is open. The "
    "pages are each product's own and do not show the same: our board has no average of days until closing, theirs no lights. Ratios are of the time "
    "the processor worked, which other work on the machine disturbs less."
)
Told = dict[str, tuple[float, float, int]]


def run(size: int, home: Path) -> Told:
    """Our side, in this process: name -> median milliseconds, of the processor, queries."""
    from bench.bulk import fill, open_home

    open_home(home)
    from django.utils import timezone

    fill(size, now=timezone.localtime(), tell=lambda _line: None)
    from bench.pages import page, settled, timed
    from gongjian.assignments.lights.queries import overdue_by_unit
    from gongjian.assignments.models import Assignment
    from gongjian.people.models import Account

    client = settled(Account.objects.get(username="clerk"), backend="gongjian.web.session.Backend")
    today = timezone.localdate()
    calls: dict[str, Callable[[], object]] = {
        "list": page(client, "/problems/"),
        "overdue": lambda: list(overdue_by_unit(Assignment.objects.all(), today=today)),
        "home": page(client, "/"),
        "reports": page(client, "/leader/"),
    }
    return {name: timed([call], rounds=ROUNDS).medians for name, call in calls.items()}


def _apart(*words: str) -> Told:
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-m", *words, home], check=True, stdout=subprocess.PIPE, text=True
        )
    return {
        name: (ms, worked, n) for name, (ms, worked, n) in json.loads(done.stdout.splitlines()[-1]).items()
    }


def _row(name: str, ours: Told, theirs: Told) -> tuple[str, ...]:
    (words, wanted), mine, peer = MEASURES[name], ours[name], theirs[name]
    times = peer[1] / mine[1]
    told = f"at least {wanted}: {'reached' if times >= wanted else 'missed'}"
    return (
        words,
        *(shown for ms, worked, n in (mine, peer) for shown in (f"{ms:,.1f}", f"{worked:,.1f}", str(n))),
        f"{times:.1f}",
        told,
    )


def measure() -> Table:
    """Milliseconds and queries of both, and how many times faster ours is."""
    ours, theirs = _apart("bench.helpdesk", "--run", str(OURS)), _apart("bench.helpdesk_side", str(THEIRS))
    return Table(
        title=f"{OURS:,} assignments here against {THEIRS:,} tickets in django-helpdesk {version('django-helpdesk')}, SQLite",
        head=(
            "",
            "ours, ms",
            "processor, ms",
            "queries",
            "theirs, ms",
            "processor, ms",
            "queries",
            "times faster",
            "target",
        ),
        rows=[_row(name, ours, theirs) for name in MEASURES],
        note=NOTE.format(rounds=ROUNDS),
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run(int(sys.argv[2]), Path(sys.argv[3]))))
    else:
        from bench.document import write

        print(write("helpdesk", measure()))
