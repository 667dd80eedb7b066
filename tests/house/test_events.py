"""Every write leaves its event in the same transaction, in whatever file it stands."""

from tests.house.calls import package
from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree, floors
from tests.house.writes import ATOMIC, RECORD, Writes
from tests.house.writes import shelter as shelter_of

# Writes without an event, each with its reason. One that is no longer needed fails.
WITHOUT_EVENT = {
    "gongjian.imports.writing.services.begin": "marks that a ledger is being written: each piece of it leaves its events, the end its own",
    "gongjian.imports.writing.services._write_pieces": "keeps how far it is and what each row wrote: the records leave their own events in the same piece",
    "gongjian.indicators.confidence.services.answer": "an answer is anonymous: an event would tell who gave it and when (docs/decisions)",
    "gongjian.indicators.confidence.sealing.put_in": "answers are anonymous: events would tell who gave them and when",
    "gongjian.indicators.confidence.services.take_answers": "answers are anonymous: events would tell who gave them and when",
    "gongjian.indicators.large_sheets.services.note_progress": "how far a large sheet is: its receipt and its end leave their events",
    "gongjian.people.presence.services.arrive": "a notice that somebody has a page open: it changes no record and ends by itself",
    "gongjian.people.recent_choices.services.note_chosen": "what a pick list shows first: it changes no record and proves nothing",
    "gongjian.people.presence.services.leave": "the page was closed: nothing else changes",
    "gongjian.audit.used_forms.services.keep_answer": "where a form led to: what it did left its own event",
    "gongjian.audit.used_forms.services.forget_old": "deletes keys of forms that nobody can have open any more",
    "gongjian.people.attempts.services.count": "counts tries at a door: a try changes no record, what it leads to leaves its own event",
    "gongjian.people.attempts.services.forget": "a try that was right: the counter begins anew, nothing else changes",
    "gongjian.people.second_factor.services._take_time_code": "which code was used last: the log of tries tells who signed in by it",
    "gongjian.people.sessions.services.note_use": "when a session was used last: it changes no record",
    "gongjian.people.sessions.services.forget_old": "deletes tries to sign in that need not be kept any longer",
    "gongjian.people.attempts.services.sweep": "deletes counters that no longer count",
    "gongjian.problems.search.table.write": "search rows repeat what records say: they are renewed by the event of the record, or mended",
    "gongjian.problems.search.table.forget": "search rows repeat what records say",
    "gongjian.problems.search.services.mend": "writes derived rows and initials anew from records that stay as they are",
    "gongjian.people.outside_systems.services.count_use": "counts the calls of an outside system: who called is no change of a record",
}
# Verbs that are no transaction of their own and stand in none the text shows, each with its reason.
BY_A_TABLE = "called by `confirm_draft` through a table of kinds, in the transaction of the one who confirms"
ONE_VERB = "reads the workbook; the one verb of the batch it then calls is the transaction"
SLOW_FIRST = "opens files, draws papers or hashes words of people first; its transaction holds no more than the writing"
A_TRY_COUNTS = (
    "a wrong code is counted though the verb is refused: what follows a right one is a transaction of its own"
)
NOT_ATOMIC = {
    "gongjian.bulletins.office_templates.services.take_template": SLOW_FIRST,
    "gongjian.imports.services.decide_all_names": SLOW_FIRST,
    "gongjian.imports.services.take_in": SLOW_FIRST,
    "gongjian.imports.services.take_in_tried": "calls verbs that are each a transaction of their own, as pages do",
    "gongjian.imports.slips.services.print_slips": SLOW_FIRST,
    "gongjian.imports.slips.services.print_slips_again": SLOW_FIRST,
    "gongjian.intake.services.take_in": SLOW_FIRST,
    "gongjian.people.accounts.services.change_password": SLOW_FIRST,
    "gongjian.superior_templates.services.keep": SLOW_FIRST,
    "gongjian.people.second_factor.services.turn_off": A_TRY_COUNTS,
    "gongjian.people.second_factor.services.renew_recovery_codes": A_TRY_COUNTS,
    "gongjian.imports.writing.services.write": "each piece is a transaction of its own, so that others write in between",
    "gongjian.imports.writing.services.carry_on": "each piece is a transaction of its own, so that others write in between",
    "gongjian.assignments.escalation.services.run_ladder": "every matter is a transaction of its own: one that fails stops no other that went before",
    "gongjian.intake.confirmation.services.write_honour": BY_A_TABLE,
    "gongjian.intake.confirmation.services.write_problem": BY_A_TABLE,
    "gongjian.intake.confirmation.services.write_statement": BY_A_TABLE,
    "gongjian.intake.confirmation.services.write_visit": BY_A_TABLE,
    "gongjian.ledgers.fact_import.services.add_workbook": ONE_VERB,
    "gongjian.ledgers.fact_import.services.write_workbook": ONE_VERB,
    "gongjian.ledgers.fact_import.services.write_all_as_they_are": ONE_VERB,
}
# Written past the services, each with its reason.
PAST_SERVICES = {
    "gongjian.invented_city.city._open_doors": "only the invented city has passwords that are shown and kept",
}


def above(floor: str = "web") -> set[str]:
    """The rooms that call services and never write: `web` and what is higher."""
    listed = floors()
    last = next(n for n, rooms in enumerate(listed) if floor in rooms)
    return set().union(*listed[: last + 1])


def unrecorded(tree: Tree) -> dict[str, str]:
    """Functions below `web` that are atomic or write, and leave no event in the same transaction, with the reason."""
    program = package(tree)
    shelter, writes, found = shelter_of(program), Writes(program), {}
    for name in program.functions:
        if name.split(".")[1] in above() or name == RECORD:
            continue
        if name in shelter.atomic and name not in shelter.recording:
            found[name] = "atomic and leaves no event"
        elif lines := [n for n in writes.of(name) if not shelter.covers(name, n)]:
            found[name] = f"writes in lines {lines} outside a transaction that leaves an event"
    return found


def services_not_atomic(tree: Tree) -> list[str]:
    """Public functions of a file called services.py that write or leave an event and stand in no transaction."""
    program = package(tree)
    shelter, writes = shelter_of(program), Writes(program)
    return [
        name
        for name in program.functions
        if program.module_of(name).endswith(".services")
        and name != RECORD
        and not name.rpartition(".")[2].startswith("_")
        and not program.decorated(name, ATOMIC)
        and name not in shelter.sheltered
        and (name in shelter.recording or writes.of(name))
    ]


def written_above(tree: Tree) -> dict[str, list[int]]:
    """Functions of `web` and what is higher that write rows themselves."""
    program = package(tree)
    writes = Writes(program)
    rooms = above()
    found = {name: writes.of(name) for name in program.functions if name.split(".")[1] in rooms}
    return {name: lines for name, lines in found.items() if lines}


def test_every_write_leaves_an_event_in_the_same_transaction():
    found = unrecorded(REPOSITORY)
    assert {name: why for name, why in found.items() if name not in WITHOUT_EVENT} == {}
    assert set(WITHOUT_EVENT) <= set(found), "an exception that is no longer needed"


def test_every_verb_of_a_services_file_is_atomic():
    found = set(services_not_atomic(REPOSITORY)) - set(WITHOUT_EVENT)
    assert found - set(NOT_ATOMIC) == set()
    assert set(NOT_ATOMIC) <= found, "an exception that is no longer needed"


def test_pages_and_commands_write_through_services():
    found = written_above(REPOSITORY)
    assert {name: lines for name, lines in found.items() if name not in PAST_SERVICES} == {}
    assert set(PAST_SERVICES) <= set(found), "an exception that is no longer needed"


AUDIT = {
    "gongjian/__init__.py": "",
    "gongjian/audit/__init__.py": "",
    "gongjian/audit/services.py": "def record(name): ...\n",
    "gongjian/people/__init__.py": "",
    "gongjian/people/models.py": "from django.db import models\nclass Unit(models.Model): ...\n",
}
HEAD = "from django.db import transaction\nfrom gongjian.audit.services import record\nfrom gongjian.people.models import Unit\n"


@planted(test_every_write_leaves_an_event_in_the_same_transaction)
def test_writes_without_an_event_are_reported(plant: Plant):
    deep = "gongjian/people/units/renaming.py"
    text = HEAD + (
        "@transaction.atomic\ndef silent(unit):\n    unit.name = 'a'\n\n"
        "def bare(unit: Unit):\n    unit.save()\n    record('x')\n\n"
        "@transaction.atomic\ndef only_in_name(unit: Unit):\n    record = str\n    record('x')\n    unit.save()\n\n"
        "@transaction.atomic\ndef later(unit: Unit):\n    transaction.on_commit(lambda: record('x'))\n    unit.save()\n\n"
        "def rows():\n    Unit.objects.filter(pk=1).update(name='b')\n\n"
        "def outside(unit: Unit):\n    with transaction.atomic():\n        record('x')\n    unit.delete()\n"
    )
    found = unrecorded(plant(AUDIT | {deep: text}))
    names = ("silent", "bare", "only_in_name", "later", "rows", "outside")
    assert set(found) == {f"gongjian.people.units.renaming.{name}" for name in names}


@planted(test_every_write_leaves_an_event_in_the_same_transaction)
def test_writes_with_an_event_are_not_reported(plant: Plant):
    text = HEAD + (
        "from gongjian.people import telling\nfrom gongjian.people.telling import tell as said\n"
        "@transaction.atomic\ndef direct(unit: Unit):\n    _save(unit)\n    record('x')\n\n"
        "def _save(unit: Unit):\n    unit.save()\n\n"
        "@transaction.atomic\ndef by_module(unit: Unit):\n    unit.save()\n    telling.tell('x')\n\n"
        "@transaction.atomic\ndef by_alias(unit: Unit):\n    unit.save()\n    said('x')\n\n"
        "@transaction.atomic\ndef by_late_import(unit: Unit):\n    from gongjian.people.telling import tell\n    unit.save()\n    tell('x')\n\n"
        "@transaction.atomic\ndef by_method(unit: Unit):\n    unit.save()\n    telling.Teller().tell()\n\n"
        "def in_a_block(unit: Unit):\n    with transaction.atomic():\n        record('x')\n        unit.delete()\n\n"
        "def no_rows():\n    told = {}\n    told.update(a=1)\n"
    )
    telling = "from gongjian.audit.services import record\ndef tell(name):\n    record(name)\nclass Teller:\n    def tell(self):\n        tell('x')\n"
    files = AUDIT | {"gongjian/people/services.py": text, "gongjian/people/telling.py": telling}
    assert unrecorded(plant(files)) == {}


@planted(test_every_verb_of_a_services_file_is_atomic)
def test_a_service_without_a_transaction_is_reported(plant: Plant):
    text = HEAD + (
        "def bare(unit: Unit):\n    unit.save()\n\n"
        "def two():\n    whole()\n    whole()\n\n"
        "def _private(unit: Unit):\n    unit.save()\n\n"
        "def reads(): ...\n\n"
        "def within(unit: Unit):\n    unit.save()\n\n"
        "@transaction.atomic\ndef whole(unit: Unit):\n    within(unit)\n    record('x')\n"
    )
    found = services_not_atomic(plant(AUDIT | {"gongjian/people/units/services.py": text}))
    assert found == [f"gongjian.people.units.services.{name}" for name in ("bare", "two")]


@planted(test_pages_and_commands_write_through_services)
def test_a_view_that_saves_is_reported(plant: Plant):
    text = "from gongjian.people.models import Unit\ndef view(request):\n    Unit.objects.create(name='a')\n"
    assert written_above(plant(AUDIT | {"gongjian/web/people/views.py": text})) == {
        "gongjian.web.people.views.view": [3]
    }
