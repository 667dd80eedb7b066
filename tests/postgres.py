"""`pytest -p tests.postgres …`: the same tests on a PostgreSQL cluster of their own, started here and thrown away.

Loaded before Django; worker processes of xdist inherit the address from the first one.
"""

import os
import sys

import pytest

from samples.cluster import start

if "GONGJIAN_DATABASE" not in os.environ:
    address = start()
    if address is None:
        print(
            "PostgreSQL server programs are missing: the PostgreSQL run is skipped. apt-get install postgresql",
            file=sys.stderr,
        )
        os._exit(0)
    os.environ["GONGJIAN_DATABASE"] = address


def pytest_collection_modifyitems(config, items):
    """Only what asks the product's database: the rest has run already and would say the same."""
    config.hook.pytest_deselected(items=[item for item in items if not _asks(item)])
    items[:] = filter(_asks, items)


def _asks(item: pytest.Item) -> bool:
    """Whether a test is given the database by its mark or by a fixture."""
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not {"db", "transactional_db"}.isdisjoint(
        fixtures
    )
