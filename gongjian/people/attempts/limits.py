"""How many tries each guard allows, and within what time."""

from dataclasses import dataclass
from datetime import timedelta

from gongjian.people.states import Guard


@dataclass(frozen=True)
class Limit:
    """The most tries allowed for one key within a span of time, counted from the first try."""

    most: int
    within: timedelta


# An address may be that of a proxy or of a whole office, so its limit is far looser than that of what is guarded:
# it slows a machine that tries, and no single person reaches it by hand.
LIMITS = {
    Guard.WORD_BROWSER: Limit(10, timedelta(minutes=10)),
    Guard.WORD_CODE: Limit(10, timedelta(minutes=10)),
    Guard.WORD_ADDRESS: Limit(300, timedelta(minutes=10)),
    Guard.SIGN_IN_ADDRESS: Limit(300, timedelta(minutes=30)),
    # One address has five tries at a name, then it is locked out (see the settings); ten addresses together end it for all.
    Guard.SIGN_IN_NAME: Limit(50, timedelta(minutes=30)),
    # Who tries codes has the password already; three of a million are right at any moment.
    Guard.SECOND_FACTOR: Limit(10, timedelta(minutes=30)),
    Guard.SYSTEM_CALL: Limit(
        120, timedelta(minutes=1)
    ),  # each system has a number of its own in place of this
}
