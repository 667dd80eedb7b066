"""The rounds: each contender in a process of its own, one after the other, so that a slow moment of the machine meets all."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.policies.task import Answer, differing

RUNS = {"ours": 6, "kernel": 6, "duckdb": 2, "duckdb-nested": 2}  # others once: their first run is not slower
TO_THE_CENT = {"ours"}  # pays each firm to the cent; the others add up what the formula gives
TOLERANCE = {"openfisca": 1e-6, "openfisca-shared": 1e-6}


@dataclass
class RaceResult:
    """What one contender did over the rounds."""

    name: str
    seconds: list[float] = field(default_factory=list)
    peak: float = 0.0
    load: float = 0.0
    differences: int = 0
    note: str = ""
    extra: dict[str, list[float]] = field(default_factory=dict)

    @property
    def median_seconds(self) -> float:
        """Median over the rounds."""
        return median(self.seconds)

    def add_round(self, report: dict, reference: Sequence[Answer]) -> None:
        """One round more. The first run of a process that runs several times is its warming up.

        `reference`: plain sums of all policies, then sums of amounts to the cent.
        """
        taken = report["seconds"]
        self.seconds.append(median(taken[1:] if len(taken) > 1 else taken))
        self.peak = max(self.peak, report["peak"])
        self.load, self.note = report["load"], report["note"]
        answers = [tuple(answer) for answer in report["answers"]]
        tolerance = TOLERANCE.get(self.name, 1e-9)
        half = len(reference) // 2
        wanted = reference[half:] if self.name in TO_THE_CENT else reference[:half]
        self.differences = max(self.differences, differing(answers, wanted, tolerance=tolerance))
        for key, value in report["extra"].items():
            self.extra.setdefault(key, []).append(value)


@dataclass(frozen=True)
class Race:
    """Where the tables lie and how many firms they hold."""

    folder: Path
    firms: int
    sample: int = 300

    def run_one(self, name: str, variant: str, *, size: int | None = None, runs: int = 0) -> dict:
        """One process; its report."""
        words = [name, variant, str(size or self.firms), str(self.folder), str(runs or RUNS.get(name, 1))]
        command = [sys.executable, "-m", "bench.policies.one", *words]
        done = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, env=os.environ | {"PYTHONHASHSEED": "0"}
        )
        return json.loads(done.stdout)

    def run(self, variant: str, contenders: Sequence[str], *, rounds: int) -> dict[str, RaceResult]:
        """All of them, round by round; DuckDB a query a policy is what all must equal, amounts to the cent for who pays so."""
        results = {name: RaceResult(name) for name in contenders}
        reference = self.run_one("duckdb-reference", variant, runs=1)["answers"]
        sampled = (
            self.run_one("duckdb-reference", variant, size=self.sample, runs=1)["answers"]
            if "zen" in contenders
            else []
        )
        for number in range(rounds):
            for name in contenders:
                small = name == "zen"
                report = self.run_one(name, variant, size=self.sample if small else None)
                if small:
                    report["seconds"] = [s * self.firms / self.sample for s in report["seconds"]]
                results[name].add_round(report, sampled if small else reference)
                print(
                    f"  {variant} round {number + 1}: {name} {results[name].seconds[-1]:.3f} s",
                    file=sys.stderr,
                )
        return results
