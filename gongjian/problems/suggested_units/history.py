"""The office's own history: every problem a unit has signed for, with the unit that had it in the end."""

from gongjian.assignments.states import State
from gongjian.engines.likeness.character_pieces import with_category_piece
from gongjian.engines.likeness.training import Case
from gongjian.problems.models import Problem
from gongjian.problems.states import Category
from gongjian.problems.suggested_units.lines_of_work import HandledProblem, LinesOfWork

# withdrawn, not yet signed for, or disputed: nobody knows yet whose problem it is
UNSETTLED = (State.WITHDRAWN, State.ASSIGNED, State.OBJECTED)


def with_category(text: str, category: str) -> str:
    """The text the model reads: the problem's wording with its category. "Other" and "to be filed" count as no choice."""
    return with_category_piece(
        text, "" if category in (Category.OTHER, Category.UNFILED) else str(Category(category).label)
    )


def read_history(lines: LinesOfWork) -> list[HandledProblem]:
    """The handled problems in the order in which they were handed over.

    Each problem of a shared assignment counts as one case.
    """
    rows = (
        Problem.objects.filter(assignment__isnull=False)
        .exclude(assignment__state__in=UNSETTLED)
        .order_by("assignment__handed_over_at", "pk")
        .values_list(
            "text", "category", "assignment__lead_unit", "origin", "area__path", "assignment__dispatches"
        )
    )
    return [
        HandledProblem(
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


def count_cases() -> int:
    """How many handled problems the ledger holds, to tell whether a model is out of date."""
    settled = Problem.objects.filter(assignment__isnull=False).exclude(assignment__state__in=UNSETTLED)
    return settled.order_by().count()
