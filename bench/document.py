"""docs/benchmarks.md: one section a benchmark, between marks of its own; writing one leaves the others as they are."""

import os
import platform
import re
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bench.tables import Table

TARGET = Path(__file__).parent.parent / "docs" / "benchmarks.md"
TITLE = "# Benchmarks\n\nWritten by `make bench`; each section by the command it names.\n"


def machine() -> str:
    """What it was measured on."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, Django {version('django')}"


def section(name: str, tables: Table | Sequence[Table]) -> str:
    """The section of one benchmark: its command, the machine, its tables."""
    shown = [tables] if isinstance(tables, Table) else list(tables)
    body = "\n".join(table.markdown() for table in shown)
    return f"<!-- {name} -->\n\n`python -m bench {name}`: {machine()}.\n\n{body}\n<!-- end of {name} -->\n"


def placed(document: str, name: str, text: str) -> str:
    """The document with this section in its old place, or at the end."""
    found = re.compile(rf"<!-- {name} -->.*?<!-- end of {name} -->\n", re.DOTALL)
    if found.search(document):
        return found.sub(lambda _old: text, document)
    return f"{document.rstrip()}\n\n{text}"


def write(name: str, tables: Table | Sequence[Table]) -> str:
    """Put the section into the document; returns it."""
    text = section(name, tables)
    document = TARGET.read_text(encoding="utf-8") if TARGET.exists() else TITLE
    TARGET.write_text(placed(document, name, text), encoding="utf-8")
    return text
