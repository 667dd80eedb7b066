"""Conditions that tasks and problems share: the light, and whose turn it is; `prefix` leads to the assignment."""

from collections.abc import Callable

from django.db.models import Q

from gongjian.assignments.lights.queries import light_filter, overdue
from gongjian.assignments.states import OPEN, Light, State
from gongjian.measures.measure import Scope

Condition = Callable[[Scope], Q]
PROBLEM = "assignment__"
OF_TASKS = {
    Light.GREEN: "green_tasks",
    Light.YELLOW: "yellow_tasks",
    Light.RED: "red_tasks",
    Light.DARK_RED: "dark_red_tasks",
    Light.GREY: "tasks_on_hold",
}
OF_PROBLEMS = {
    Light.GREEN: "green",
    Light.YELLOW: "yellow",
    Light.RED: "red",
    Light.DARK_RED: "dark_red",
    Light.GREY: "on_hold",
}


def showing(light: Light, prefix: str = "") -> Condition:
    """Open ones with this light."""
    return lambda scope: light_filter([light], scope.today, prefix=prefix) & in_state(OPEN, prefix)


def past_due(prefix: str = "") -> Condition:
    """Those the unit must still act on after the day of the current checkpoint."""
    return lambda scope: overdue(scope.today, prefix)


def in_state(states: tuple[State, ...], prefix: str = "") -> Q:
    """Those in one of these states."""
    return Q(**{f"{prefix}state__in": states})


def asking_extension(prefix: str = "") -> Q:
    """Those whose unit has asked for more time and has no answer yet."""
    return Q(**{f"{prefix}state": State.IN_PROGRESS, f"{prefix}extension_until__isnull": False})


def asking_nothing(prefix: str = "") -> Q:
    """Those in progress whose unit waits for no answer."""
    return Q(**{f"{prefix}state": State.IN_PROGRESS, f"{prefix}extension_until__isnull": True})
