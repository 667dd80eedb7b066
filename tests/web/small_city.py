"""A small invented city for walks over all its pages: built once a process, and written again for the next test.

The tests that walk through it are a group (`shared`), so that they run on one worker.
"""

import tempfile
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gongjian.assignments import services as assignments
from gongjian.invented_city import city, world
from tests.factories import AT
from tests.kept_scenes import kept

SMALL = replace(world.SIZES["demo"], firms=60, visits=24, problems=70, days=70)
shared = pytest.mark.xdist_group("city_of_walks")


def small_city(settings: Any) -> None:
    """Build it, its folder included."""
    settings.HOME = _home()
    _built(AT)


@kept
def _built(at: datetime) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(world.SIZES, "small", SMALL)
        assignments.load_regimes(by=None, at=at)
        city.build(size="small", at=at, tell=lambda _line: None)


@cache
def _home() -> Path:
    return Path(tempfile.mkdtemp(prefix="gongjian-test-"))
