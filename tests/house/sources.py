"""What the house tests read: a tree of files, parsed once. The repository is one, a planted violation is another."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "gongjian"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CHINESE_OR_SIGNS = re.compile(
    r"[\u4e00-\u9fff\u3001-\u303f\uff01-\uffef]"
)  # and 、；（）, which English does not write
Modules = dict[Path, ast.Module]


def _python(folder: Path) -> Modules:
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts
    }


@dataclass(frozen=True)
class Tree:
    """The files below one folder, laid out as the repository is."""

    root: Path

    @property
    def package(self) -> Path:
        """The folder of the product."""
        return self.root / "gongjian"

    @cached_property
    def modules(self) -> Modules:
        """Every module of the package but migrations, parsed."""
        return _python(self.package)

    @cached_property
    def tests(self) -> Modules:
        """Every module of the tests, parsed."""
        return _python(self.root / "tests")

    @cached_property
    def bench(self) -> Modules:
        """Every module of the benchmarks, parsed."""
        return _python(self.root / "bench")

    @cached_property
    def samples(self) -> Modules:
        """Every module of what tests and benchmarks share, parsed."""
        return _python(self.root / "samples")

    @cached_property
    def deploy(self) -> Modules:
        """Every module that makes the bundle, parsed."""
        return _python(self.root / "deploy")

    @cached_property
    def functions(self) -> list[tuple[Path, ast.FunctionDef]]:
        """Every function of the package."""
        return [
            (path, node)
            for path, tree in self.modules.items()
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
        ]

    def room(self, path: Path) -> str:
        """The room a file of the package lives in."""
        return path.relative_to(self.package).parts[0]

    def name(self, path: Path) -> str:
        """How a file is named in a report."""
        return str(path.relative_to(self.root))

    def dotted(self, path: Path) -> str:
        """The module a file holds: gongjian.people.models."""
        parts = path.relative_to(self.root).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def tracked(self, *suffixes: str) -> list[Path]:
        """Files of the repository with one of these suffixes; where there is no repository, all files."""
        return [path for path in self.files if path.is_file() and path.suffix in suffixes]

    @cached_property
    def files(self) -> Iterable[Path]:
        """Every file git tracks or would track; where there is no repository, all there are."""
        if not (self.root / ".git").exists():
            return sorted(self.root.rglob("*"))
        command = ["git", "ls-files", "-co", "--exclude-standard"]
        listed = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=True)
        return [self.root / name for name in sorted(listed.stdout.splitlines())]


REPOSITORY = Tree(ROOT)


def configuration(tree: Tree = REPOSITORY) -> dict[str, Any]:
    """pyproject.toml, read."""
    return tomllib.loads((tree.root / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def floors() -> list[set[str]]:
    """The floors of the house as lint-imports holds them, the highest first: the one place where they are listed."""
    contracts = configuration()["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c.get("exhaustive"))
    return [{room.strip(" ()") for room in layer.split("|")} for layer in layers]


HEIGHT = {room: -floor for floor, rooms in enumerate(floors()) for room in rooms}
