"""What one check found: how bad it is, a sentence, and what to do."""

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """Also the exit code of `gongjian doctor`, as monitoring systems count."""

    OK = 0
    WARNING = 1
    FAULT = 2


@dataclass(frozen=True)
class Finding:
    """The result of one check; `name` never changes, for monitoring to hold on to."""

    name: str
    level: Severity
    says: str
    do: str = ""


def ok(name: str, says: str) -> Finding:
    """All is well."""
    return Finding(name, Severity.OK, says)


def warning(name: str, says: str, do: str) -> Finding:
    """The service works; somebody should see to this."""
    return Finding(name, Severity.WARNING, says, do)


def fault(name: str, says: str, do: str) -> Finding:
    """Data or service are in danger."""
    return Finding(name, Severity.FAULT, says, do)
