"""Counts the rows of each table before and after an upgrade, and reports unexpected differences."""

from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.migrations import Migration

from gongjian.cli.language import gettext as _

# Django's own books: it keeps them itself with every migration.
BY_DESIGN = frozenset({"django_migrations", "django_content_type", "auth_permission"})


def row_counts() -> dict[str, int]:
    """Table -> number of rows, without the tables of SQLite's full-text indexes."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        hidden = _index_tables(cursor) if connection.vendor == "sqlite" else ()
        counts = {}
        for table in tables:
            if not table.startswith(tuple(hidden)):
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  a table's own name
                counts[table] = int(cursor.fetchone()[0])
    return counts


def _index_tables(cursor: object) -> list[str]:
    cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")  # type: ignore[attr-defined]
    return [name for (name,) in cursor.fetchall()]  # type: ignore[attr-defined]


def tables_meant_to_change(plan: Iterable[Migration]) -> frozenset[str]:
    """The tables whose rows these migrations add or remove on purpose, as named in their `rows_change`."""
    return BY_DESIGN.union(*(getattr(migration, "rows_change", ()) for migration in plan))


def differences(
    before: Mapping[str, int], after: Mapping[str, int], *, meant: frozenset[str] = BY_DESIGN
) -> list[str]:
    """One sentence for each table whose number of rows has changed unexpectedly."""
    return [
        _("数据表 %(table)s：升级前 %(before)s 行，升级后 %(after)s 行")
        % {"table": table, "before": rows, "after": after.get(table, _("没有了"))}
        for table, rows in before.items()
        if table not in meant and after.get(table) != rows
    ]
