"""Suggestions for the hand-over form: three units with their probability and the words that decided. Nobody is chosen silently."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongjian.people.models import Person, Unit
from gongjian.people.queries import holders
from gongjian.problems.models import Problem
from gongjian.problems.suggested_units.history import with_category
from gongjian.problems.suggested_units.lines_of_work import read_lines
from gongjian.problems.suggested_units.model_file import current

SHOWN = 3
LEAST = 0.01  # what is less likely than this is not shown


@dataclass(frozen=True)
class Suggestion:
    """One unit: how likely, why, who leads it, and whether past cases or only duty lists were known."""

    unit: Unit
    person: Person | None
    percent: int
    words: tuple[str, ...]
    cases: int


def suggest(problems: Sequence[Problem], *, today: date) -> dict[int, list[Suggestion]]:
    """Suggestions for several problems at once, by the problem's key: two queries, three when a model must be made."""
    if not problems:
        return {}
    lines = read_lines()
    model = current(lines)
    if model is None:
        return {}
    found = {}
    for problem in problems:
        text = with_category(problem.text, problem.category)
        ranked = model.units(text, area=problem.area, origin=problem.origin, lines=lines)
        found[problem.pk] = [one for one in ranked[:SHOWN] if one[2] >= LEAST]
    named = {unit.pk: unit for ranked in found.values() for unit, _line, _chance in ranked}
    persons: dict[int, Person] = {}
    for tenure in holders(named.values(), on=today):
        persons.setdefault(tenure.post.unit_id, tenure.person)
    return {
        problem.pk: [
            Suggestion(
                unit,
                persons.get(unit.pk),
                round(chance * 100),
                tuple(model.classifier.words(problem.text, line)),
                model.cases,
            )
            for unit, line, chance in found[problem.pk]
        ]
        for problem in problems
    }
