"""The invented city."""

import pytest

from tests.scenes import city


@pytest.fixture
def scene():
    return city()
