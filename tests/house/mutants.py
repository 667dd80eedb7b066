"""`make mutants`: small errors planted one by one in engines and rights; which of them does no test catch?

A random sample (its seed is told) of everything cosmic-ray can plant in the modules named in pyproject.toml. Each error
is planted in a copy of the repository and the tests named beside the modules are run there. The outcome is written to
docs/mutants.md with every survivor and its reason; the command fails when too many survive or one has no reason.
"""

import ast
import os
import random
import shutil
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.house.sources import REPOSITORY, ROOT, configuration

DOCUMENT = ROOT / "docs" / "mutants.md"
QUICK = {"GONGJIAN_SEQUENCES": "40", "GONGJIAN_PROPERTY_RUNS": "40"}  # lives and cases of the property tests
TIMEOUT = 900
Position = tuple[int, int]


@dataclass(frozen=True)
class Mutant:
    """One error that can be planted, and the tests that should catch it."""

    path: str
    operator: str
    arguments: tuple[tuple[str, Any], ...]
    occurrence: int
    start: Position
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Survivor:
    """An error no test caught: where, what the line was and what it became."""

    path: str
    line: int
    was: str
    became: str

    def reason(self, known: Sequence[Mapping[str, str]]) -> str:
        """Why it cannot be caught, as pyproject.toml says; found by the text of the line, wherever the file went."""
        return next((k["reason"] for k in known if (k["was"], k["became"]) == (self.was, self.became)), "")


def chosen(parts: Sequence[Mapping[str, Any]], root: Path = ROOT) -> dict[Path, tuple[str, ...]]:
    """Module -> its tests; the first part whose globs fit. `{room}` in the name of a test is the room of the module."""
    found: dict[Path, tuple[str, ...]] = {}
    for part in parts:
        paths = [path for glob in part["modules"] for path in sorted(root.glob(glob))]
        if not paths:
            raise ValueError(f"no module is meant by {part['modules']}")
        gone = [test for test in part["tests"] if "{room}" not in test and not (root / test).exists()]
        if gone:
            raise ValueError(f"no tests at {gone}")
        for path in paths:
            tests = tuple(test.format(room=path.relative_to(root).parts[1]) for test in part["tests"])
            if path not in found and path.name != "__init__.py":
                found[path] = tuple(test for test in tests if (root / test).exists())
    without = [str(path) for path, tests in found.items() if not tests]
    if without:
        raise ValueError(f"no tests for {without}")
    return found


def annotations(source: str) -> set[Position]:
    """Where types are written: an error there is no error of the program."""
    found: set[Position] = set()
    for node in ast.walk(ast.parse(source)):
        kinds = [getattr(node, name, None) for name in ("annotation", "returns")]
        for kind in kinds:
            if isinstance(kind, ast.expr):
                first, last = kind.lineno, kind.end_lineno or kind.lineno
                end = kind.end_col_offset or 0
                columns = range(kind.col_offset, end) if first == last else range(200)
                found |= {(line, column) for line in range(first, last + 1) for column in columns}
    return found


def every(modules: Mapping[Path, tuple[str, ...]]) -> Iterator[Mutant]:
    """All errors that can be planted, in a fixed order."""
    from cosmic_ray.commands import init
    from cosmic_ray.work_db import use_db

    with tempfile.TemporaryDirectory() as folder, use_db(str(Path(folder) / "work.sqlite")) as db:
        init(list(modules), db, {})
        items = [mutation for item in db.work_items for mutation in item.mutations]
    types = {path: annotations(path.read_text(encoding="utf-8")) for path in modules}
    for one in sorted(
        items, key=lambda m: (str(m.module_path), m.operator_name, m.occurrence, repr(m.operator_args))
    ):
        if tuple(one.start_pos) not in types[one.module_path]:
            yield Mutant(
                str(one.module_path.relative_to(ROOT)),
                one.operator_name,
                tuple(sorted(one.operator_args.items())),
                one.occurrence,
                tuple(one.start_pos),
                modules[one.module_path],
            )


def drawn(mutants: Sequence[Mutant], number: int, seed: int) -> list[Mutant]:
    """So many places drawn at random, one error each: a sum that can be spoilt in eleven ways counts once."""
    places: dict[tuple[str, Position, str], list[Mutant]] = {}
    for one in mutants:
        kind = one.operator.partition("_")[0]
        places.setdefault((one.path, one.start, kind), []).append(one)
    dice = random.Random(seed)
    return [dice.choice(places[key]) for key in dice.sample(sorted(places), min(number, len(places)))]


def copy(folder: Path) -> None:
    """The repository as it stands, to plant errors in."""
    for path in REPOSITORY.files:
        if path.is_file():
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)


def try_out(mutants: Sequence[Mutant]) -> list[Survivor]:
    """Plant each error in a copy of its own process, run its tests; returns what no test caught."""
    from cosmic_ray.mutating import mutate_and_test
    from cosmic_ray.work_item import MutationSpec

    found = []
    with tempfile.TemporaryDirectory(prefix="gongjian-mutants-") as name:
        copy(Path(name))
        os.chdir(name)
        os.environ |= QUICK | {"GONGJIAN_HOME": str(Path(name) / "data")}
        for number, one in enumerate(mutants, 1):
            spec = MutationSpec(
                one.path, one.operator, one.occurrence, one.start, (one.start[0] + 1, 0), dict(one.arguments)
            )
            made = mutate_and_test([spec], command(one.tests), TIMEOUT)
            print(
                f"{number}/{len(mutants)} {one.path}:{one.start[0]} {one.operator}: {made.test_outcome or made.worker_outcome}",
                flush=True,
            )
            if not made.is_killed:
                found.append(survivor(one, made.diff or ""))
        os.chdir(ROOT)
    return found


def command(tests: Sequence[str]) -> str:
    """Runs some tests up to the first that fails."""
    return f"{sys.executable} -m pytest -x -q -n 0 -p no:randomly -p no:cacheprovider {' '.join(tests)}"


def survivor(mutant: Mutant, diff: str) -> Survivor:
    """What the first changed line was and became; of a decorator taken away only its line is left."""
    lines = [line for line in diff.splitlines() if line[1:].strip()]
    was = [line[1:].strip() for line in lines if line.startswith("-") and not line.startswith("---")]
    became = [line[1:].strip() for line in lines if line.startswith("+") and not line.startswith("+++")]
    source = Path(mutant.path).read_text(encoding="utf-8").splitlines()[mutant.start[0] - 1].strip()
    return Survivor(mutant.path, mutant.start[0], (was or [source])[0], "".join(became[:1]))


def page(
    survivors: Sequence[Survivor], *, sample: int, of: int, seed: int, known: Sequence[Mapping[str, str]]
) -> str:
    """docs/mutants.md."""
    lines = [
        "# Mutants",
        "",
        f"Written by `make mutants`: {sample} errors drawn with seed {seed} of the {of:,} that can be planted in engines and rights,",
        f"planted one by one; **{sample - len(survivors)} of {sample}** were caught by the tests. What no test caught, and why:",
        "",
    ]
    for one in survivors:
        lines += [f"- `{one.path}:{one.line}`", f"  - was: `{one.was}`", f"  - became: `{one.became}`"]
        lines += [f"  - {one.reason(known) or 'no reason yet: a test is missing'}"]
    return "\n".join([*lines, ""] if survivors else [*lines, "Nothing.", ""])


def main() -> int:
    """Draw, plant, write; 1 when fewer are caught than pyproject.toml asks for or a survivor has no reason."""
    asked = ArgumentParser(prog="python -m tests.house.mutants")
    asked.add_argument("--sample", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given, settings = asked.parse_args(), configuration()["tool"]["mutants"]
    listed = list(every(chosen(settings["parts"])))
    sample = drawn(listed, given.sample, given.seed)
    shares = [sample[n :: given.workers] for n in range(given.workers)]
    with ProcessPoolExecutor(given.workers) as pool:
        survivors = sorted(
            (s for found in pool.map(try_out, shares) for s in found), key=lambda s: (s.path, s.line)
        )
    known = settings.get("survivors", [])
    text = page(survivors, sample=len(sample), of=len(listed), seed=given.seed, known=known)
    DOCUMENT.write_text(text, encoding="utf-8")
    print(text)
    enough = len(sample) - len(survivors) >= settings["caught"] * len(sample) / 100
    return 0 if enough and all(one.reason(known) for one in survivors) else 1


if __name__ == "__main__":
    sys.exit(main())
