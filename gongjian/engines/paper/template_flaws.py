"""What can be wrong with an office's own template, by code; whoever asks writes the sentence."""

from dataclasses import dataclass
from enum import StrEnum

LARGEST = 5 * 1024 * 1024  # bytes


class Flaw(StrEnum):
    """What is wrong with a template."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OLD_WORD = "old_word"
    LOCKED = "locked"
    MACROS = "macros"
    OBJECTS = "objects"
    OUTSIDE = "outside"
    NOT_WORD = "not_word"
    BROKEN = "broken"
    BRACES = "braces"
    STATEMENT = "statement"
    FIELD = "field"
    NO_FIELD = "no_field"
    NO_BODY = "no_body"
    BODY_PLACE = "body_place"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and the name or text it is about."""

    flaw: Flaw
    what: str = ""


class BadTemplate(Exception):
    """A template that cannot be used, and why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(fault.flaw for fault in faults))
        self.faults = faults
