"""Days and the reasons of lights as they read in English: 31 Aug 2026, a blank between two sentences."""

import re
from datetime import date

import pytest
from django.utils.translation import override

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.assignments.queries import reading
from gongjian.audit.wording import day_in_text
from gongjian.problems import services as problems
from gongjian.web.templatetags.gongjian import day as day_of_page
from tests import scenes
from tests.factories import AT, TODAY
from tests.problems.doing import hand_over


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 8, 31), "31 Aug"),
        (date(2026, 12, 1), "1 Dec"),
        (date(2025, 2, 28), "28 Feb 2025"),
        (date(2027, 5, 9), "9 May 2027"),
    ],
)
def test_a_day_is_written_with_the_name_of_its_month(day, words):
    with override("en"):
        assert day_in_text(day, TODAY) == words
        assert day_of_page(day).endswith(words)
    assert day_in_text(day, TODAY).endswith(f"{day.month}月{day.day}日")


@pytest.mark.django_db
@pytest.mark.parametrize("moves", [(), ("accept",), ("accept", "resolve")])
def test_sentences_of_a_light_stand_apart_and_end_once(moves):
    c = scenes.city()
    hand_over(c, problems.record(enterprise=c.firm, text="续贷", by=c.clerk, at=AT))
    task = Assignment.objects.get()
    for move in moves:
        facts = {"outcome": "SOLVED", "text": "好"} if move == "resolve" else {}
        getattr(assignments, move)(task, **facts, by=c.handler, at=AT)
    task.refresh_from_db()
    with override("en"):
        why = reading(task, TODAY).why
    assert not re.search(r"\.\.|[.;][A-Z“]|\d+\.\d+", why), why
    assert "Nov" in why or "Dec" in why
