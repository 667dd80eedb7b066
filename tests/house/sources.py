"""What the house tests read: the package's own files, parsed once."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "gongjian"
FLOORS = (
    ("conf", "cli"),
    ("invented_city",),
    ("web",),
    ("bulletins", "ledgers", "intake"),
    ("standings",),
    ("problems",),
    ("projects", "policies", "markets"),
    ("visits",),
    ("campaigns", "complaints"),
    ("assignments", "indicators"),
    ("enterprises",),
    ("notices", "attachments"),
    ("people",),
    ("audit",),
    ("engines",),
)
HEIGHT = {room: len(FLOORS) - floor for floor, rooms in enumerate(FLOORS) for room in rooms}


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the package but migrations, parsed."""
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
    }


def room_of(path: Path) -> str:
    """The room a file lives in."""
    return path.relative_to(PACKAGE).parts[0]


def functions() -> list[tuple[Path, ast.FunctionDef]]:
    """Every function of the package."""
    return [
        (path, node)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]


def tracked(*suffixes: str) -> list[Path]:
    """Files of the repository with one of these suffixes."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [
        path
        for name in sorted(listed.stdout.splitlines())
        if (path := ROOT / name).is_file() and path.suffix in suffixes
    ]


CHINESE = re.compile(r"[\u4e00-\u9fff]")
