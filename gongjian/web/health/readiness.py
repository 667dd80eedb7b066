"""Whether the database answers and has this program's tables."""

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader

Names = frozenset[tuple[str, str]]  # (app, migration)


def pending_migrations() -> list[str]:
    """Migrations of this program the database lacks, as `app.name`; DatabaseError when it does not answer."""
    return _written(_known()[0] - _applied())


def unknown_migrations() -> list[str]:
    """Migrations in the database this program does not know, left by a newer version."""
    known, apps = _known()
    return _written(frozenset(migration for migration in _applied() if migration[0] in apps) - known)


@cache
def _known() -> tuple[Names, frozenset[str]]:
    """The program's migrations, with those they replaced, and its apps: read from the files once a process."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {name for migration in loader.disk_migrations.values() for name in migration.replaces}
    return frozenset(loader.disk_migrations), frozenset(loader.migrated_apps) | {
        app for app, _name in replaced
    }


def _applied() -> Names:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return frozenset((app, name) for app, name in cursor.fetchall())


def _written(names: Names) -> list[str]:
    return [f"{app}.{name}" for app, name in sorted(names)]
