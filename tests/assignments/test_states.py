"""Labels stand above, states below: the members are the same, and every move and event of the clock is named."""

import re

import pytest

from gongjian.assignments import states
from gongjian.assignments.events import AssignmentEvent
from gongjian.engines.clock import states as clock
from gongjian.engines.clock.dues import Dues
from gongjian.engines.clock.event_data import stored_fields
from gongjian.engines.clock.events import KINDS
from tests.engines.clock.test_events import NEWER, STORED


@pytest.mark.parametrize("name", ["State", "Light", "Outcome", "Step", "Party", "SupportState", "Span"])
def test_members_with_labels_are_the_members_of_the_clock(name):
    above, below = getattr(states, name), getattr(clock, name)
    assert {member.name: member.value for member in above} == {member.name: member.value for member in below}
    assert list(above) == list(below)
    assert {hash(member) for member in above} == {hash(member) for member in below}
    assert all(type(member.value) is str for member in above)
    assert all(str(label) for label in above.labels)


@pytest.mark.parametrize("name", ["OPEN", "RUNNING", "WAITING", "ENDED", "CLIMBING"])
def test_groups_of_states_are_those_of_the_clock(name):
    assert getattr(states, name) == getattr(clock, name)


def test_every_move_has_a_label_and_no_label_is_idle():
    assert list(states.MOVE_LABELS) == [move.verb for move in clock.MOVES]
    assert list(states.SUPPORT_MOVE_LABELS) == [move.verb for move in clock.SUPPORT_MOVES]


def test_every_kind_of_event_has_a_sentence_and_fills_it():
    assert {name.value for name in AssignmentEvent} == set(KINDS)
    keys: dict[str, set[str]] = {}
    for stored in STORED:
        keys.setdefault(stored["name"], set()).update(
            KINDS[stored["name"]].from_data(stored["data"]).as_data()
        )
    for kind in NEWER:
        fields = stored_fields(KINDS[kind])
        keys[kind] = {field.name for field in fields} | {"due" for field in fields if field.facts is Dues}
    for name in AssignmentEvent:
        assert set(re.findall(r"%\((\w+)\)s", str(name.sentence))) <= keys[name.value], name
