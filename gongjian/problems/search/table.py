"""The table of search rows.

SQLite: an FTS5 table of bigrams. PostgreSQL: text columns with a trigram index where the extension can be had, and LIKE.
"""

from collections.abc import Iterable
from itertools import takewhile
from typing import Any, NamedTuple

from django.db import DatabaseError, connection, transaction

from gongjian.problems.search.rules import bigrams, initials_token

ROWS = {
    "forget": "DELETE FROM problem_search WHERE rowid = %s",
    "add_grams": "INSERT INTO problem_search (rowid, grams, content) VALUES (%s, %s, %s)",
    "add": "INSERT INTO problem_search (rowid, initials, content) VALUES (%s, %s, %s)",
    "read_grams": "SELECT rowid, grams, content FROM problem_search WHERE rowid BETWEEN %s AND %s",
    "read": "SELECT rowid, initials, content FROM problem_search WHERE rowid BETWEEN %s AND %s",
    "left_over": "SELECT rowid FROM problem_search WHERE rowid NOT IN (SELECT id FROM problems_problem) ORDER BY rowid",
    "find_grams": "SELECT rowid FROM problem_search WHERE problem_search MATCH %s AND content LIKE %s ESCAPE '\\'",
    "find": "SELECT rowid FROM problem_search WHERE content LIKE %s",
    "initials_grams": "SELECT rowid FROM problem_search WHERE problem_search MATCH %s",
    "initials": "SELECT rowid FROM problem_search WHERE ' ' || initials LIKE %s",
}
FTS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS problem_search USING fts5(grams, content UNINDEXED, tokenize='ascii')"
)
PLAIN = "CREATE TABLE IF NOT EXISTS problem_search (rowid bigint PRIMARY KEY, content text NOT NULL)"
WITH_INITIALS = "ALTER TABLE problem_search ADD COLUMN IF NOT EXISTS initials text NOT NULL DEFAULT ''"
TRIGRAMS = "CREATE INDEX IF NOT EXISTS problem_search_trgm ON problem_search USING gin (content gin_trgm_ops)"


class SearchRow(NamedTuple):
    """What one problem is found by: its normalised words, one part a line, and pinyin initials with spaces between."""

    content: str
    initials: str


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


def install_initials(vendor: str, execute: Any) -> None:
    """Make room for pinyin initials; in SQLite they stand among the grams."""
    if vendor != "sqlite":
        execute(WITH_INITIALS)


def statement(name: str) -> str:
    """One of ROWS for the database at hand."""
    return ROWS[f"{name}_grams" if connection.vendor == "sqlite" else name]


def grams_of(row: SearchRow) -> str:
    """The grams column: initials first, then the bigrams of each part."""
    tokens = [initials_token(letters) for letters in row.initials.split()]
    return " ".join([*tokens, *(bigrams(part) for part in row.content.split("\n"))])


def write(rows: Iterable[tuple[int, SearchRow]]) -> None:
    """Write or rewrite these search rows, by the key of their problem."""
    rows = list(rows)
    if not rows:
        return
    lite = connection.vendor == "sqlite"
    values = [(pk, grams_of(row) if lite else row.initials, row.content) for pk, row in rows]
    forget([pk for pk, _row in rows])
    with connection.cursor() as cursor:
        cursor.executemany(statement("add"), values)


def forget(keys: Iterable[int]) -> None:
    """Delete the search rows of these problems."""
    with connection.cursor() as cursor:
        cursor.executemany(ROWS["forget"], [(pk,) for pk in keys])


def stored(first: int, last: int) -> dict[int, SearchRow]:
    """The search rows from one key to another as they are stored, by the key of their problem."""
    with connection.cursor() as cursor:
        cursor.execute(statement("read"), [first, last])
        return {pk: _read(letters, content) for pk, letters, content in cursor.fetchall()}


def left_over() -> tuple[int, ...]:
    """The keys of search rows whose problem is gone."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS["left_over"])
        return tuple(pk for (pk,) in cursor.fetchall())


def _read(letters: str | None, content: str) -> SearchRow:
    if connection.vendor != "sqlite":
        return SearchRow(content, letters or "")
    marked = takewhile(lambda token: token.startswith(initials_token("")), (letters or "").split(" "))
    return SearchRow(content, " ".join(token[1:] for token in marked))
