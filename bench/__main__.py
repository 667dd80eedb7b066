"""`python -m bench [NAME ...]`: run the benchmarks and write docs/benchmarks.md with machine, versions and command."""

import os
import platform
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

NAMES = ("calendar",)
TARGET = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def main(names: list[str]) -> None:
    """All of them, or those named; only a whole run is written down."""
    tables = [import_module(f"bench.{name}").measure() for name in names or NAMES]
    text = "\n".join(table.markdown() for table in tables)
    print(text)
    if names:
        return
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, Django {version('django')}"
    TARGET.write_text(f"# Benchmarks\n\nWritten by `make bench`; {machine}.\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
