"""A due that is counted in working days and stored is counted anew with the calendar: its model is registered.

Two things are held: every model that stores a due day is registered or named here with its reason, and so is every
place below the door that adds working days to a day, since its result may be kept.
"""

import ast

from gongjian.assignments.calendar.stored_dues import registered_models
from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree

DUE = ("due_on", "warn_on", "grave_on", "answer_by", "due_at")
NOT_COUNTED_ANEW = {
    "assignments.Escalation": "what was true when the step was taken",
    "notices.Notice": "what was due when it was told; a change of days is told anew",
}
ADDED = {
    "assignments/extensions/services.py": "only asks whether the calendar reaches that far",
    "assignments/moves/services.py": "the last day of an objection, asked when it is made and kept nowhere",
    "complaints/calendar/services.py": "what is registered for complaints",
}
CALENDARS = {"calendar", "current_calendar"}
ABOVE = {"conf", "cli", "engines", "invented_city"}


def models_with_a_due(tree: Tree) -> set[str]:
    """Models, as app.Model, that store a day something is due."""
    found = set()
    for path, module in tree.modules.items():
        if path.name != "models.py":
            continue
        for model in module.body:
            if isinstance(model, ast.ClassDef) and any(map(_is_due, model.body)):
                found.add(f"{tree.room(path)}.{model.name}")
    return found


def _is_due(node: ast.stmt) -> bool:
    names = (
        [target.id for target in node.targets if isinstance(target, ast.Name)]
        if isinstance(node, ast.Assign)
        else []
    )
    return any(name == due or name.endswith(f"_{due}") for name in names for due in DUE)


def unregistered(tree: Tree) -> list[str]:
    """Models with a due that nothing counts anew and no reason excuses."""
    return sorted(models_with_a_due(tree) - registered_models() - NOT_COUNTED_ANEW.keys())


def places_that_add(tree: Tree) -> list[str]:
    """Files outside the engines that add working days by the calendar."""
    return sorted(
        {
            str(path.relative_to(tree.package))
            for path, module in tree.modules.items()
            if tree.room(path) not in ABOVE
            for node in ast.walk(module)
            if isinstance(node, ast.Call) and _adds_days(node.func)
        }
    )


def _adds_days(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute) or called.attr not in {"add", "add_hours"}:
        return False
    source = called.value.func if isinstance(called.value, ast.Call) else called.value
    return isinstance(source, ast.Name) and source.id in CALENDARS


def test_every_stored_due_is_counted_anew():
    assert unregistered(REPOSITORY) == []


def test_working_days_are_added_only_where_the_result_is_counted_anew_or_not_kept():
    assert places_that_add(REPOSITORY) == sorted(ADDED)


@planted(test_every_stored_due_is_counted_anew)
def test_a_model_with_a_due_of_its_own_is_reported(plant: Plant):
    text = """from django.db import models
class Errand(models.Model):
    due_on = models.DateField()
class Reply(models.Model):
    first_answer_by = models.DateField(null=True)
class Plain(models.Model):
    made_on = models.DateField()
"""
    tree = plant({"gongjian/visits/models.py": text})
    assert unregistered(tree) == ["visits.Errand", "visits.Reply"]


@planted(test_working_days_are_added_only_where_the_result_is_counted_anew_or_not_kept)
def test_a_place_that_adds_working_days_is_reported(plant: Plant):
    text = """from gongjian.assignments.calendar.queries import current_calendar
def plan(day):
    return current_calendar().add(day, 5)
"""
    other = """def hours(calendar, start): return calendar.add_hours(start, 2)
def names(found): found.add(1)
"""
    tree = plant(
        {
            "gongjian/visits/services.py": text,
            "gongjian/visits/rules.py": other,
            "gongjian/engines/a.py": text,
        }
    )
    assert places_that_add(tree) == ["visits/rules.py", "visits/services.py"]
