"""Two texts of one place, to be chosen from."""

from dataclasses import dataclass
from datetime import datetime

CHOICE = "choose_"


@dataclass(frozen=True)
class Conflict:
    """One field, or some lines of it, that two people changed: both texts, who wrote the other one and when.

    `name` is the choice's name in the page, `seen` the digest of the other text as it is shown.
    """

    name: str
    mine: str
    theirs: str
    by: str
    at: datetime | None
    seen: str
