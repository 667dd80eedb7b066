"""Saves and restores the database of an instance on PostgreSQL with PostgreSQL's own programs."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from gongjian.audit.refused import Refused
from gongjian.cli.language import gettext as _

SESSION_TABLES = ("people_session", "django_session")  # the second is that of versions before 0.3
PROGRAMS = ("pg_dump", "psql")
# Tables with all that hangs on them, and functions of ours; extensions stay: their owner may be somebody else.
EMPTY = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE 'DROP TABLE public.' || name || ' CASCADE';
  END LOOP;
  FOR name IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE 'DROP ROUTINE ' || name || ' CASCADE';
  END LOOP;
END $$;
"""


def programs_installed() -> bool:
    """Whether the programs of PostgreSQL (pg_dump, psql) are installed on this machine."""
    return all(shutil.which(program) for program in PROGRAMS)


def save(file: Path) -> None:
    """Write the whole database to the file as SQL, without the keys of signed-in browsers."""
    left_out = [f"--exclude-table-data={table}" for table in SESSION_TABLES]
    _run("pg_dump", "--no-owner", "--no-privileges", "--no-comments", *left_out, f"--file={file}")


def restore_database(file: Path) -> None:
    """Empty the database and fill it from the file, all or nothing."""
    emptying = file.with_name("empty.sql")
    emptying.write_text(EMPTY, encoding="utf-8")
    words = ("--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
    _run("psql", *words, f"--file={emptying}", f"--file={file}")


@contextmanager
def passing_database() -> Iterator[str]:
    """The address of a new database beside the configured one, dropped at the end."""
    name = f"gongjian_check_{os.getpid()}"
    _run("psql", "--quiet", "--no-psqlrc", f"--command=CREATE DATABASE {name}")
    try:
        yield urlsplit(os.environ["GONGJIAN_DATABASE"])._replace(path=f"/{name}").geturl()
    finally:
        _run("psql", "--quiet", "--no-psqlrc", f"--command=DROP DATABASE {name}")


def other_connections() -> int:
    """How many other connections the database has: servers and commands of this or another machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def _run(program: str, *words: str) -> None:
    from django.conf import settings

    database = settings.DATABASES["default"]
    environment = os.environ | {
        name: str(database[key])
        for name, key in (
            ("PGDATABASE", "NAME"),
            ("PGUSER", "USER"),
            ("PGPASSWORD", "PASSWORD"),
            ("PGHOST", "HOST"),
            ("PGPORT", "PORT"),
        )
        if database[key]
    }
    done = subprocess.run(  # noqa: S603  PostgreSQL's own programs, with words of our own
        [program, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(
            _("%(program)s 失败：%(why)s")
            % {"program": program, "why": done.stderr.strip() or done.returncode}
        )
