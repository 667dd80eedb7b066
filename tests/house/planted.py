"""A guard is trusted when it has caught something: each check of the house has a twin that plants a violation."""

from collections.abc import Callable
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., object])


def planted(*checks: Callable[..., object] | str) -> Callable[[Test], Test]:
    """Mark a test that plants a violation and sees it reported.

    `checks`: the tests of the house that would be red with it, or the command of `make` that would ("ruff check").
    `test_planted.py` reads this mark and fails where a check or a command has no such twin.
    """
    assert checks

    def mark(test: Test) -> Test:
        return test

    return mark
