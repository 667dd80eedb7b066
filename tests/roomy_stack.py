"""Room for the frames of a test, asked for once (a plugin of pytest, see addopts in pyproject.toml).

Python keeps the frames of plain functions in pieces of 16 KB and gives a piece back as soon as its last frame has
returned. A template drawn across the border of two pieces therefore fetches and returns memory from the system at nearly
every node: a million times in the tests of English alone. A frame that is itself large is given one large piece, and
whatever is called from it finds its place in the rest of that piece.
"""

import pytest
from _pytest.runner import pytest_runtest_protocol as run

SLOTS = (
    70_000  # of 8 bytes: more than half a megabyte, so the piece is one megabyte and half of it stays free
)


def in_roomy_frame(call):
    """What `call` gives, called from a frame with room behind it."""
    return call()


in_roomy_frame.__code__ = in_roomy_frame.__code__.replace(co_stacksize=SLOTS)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """The usual course of a test, called from the roomy frame."""
    return in_roomy_frame(lambda: run(item, nextitem))
