"""Database engines that a match can run in (数据库引擎): a table of firms in, the lines of a statement out."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, Protocol

import polars as pl

from gongjian.engines.policy.facts.catalogue import Kind
from gongjian.engines.policy.sql.expressions import TYPES

TABLE, KEY = "gongjian_firms", "firm"
INSERT = "INSERT INTO gongjian_firms SELECT * FROM read_parquet($path)"
LINES_A_BLOCK = 100_000
Columns = dict[str, Kind]
Engine = Literal["duckdb", "postgres"]


class Database(Protocol):
    """What a run needs of an engine."""

    dialect: Engine
    fault: type[Exception]

    def make_table(self, columns: Columns) -> None:
        """Make the empty table of firms."""

    def add(self, frame: pl.DataFrame) -> None:
        """Add firms to it."""

    def lines(self, statement: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        """The answer, some lines at a time."""

    def close(self) -> None:
        """Leave nothing behind."""


class DuckDB:
    """In this process, in memory; the firms go through a Parquet file of their own."""

    dialect: Engine = "duckdb"

    def __init__(self) -> None:
        import duckdb

        self.fault: type[Exception] = duckdb.Error
        self.connection = duckdb.connect()
        self.folder = TemporaryDirectory()

    def make_table(self, columns: Columns) -> None:
        """Make the empty table of firms."""
        self.connection.execute(_create(columns, "CREATE TABLE"))

    def add(self, frame: pl.DataFrame) -> None:
        """Add firms to it."""
        path = Path(self.folder.name) / "firms.parquet"
        frame.write_parquet(path)
        self.connection.execute(INSERT, {"path": str(path)})

    def lines(self, statement: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        """The answer, some lines at a time."""
        answer = self.connection.execute(statement)
        while rows := answer.fetchmany(LINES_A_BLOCK):
            yield rows

    def close(self) -> None:
        """Leave nothing behind."""
        self.connection.close()
        self.folder.cleanup()


class PostgreSQL:
    """In a table of its own that goes with the connection."""

    dialect: Engine = "postgres"

    def __init__(self, address: str) -> None:
        import psycopg

        self.fault: type[Exception] = psycopg.Error
        try:
            self.connection = psycopg.connect(address)
        except psycopg.Error as error:
            raise ConnectionError(str(error)) from error

    def make_table(self, columns: Columns) -> None:
        """Make the empty table of firms."""
        self.connection.execute(_create(columns, "CREATE TEMPORARY TABLE"))

    def add(self, frame: pl.DataFrame) -> None:
        """Add firms to it."""
        with self.connection.cursor().copy(f"COPY {TABLE} FROM STDIN (FORMAT CSV, NULL '\\N')") as copy:
            copy.write(frame.write_csv(include_header=False, null_value="\\N", quote_style="non_numeric"))

    def lines(self, statement: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        """The answer, some lines at a time."""
        with self.connection.cursor(name="lines") as cursor:
            cursor.execute(statement)
            while rows := cursor.fetchmany(LINES_A_BLOCK):
                yield rows

    def close(self) -> None:
        """Leave nothing behind."""
        self.connection.rollback()
        self.connection.close()


def _create(columns: Columns, how: str) -> str:
    named = "".join(f', "{name}" {TYPES[kind]}' for name, kind in columns.items())
    return f'{how} {TABLE} ("{KEY}" TEXT{named})'
