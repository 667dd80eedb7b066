"""Events as data and back. `stories_of_version_0.json` is what the chain held before events had a version: every kind, as
stored, and what the assignment was after each."""

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from gongjian.engines.clock import events
from gongjian.engines.clock.checkpoints import CheckpointDue
from gongjian.engines.clock.dues import Dues, RuleUsed
from gongjian.engines.clock.event_data import FORMS, PLAIN, stored_fields
from gongjian.engines.clock.events import KINDS, VERSION, Happened, read_event
from gongjian.engines.clock.fold import FOLDS, fold, replay
from gongjian.engines.clock.states import MetBy, Outcome, Span, State, Step
from tests.house.sources import ROOT

FILE = ROOT / "tests" / "engines" / "clock" / "stories_of_version_0.json"
STORIES: list[list[dict[str, Any]]] = json.loads(Path(FILE).read_text(encoding="utf-8"))
STORED = [event for story in STORIES for event in story]
NEWER = {  # kinds that came with version 1 or later
    "assignment.imported",
    "assignment.person_changed",
    "assignment.taken_over",
}
NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)


def happened(stored: dict[str, Any]) -> Happened:
    at = datetime.fromisoformat(stored["at"])
    return Happened(event=read_event(stored["name"], stored["data"]), at=at, by=stored["by"])


def test_the_stored_stories_hold_every_kind_without_a_version():
    assert {event["name"] for event in STORED} == set(KINDS) - NEWER
    assert not any("version" in event["data"] for event in STORED)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story[-1]["name"])
def test_what_an_older_program_stored_is_folded_as_it_was(story):
    snapshot = None
    for stored in story:
        snapshot = fold(snapshot, happened(stored))
        after = stored["after"]
        told = {
            "state": snapshot.state,
            "lead_unit_id": snapshot.unit,
            "responsible_person_id": snapshot.person,
            "round": snapshot.round,
            "due_on": snapshot.due_on.isoformat(),
            "provisional": snapshot.provisional,
            "next_name": snapshot.next.name,
            "next_due_on": snapshot.next.due_on.isoformat(),
            "next_warn_on": snapshot.next.warn_on.isoformat(),
            "next_grave_on": snapshot.next.grave_on.isoformat(),
            "resolved_on": snapshot.resolved_on and snapshot.resolved_on.isoformat(),
            "outcome": snapshot.outcome,
            "closed_on": snapshot.closed_on and snapshot.closed_on.isoformat(),
            "extension_until": snapshot.extension_until and snapshot.extension_until.isoformat(),
            "objections": snapshot.objections,
            "dispatches": snapshot.dispatches,
            "climbed": snapshot.climbed[-1] if snapshot.climbed else "",
            "cycle": snapshot.cycle,
            "supports": [
                [
                    each.unit,
                    each.state,
                    each.due_on.isoformat(),
                    each.replied_on and each.replied_on.isoformat(),
                ]
                for each in snapshot.supports
            ],
        }
        assert told == after, stored["name"]


@pytest.mark.parametrize("stored", STORED, ids=lambda stored: stored["name"])
def test_keys_and_values_stay_as_they_were_and_a_version_comes_to_them(stored):
    data = read_event(stored["name"], stored["data"]).as_data()
    assert stored["data"].items() <= data.items()
    assert data["version"] == VERSION == 1
    assert json.loads(json.dumps(data)) == data
    assert all(type(value) in {str, int, bool, list, dict, type(None)} for value in data.values())
    assert read_event(stored["name"], data) == read_event(stored["name"], stored["data"])


def test_the_first_hand_overs_knew_no_supporting_units_no_repetition_and_no_questions():
    checkpoint = {
        "key": "close",
        "name": "办结",
        "span": "WORKING_DAYS",
        "amount": 7,
        "met_by": "resolve",
        "due_on": "2026-12-03",
        "warn_on": "2026-12-01",
        "grave_on": "2026-12-15",
        "due_at": None,
        "fixed": None,
        "shift": 0,
        "met_on": None,
    }
    handed_over = read_event(
        "assignment.handed_over",
        {
            "unit": "金融局",
            "unit_id": 3,
            "person": "张三",
            "person_id": 5,
            "regime": "13710",
            "grade": "一般",
            "rule": [{"key": "close", "name": "办结", "amount": 7, "span": "WORKING_DAYS"}],
            "task": "协调贷款",
            "on_the_spot": True,
            "checkpoints": [checkpoint],
            "provisional": False,
            "due": "2026-12-03",
        },
    )
    assert isinstance(handed_over, events.HandedOver)
    assert (handed_over.supports, handed_over.copied, handed_over.round) == ((), (), 1)
    [due] = handed_over.dues.checkpoints
    assert (due.span, due.met_by, due.repeat, due.nth, due.anchor) == (
        Span.WORKING_DAYS,
        MetBy.RESOLVE,
        False,
        1,
        0,
    )
    passed = read_event("assignment.check_passed", {"note": "属实"})
    assert passed == events.CheckPassed(note="属实", answers={}, answered="")


def test_what_a_newer_program_stored_is_not_guessed_at():
    with pytest.raises(ValueError, match=r"assignment\.closed: version 2 is newer than 1"):
        read_event("assignment.closed", {"version": VERSION + 1})


def test_what_is_no_event_or_says_too_little_is_an_error_of_the_program():
    with pytest.raises(KeyError, match="unknown"):
        read_event("assignment.unknown", {})
    with pytest.raises(KeyError, match="reason"):
        read_event("assignment.held", {})
    with pytest.raises(ValueError, match="before the hand-over"):
        fold(None, Happened(event=events.Closed(), at=NINE))
    assert replay([]) is None


def test_every_kind_is_folded_and_every_field_has_a_form():
    assert set(FOLDS) | {events.HandedOver, events.Imported} == set(KINDS.values())
    for kind in KINDS.values():
        assert is_dataclass(kind)
        hints = get_type_hints(kind)
        for stored in stored_fields(kind):
            plain = stored.form is PLAIN and not stored.facts
            assert not plain or hints[stored.name] in {str, int, bool, str | None, int | None}, stored.name
    assert PLAIN not in FORMS.values()


def test_fields_that_share_an_object_do_not_share_a_key():
    for kind in KINDS.values():
        keys = []
        for stored in stored_fields(kind):
            keys += [field.name for field in fields(stored.facts)] if stored.facts else [stored.name]
        assert len(keys) == len(set(keys)), kind


def test_members_are_stored_by_value_and_read_as_members():
    resolved = events.Resolved(outcome=Outcome.SOLVED, outcome_word="已解决", text="好")
    assert type(resolved.as_data()["outcome"]) is str
    assert resolved == read_event(resolved.NAME, resolved.as_data())
    day = date(2026, 12, 3)
    due = CheckpointDue("close", "办结", Span.DATE, 0, MetBy.RESOLVE, day, day, day)
    handed_over = events.HandedOver(
        unit="金融局",
        unit_id=3,
        person="张三",
        person_id=5,
        task="协调贷款",
        on_the_spot=False,
        rule_used=RuleUsed(rule=(), regime="", grade=""),
        dues=Dues(checkpoints=(due,), provisional=False),
    )
    read = read_event(handed_over.NAME, json.loads(json.dumps(handed_over.as_data())))
    assert read == handed_over
    snapshot = fold(None, Happened(event=read, at=NINE))
    assert isinstance(snapshot.state, State)
    assert isinstance(snapshot.next.span, Span)
    step = read_event(
        "assignment.escalated", next(e["data"] for e in STORED if e["name"].endswith("escalated"))
    )
    assert isinstance(step, events.Escalated)
    assert step.step is Step.REMINDER
