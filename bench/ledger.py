"""The ledger of a city: 15,000 assignments on SQLite, its pages through the test client, p50 and p95, queries a page.

`GONGJIAN_BENCH_SIZE` sets another number of assignments.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from bench.tables import Table

SIZE = int(os.environ.get("GONGJIAN_BENCH_SIZE", "15000"))
ROUNDS = int(os.environ.get("GONGJIAN_BENCH_ROUNDS", "20"))
PAGES = {  # whose page; what is asked for
    "ledger, first page": ("clerk", "/problems/"),
    "ledger, a late page": ("clerk", "/problems/?page=150", "/problems/?page=250"),
    "ledger by light": (
        "clerk",
        *(f"/problems/?light={light}" for light in ("GREEN", "YELLOW", "RED", "DARK_RED", "GREY", "DONE")),
    ),
    "ledger by state": (
        "clerk",
        "/problems/?status=IN_PROGRESS",
        "/problems/?status=NEW",
        "/problems/?status=CLOSED",
    ),
    "ledger by category and kind": ("clerk", "/problems/?category=LABOUR", "/problems/?kind=DIFFICULTY"),
    "ledger by area and unit": (
        "clerk",
        "/problems/?area={area}",
        "/problems/?unit={unit}",
        "/problems/?area={area}&unit={unit}&light=RED",
    ),
    "ledger by day": (
        "clerk",
        "/problems/?since={month}",
        "/problems/?handed_since={month}&handed_until={today}",
    ),
    "ledger by closing quality": (
        "clerk",
        "/problems/?closing=on_time",
        "/problems/?closing=late",
        "/problems/?closing=confirmed",
    ),
    "ledger by due day, unit, area": (
        "clerk",
        "/problems/?sort=due",
        "/problems/?sort=unit",
        "/problems/?sort=area",
    ),
    "search": (
        "clerk",
        "/problems/?q=用工",
        "/problems/?q=续贷",
        "/problems/?q=第77号机械",
        "/problems/?q=续贷 财政",
        "/problems/?q=查无此事",
    ),
    "ledger of a county": ("clerk2", "/problems/", "/problems/?light=RED", "/problems/?sort=due"),
    "today, clerk of the city": ("clerk", "/"),
    "today, clerk of a county": ("clerk2", "/"),
    "leader's board": ("leader", "/leader/"),
    "department's desk": ("handler", "/desk/"),
    "ledger of a department": ("handler", "/problems/", "/problems/?light=RED"),
}
LIMIT, MOST = 200, 12  # milliseconds at p95, queries a page


def run(size: int, home: Path) -> dict[str, tuple[float, float, float, int]]:
    """In this process: fill a city and ask its pages; name -> p50, p95, queries."""
    from bench.bulk import fill, open_home

    open_home(home)
    from django.utils import timezone

    fill(size, now=timezone.localtime(), tell=lambda _line: None)
    from bench.pages import page, percentile, settled, timed
    from gongjian.people.models import Account, Area, Unit

    _lights_are_right()
    today = timezone.localdate()
    values = {
        "area": Area.objects.filter(level="COUNTY").first().pk,
        "unit": Unit.objects.filter(led__isnull=False).first().pk,
        "month": f"{today - timedelta(days=30)}",
        "today": f"{today}",
    }
    found = {}
    for name, (who, *addresses) in PAGES.items():
        client = settled(Account.objects.get(username=who), backend="gongjian.web.session.Backend")
        told = timed([page(client, one.format(**values)) for one in addresses], rounds=ROUNDS)
        p95 = percentile(told.taken, 0.95), percentile(told.worked, 0.95)
        found[name] = (percentile(told.taken, 0.5), *p95, told.queries)
    return found


def _lights_are_right() -> None:
    """Counted in SQL and read one by one, the lights are the same."""
    from collections import Counter

    from django.utils import timezone

    from gongjian.assignments.lights.queries import light_counts, light_of
    from gongjian.assignments.models import Assignment
    from gongjian.assignments.states import OPEN

    today = timezone.localdate()
    one_by_one = Counter(light_of(a, today) for a in Assignment.objects.filter(state__in=OPEN))
    counted = {light: n for light, n in light_counts(Assignment.objects.all(), today).items() if n}
    if counted != dict(one_by_one):
        raise AssertionError(f"lights differ: {counted} {one_by_one}")


def measured(size: int) -> dict[str, tuple[float, float, float, int]]:
    """The same in a process of its own."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "bench.ledger", "--run", str(size), home]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return {
        name: (p50, p95, worked, n)
        for name, (p50, p95, worked, n) in json.loads(done.stdout.splitlines()[-1]).items()
    }


def measure() -> Table:
    """p50 and p95 in milliseconds, queries of a page."""
    rows = [
        (
            name,
            f"{p50:.0f}",
            f"{p95:.0f}",
            f"{worked:.0f}",
            str(n),
            "reached" if p95 < LIMIT and n <= MOST else "missed",
        )
        for name, (p50, p95, worked, n) in measured(SIZE).items()
    ]
    return Table(
        title=f"Pages of a ledger of {SIZE:,} assignments, SQLite",
        head=(
            "page",
            "median ms",
            "p95 ms",
            "p95 of the processor's ms",
            "queries",
            f"p95 under {LIMIT} ms, at most {MOST} queries",
        ),
        rows=rows,
        note=f"Each address {ROUNDS} times in turn through Django's test client, signed in, whole pages.",
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run(int(sys.argv[2]), Path(sys.argv[3]))))
    else:
        from bench.document import write

        print(write("ledger", measure()))
