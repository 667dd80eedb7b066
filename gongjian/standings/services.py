"""The verbs of the room; the folders hold the code."""

from gongjian.standings.commendations.services import (
    add_commended,
    answer_objection,
    confirm,
    draft_commendation,
    drop,
    object_to,
    open_to_objections,
    remove_commended,
)
from gongjian.standings.excuses.services import excuse
from gongjian.standings.publications.services import publish
from gongjian.standings.schemes.services import draft_scheme, edit, next_version, propose, send_back, sign

__all__ = [
    "add_commended",
    "answer_objection",
    "confirm",
    "draft_commendation",
    "draft_scheme",
    "drop",
    "edit",
    "excuse",
    "next_version",
    "object_to",
    "open_to_objections",
    "propose",
    "publish",
    "remove_commended",
    "send_back",
    "sign",
]
