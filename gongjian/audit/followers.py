"""What is renewed after an event, in its transaction (随后更新): a room above registers it, `record` calls it.

For: projections of records of several rooms, which no service could forget to renew: every write leaves an event.
"""

from collections import defaultdict
from collections.abc import Callable

Follower = Callable[[int], None]
_FOLLOWERS: dict[str, list[Follower]] = defaultdict(list)


def follow(kind: str, follower: Follower) -> None:
    """Call `follower` with the key of the record after each event about a record of this kind (app_label.model)."""
    _FOLLOWERS[kind].append(follower)


def renew_followers(kind: str, key: int) -> None:
    """Renew what follows a record."""
    for follower in _FOLLOWERS.get(kind, ()):
        follower(key)
