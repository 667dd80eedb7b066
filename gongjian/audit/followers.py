"""What is renewed after an event, in its transaction (随后更新): a room above registers it, `record` calls it.

For: projections of records of several rooms, which no service could forget to renew: every write leaves an event.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

Follower = Callable[[Sequence[int]], None]
_FOLLOWERS: dict[str, list[Follower]] = defaultdict(list)


def follow(kind: str, follower: Follower) -> None:
    """Call `follower` with the keys of the records after events about records of this kind (app_label.model)."""
    _FOLLOWERS[kind].append(follower)


def renew_followers(kind: str, keys: Sequence[int]) -> None:
    """Renew what follows these records."""
    for follower in _FOLLOWERS.get(kind, ()):
        follower(keys)
