"""The finding of a check: how serious it is, a sentence, and what to do."""

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How serious a finding is; also the exit code of `gongjian doctor`, as monitoring systems expect it."""

    OK = 0
    WARNING = 1
    FAULT = 2


@dataclass(frozen=True)
class Finding:
    """The result of one check; `name` never changes, so that monitoring can rely on it."""

    name: str
    level: Severity
    says: str
    do: str = ""


def ok(name: str, says: str) -> Finding:
    """A finding that all is well."""
    return Finding(name, Severity.OK, says)


def warning(name: str, says: str, do: str) -> Finding:
    """A finding that needs attention although the service works."""
    return Finding(name, Severity.WARNING, says, do)


def fault(name: str, says: str, do: str) -> Finding:
    """A finding that the data or the service are in danger."""
    return Finding(name, Severity.FAULT, says, do)
