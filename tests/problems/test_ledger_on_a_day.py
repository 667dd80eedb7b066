"""The ledger of any past day equals what was seen on that day; the difference between two days is told line by line."""

from datetime import date, datetime, timedelta
from random import Random

import pytest

from gongjian.assignments import services as assignments
from gongjian.assignments.lights.queries import light_of
from gongjian.assignments.states import Light
from gongjian.problems import services as problems
from gongjian.problems.ledger_on_a_day import queries as ledger_on_a_day
from gongjian.problems.models import Problem
from tests.factories import AT
from tests.problems.doing import DUE, hand_over, word


def on(day: int, hour: int = 10) -> datetime:
    return AT.replace(day=1, hour=hour) + timedelta(days=day - 1)


def seen_today(day: date) -> dict[int, ledger_on_a_day.ProblemOnDay]:
    """What the live ledger shows, taken down on the day itself."""
    on_day = {}
    for row in Problem.objects.select_related("assignment"):
        task = row.assignment
        if task is None:
            on_day[row.pk] = ledger_on_a_day.ProblemOnDay("ANSWERED" if row.answered_on else "NEW")
        else:
            on_day[row.pk] = ledger_on_a_day.ProblemOnDay(
                task.state, light_of(task, day), task.lead_unit_id, task.due_on
            )
    return on_day


def live(c, dice: Random, at: datetime) -> None:
    """Some ordinary work of a day."""
    if dice.random() < 0.6:
        problems.record(enterprise=c.firm, text=f"问题 {at:%d}", by=c.clerk, at=at)
    for row in Problem.objects.select_related("assignment").order_by("pk"):
        if row.assignment is not None:
            go_on(c, row, dice.random(), at)
        elif row.answered_on is None:
            begin(c, row, dice, at)


def begin(c, row: Problem, dice: Random, at: datetime) -> None:
    luck = dice.random()
    if luck < 0.5:
        hand_over(c, row, due=(at + timedelta(days=dice.randrange(2, 12))).date(), at=at)
    elif luck < 0.6:
        problems.answer_on_the_spot(row, answer="好", by=c.clerk, at=at)


def go_on(c, row: Problem, luck: float, at: datetime) -> None:
    task = row.assignment
    unit = c.handler if task.lead_unit_id == c.bureau.pk else c.other_handler
    if task.state == "ASSIGNED" and luck < 0.3 and task.lead_unit_id == c.bureau.pk:
        other = {"lead_unit": c.other_bureau, "responsible_person": c.other_director, "reason": "更合适"}
        assignments.reassign(task, **other, by=c.clerk, at=at)
    elif task.state == "ASSIGNED":
        assignments.accept(task, by=unit, at=at)
    elif task.state == "IN_PROGRESS" and luck < 0.4:
        assignments.resolve(task, outcome="SOLVED", text="好", by=unit, at=at)
    elif task.state == "RESOLVED" and luck < 0.5:
        word(c, row, "DISSATISFIED" if luck < 0.2 else "SATISFIED", note="还差一点", at=at)


@pytest.mark.parametrize("seed", range(3))
def test_every_day_looked_back_at_is_as_it_was_seen(c, seed):
    dice, taken = Random(seed), {}
    for number in range(1, 29):
        at = on(number)
        live(c, dice, at)
        taken[at.date()] = seen_today(at.date())
    assert {problem.state for seen in taken.values() for problem in seen.values()} >= {
        "NEW",
        "IN_PROGRESS",
        "RESOLVED",
    }
    for day, seen in taken.items():
        assert ledger_on_a_day.problems_on(Problem.objects.all(), day) == seen, day


def test_a_batch_taken_back_was_handed_over_for_that_time(c):
    row = problems.record(enterprise=c.firm, text="缺工", by=c.clerk, at=on(2))
    facts = {"otherwise": (c.bureau, c.director), "task": "招工", "due": DUE}
    done = problems.hand_over_many([row], **facts, by=c.clerk, at=on(3, 23))
    problems.undo(done, by=c.clerk, at=on(3, 23) + timedelta(minutes=5))
    rows = Problem.objects.all()
    assert ledger_on_a_day.problems_on(rows, on(3).date()) == {row.pk: ledger_on_a_day.ProblemOnDay("NEW")}
    assert ledger_on_a_day.problems_on(rows, on(1).date()) == {}


def test_differences_name_what_changed_and_nothing_else(c):
    old = problems.record(enterprise=c.firm, text="甲", by=c.clerk, at=on(2))
    same = problems.record(enterprise=c.firm, text="乙", by=c.clerk, at=on(2))
    hand_over(c, old, due=on(10).date(), at=on(4))
    new = problems.record(enterprise=c.firm, text="丙", by=c.clerk, at=on(5))
    rows = Problem.objects.all()
    before, after = (
        ledger_on_a_day.problems_on(rows, on(3).date()),
        ledger_on_a_day.problems_on(rows, on(6).date()),
    )
    differences = ledger_on_a_day.differences(rows, before, after)
    assert [
        (difference.problem, difference.before and difference.before.state, difference.after.state)
        for difference in differences
    ] == [
        (new, None, "NEW"),
        (old, "NEW", "ASSIGNED"),
    ]
    assert same.pk in after
    assert ledger_on_a_day.unit_names(difference.after for difference in differences) == {
        c.bureau.pk: "市金融局"
    }
    assert ledger_on_a_day.state_counts(after.values()) == {"NEW": 2, "ASSIGNED": 1}
    later = ledger_on_a_day.problems_on(rows, on(12).date())
    assert ledger_on_a_day.light_counts(later.values())[Light.RED] == 1
    assert ledger_on_a_day.differences(rows, after, later)[0].after.light == Light.RED
