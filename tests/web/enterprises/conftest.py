"""The invented city and its clerk, signed in."""

import pytest

from tests.scenes import city as make_city


@pytest.fixture
def city():
    return make_city()


@pytest.fixture
def as_clerk(client, city):
    client.force_login(city.clerk)
    return client
