"""The forecast on fifteen years of a public series, rolling origin: mean error beside the plain methods, and what the interval holds.

The series is taken from the folder named by GONGJIAN_ACCEPTANCE; without it there is nothing to measure.
"""

import os
from pathlib import Path
from statistics import fmean

from bench.tables import Table
from gongjian.engines.forecast.figures_file import read_figures
from gongjian.engines.forecast.months import Month
from gongjian.engines.forecast.outlook import Horizon, forecast

YEARS = range(1999, 2014)
CASES = (
    (3, Horizon.YEAR, "year after Q1"),
    (2, Horizon.YEAR, "year after January-February"),
    (2, Horizon.Q1, "Q1 after January-February"),
)


def rows(values):
    """One line a question: errors in per cent of this forecast and of the linear pace, and the share of years in the interval."""
    for known, horizon, name in CASES:
        said = [(year, forecast(values, as_of=Month(year, known), horizon=horizon)) for year in YEARS]
        actual = {year: sum(values[Month(year, m)] for m in range(1, horizon.months + 1)) for year in YEARS}
        ours = fmean(abs(each.forecast / actual[year] - 1) for year, each in said)
        linear = fmean(abs(each.done / known * horizon.months / actual[year] - 1) for year, each in said)
        inside = fmean(each.low <= actual[year] <= each.high for year, each in said)
        yield name, f"{ours:.2%}", f"{linear:.1%}", f"{inside:.0%}"


def measure() -> Table:
    """The back-test of 1999 to 2013; each origin sees only what came before it."""
    place = os.environ.get("GONGJIAN_ACCEPTANCE", "")
    file = Path(place) / "data" / "china-exports-monthly.csv"
    found = list(rows(read_figures(file.read_bytes()).values)) if place and file.exists() else []
    return Table(
        title="Forecast: exports of China by month, 1999-2013, rolling origin",
        head=("", "mean error", "linear pace", "years in the 80 % interval"),
        rows=found or [("no series: set GONGJIAN_ACCEPTANCE", "", "", "")],
    )
