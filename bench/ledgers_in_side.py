"""The process that founds an office, imports its registers, and then the long ledger; prints what it took as JSON."""

import json
import resource
import sys
import time
from typing import Any

import django

from samples.office.invented import Office, office
from samples.office.workbooks import areas, firms, many_problems, persons, units

KILOBYTE = 1024


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE


def _found() -> tuple[Any, Any]:
    """A new office; its administrator and its clerk."""
    from django.core.management import call_command
    from django.utils import timezone

    from gongjian.people import services as people
    from gongjian.people.accounts.services import add_account

    call_command("migrate", verbosity=0)
    at = timezone.now()
    city = people.add_area(
        None, name="安川市", short_name="安川", level="CITY", stat_code="419900", by=None, at=at
    )
    facts = {"person": None, "unit": None, "reads_area": city, "by": None, "at": at}
    admin, _word = add_account(
        username="admin", name="管理员", role="ADMINISTRATOR", writes_area=None, **facts
    )
    clerk, _word = add_account(username="clerk", name="攻坚办", role="CLERK", writes_area=city, **facts)
    return admin, clerk


class Spell:
    """Seconds of the processor and of the clock since it began."""

    def __init__(self) -> None:
        self.began = time.process_time(), time.perf_counter()

    @property
    def taken(self) -> tuple[float, float]:
        """Both so far."""
        return time.process_time() - self.began[0], time.perf_counter() - self.began[1]


def _import(kind: str, file: bytes, by: Any) -> tuple[Any, dict[str, tuple[float, float]]]:
    """Import a ledger with every question answered yes; what preview and writing took."""
    from django.utils import timezone

    from gongjian.imports import services as imports
    from gongjian.imports.comparing import compare

    at, taken = timezone.now(), {}
    spell = Spell()
    batch = imports.take_in(kind=kind, file_name=f"{kind}.xlsx", file=file, by=by, at=at)
    compared = compare(batch, by=by, today=timezone.localdate(at))
    taken["preview"] = spell.taken
    if rows := [plan.place for plan in compared.plans if plan.questions]:
        batch = imports.confirm_rows(batch, rows=rows, by=by, at=at)
    if compared.names.undecided:
        batch = imports.decide_all_names(batch, do="CREATE", by=by, at=at)
    settled = None if rows or compared.names.listed else compared
    spell = Spell()
    batch = imports.write(batch, compared=settled, by=by, at=at)
    taken["writing"] = spell.taken
    return batch, taken


def _take_back(batch: Any, by: Any) -> tuple[float, float]:
    from django.utils import timezone

    from gongjian.imports import services as imports

    spell = Spell()
    imports.undo(batch, by=by, at=timezone.now())
    return spell.taken


def main(number: int) -> None:
    """Found the office, import, print."""
    django.setup()
    from gongjian.audit.models import Event

    admin, clerk = _found()
    made: Office = office()
    spell = Spell()
    for kind, make, by in (
        ("AREAS", areas, admin),
        ("UNITS", units, admin),
        ("PERSONS", persons, admin),
        ("FIRMS", firms, clerk),
    ):
        _import(kind, make(made), by)
    registers = spell.taken
    file = many_problems(made, number)
    before, events = _memory(), Event.objects.count()
    batch, taken = _import("PROBLEMS", file, clerk)
    events = Event.objects.count() - events
    taken["taking back"] = _take_back(batch, clerk)
    print(
        json.dumps(
            {
                "seconds": {"registers (9 counties, 120 units, 400 persons, 600 firms)": registers, **taken},
                "written": batch.counts.get("CREATED", 0),
                "events": events,
                "megabytes": len(file) / KILOBYTE / KILOBYTE,
                "memory": _memory(),
                "memory_before": before,
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
