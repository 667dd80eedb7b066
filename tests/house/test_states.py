"""The move table: every state reachable, every move has a service, an event of its own and a test."""

import ast
from collections.abc import Iterable, Sequence
from typing import TypeGuard

import pytest

from gongjian.assignments.states import MOVES, SUPPORT_MOVES, Move, State
from gongjian.imports.reading.fields import FIELDS
from gongjian.measures.table import TABLE
from tests.house.calls import Program, Scope, dotted, package
from tests.house.conftest import Plant
from tests.house.manual import TEXT, columns_page, measures_page, moves_page
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree
from tests.house.writes import ATOMIC, RECORD

ROOM, EVENTS = "gongjian.assignments", "gongjian.engines.clock.events"
VERBS = [*(move.verb for move in MOVES), *(move.verb for move in SUPPORT_MOVES)]


def unreachable(moves: Sequence[Move], start: State) -> set[State]:
    """States no row of moves leads to."""
    reached = {start}
    while more := {m.to for m in moves if m.to and reached & set(m.sources)} - reached:
        reached |= more
    return set(State) - reached


def services_of(program: Program, verb: str) -> list[str]:
    """The verbs of the room by this name: public functions that are a transaction of their own."""
    named = [n for n in program.functions if n.startswith(f"{ROOM}.") and n.rpartition(".")[2] == verb]
    return [name for name in named if program.decorated(name, ATOMIC)]


def handed_on(program: Program, service: str, recording: set[str]) -> tuple[set[str], set[str]]:
    """(events, verbs) a service hands to what records them, itself or through private functions beside it."""
    module, waiting, seen = program.module_of(service), [service], set[str]()
    events, verbs = set[str](), set[str]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        for call, to in program.called(name):
            given = [*call.args, *(k.value for k in call.keywords)]
            if to in recording:
                events |= {event for a in given if (event := _event(a, program.scope(name), program))}
            if to.startswith(f"{ROOM}."):  # what checks the move or makes it
                verbs |= {str(a.value) for a in given if isinstance(a, ast.Constant) and a.value in VERBS}
            beside = to in program.functions and program.module_of(to) == module
            if beside and to.rpartition(".")[2].startswith("_") and to not in seen:
                waiting.append(to)
    return events, verbs


def _event(node: ast.expr, scope: Scope, program: Program) -> str:
    """The name an argument is recorded by, where it is an event of the clock made in the function."""
    kind = program.class_of(node, scope)
    if kind.rpartition(".")[0] != EVENTS or kind not in program.classes:
        return ""
    return next((ast.literal_eval(n.value) for n in program.classes[kind].body if _is_name(n)), "")


def _is_name(node: ast.stmt) -> TypeGuard[ast.Assign]:
    """`NAME = "assignment.accepted"` in the body of an event."""
    return isinstance(node, ast.Assign) and dotted(node.targets[0]) == "NAME"


def called_by_tests(tree: Tree) -> set[str]:
    """Functions of the package that a function of the tests calls by name."""
    program = Program.of(tree, tree.modules, tree.tests)
    tests = [name for name in program.functions if name.startswith("tests.")]
    return {to for name in tests for _call, to in program.called(name)}


def amiss(tree: Tree, verbs: Iterable[str]) -> list[str]:
    """Moves without a service of their name, without an event that tells them apart, or without a test that calls them."""
    program, called = package(tree), called_by_tests(tree)
    recording, found = program.reaching(RECORD), []
    used: dict[frozenset[str], str] = {}
    for verb in verbs:
        services = services_of(program, verb)
        if len(services) != 1:
            found.append(f"{verb}: {len(services)} services")
            continue
        events, named = handed_on(program, services[0], recording)
        if not events or frozenset(events) in used:
            found.append(f"{verb}: records {sorted(events)} like {used.get(frozenset(events), 'nobody')}")
        used[frozenset(events)] = verb
        if named != {verb}:
            found.append(f"{verb}: moves by {sorted(named)}")
        if services[0] not in called:
            found.append(f"{verb}: no test calls {services[0]}")
    return found


def test_every_state_is_reachable():
    assert unreachable(MOVES, State.ASSIGNED) == set()


def test_every_move_has_a_service_an_event_of_its_own_and_a_test():
    assert amiss(REPOSITORY, VERBS) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_manual_s_page_of_moves_is_the_table_of_moves(language):
    """Out of date? Run `make messages`."""
    page = (TEXT / language / "moves.md").read_text(encoding="utf-8")
    assert page == moves_page(language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_manual_s_page_of_measures_is_the_table_of_measures(language):
    """Out of date? Run `make messages`."""
    page = (TEXT / language / "measures.md").read_text(encoding="utf-8")
    assert page == measures_page(language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_manual_s_page_of_columns_is_the_table_of_fields(language):
    """Out of date? Run `make messages`."""
    page = (TEXT / language / "import-columns.md").read_text(encoding="utf-8")
    assert page == columns_page(language)


@planted(test_every_state_is_reachable)
def test_a_state_no_move_leads_to_is_reported():
    left = [move for move in MOVES if move.to != State.ON_HOLD]
    assert unreachable(left, State.ASSIGNED) == {State.ON_HOLD}


@planted(test_every_move_has_a_service_an_event_of_its_own_and_a_test)
def test_moves_that_lack_something_are_reported(plant: Plant):
    head = (
        "from django.db import transaction\nfrom gongjian.assignments.projection import apply, open_move\n"
        "from gongjian.audit.services import record\n"
        "from gongjian.engines.clock.events import Accepted, Closed, Held, Reminded, Returned\n"
    )
    verb = "@transaction.atomic\ndef {0}(row):\n    event = {2}()\n    return _write(row, '{1}', event)\n\n"
    made = [
        ("accept", "accept", "Accepted"),
        ("hold", "accept", "Held"),
        ("resume", "resume", "Held"),
        ("close", "close", "Closed"),
    ]
    services = "".join(verb.format(*each) for each in made)
    services += "@transaction.atomic\ndef return_(row):\n    open_move(row, 'reopen')\n    return apply(row, 'return_', Returned())\n"
    events = "".join(f"class {name}:\n    NAME = 'assignment.{name.lower()}'\n" for _verb, _as, name in made)
    events += "class Returned:\n    NAME = 'assignment.returned'\nclass Reminded:\n    NAME = 'assignment.reminded'\n"
    tree = plant(
        {
            "gongjian/audit/services.py": "def record(name): ...\n",
            "gongjian/engines/clock/events.py": events,
            "gongjian/assignments/projection.py": "from gongjian.audit.services import record\n"
            "def open_move(row, verb): ...\ndef apply(row, verb, event):\n    record(event.NAME)\n",
            "gongjian/assignments/moves/services.py": f"{head}{services}def _write(row, verb, event):\n    apply(row, verb, event)\n",
            "gongjian/assignments/services.py": f"{head}from gongjian.assignments.moves.services import accept, hold, resume, return_\n"
            "def remind(row):\n    record(Reminded())\n@transaction.atomic\ndef report(row): ...\n",
            "tests/test_a.py": "from gongjian.assignments import services as s\n"
            "def test_all(row):\n    s.accept(row)\n    s.hold(row)\n    s.resume(row)\n    s.return_(row)\n    s.report(row)\n    close(row)\n    'close'\n",
        }
    )
    assert amiss(tree, ["accept", "hold", "resume", "close", "return_", "remind", "report"]) == [
        "hold: moves by ['accept']",
        "resume: records ['assignment.held'] like hold",
        "close: no test calls gongjian.assignments.moves.services.close",
        "return_: moves by ['reopen', 'return_']",
        "remind: 0 services",
        "report: records [] like nobody",
        "report: moves by []",
    ]


@planted(test_the_manual_s_page_of_moves_is_the_table_of_moves)
def test_another_table_of_moves_gives_another_page(monkeypatch):
    monkeypatch.setattr("gongjian.assignments.states.MOVES", MOVES[1:])
    for language in ("zh", "en"):
        assert (TEXT / language / "moves.md").read_text(encoding="utf-8") != moves_page(language)


@planted(test_the_manual_s_page_of_measures_is_the_table_of_measures)
def test_another_table_of_measures_gives_another_page(monkeypatch):
    monkeypatch.setattr("gongjian.measures.table.TABLE", TABLE[1:])
    for language in ("zh", "en"):
        assert (TEXT / language / "measures.md").read_text(encoding="utf-8") != measures_page(language)


@planted(test_the_manual_s_page_of_columns_is_the_table_of_fields)
def test_another_table_of_fields_gives_another_page(monkeypatch):
    monkeypatch.setattr("gongjian.imports.reading.fields.FIELDS", dict(list(FIELDS.items())[1:]))
    for language in ("zh", "en"):
        assert (TEXT / language / "import-columns.md").read_text(encoding="utf-8") != columns_page(language)
