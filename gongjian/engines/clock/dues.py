"""Dues (时限) and the rule they were counted by, as stored in an event. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjian.engines.clock.checkpoints import CheckpointDue
from gongjian.engines.clock.event_data import Data, Facts


@dataclass(frozen=True, kw_only=True)
class Dues(Facts):
    """Checkpoints with their dates; `provisional` when they reach into a year not yet announced."""

    checkpoints: tuple[CheckpointDue, ...]
    provisional: bool

    @property
    def due(self) -> date:
        """The time limit of the whole matter."""
        return self.checkpoints[-1].due_on

    def as_data(self) -> dict[str, Any]:
        """The dues as event data, with the time limit of the whole matter added for use in sentences."""
        return super().as_data() | {"due": self.due.isoformat()}


@dataclass(frozen=True, kw_only=True)
class RuleUsed(Facts):
    """The rule a round runs under: the grade's checkpoints at the time and the names of regime and grade."""

    rule: tuple[Data, ...]
    regime: str
    grade: str
