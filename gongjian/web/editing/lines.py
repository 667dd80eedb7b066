"""A text that two people edit as one field (a regime, a rule): changes of other lines are brought together, the rest is asked."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from gongjian.engines.writing.merging import Block
from gongjian.web.editing.conflicts import CHOICE, Conflict
from gongjian.web.editing.versions import digest

Writer = tuple[str, datetime | None]  # who wrote the other text, and when


def settle(
    blocks: Iterable[Block], data: Mapping[str, Any], *, name: str, other: Writer
) -> tuple[str, list[Conflict]]:
    """The text both sides agree on or chose, and the blocks that still need a choice; `name` begins those of the choices."""
    text: list[str] = []
    clashes: list[Conflict] = []
    for n, block in enumerate(blocks):
        if not block.clash:
            text += block.settled
            continue
        conflict = _conflict(block, f"{CHOICE}{name}_{n}", other)
        chosen, _sign, seen = str(data.get(conflict.name, "")).partition(":")
        if seen == conflict.seen and chosen in ("mine", "theirs"):
            text += block.mine if chosen == "mine" else block.theirs
        else:
            clashes.append(conflict)
    return "\n".join([*text, ""]), clashes


def _conflict(block: Block, name: str, other: Writer) -> Conflict:
    """The choice of one block; `seen` is of the other's lines as they are shown."""
    theirs = "\n".join(block.theirs)
    who, when = other
    return Conflict(
        name=name, mine="\n".join(block.mine), theirs=theirs, by=who, at=when, seen=digest(theirs)
    )
