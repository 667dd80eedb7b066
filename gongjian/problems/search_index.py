"""Full-text search of the ledger (搜索): character bigrams, because Chinese has no spaces and the shortest words have two.

SQLite: an FTS5 table of bigrams. PostgreSQL: a text column with a trigram index where the extension can be had, and
ILIKE. `install` makes the table; `index` keeps its rows up to date in the writer's own transaction.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from gongjian.problems.models import Problem

ROWS = {
    "forget": "DELETE FROM problem_search WHERE rowid = %s",
    "add_grams": "INSERT INTO problem_search (rowid, grams, content) VALUES (%s, %s, %s)",
    "add": "INSERT INTO problem_search (rowid, content) VALUES (%s, %s)",
    "find_grams": "SELECT rowid FROM problem_search WHERE problem_search MATCH %s AND content LIKE %s ESCAPE '\\'",
    "find": "SELECT rowid FROM problem_search WHERE content LIKE %s",
}
FTS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS problem_search USING fts5(grams, content UNINDEXED, tokenize='ascii')"
)
PLAIN = "CREATE TABLE IF NOT EXISTS problem_search (rowid bigint PRIMARY KEY, content text NOT NULL)"
TRIGRAMS = "CREATE INDEX IF NOT EXISTS problem_search_trgm ON problem_search USING gin (content gin_trgm_ops)"
LONGEST = 100


def normal(text: str) -> str:
    """The text normalised for comparison: NFKC, lower case, without spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower())


def bigrams(text: str) -> str:
    """The characters of a text and its overlapping pairs, as tokens that FTS5 keeps whole, separated by spaces."""
    folded = normal(text)
    pairs = {folded[n : n + 2] for n in range(len(folded) - 1)} | (
        {folded} if len(folded) == 1 else set(folded)
    )
    return " ".join(_token(pair) for pair in sorted(pairs))


def _token(pair: str) -> str:
    return "x".join(f"{ord(ch):x}" for ch in pair)


def content(problem: Problem) -> str:
    """Everything a clerk may search a problem by, one part a line."""
    firm = problem.enterprise
    parts = [problem.number, problem.text, firm.name, firm.short_name, problem.raised_by]
    if problem.assignment is not None:
        parts += [
            problem.assignment.task,
            problem.assignment.lead_unit.name,
            problem.assignment.responsible_person.name,
        ]
    return "\n".join(normal(part) for part in parts if part)


def install(vendor: str, execute: Any) -> None:
    """Make the search table for a database (Django's `vendor`); `execute` runs one statement."""
    if vendor == "sqlite":
        execute(FTS)
        return
    execute(PLAIN)
    try:
        with transaction.atomic():
            execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            execute(TRIGRAMS)
    except DatabaseError:
        pass  # without the extension the search reads the column: slower, equally right


def index(problems: Iterable[Problem]) -> None:
    """Write or rewrite the search rows of these problems."""
    rows = [(problem.pk, content(problem)) for problem in problems]
    with connection.cursor() as cursor:
        cursor.executemany(ROWS["forget"], [(pk,) for pk, _text in rows])
        if connection.vendor == "sqlite":
            grams = [(pk, " ".join(bigrams(part) for part in text.split("\n")), text) for pk, text in rows]
            cursor.executemany(ROWS["add_grams"], grams)
        else:
            cursor.executemany(ROWS["add"], rows)


def forget(numbers: Iterable[int]) -> None:
    """Take the search rows of these problems away, by their keys."""
    with connection.cursor() as cursor:
        cursor.executemany(ROWS["forget"], [(number,) for number in numbers])


def search(rows: QuerySet[Problem], text: str) -> QuerySet[Problem]:
    """Rows that contain every word of the text, wherever it stands."""
    words = [normal(word) for word in text[:LONGEST].split() if normal(word)]
    for word in words:
        rows = rows.filter(pk__in=_hits(word))
    return rows


def _hits(word: str) -> RawSQL:
    """The search rows of one word, as a subquery of fixed text."""
    like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    if connection.vendor == "sqlite":
        grams = " ".join(f'"{token}"' for token in bigrams(word).split())
        return RawSQL(ROWS["find_grams"], [f"grams : ({grams})", like])  # noqa: S611  constant text, values as parameters
    return RawSQL(ROWS["find"], [like])  # noqa: S611  constant text, values as parameters
