"""Fixtures every test may use."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def today() -> date:
    """The day tests happen on: an ordinary Tuesday."""
    return date(2026, 11, 24)


@pytest.fixture
def at() -> datetime:
    """A moment of that day."""
    return datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI)
