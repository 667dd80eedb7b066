"""Searching the ledger, and comparing the search rows with the ledger."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from gongjian.assignments.states import State
from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Person, Unit
from gongjian.people.pinyin import firm_initials, person_initials, unit_initials
from gongjian.problems.models import Problem
from gongjian.problems.search.rules import bigrams, initials_token, may_be_initials, normal, words_of
from gongjian.problems.search.table import SearchRow, left_over, statement, stored
from gongjian.problems.states import Category, ProblemKind

# What a row of the ledger and its slip show, as paths from the problem. `renew` follows every record on them.
SHOWN = (
    "number",
    "text",
    "raised_by",
    "enterprise.name",
    "enterprise.short_name",
    "area.name",
    "area.short_name",
    "assignment.number",
    "assignment.task",
    "assignment.lead_unit.name",
    "assignment.lead_unit.short_name",
    "assignment.responsible_person.name",
)
INITIALS = (
    "enterprise.initials",
    "assignment.lead_unit.initials",
    "assignment.responsible_person.initials",
)
RELATED = ("enterprise", "area", "assignment__lead_unit", "assignment__responsible_person")
CHUNK = 2000
# Stored pinyin initials, by which type-ahead lists and this search find a record, and what they should be.
LETTERS: dict[type[Model], Callable[[Any], str]] = {
    Unit: lambda unit: unit_initials(unit.name, unit.short_name),
    Person: lambda person: person_initials(person.name),
    Enterprise: lambda firm: firm_initials(firm.name, firm.short_name),
}
DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})")


def row_of(problem: Problem) -> SearchRow:
    """Everything a clerk may search a problem by, as its row in the ledger shows it now."""
    parts = [normal(part) for part in _values(problem, SHOWN)]
    letters = " ".join(_values(problem, INITIALS)).split()
    return SearchRow(
        "\n".join(dict.fromkeys(part for part in parts if part)), " ".join(dict.fromkeys(letters))
    )


def _values(problem: Problem, paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        value: Any = problem
        for name in path.split("."):
            value = getattr(value, name) if value is not None else None
        if value:
            yield str(value)


def records_shown() -> dict[str, str]:
    """Every kind of record whose words stand in a search row, with the path to it: people.unit -> assignment__lead_unit."""
    found = {}
    for path in (*SHOWN, *INITIALS):
        model: type[Model] = Problem
        steps = path.split(".")[:-1]
        for step in steps:
            model = model._meta.get_field(step).related_model  # type: ignore[assignment]  # a foreign key
        found[model._meta.label_lower] = "__".join(steps) or "pk"
    return found


def search(rows: QuerySet[Problem], text: str) -> QuerySet[Problem]:
    """Rows that contain every word of the text, wherever it stands in what they show."""
    for word in words_of(text):
        rows = rows.filter(Q(pk__in=_hits(word)) | _choices(word) | _day(word))
    return rows


def _hits(word: str) -> RawSQL:
    """The search rows of one word, as a subquery of fixed text."""
    like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    lite = connection.vendor == "sqlite"
    grams = " ".join(f'"{token}"' for token in bigrams(word).split())
    sql, values = statement("find"), [f"grams : ({grams})", like] if lite else [like]
    if may_be_initials(word):
        sql += " UNION " + statement("initials")
        values.append(f'grams : "{initials_token(word)}" *' if lite else f"% {word}%")
    return RawSQL(sql, values)  # noqa: S611  constant text, values as parameters


def _choices(word: str) -> Q:
    """Rows whose category, kind or state is called so, in the language of the page."""
    wanted = Q()
    for field, choices in (("category", Category), ("kind", ProblemKind), ("assignment__state", State)):
        keys = [choice.value for choice in choices if normal(str(choice.label)) == word]
        wanted |= Q(**{f"{field}__in": keys}) if keys else Q()
    return wanted


def _day(word: str) -> Q:
    """Rows due on the day that a word names, as the row writes it: 12-05 or 2026-12-05."""
    if not (found := DAY.fullmatch(word)):
        return Q()
    year, month, day = found.groups()
    named = {"year": year, "month": month, "day": day}
    return Q(**{f"assignment__due_on__{part}": int(value) for part, value in named.items() if value})


@dataclass(frozen=True)
class SearchDifferences:
    """Where search rows differ from the ledger: problems without a row, with another row, rows whose problem is gone.

    `initials`: units, persons and firms whose stored pinyin initials are not those of their name.
    """

    missing: tuple[int, ...]
    stale: tuple[int, ...]
    left_over: tuple[int, ...]
    initials: tuple[Model, ...]

    @property
    def rows(self) -> int:
        """How many search rows differ."""
        return len(self.missing) + len(self.stale) + len(self.left_over)


def differences() -> SearchDifferences:
    """Compare every search row and all initials with what they should be. Reads the whole ledger."""
    missing, stale = [], []
    every = Problem.objects.select_related(*RELATED).order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(every, CHUNK)):
        kept = stored(chunk[0].pk, chunk[-1].pk)
        missing += [problem.pk for problem in chunk if problem.pk not in kept]
        stale += [p.pk for p in chunk if p.pk in kept and kept[p.pk] != row_of(p)]
    return SearchDifferences(tuple(missing), tuple(stale), left_over(), wrong_initials())


def wrong_initials() -> tuple[Model, ...]:
    """The units, persons and firms whose stored initials are not those of their name."""
    return tuple(
        row
        for model, letters in LETTERS.items()
        for row in model._default_manager.order_by("pk").iterator(chunk_size=CHUNK)
        if getattr(row, "initials") != letters(row)  # noqa: B009  each of LETTERS has the field
    )
