"""From standings to the tables of the document."""

from importlib.metadata import version

from bench.policies.race import RaceResult
from bench.policies.task import VARIANTS, Variant
from bench.tables import Table

TITLES = {
    "ours": "gongjian.engines.policy",
    "kernel": "kernel in C, generated, one thread",
    "openfisca": "OpenFisca-core, one Variable a policy",
    "openfisca-shared": "OpenFisca-core, shared conditions",
    "duckdb": "DuckDB, one query a policy",
    "duckdb-nested": "DuckDB, clauses once in a subquery, ENUM",
    "zen": "ZEN, a graph with shared conditions, one core",
}
# What each must be at least, as times ours; the kernel at most.
TARGETS = {
    "openfisca": 20,
    "openfisca-shared": 12,
    "duckdb": 25,
    "duckdb-nested": 12,
    "zen": 2000,
    "kernel": 1 / 4,
}
PACKAGES = ("numpy", "polars", "duckdb", "openfisca-core", "zen-engine", "sqlglot")


def versions() -> str:
    """What was compared."""
    return ", ".join(f"{name} {version(name)}" for name in PACKAGES)


MEMORY = 1.2  # GB at most


def _target(name: str, ratio: float, peak: float) -> str:
    if name == "ours":
        return f"peak under {MEMORY:g} GB: {'reached' if peak < MEMORY else 'MISSED'}"
    if name not in TARGETS:
        return ""
    wanted = TARGETS[name]
    shown = (
        f"at least {wanted:g}"
        if wanted >= 1
        else f"at least {wanted:g} (ours at most {1 / wanted:g} times it)"
    )
    return f"{shown}: {'reached' if ratio >= wanted else 'MISSED'}"


def _figure(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.2f}" if ratio < 10 else f"{ratio:.1f}"


def race_table(
    variant: Variant, results: dict[str, RaceResult], *, firms: int, rounds: int, note: str
) -> Table:
    """One variant: seconds, decisions a second, ratio, memory, differences."""
    ours = results["ours"].median_seconds
    rows = []
    for name, result in sorted(results.items(), key=lambda item: item[1].median_seconds):
        ratios = sorted(a / b for a, b in zip(result.seconds, results["ours"].seconds, strict=False))
        middle = ratios[len(ratios) // 2]
        spread = (
            f" ({_figure(ratios[0])}-{_figure(ratios[-1])})" if len(ratios) > 1 and name != "ours" else ""
        )
        rows.append(
            (
                TITLES[name],
                f"{result.median_seconds:.3f}"
                if result.median_seconds < 1000
                else f"{result.median_seconds:,.0f}",
                f"{firms * variant.policies / result.median_seconds / 1e6:,.2f}",
                f"{_figure(middle)}{spread}",
                _target(name, middle, result.peak) if variant.name == "shared" else "",
                f"{result.peak:.2f}",
                str(result.differences),
            )
        )
    head = (
        "",
        f"seconds, median of {rounds}",
        "million decisions a second",
        "times ours",
        "target",
        "peak GB",
        "differences",
    )
    return Table(
        f"Policies: {firms:,} firms x {variant.policies:,} policies, {note}",
        head,
        rows,
        f"Ours: {ours:.3f} s. " + NOTE,
    )


NOTE = (
    "Full three-valued outcome and amount; every contender in its own process with its table loaded; "
    "`differences` are decisions, amounts and unknown amounts that differ from DuckDB's over all firms (ZEN: over its sample). "
    "Ours pays each firm to the cent, so its sums are compared with DuckDB's over amounts rounded to the cent firm by firm, half a cent up; the others add up unrounded amounts and are compared with DuckDB's unrounded sums. "
    "A sum counts as different from the ninth digit on (OpenFisca, which counts in single precision, from the sixth). "
    "DuckDB gives counts and sums only, ours and the kernel keep every verdict and amount. Ratios are taken round by round."
)


def figures_table(title: str, figures: list[tuple[str, float, str]], note: str = "") -> Table:
    """Single figures with their target, in milliseconds."""
    return Table(
        title, ("", "ms", "target"), [(what, f"{ms:.3f}", target) for what, ms, target in figures], note
    )


def growth_table(rows: list[tuple[int, float, float]]) -> Table:
    """Firms, seconds, peak memory."""
    first = rows[0][1] / rows[0][0]
    shown = [(f"{n:,}", f"{s:.2f}", f"{s / n / first:.2f}", f"{peak:.2f}") for n, s, peak in rows]
    head = ("firms", "seconds, reading included", "time a firm, times the first", "peak GB")
    return Table(
        "Policies: growth in chunks of rows, 200 policies",
        head,
        shown,
        "Chunks of 250,000 firms, each read, matched and let go.",
    )


def counted(variant: str, clauses: int, different: int) -> str:
    """How much the policies of a variant share."""
    shared = "thresholds all different" if VARIANTS[variant].individual else "shared thresholds"
    return f"{clauses:,} conditions, {different:,} distinct, {shared}"


def path_table(result: RaceResult, *, firms: int, policies: int) -> Table:
    """190 million entities on paper: arithmetic from the figures of this run."""
    million = 1e6 / firms
    match, load, entities = result.median_seconds * million, result.extra["read"][0] * million, 190
    hours = entities * (match + load) / 3600
    rows = [
        ("a million firms matched, seconds (measured)", f"{match:.2f}"),
        ("a million firms read from Parquet, seconds (measured)", f"{load:.2f}"),
        ("190 million on this machine, hours", f"{hours:.2f}"),
        ("on 16 such processes, minutes, if cores do not hinder each other", f"{60 * hours / 16:.1f}"),
        ("answers as bitmaps, GB before compression", f"{entities * 1e6 * policies * 2 / 8 / 1e9:.1f}"),
        ("memory of one chunk of a million, GB (measured)", f"{result.peak:.2f}"),
    ]
    return Table(
        f"Policies: 190 million entities x {policies:,} policies, on paper",
        ("", ""),
        rows,
        "Arithmetic, not measured but where it says so.",
    )
