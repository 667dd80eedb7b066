"""A database with every migration applied, made once for one state of the sources, and copied wherever a test begins from it.

Migrating an empty database takes twenty seconds; the suite needs one in each worker and in each city of the journeys.
`tests/cli/test_folder.py` still migrates for itself: an instance from nothing.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"
DATABASE = "gongjian.sqlite3"
READ_BY_MIGRATIONS = (ROOT / "requirements" / "dev.txt", *sorted((ROOT / "gongjian").rglob("*.py")))


def put_into(home: Path) -> None:
    """Lay the migrated database into the folder of an instance to be, as its owner's own file."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_file(), home / DATABASE)
    (home / DATABASE).chmod(0o600)


@contextmanager
def in_memory(name: str) -> Iterator[None]:
    """The database in memory of this name is migrated when Django first opens it."""
    with closing(sqlite3.connect(name, uri=True)) as memory:
        with closing(sqlite3.connect(_file())) as kept:
            kept.backup(memory)
        yield


def _file() -> Path:
    """The file, made by the first process that asks for it; the others wait."""
    file = KEPT / f"{_digest()}.sqlite3"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            for older in KEPT.glob("*.sqlite3"):
                older.unlink()
            _make(file)
    return file


def _make(file: Path) -> None:
    with tempfile.TemporaryDirectory(dir=KEPT) as home:
        environment = os.environ | {
            "GONGJIAN_HOME": home,
            "GONGJIAN_DATABASE": "",
            "DJANGO_SETTINGS_MODULE": "gongjian.conf.settings",
        }
        command = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        (Path(home) / DATABASE).rename(file)


def _digest() -> str:
    """Of all that a migration may read: the whole program and the versions of what it stands on."""
    read = hashlib.sha256()
    for path in READ_BY_MIGRATIONS:
        read.update(path.relative_to(ROOT).as_posix().encode())
        read.update(path.read_bytes())
    return read.hexdigest()[:32]
