"""The city in which things are handed over."""

import pytest

from tests import scenes


@pytest.fixture
def c(db) -> scenes.City:
    """City, county, office, two bureaus and their people."""
    return scenes.city()
