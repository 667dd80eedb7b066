"""A match in a database engine (在数据库里匹配): the file is read and cleaned here, the rules are one statement there.

The lines are those of `MatchRun`; only their order may differ.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from time import perf_counter
from typing import Any

import polars as pl

from gongjian.engines.policy.facts.catalogue import Kind
from gongjian.engines.policy.rules.library import on_day
from gongjian.engines.policy.rules.policy import Policy, Verdict
from gongjian.engines.policy.sql.all_rules import all_to_sql
from gongjian.engines.policy.sql.databases import KEY, TABLE, Columns, Database
from gongjian.engines.policy.sql.expressions import SEPARATOR
from gongjian.engines.policy.tables.matching import SCHEMA, MatchRun
from gongjian.engines.policy.tables.missing_facts import SEPARATOR as BETWEEN_NAMES
from gongjian.engines.policy.tables.table import CodedColumn, NumberColumn, Table


@dataclass
class EngineRun(MatchRun):
    """One match of a file in a database."""

    database: Database | None = None
    others: Sequence[Policy] = ()

    def frames(self) -> Iterator[pl.DataFrame]:
        """The lines to write; figures are added up on the way."""
        assert self.database is not None  # noqa: S101 - a run in an engine has one
        columns = {column: fact.kind for column, fact in self.file.facts.values()}
        began = perf_counter()
        self.database.make_table(columns)
        for table in self.file.pieces():
            self.hold_titles(table)
            self.stats.firms += table.rows
            self.database.add(typed_frame(table, columns))
            self.progress(self.stats.firms)
        began = self.stats.add_seconds("read", began)
        for rows in self.database.lines(self._statement(columns)):
            frame = _frame(rows)
            self._add_frame(frame)
            began = self.stats.add_seconds("match", began)
            yield frame
            began = self.stats.add_seconds("write", began)
        self._finish()

    def _statement(self, columns: Columns) -> str:
        assert self.database is not None  # noqa: S101 - a run in an engine has one
        return all_to_sql(
            self.plan.policies,
            dialect=self.database.dialect,
            as_of=self.plan.as_of,
            table=TABLE,
            key=KEY,
            columns=columns,
            others=on_day(self.others, self.plan.as_of),
            verdicts=self.verdicts,
        )

    def _add_frame(self, frame: pl.DataFrame) -> None:
        stats = self.stats
        stats.pairs_written += frame.height
        stats.meets += int((frame["verdict"] == Verdict.MEETS).sum())
        stats.unknown += int((frame["verdict"] == Verdict.UNKNOWN).sum())
        self.certain += int((frame["certain_amount"].sum() or Decimal(0)) * 100)

    def _finish(self) -> None:
        stats = self.stats
        stats.decisions = stats.firms * len(self.plan.policies)
        stats.fails = stats.decisions - stats.meets - stats.unknown
        stats.bad_cells = self.file.bad.total
        stats.certain_amount = str(Decimal(self.certain).scaleb(-2))


def typed_frame(table: Table, columns: Columns) -> pl.DataFrame:
    """A table as a database keeps it: numbers with four decimals, days, truth values, texts, titles joined by semicolons."""
    ids = table.ids if isinstance(table.ids, pl.Series) else pl.Series(list(table.ids))
    series = [_typed(table.columns[name], kind).alias(name) for name, kind in columns.items()]
    return pl.DataFrame([ids.cast(pl.String).alias(KEY), *series])


def _typed(column: NumberColumn | CodedColumn, kind: Kind) -> pl.Series:
    if isinstance(column, CodedColumn):
        words = pl.Series([_word(word) for word in column.words], dtype=pl.String)
        texts = words.gather(column.codes)
        return (texts == "1") if kind is Kind.FLAG else texts
    whole = pl.Series(column.values).fill_nan(None).cast(pl.Int64)
    if kind is Kind.DATE:
        return whole.cast(pl.Int32).cast(pl.Date)
    divisor = pl.Series([10_000]).cast(pl.Decimal(20, 0))
    return (whole.cast(pl.Decimal(30, 4)) / divisor).cast(pl.Decimal(20, 4))


def _word(word: Any) -> str | None:
    if isinstance(word, frozenset):
        return SEPARATOR.join(sorted(word))
    return None if word is None else str(word)


def _frame(rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    """Lines of a database as `match` writes them."""
    lines = [
        (*row[:5], BETWEEN_NAMES.join(sorted(name for name in row[5].split(SEPARATOR) if name)))
        for row in rows
    ]
    return pl.DataFrame(lines, schema=SCHEMA, orient="row")
