"""What tests do to problems again and again."""

from datetime import date
from typing import Any

from gongjian.assignments.models import Assignment
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from tests.factories import AT
from tests.scenes import City

DUE = date(2026, 12, 4)


def hand_over(c: City, problem: Problem, **more: Any) -> Assignment:
    """By the clerk to the bureau."""
    facts: Any = {
        "lead_unit": c.bureau,
        "responsible_person": c.director,
        "task": "协调续贷",
        "due": DUE,
        "on_the_spot": True,
        "by": c.clerk,
        "at": AT,
    }
    return problems.hand_over(problem, **(facts | more))


def word(c: City, problem: Problem, satisfaction: str, **more: Any) -> Any:
    """The firm's word by call-back, entered by the clerk."""
    facts: Any = {
        "method": "CALL_BACK",
        "satisfaction": satisfaction,
        "said_by": "高总",
        "by": c.clerk,
        "at": AT,
    }
    return problems.give_word(problem, **(facts | more))
