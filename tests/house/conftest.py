"""A small tree with a violation in it, for the checks of the house to find."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.sources import Tree

Plant = Callable[[dict[str, str]], Tree]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Writes files (path -> text) into an empty folder and returns it as a tree."""

    def write(files: dict[str, str]) -> Tree:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Tree(tmp_path)

    return write
