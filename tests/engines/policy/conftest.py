"""A PostgreSQL cluster for the engines that need one, whatever database the product itself runs on."""

import pytest

from samples.cluster import start


@pytest.fixture(scope="session")
def postgres_address():
    address = start()
    if address is None:
        pytest.skip("PostgreSQL server programs are missing: apt-get install postgresql")
    return address
