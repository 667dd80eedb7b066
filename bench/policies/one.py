"""`python -m bench.policies.one CONTENDER VARIANT FIRMS FOLDER RUNS`: one contender in a process of its own, its figures as JSON."""

import json
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter

from bench.policies.firms import write
from bench.policies.task import VARIANTS, Task

MODULES = ("duck", "kernel", "fisca", "zen_rows", "ours")


def peak() -> float:
    """Largest resident memory of this process so far, GB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1e6
    return float("nan")


def contender(name: str):
    """The function that prepares it."""
    for module in MODULES:
        try:
            contenders = import_module(f"bench.policies.contenders.{module}").CONTENDERS
        except ModuleNotFoundError:
            continue
        if name in contenders:
            return contenders[name]
    raise SystemExit(f"no contender {name}")


def main(arguments: list[str]) -> None:
    """Load, run, report."""
    name, variant, size, folder, runs = arguments
    table = Path(folder) if name.endswith("chunks") else write(Path(folder), int(size))
    task = Task(table, VARIANTS[variant].rules(), Path(folder), int(size))
    began = perf_counter()
    loaded_contender = contender(name)(task)
    load_seconds, seconds = perf_counter() - began, []
    for _ in range(int(runs)):
        began = perf_counter()
        outcome = loaded_contender.run()
        seconds.append(perf_counter() - began)
    report = {
        "name": name,
        "seconds": seconds,
        "load": load_seconds,
        "peak": peak(),
        "note": loaded_contender.note,
    }
    print(
        json.dumps(
            report
            | {"answers": loaded_contender.answers(outcome), "extra": loaded_contender.figures(outcome)}
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
