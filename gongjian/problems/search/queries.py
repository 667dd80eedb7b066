"""Searching the ledger, and comparing the search rows with the ledger."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from gongjian.assignments.models import task_number
from gongjian.assignments.states import State
from gongjian.engines.writing.folding import fold_name
from gongjian.enterprises.models import Enterprise
from gongjian.people.folded_names import folded_names
from gongjian.people.models import Person, Unit
from gongjian.people.pinyin import firm_initials, person_initials, unit_initials
from gongjian.problems.models import Problem, problem_number
from gongjian.problems.search.rules import bigrams, initials_token, may_be_initials, words_of
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
FOLDED = ("enterprise.folded", "assignment.lead_unit.folded", "assignment.responsible_person.folded")
INITIALS = (
    "enterprise.initials",
    "assignment.lead_unit.initials",
    "assignment.responsible_person.initials",
)
COLUMNS = tuple(path for path in (*SHOWN, *FOLDED, *INITIALS) if not path.endswith("number"))
NUMBERED = (
    "pk",
    "own_number",
    "recorded_at",
    "assignment_id",
    "assignment__handed_over_at",
)  # of what numbers are made
CHUNK = 2000
SHORTEST_NAME = 3  # characters of a name that is also looked for without its dots and brackets
# What is stored of a name so that lists and this search find it, and what it should be: initials, the folded writing.
DERIVED: dict[type[Model], dict[str, Callable[[Any], str]]] = {
    Unit: {
        "initials": lambda unit: unit_initials(unit.name, unit.short_name),
        "folded": lambda unit: folded_names(unit.name, unit.short_name),
    },
    Person: {
        "initials": lambda person: person_initials(person.name),
        "folded": lambda person: folded_names(person.name),
    },
    Enterprise: {
        "initials": lambda firm: firm_initials(firm.name, firm.short_name),
        "folded": lambda firm: folded_names(firm.name, firm.short_name),
    },
}
DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})")


def rows_of(problems: QuerySet[Problem]) -> Iterator[tuple[int, SearchRow]]:
    """Everything a clerk may search these problems by, as their rows in the ledger show it now, by the key of the problem."""
    columns = [path.replace(".", "__") for path in COLUMNS]
    for pk, own, recorded_at, task, handed_at, *values in problems.values_list(*NUMBERED, *columns).iterator(
        chunk_size=CHUNK
    ):
        shown = dict(zip(COLUMNS, values, strict=True))
        shown["number"] = problem_number(own, recorded_at, pk)
        shown["assignment.number"] = task_number(handed_at, task) if task else None
        yield pk, _row(shown)


def _row(values: Mapping[str, Any]) -> SearchRow:
    """The row of what stands at each path."""
    parts = [fold_name(str(values[path])) for path in SHOWN if values[path]]
    parts += [name for path in FOLDED if values[path] for name in values[path].split()]
    letters = " ".join(values[path] for path in INITIALS if values[path]).split()
    return SearchRow(
        "\n".join(dict.fromkeys(part for part in parts if part)), " ".join(dict.fromkeys(letters))
    )


def records_shown() -> dict[str, str]:
    """Every kind of record whose words stand in a search row, with the path to it: people.unit -> assignment__lead_unit."""
    found = {}
    for path in (*SHOWN, *FOLDED, *INITIALS):
        model: type[Model] = Problem
        steps = path.split(".")[:-1]
        for step in steps:
            model = model._meta.get_field(step).related_model  # type: ignore[assignment]  # a foreign key
        found[model._meta.label_lower] = "__".join(steps) or "pk"
    return found


def search(rows: QuerySet[Problem], text: str) -> QuerySet[Problem]:
    """Rows that contain every word of the text, wherever it stands in what they show, or whose choice is called so."""
    wanted = Q()
    for word in words_of(text):
        folded = fold_name(word)  # a name is found however its dots and brackets are written
        named = Q(pk__in=_hits(folded)) if len(folded) >= SHORTEST_NAME and folded != word else Q()
        wanted &= Q(pk__in=_hits(word)) | named | _choices(word) | _day(word)
    return rows.filter(wanted | _choices(fold_name(text)))


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
        keys = [choice.value for choice in choices if fold_name(str(choice.label)) == word]
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

    `names`: units, persons and firms whose stored pinyin initials or folded writing are not those of their name.
    """

    missing: tuple[int, ...]
    stale: tuple[int, ...]
    left_over: tuple[int, ...]
    names: tuple[Model, ...]

    @property
    def rows(self) -> int:
        """How many search rows differ."""
        return len(self.missing) + len(self.stale) + len(self.left_over)


def differences() -> SearchDifferences:
    """Compare every search row, all initials and folded names with what they should be. Reads the whole ledger."""
    missing, stale = [], []
    every = rows_of(Problem.objects.order_by("pk"))
    while chunk := list(islice(every, CHUNK)):
        kept = stored(chunk[0][0], chunk[-1][0])
        missing += [pk for pk, _row in chunk if pk not in kept]
        stale += [pk for pk, row in chunk if pk in kept and kept[pk] != row]
    return SearchDifferences(tuple(missing), tuple(stale), left_over(), wrong_names())


def wrong_names() -> tuple[Model, ...]:
    """The units, persons and firms of which something else is stored to find them by than what their name gives."""
    return tuple(
        row
        for model, derived in DERIVED.items()
        for row in model._default_manager.order_by("pk").iterator(chunk_size=CHUNK)
        if any(getattr(row, field) != value(row) for field, value in derived.items())
    )
