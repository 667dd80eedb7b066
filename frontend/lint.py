"""Lint and format the product's own JavaScript and CSS with tools fetched by lock file.

`python frontend/lint.py` ends with 1 when there is a finding; with `--fix` it first mends what the tools can mend.
Where Node cannot be had, it says that nothing was checked.
"""

import subprocess
import sys
from pathlib import Path

from vendor import HERE, npm_ci, program

ROOT = HERE.parent
TOOLS = HERE / "lint" / "node_modules"
OWN = "gongjian/web/static/gongjian"
SCRIPTS, SHEETS = f"{OWN}/**/*.js", f"{OWN}/**/*.css"
ESLINT = ("eslint/bin/eslint.js", "--config", "frontend/lint/eslint.config.mjs")
STYLELINT = ("stylelint/bin/stylelint.mjs", "--config", "frontend/lint/stylelint.config.mjs")
PRETTIER = ("prettier/bin/prettier.cjs", "--log-level", "warn")


def tool(words: tuple[str, ...], *more: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """The run of one tool from the root of the repository; its findings are in `stdout` and `stderr`."""
    command = [program("node"), str(TOOLS / words[0]), *words[1:], *more]
    return subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=False)  # noqa: S603  fixed words


def installed() -> bool:
    """Whether Node and the tools of the lock file are there, fetched now if need be."""
    lock, mark = HERE / "lint" / "package-lock.json", TOOLS / ".package-lock.json"
    try:
        node = program("node")
        if not mark.exists() or mark.stat().st_mtime < lock.stat().st_mtime:
            npm_ci(lock.parent)
    except (OSError, subprocess.CalledProcessError):
        return False
    return Path(node).exists()


def check(*, fix: bool = False) -> int:
    """0 where every tool is content, else 1 after printing what it found."""
    mend = ("--fix",) if fix else ()
    runs = [
        tool(ESLINT, *mend, SCRIPTS),
        tool(STYLELINT, *mend, SHEETS),
        tool(PRETTIER, "--write" if fix else "--check", SCRIPTS, SHEETS),
    ]
    for run in runs:
        print(run.stdout + run.stderr, end="")
    return int(any(run.returncode for run in runs))


if __name__ == "__main__":
    if not installed():
        print("JavaScript and CSS were NOT linted: Node or the linters could not be had.", file=sys.stderr)
        sys.exit(0)
    sys.exit(check(fix="--fix" in sys.argv[1:]))
