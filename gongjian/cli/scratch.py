"""Folders for work in progress: for this user alone, gone when the work ends, and swept later when its process was killed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "gongjian-work-"


@contextmanager
def scratch(parent: Path | None = None) -> Iterator[Path]:
    """An empty folder in `parent`, else in the system's place for such; what killed processes left there is removed first."""
    around = parent or Path(tempfile.gettempdir())
    _sweep(around)
    folder, handle = _taken(around)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _taken(around: Path) -> tuple[Path, int]:
    """A new folder and the lock on it; a sweeper that came in between makes it another one."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=around))
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if folder.exists():
            return folder, handle
        os.close(handle)


def _sweep(around: Path) -> None:
    for left in around.glob(f"{PREFIX}*"):
        if left.is_symlink() or not left.is_dir() or left.stat().st_uid != os.geteuid():
            continue
        handle = os.open(left, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        except BlockingIOError:
            pass  # its process is at work
        finally:
            os.close(handle)
