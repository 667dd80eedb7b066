"""The verbs of the room; the folders hold the code."""

from gongjian.standings.excuses.services import excuse
from gongjian.standings.publications.services import publish
from gongjian.standings.schemes.services import draft_scheme, edit, next_version, propose, send_back, sign

__all__ = [
    "draft_scheme",
    "edit",
    "excuse",
    "next_version",
    "propose",
    "publish",
    "send_back",
    "sign",
]
