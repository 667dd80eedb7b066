"""Starts the process in which a foreign file is tried out, and says whether it came through."""

import hashlib
import subprocess
import sys
from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum
from threading import BoundedSemaphore, Lock

AT_ONCE = 2  # processes that try files at the same time: others wait for their turn
READ = 0  # exit code of the process; with any other, or a signal, it did not come through
REMEMBERED = 200  # files of which it is known that they came through


class Reader(StrEnum):
    """What a file is to be read as."""

    TABLE = "table"
    WORKBOOK = "workbook"  # with its formats, to be filled
    TEXT = "text"


@dataclass(frozen=True)
class Bounds:
    """The most a trial may take: bytes of address space, seconds of work, seconds by the clock."""

    memory: int = 1536 * 1024 * 1024
    work: int = 25
    wait: int = 60


USUAL = Bounds()
_turn = BoundedSemaphore(AT_ONCE)
_came_through: OrderedDict[bytes, None] = OrderedDict()
_lock = Lock()
_switch = {"on": False}


def switch(*, on: bool) -> None:
    """Whether `dies` tries files at all; off at first, so that each engine can be used alone."""
    _switch["on"] = on


def dies(content: bytes, reader: Reader, *, name: str = "") -> bool:
    """Whether a process that reads this file ends before it has read it; always False while switched off."""
    return _switch["on"] and not passes(content, reader, name=name)


def passes(content: bytes, reader: Reader, *, name: str = "", bounds: Bounds = USUAL) -> bool:
    """Whether the file is read, or refused by its reader, within the bounds.

    `name`: the name of the file, where the reader goes by its ending.
    """
    key = hashlib.sha256(f"{reader} {name} {bounds}\0".encode() + content).digest()
    with _lock:
        if key in _came_through:
            return True
    with _turn:
        came_through = _tried(content, reader, name, bounds)
    if came_through:
        with _lock:
            _came_through[key] = None
            while len(_came_through) > REMEMBERED:
                _came_through.popitem(last=False)
    return came_through


def _tried(content: bytes, reader: Reader, name: str, bounds: Bounds) -> bool:
    words = [reader.value, str(bounds.memory), str(bounds.work), name]
    command = [sys.executable, "-I", "-m", "gongjian.engines.trial.reading", *words]
    try:
        done = subprocess.run(  # noqa: S603  our own program, with words of our own and the name as its last
            command,
            input=content,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=bounds.wait,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == READ
