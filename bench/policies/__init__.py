"""Policies: ours against OpenFisca, DuckDB, ZEN and a kernel in C, equal answers checked in the same run."""

from bench.tables import Table


def measure() -> list[Table]:
    """The whole benchmark with its usual size."""
    from bench.policies.whole import tables

    return tables(firms=1_000_000, rounds=3)
