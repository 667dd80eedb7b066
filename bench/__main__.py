"""`python -m bench [NAME ...]`: run the benchmarks; each writes its own section of docs/benchmarks.md."""

import sys
from importlib import import_module

from bench.document import write

NAMES = (
    "calendar",
    "policies",
    "policy_engines",
    "what_if",
    "ledger",
    "helpdesk",
    "market",
    "commons",
    "notes",
    "edits",
    "reading",
    "long_texts",
    "papers",
    "ledgers_in",
    "figures_in",
    "cascade",
    "forecast",
    "targets_year",
)


def main(names: list[str]) -> None:
    """All of them, or those named; a section is written as soon as its benchmark is done."""
    for name in names or NAMES:
        print(write(name, import_module(f"bench.{name}").measure()))


if __name__ == "__main__":
    main(sys.argv[1:])
