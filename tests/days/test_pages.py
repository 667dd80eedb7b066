"""The pages of a ledger that is a week old, on every day: each answers, is whole and asks few questions."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from gongjian.people.states import Role
from gongjian.web.problems.ledger_on_a_day import views as ledger_on_a_day
from tests import scenes
from tests.days.moments import MOMENTS, on, on_twelve_days
from tests.days.walking import walk

AGE = timedelta(days=8)
ROLES = sorted(set(Role) - {Role.SYSTEM})


def grown(moment):
    """One of everything a page can show, made a week before: what was new is late by now, and lies in another period."""
    with time_machine.travel(moment - AGE):
        return scenes.ledger(timezone.now())


@on_twelve_days
def test_every_page_stands(db, moment):
    turn = list(MOMENTS.values()).index(moment)
    assert walk(grown(moment), ROLES[turn % len(ROLES)]) == []


@on("leap_day")
def test_a_page_that_reckons_years_by_their_name_is_caught(db, monkeypatch):
    def a_year_before(request):
        today = timezone.localdate()
        asked = {"first": today.replace(year=today.year - 1).isoformat(), "last": today.isoformat()}
        return ledger_on_a_day.DaysForm(asked)

    monkeypatch.setattr(ledger_on_a_day, "_form", a_year_before)
    monkeypatch.setattr("tests.days.walking.matrix", lambda: {"problem-then": frozenset({Role.CLERK})})
    assert walk(grown(timezone.now()), Role.CLERK) == ["problem-then (CLERK): answers 500"]
