"""The one exception that users see, and two common checks: a text was given, and a check passes."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from gongjian.engines.writing.signs import clean_text

P = ParamSpec("P")


class Refused(Exception):
    """A request that was refused, with one complete sentence that tells the user what to do next.

    `field` names the form field the sentence belongs to, when there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


def required_text(text: str, ask: str, *, field: str) -> str:
    """The required text, clean and without surrounding blanks; raises Refused with the sentence `ask` if it is blank."""
    text = clean_text(text).strip()
    if not text:
        raise Refused(ask, field=field)
    return text


def passes(check: Callable[P, object]) -> Callable[P, bool]:
    """Turn a `check_x` into its `can_x`: a function that returns whether the check passes without Refused."""

    @wraps(check)
    def ask(*args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(*args, **kwargs)
        except Refused:
            return False
        return True

    return ask
