"""Which rows are firms (企业名称列): totals and rows without a name are left out, repeated names are told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from gongjian.engines.policy.tables.bad_cells import BadCell, BadCells
from gongjian.engines.policy.vocabulary import TOTAL_FORM

SHOWN = 30


@dataclass
class FirmIds:
    """The names of the firms of one file, a piece at a time; those seen are kept as digests."""

    column: str
    remarks: BadCells
    seen: NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, dtype=np.uint64))

    def firms(self, ids: pl.Series, *, numbers: Sequence[int], filled: pl.Series, sheet: str) -> pl.Series:
        """Which rows are firms. `numbers`: those of the rows in the file; `filled`: where a row holds any fact."""
        named = ids.is_not_null() & (ids != "")
        totals = ids.str.replace_all(r"\s", "").str.contains(TOTAL_FORM).fill_null(value=False)
        repeated = self._repeated(ids) & named & ~totals

        def note(rows: pl.Series, code: str) -> None:
            for row in rows.arg_true().to_list():
                shown = re.sub(r"\s+", " ", str(ids[row] or ""))[:SHOWN]
                self.remarks.add(BadCell(sheet, numbers[row], self.column, shown, "", code))

        note(totals, "total_row")
        note(~named & filled, "no_id")
        note(repeated, "repeated")
        return named & ~totals

    def _repeated(self, ids: pl.Series) -> pl.Series:
        digests = ids.hash().to_numpy()
        before = np.isin(digests, self.seen)
        self.seen = np.union1d(self.seen, digests)
        return pl.Series(before) | ~ids.is_first_distinct()


def as_texts(ids: pl.Series) -> pl.Series:
    """Names as texts, the same from every kind of file: without blanks around them, whole numbers without a point."""
    if ids.dtype == pl.Object:
        ids = pl.Series([None if value is None else str(value) for value in ids.to_list()], dtype=pl.String)
    return ids.cast(pl.String).str.strip_chars().str.replace(r"^(\d+)\.0$", "$1").alias("firm")
