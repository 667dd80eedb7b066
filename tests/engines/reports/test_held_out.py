"""Reports written and annotated apart from the rules: a floor under how well they are read, raised as the reader improves.

There are two rounds. The first was kept apart until its score had been looked at after nearly every step; its reports may be read
now, and its floor only holds what was reached. The second was written before the rules changed again, and is measured at the end of
a round of work. First measured: core 0.891 without registers and 0.904 with; now 0.925 and 0.937, requirements 0.811. The target is 0.96 of the core without registers and 0.80 of
the requirements. Failures name fields and figures, never a text.
"""

import pytest

from gongjian.engines.reports.registers import Registers
from samples.reports.held_out import FORMER, read_all, registers_of_most, reports
from samples.reports.scoring import CORE, SOFT, Score, score
from tests.engines.reports.judging import annotated_values, scorer

FLOOR = {"core": 0.92, "core with registers": 0.93, "action": 0.80, "problem": 0.65, "speaker": 0.88}
FORMER_FLOOR = {"core": 0.97, "action": 0.86, "problem": 0.77, "honour": 0.92, "speaker": 0.96}
STYLES = 8
FEWEST = 44


@pytest.fixture(scope="module")
def without() -> Score:
    return score(read_all(Registers()))


@pytest.fixture(scope="module")
def known() -> Score:
    return score(read_all(registers_of_most()))


def test_the_floor_holds(without, known):
    reached = {"core": without.total().f1, "core with registers": known.total().f1}
    reached |= {name: tally.f1 for name, tally in without.fields.items() if name in FLOOR}
    assert {name: share for name, share in reached.items() if share < FLOOR[name]} == {}


def test_the_floor_of_the_first_round_holds():
    counted = score(read_all(Registers(), FORMER))
    reached = {"core": counted.total().f1} | {name: tally.f1 for name, tally in counted.fields.items()}
    assert {name: reached[name] for name, share in FORMER_FLOOR.items() if reached[name] < share} == {}


def test_no_item_of_a_list_is_optional():
    written = [
        value
        for report in reports()
        for event in report.annotation["events"]
        for name in ("people", "enterprises", "sectors", "projects")
        for value in event[name]
    ]
    assert [value for value in written if value.endswith("|")] == []


def test_registers_help(without, known):
    assert known.total().f1 > without.total().f1


def test_the_set_is_large_and_varied():
    assert len(reports()) >= FEWEST
    assert len({report.style for report in reports()}) == STYLES
    assert len({report.key for report in reports()}) == len(reports())
    assert all(120 <= len(report.text) <= 900 for report in reports())


@pytest.mark.parametrize("report", reports(), ids=lambda report: report.key)
def test_what_is_annotated_stands_in_the_text(report):
    assert annotated_values(report) == [], report.key


def test_a_perfect_reading_has_a_perfect_score():
    pairs = [(_as_if_read(report), report.annotation) for report in reports()]
    counted = score(pairs)
    assert {name: tally.f1 for name, tally in counted.fields.items()} == dict.fromkeys((*CORE, *SOFT), 1.0)
    assert counted.total().right > 1000


def test_a_planted_mistake_is_counted():
    pairs = [(_as_if_read(report), report.annotation) for report in reports()]
    first = pairs[0][0]
    first["people"].append({"name": "无此人", "posts": ["副县长"]})
    first["events"][0]["lead"] = "无此人"
    first["actions"].pop()
    counted = score(pairs)
    assert (counted.fields["person"].wrong, counted.fields["post"].wrong) == (1, 1)
    assert (counted.fields["lead"].wrong, counted.fields["lead"].missed) == (1, 1)
    assert counted.fields["action"].missed == 1
    assert counted.fields["event"].f1 == 1.0


def _as_if_read(report):
    """The annotation in the shape of a reading, the first alternative of everything."""
    wanted = report.annotation

    def first(value):
        return value.split("|")[0] if isinstance(value, str) else value

    events = [{key: first(value) for key, value in event.items()} for event in wanted["events"]]
    for event in events:
        for name in ("people", "enterprises", "sectors", "projects", "counts"):
            event[name] = [first(value) for value in event[name]]
    return {
        "meta": {key: first(value) for key, value in wanted["meta"].items()},
        "events": events,
        "people": [
            {"name": p["name"], "posts": [first(post) for post in p["posts"]]} for p in wanted["people"]
        ],
        "speakers": list(wanted["speakers"]),
        "quotes": [{"speaker": q["speaker"], "text": q["start"]} for q in wanted["quotes"]],
        "actions": [{"by": a["by"], "text": a["key"]} for a in wanted["actions"]],
        "honours": [{"recipient": h["recipient"], "honour": h["honour"]} for h in wanted["honours"]],
        "problems": [first(problem) for problem in wanted["problems"]],
    }


@pytest.mark.acceptance
def test_the_outside_scorer_counts_the_same(without):
    outside = scorer()
    tally = outside.Tally()
    for found, annotated in read_all(Registers()):
        outside.score_case(found, annotated, tally)
    ours = {name: (t.right, t.wrong, t.missed) for name, t in without.fields.items()}
    theirs = {name: tuple(tally.d.get(name, [0, 0, 0])) for name in ours}
    assert ours == theirs
