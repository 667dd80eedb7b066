"""The office's own history: every problem a unit has signed for, with the unit that has it in the end."""

from gongjian.assignments.states import State
from gongjian.engines.likeness.character_pieces import marked
from gongjian.engines.likeness.training import Case
from gongjian.problems.models import Problem
from gongjian.problems.states import Category
from gongjian.problems.suggested_units.lines_of_work import Lines, Past

# taken back, not yet signed for, or disputed: nobody knows yet whose it is
UNSETTLED = (State.WITHDRAWN, State.ASSIGNED, State.OBJECTED)


def with_category(text: str, category: str) -> str:
    """What the model reads of a problem: its text and the category chosen; "other" is no choice."""
    return marked(text, "" if category == Category.OTHER else str(Category(category).label))


def read_history(lines: Lines) -> list[Past]:
    """In order of time; an assignment shared by several problems gives a case for each."""
    rows = (
        Problem.objects.filter(assignment__isnull=False)
        .exclude(assignment__state__in=UNSETTLED)
        .order_by("assignment__handed_over_at", "pk")
        .values_list(
            "text", "category", "assignment__lead_unit", "origin", "area__path", "assignment__dispatches"
        )
    )
    return [
        Past(
            Case(with_category(text, category), lines.line_of[unit]),
            unit,
            lines.units[unit].area.depth,
            origin,
            path,
            dispatches == 1,
        )
        for text, category, unit, origin, path, dispatches in rows
        if unit in lines.line_of
    ]


def cases_now() -> int:
    """How many cases the ledger holds: tells whether a model is behind."""
    settled = Problem.objects.filter(assignment__isnull=False).exclude(assignment__state__in=UNSETTLED)
    return settled.order_by().count()
