"""Invented firms: the same table every time, 12 % of the values missing."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from bench.policies.workload import SEED, Attribute, attributes

MISSING = 0.12
# Numbers lie on odd sixteenths, so no product of a fact and a factor meets another fact exactly: binary floats, decimals and
# single precision then agree and a difference between engines is a difference of meaning.
GRID = 16


def _numbers(attribute: Attribute, size: int, dice: np.random.Generator) -> np.ndarray:
    drawn = attribute.median * np.exp(attribute.spread * dice.standard_normal(size))
    return (2 * np.floor(np.clip(drawn, 0, 5e7) * GRID / 2) + 1) / GRID


def _dates(attribute: Attribute, size: int, dice: np.random.Generator) -> np.ndarray:
    first, last = (date(attribute.years[0], 1, 1), date(attribute.years[1], 12, 31))
    days = dice.integers(0, (last - first).days + 1, size)
    return np.datetime64(first, "D") + days.astype("timedelta64[D]")


def column(attribute: Attribute, size: int, dice: np.random.Generator) -> pl.Series:
    """One attribute of `size` firms."""
    missing = np.zeros(size, bool) if attribute.complete else dice.random(size) < MISSING
    if attribute.kind == "TEXT":
        codes = np.floor(len(attribute.choices) * dice.random(size) ** 1.5).astype(np.uint32)
        values = pl.Series(attribute.choices, dtype=pl.String).gather(codes)
        values = values.cast(pl.Enum(attribute.choices))
    elif attribute.kind == "DATE":
        values = pl.Series(_dates(attribute, size, dice))
    elif attribute.kind == "FLAG":
        values = pl.Series(dice.random(size) < attribute.share)
    else:
        values = pl.Series(_numbers(attribute, size, dice))
    return pl.select(pl.when(pl.Series(~missing)).then(values)).to_series().alias(attribute.english)


def firms(size: int, *, seed: int = SEED) -> pl.DataFrame:
    """`size` firms with their id."""
    dice = np.random.default_rng(seed)
    columns = [column(attribute, size, dice) for attribute in attributes()]
    return pl.DataFrame([pl.Series("id", np.arange(size, dtype=np.int32)), *columns])


def write(folder: Path, size: int) -> Path:
    """The table as Parquet, written once a size."""
    path = folder / f"firms-{size}.parquet"
    if not path.exists():
        firms(size).write_parquet(path, row_group_size=250_000)
    return path
