"""Suggestions for the hand-over form: three units, each with its probability and the words that decided.

Nothing is filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongjian.engines.likeness.shared_words import whole_words
from gongjian.people.models import Person, Unit
from gongjian.people.queries import holders
from gongjian.problems.models import Problem
from gongjian.problems.suggested_units.history import with_category
from gongjian.problems.suggested_units.lines_of_work import read_lines
from gongjian.problems.suggested_units.model_file import current_model

SUGGESTIONS_SHOWN = 3
LEAST_PROBABILITY = 0.05  # less likely units are not offered: one in twenty is no advice


@dataclass(frozen=True)
class Suggestion:
    """One unit, who leads it, its probability in per cent, the deciding words, and the model's past cases."""

    unit: Unit
    person: Person | None
    percent: int
    words: tuple[str, ...]
    cases: int


def suggest(problems: Sequence[Problem], *, today: date) -> dict[int, list[Suggestion]]:
    """Suggestions for several problems at once, by the problem's key.

    Two queries, three when a model must be trained.
    """
    if not problems:
        return {}
    lines = read_lines()
    model = current_model(lines)
    if model is None:
        return {}
    ranked_for = {}
    for problem in problems:
        text = with_category(problem.text, problem.category)
        ranked = model.units(text, area=problem.area, origin=problem.origin, lines=lines)
        ranked_for[problem.pk] = [
            (unit, line, chance)
            for unit, line, chance in ranked[:SUGGESTIONS_SHOWN]
            if chance >= LEAST_PROBABILITY
        ]
    units = {unit.pk: unit for ranked in ranked_for.values() for unit, _line, _chance in ranked}
    persons: dict[int, Person] = {}
    for tenure in holders(units.values(), on=today):
        persons.setdefault(tenure.post.unit_id, tenure.person)
    return {
        problem.pk: [
            Suggestion(
                unit,
                persons.get(unit.pk),
                round(chance * 100),
                tuple(whole_words(model.classifier.words(problem.text, line), problem.text)),
                model.cases,
            )
            for unit, line, chance in ranked_for[problem.pk]
        ]
        for problem in problems
    }
