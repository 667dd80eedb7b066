"""Commands as an operator runs them: a fresh process, an environment with nothing in it but what is said."""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).with_name("gongjian")
PLANTED = {"DJANGO_SETTINGS_MODULE": "tests.cli.planted.settings", "PYTHONPATH": str(ROOT)}


def environment(home, **more):
    """PATH, HOME and the instance's folder (None: not even that), and what else is said."""
    facts = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"} | more
    return facts if home is None else facts | {"GONGJIAN_HOME": str(home)}


def gongjian(home, *words, code=0, cwd=None, **more):
    """What the command printed, both streams; its exit code must be `code`."""
    done = subprocess.run(
        [COMMAND, *map(str, words)],
        env=environment(home, **more),
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def python(home, *words):
    """A module of the tests or of Django, on the instance."""
    subprocess.run(
        [sys.executable, "-m", *map(str, words)],
        env=environment(home, DJANGO_SETTINGS_MODULE="gongjian.conf.settings"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )


def contents(home):
    """Digest, rights and owner of every file of the instance that a back-up made during the run is not."""
    return {
        str(file.relative_to(home)): (
            hashlib.sha256(file.read_bytes()).hexdigest(),
            oct(file.stat().st_mode),
            file.stat().st_uid,
        )
        for file in sorted(Path(home).rglob("*"))
        if file.is_file() and "backups" not in file.parts and file.name != "in-use.lock"
    }
