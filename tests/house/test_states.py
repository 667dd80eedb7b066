"""The move table: every state reachable, every move has a service, an event and a test."""

import pytest

from gongjian.assignments import services
from gongjian.assignments.events import AssignmentEvent
from gongjian.assignments.states import MOVES, State
from tests.house.manual import TEXT, moves_page
from tests.house.sources import ROOT


def test_every_state_is_reachable():
    reached = {State.ASSIGNED}
    while True:
        more = {m.to for m in MOVES if m.to and reached & set(m.sources)} - reached
        if not more:
            break
        reached |= more
    assert reached == set(State)


def test_every_move_has_a_service_an_event_and_a_test():
    text = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "tests" / "assignments").glob("*.py"))
    names = {member.name for member in AssignmentEvent}
    for move in MOVES:
        assert callable(getattr(services, move.verb)), move.verb
        assert move.verb in text, f"no test speaks of {move.verb}"
    assert len(names) >= len(MOVES)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_manual_s_page_of_moves_is_the_table_of_moves(language):
    """Out of date? Run `make messages`."""
    page = (TEXT / language / "moves.md").read_text(encoding="utf-8")
    assert page == moves_page(language)
