"""The one exception a user sees, and the two rules that are asked everywhere: a text is given, a check passes."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

P = ParamSpec("P")


class Refused(Exception):
    """A request the house declines: one whole sentence that says what to do next.

    `field` names the form field the sentence belongs to, when there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


def required_text(text: str, ask: str, *, field: str) -> str:
    """A text somebody has to give, without the blanks around it; Refused with the sentence `ask` where it is blank."""
    text = text.strip()
    if not text:
        raise Refused(ask, field=field)
    return text


def passes(check: Callable[P, object]) -> Callable[P, bool]:
    """The rule of a `check_x` as a question, `can_x`: whether it refuses nothing."""

    @wraps(check)
    def ask(*args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(*args, **kwargs)
        except Refused:
            return False
        return True

    return ask
