"""Room for the frames of a call, asked for once: pages cost about a tenth less processor time (decision 0048).

Python keeps the frames of plain functions in pieces of 16 KB and gives a piece back as soon as the last frame in it has
returned. A template drawn across the border of two pieces fetches and returns memory from the system at nearly every node.
A frame that is itself large is given one large piece, and whatever is called from it finds its place in the rest.
"""

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")
_SLOTS = 70_000  # of 8 bytes each: the piece is one megabyte, and nearly half of it stays free


def in_roomy_frame(call: Callable[[], _T]) -> _T:
    """Return what `call()` returns, called from a frame with room behind it; whatever it raises passes through."""
    return call()


in_roomy_frame.__code__ = in_roomy_frame.__code__.replace(co_stacksize=_SLOTS)
