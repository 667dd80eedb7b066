"""The ledger of a city: 15,000 assignments on SQLite, its pages through the test client, p50 and p95, queries a page.

`GONGJIAN_BENCH_SIZE` sets another number of assignments.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.tables import Table

SIZE = int(os.environ.get("GONGJIAN_BENCH_SIZE", "15000"))
ROUNDS = int(os.environ.get("GONGJIAN_BENCH_ROUNDS", "20"))
PAGES = {
    "ledger, first page": ("/problems/",),
    "ledger, a late page": ("/problems/?page=150", "/problems/?page=250"),
    "ledger by light": ("/problems/?light=RED", "/problems/?light=YELLOW", "/problems/?light=DONE"),
    "ledger by state, category, area, unit": (
        "/problems/?status=IN_PROGRESS", "/problems/?category=LABOUR", "/problems/?area={area}", "/problems/?unit={unit}",
    ),
    "ledger by due day and by unit": ("/problems/?sort=due", "/problems/?sort=unit", "/problems/?sort=area"),
    "search": ("/problems/?q=用工", "/problems/?q=续贷", "/problems/?q=第77号机械", "/problems/?q=续贷 财政"),
    "today (light counts)": ("/",),
    "leader's board": ("/leader/",),
}  # fmt: skip


def run(size: int, home: Path) -> dict[str, tuple[float, float, int]]:
    """In this process: fill a city and ask its pages; name -> p50, p95, queries."""
    from bench.bulk import fill, open_home

    open_home(home)
    from django.utils import timezone

    fill(size, now=timezone.localtime(), tell=lambda _line: None)
    from bench.pages import ask, client_of
    from gongjian.people.models import Account, Area, Unit

    _lights_are_right()
    clerk = Account.objects.get(username="clerk")
    client = client_of(clerk, backend="gongjian.web.signed_in.Backend")
    places = {
        "area": Area.objects.filter(level="COUNTY").first().pk,
        "unit": Unit.objects.filter(led__isnull=False).first().pk,
    }
    found = {}
    for name, addresses in PAGES.items():
        timed = ask(client, name, [one.format(**places) for one in addresses], rounds=ROUNDS)
        found[name] = (timed.percentile(0.5), timed.percentile(0.95), timed.queries)
    return found


def _lights_are_right() -> None:
    """Counted in SQL and read one by one, the lights are the same."""
    from collections import Counter

    from django.utils import timezone

    from gongjian.assignments.models import Assignment
    from gongjian.assignments.queries import light_counts, light_of
    from gongjian.assignments.states import OPEN

    today = timezone.localdate()
    one_by_one = Counter(light_of(a, today) for a in Assignment.objects.filter(state__in=OPEN))
    counted = {light: n for light, n in light_counts(Assignment.objects.all(), today).items() if n}
    if counted != dict(one_by_one):
        raise AssertionError(f"lights differ: {counted} {one_by_one}")


def measured(size: int) -> dict[str, tuple[float, float, int]]:
    """The same in a process of its own."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "bench.ledger", "--run", str(size), home]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return {name: (p50, p95, n) for name, (p50, p95, n) in json.loads(done.stdout.splitlines()[-1]).items()}


def measure() -> Table:
    """p50 and p95 in milliseconds, queries of a page."""
    rows = [(name, f"{p50:.0f}", f"{p95:.0f}", str(n)) for name, (p50, p95, n) in measured(SIZE).items()]
    return Table(
        title=f"Pages of a ledger of {SIZE:,} assignments, SQLite",
        head=("page", "median ms", "p95 ms", "queries"),
        rows=rows,
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run(int(sys.argv[2]), Path(sys.argv[3]))))
    else:
        from bench.document import write

        print(write("ledger", measure()))
