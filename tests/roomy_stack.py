"""Each test has the room for its frames that a command and a page have (a plugin of pytest, see addopts in pyproject.toml)."""

import pytest
from _pytest.runner import pytest_runtest_protocol as run


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """The usual course of a test, called from the roomy frame."""
    from gongjian.cli.roomy_frame import in_roomy_frame  # not before coverage has begun to count

    return in_roomy_frame(lambda: run(item, nextitem))
