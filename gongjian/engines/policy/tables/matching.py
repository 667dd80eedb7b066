"""A file of firms against a folder of rules (批量匹配), a piece at a time: the work of `gongjian match`.

Written are all pairs that meet a policy and all that cannot be decided, each with its amounts and what is missing; pairs that
fail only on request, since they are nearly all. The memory needed does not grow with the number of firms.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from sys import platform
from time import perf_counter
from typing import Any, Self, TextIO

import numpy as np
import polars as pl

from gongjian.engines.policy.plan import Plan
from gongjian.engines.policy.rules.facts_used import titles_asked
from gongjian.engines.policy.rules.policy import Verdict
from gongjian.engines.policy.tables.amounts import UNBOUNDED
from gongjian.engines.policy.tables.missing_facts import MissingFacts
from gongjian.engines.policy.tables.results import AmountsByRow, Outcome
from gongjian.engines.policy.tables.settling import SettledAmounts
from gongjian.engines.policy.tables.table import CodedColumn, Table
from gongjian.engines.policy.tables.table_file import TableFile

PAIRS_A_BLOCK = 100_000
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "firm": pl.String,
    "policy": pl.String,
    "verdict": pl.String,
    "certain_amount": pl.Decimal(20, 2),
    "possible_amount": pl.Decimal(20, 2),
    "missing_facts": pl.String,
}


@dataclass
class MatchStats:
    """Figures of a run: seconds per stage, decisions per second of matching alone, peak memory of the process in MB."""

    as_of: str
    firms: int = 0
    policies: int = 0
    clauses: int = 0
    distinct_conditions: int = 0
    decisions: int = 0
    meets: int = 0
    unknown: int = 0
    fails: int = 0
    pairs_written: int = 0
    bad_cells: int = 0
    certain_amount: str = "0.00"
    seconds: dict[str, float] = field(default_factory=dict)
    decisions_per_second: float = 0.0
    peak_memory_mb: float = 0.0

    def add_seconds(self, stage: str, began: float) -> float:
        """Add the time since `began` to a stage. Returns the time now."""
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - began
        return now

    def as_json(self) -> dict[str, Any]:
        """All figures, rounded, for JSON."""
        matched = self.seconds.get("match", 0.0)
        self.decisions_per_second = round(self.decisions / matched, 1) if matched else 0.0
        unit = 1 if platform == "darwin" else 1024
        self.peak_memory_mb = round(getrusage(RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)
        self.seconds = {stage: round(value, 4) for stage, value in self.seconds.items()}
        return asdict(self)


class ResultWriter:
    """Writes the result as it comes: .csv row by row, .parquet with one row group per frame."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._csv: TextIO | None = None

    def write(self, frames: Iterator[pl.DataFrame]) -> None:
        """Write all frames, each released once it is written; without any frame the file holds the headings only."""
        if self.path.suffix.lower() == ".csv":
            self._write_csv(frames)
        else:
            from polars.io.plugins import register_io_source

            def source(*_: object) -> Iterator[pl.DataFrame]:
                yield pl.DataFrame(schema=SCHEMA)
                yield from frames

            register_io_source(source, schema=SCHEMA).sink_parquet(self.path, maintain_order=True)

    def _write_csv(self, frames: Iterator[pl.DataFrame]) -> None:
        plain = [without_formula(pl.col(name)) for name in ("firm", "policy")]
        with self.path.open("w", encoding="utf-8-sig", newline="") as out:
            out.write(",".join(SCHEMA) + "\n")
            for frame in frames:
                out.write(frame.with_columns(plain).write_csv(include_header=False))


def without_formula(text: pl.Expr) -> pl.Expr:
    """A text that no spreadsheet reads as a formula: one that looks like it gets a quotation mark in front."""
    return pl.when(text.str.contains(r"^[=+\-@\t\r]")).then(pl.lit("'") + text).otherwise(text).name.keep()


@dataclass
class MatchRun:
    """One match of a file. `progress` is called after each piece with the number of firms done so far."""

    plan: Plan
    file: TableFile
    stats: MatchStats
    verdicts: Sequence[Verdict] = (Verdict.MEETS, Verdict.UNKNOWN)
    progress: Callable[[int], None] = lambda _done: None
    certain: int = 0
    titles_held: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, plan: Plan, file: TableFile, *, stats: MatchStats) -> Self:
        """A run with the figures of its plan filled in."""
        stats.policies = len(plan.policies)
        stats.clauses = sum(len(policy.clauses) for policy in plan.policies)
        stats.distinct_conditions = len(plan.tests)
        return cls(plan, file, stats)

    def frames(self) -> Iterator[pl.DataFrame]:
        """The pairs to write, about a hundred thousand per frame; figures are added up on the way."""
        began = perf_counter()
        for table in self.file.pieces():
            began = self.stats.add_seconds("read", began)
            outcome = self.plan.match(table)
            began = self.stats.add_seconds("match", began)
            settled = SettledAmounts.of(outcome)
            self._add_up(outcome, settled)
            for frame in _gathered(self._pairs(outcome, settled)):
                self.stats.pairs_written += frame.height
                began = self.stats.add_seconds("prepare", began)
                yield frame
                began = self.stats.add_seconds("write", began)
            self.progress(self.stats.firms)
            began = perf_counter()

    def hold_titles(self, table: Table) -> None:
        """Remember the titles that firms of a table hold."""
        for column in table.columns.values():
            if isinstance(column, CodedColumn):
                self.titles_held.update(*(word for word in column.words if isinstance(word, frozenset)))

    def titles_unheld(self) -> list[str]:
        """The titles that rules ask for, though no firm of the file holds one of that name, where the file says who holds which."""
        told = {column for column, _ in self.file.facts.values()}
        asked = titles_asked(self.plan.policies)
        return [title for title, fact in asked.items() if fact in told and title not in self.titles_held]

    def _add_up(self, outcome: Outcome, settled: SettledAmounts) -> None:
        self.hold_titles(outcome.table)
        stats = self.stats
        stats.firms += outcome.firms
        stats.decisions += outcome.firms * len(self.plan.policies)
        for n, count in enumerate(outcome.counts()):
            stats.meets += count.meets
            stats.unknown += count.unknown
            self.certain += settled.certain(n)
        stats.fails = stats.decisions - stats.meets - stats.unknown
        stats.bad_cells = self.file.bad.total
        stats.certain_amount = str(Decimal(self.certain).scaleb(-2))

    def _pairs(self, outcome: Outcome, settled: SettledAmounts) -> Iterator[pl.DataFrame]:
        ids = pl.Series("firm", outcome.table.ids)
        for n, policy in enumerate(self.plan.policies):
            for verdict in self.verdicts:
                amounts = outcome.amounts(n, verdict)
                if len(amounts.rows):
                    missing = self._missing(outcome, n, verdict, amounts)
                    yield _frame(ids, policy.code, verdict, settled.amounts(n, amounts), missing)

    def _missing(self, outcome: Outcome, n: int, verdict: Verdict, amounts: AmountsByRow) -> pl.Series:
        if verdict is Verdict.FAILS:
            return pl.repeat("", len(amounts.rows), dtype=pl.String, eager=True)
        missing_facts = MissingFacts(self.plan.bound[n], outcome.prepared)
        texts = missing_facts.texts(
            amounts.rows, verdict=verdict is Verdict.UNKNOWN, amount=amounts.certain != amounts.possible
        )
        return pl.Series(texts.tolist(), dtype=pl.String)


def _frame(  # noqa: PLR0917 - the columns of one frame
    ids: pl.Series, code: str, verdict: Verdict, amounts: AmountsByRow, missing: pl.Series
) -> pl.DataFrame:
    count = len(amounts.rows)
    bounded = amounts.possible != UNBOUNDED
    possible = (
        pl.Series(amounts.possible)
        .to_frame("cents")
        .select(pl.when(pl.Series(bounded)).then(pl.col("cents")).otherwise(None))
    )
    return pl.DataFrame(
        {
            "firm": ids.gather(amounts.rows).cast(pl.String),
            "policy": pl.repeat(code, count, dtype=pl.String, eager=True),
            "verdict": pl.repeat(verdict.value, count, dtype=pl.String, eager=True),
            "certain_amount": _amount(pl.Series(np.ascontiguousarray(amounts.certain))),
            "possible_amount": _amount(possible.to_series()),
            "missing_facts": missing,
        }
    )


def _amount(cents: pl.Series) -> pl.Series:
    """Cents as 元 with two places, exact."""
    return (cents.cast(pl.Decimal(20, 2)) / pl.Series([100]).cast(pl.Decimal(20, 0))).cast(pl.Decimal(20, 2))


def _gathered(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Small frames joined to larger ones, so that a file does not consist of tiny row groups."""
    block: list[pl.DataFrame] = []
    height = 0
    for frame in frames:
        block.append(frame)
        height += frame.height
        if height >= PAIRS_A_BLOCK:
            yield pl.concat(block)
            block, height = [], 0
    if block:
        yield pl.concat(block)
