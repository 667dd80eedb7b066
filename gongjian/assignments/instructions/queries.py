"""Reads of leaders' instructions (批示): which late matters want a word, and the word given on a matter."""

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from gongjian.assignments.lights.queries import overdue
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import OPEN, Source, State
from gongjian.people.queries import since, until


def wanting_a_word(rows: QuerySet[Assignment], *, today: date) -> QuerySet[Assignment]:
    """The overdue of these rows, longest first, without those on which an instruction of an earlier day is still open.

    A matter instructed today stays, so that its row can say so.
    """
    running = Assignment.objects.filter(about=OuterRef("pk"), source=Source.INSTRUCTION, state__in=OPEN)
    earlier = running.exclude(since(today, "handed_over_at"))
    late = rows.filter(overdue(today)).exclude(source=Source.INSTRUCTION)
    return late.filter(~Exists(earlier)).order_by("next_due_on", "pk")


def given_on(day: date) -> QuerySet[Assignment]:
    """The instructions given on a day and not withdrawn, latest first."""
    moments = since(day, "handed_over_at") & until(day, "handed_over_at")
    words = Assignment.objects.filter(moments, source=Source.INSTRUCTION).exclude(state=State.WITHDRAWN)
    return words.order_by("-pk")


def words_of_the_day(today: date, path: str = "instructions") -> "Prefetch[str]":
    """The instructions given today on each matter, latest first, to be fetched with a list as `given`."""
    return Prefetch(path, given_on(today), to_attr="given")
