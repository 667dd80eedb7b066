"""The whole benchmark of policies, in the order of its tables."""

import tempfile
from pathlib import Path
from statistics import median

import polars as pl

from bench.policies.contenders.ours import CHUNK
from bench.policies.firms import firms as firms_of
from bench.policies.firms import write
from bench.policies.forms import condition, distinct, leaves
from bench.policies.race import Race, RaceResult
from bench.policies.report import counted, figures_table, growth_table, path_table, race_table, versions
from bench.policies.task import VARIANTS
from bench.tables import Table

CONTENDERS = {
    "shared": ("ours", "kernel", "openfisca-shared", "openfisca", "duckdb-nested", "duckdb", "zen"),
    "individual": ("ours", "kernel", "duckdb-nested", "duckdb"),
    "thousand": ("ours", "duckdb"),
}
LATENCIES = (
    ("explain", "one firm explained against 200 policies", "< 1"),
    ("firm", "one firm changed", "< 0.1"),
    ("policy", "one policy changed, all firms", "< 10"),
)


def _sharing(variant: str) -> str:
    rules = VARIANTS[variant].rules()
    clauses = sum(len(leaves(condition(rule))) for rule in rules)
    return counted(variant, clauses, len(distinct(rules)))


def _latencies(results: dict[str, RaceResult]) -> Table:
    extra = results["ours"].extra
    rows = [(title, 1000 * median(extra[key]), target) for key, title, target in LATENCIES]
    rows.append(("ZEN: one firm, verdict and amount only", 1000 * results["zen"].extra["firm"][0], ""))
    rows.append(("DuckDB: one policy, counts only", 1000 * results["duckdb"].extra["policy"][0], ""))
    return figures_table("Policies: one firm, one change", rows, "Medians.")


def _growth(race: Race) -> Table:
    rows = []
    for number in range(4 * race.firms // CHUNK):
        chunk = firms_of(CHUNK, seed=number)
        chunk.write_parquet(race.folder / f"chunk-{number:03d}.parquet")
    for times in (1, 2, 4):
        report = race.run_one("ours-chunks", "shared", size=times * race.firms)
        rows.append((times * race.firms, report["seconds"][0], report["peak"]))
    return growth_table(rows)


def tables(*, firms: int, rounds: int) -> list[Table]:
    """All tables; about ten minutes on two cores for a million firms and three rounds."""
    with tempfile.TemporaryDirectory(prefix="gongjian-bench-") as name:
        race = Race(Path(name), firms)
        pl.read_parquet(write(race.folder, firms)).head(race.sample).write_parquet(
            race.folder / f"firms-{race.sample}.parquet"
        )
        results_tables: list[Table] = []
        first: dict[str, RaceResult] = {}
        last = RaceResult("ours")
        for variant, contenders in CONTENDERS.items():
            turns = rounds if variant != "thousand" else 1
            results = race.run(variant, contenders, rounds=turns)
            first = first or results
            results_tables.append(
                race_table(VARIANTS[variant], results, firms=firms, rounds=turns, note=_sharing(variant))
            )
            last = results["ours"]
        path = path_table(last, firms=firms, policies=VARIANTS["thousand"].policies)
        return [*results_tables, _latencies(first), _growth(race), path, _versions()]


def _versions() -> Table:
    return Table(
        "Policies: what was compared",
        ("package", "version"),
        [tuple(v.split()) for v in versions().split(", ")],
    )
