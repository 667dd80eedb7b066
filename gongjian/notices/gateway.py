"""SMS (or anything else) by a generic HTTP gateway: an address with places for the text, one request a message.

`https://gateway/send?to=138…&text={text}` is a GET; an address followed by a blank and a body is a POST, as JSON where
the body begins with a brace, else as a form. `{text}` and `{title}` are filled in, escaped for where they stand.
"""

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.utils.translation import gettext as _

PLACE = "{text}"
SECONDS = 10


class _NotElsewhere(HTTPRedirectHandler):
    """A gateway that sends one elsewhere has refused: the text goes to the address the administrator wrote, or nowhere."""

    def redirect_request(self, *_facts: Any) -> None:
        """Make no request of it."""


def request_of(address: str, title: str, text: str) -> Request:
    """The request that carries a message."""
    url, _sep, body = address.strip().partition(" ")
    filled = _fill(url, quote(title, safe=""), quote(text, safe=""))
    if not body.strip():
        return Request(filled, method="GET")  # noqa: S310 - the scheme was checked when the channel was added
    if body.strip().startswith("{"):
        content = _fill(body, json.dumps(title)[1:-1], json.dumps(text)[1:-1])
        kind = "application/json; charset=utf-8"
    else:
        content = _fill(body, quote(title, safe=""), quote(text, safe=""))
        kind = "application/x-www-form-urlencoded; charset=utf-8"
    return Request(filled, data=content.strip().encode(), headers={"Content-Type": kind}, method="POST")  # noqa: S310 - as above


def _fill(template: str, title: str, text: str) -> str:
    return template.replace("{title}", title).replace(PLACE, text)


def send_by_gateway(address: str, title: str, body: str) -> str:
    """Send a message; returns the reason of a failure, or an empty text on success."""
    try:
        with build_opener(_NotElsewhere).open(request_of(address, title, body), timeout=SECONDS) as answer:
            answer.read(1)
    except HTTPError as error:
        return _("短信网关答复 %(code)s，没有接收。请核对地址、密钥和模板，稍后会自动重发。") % {
            "code": error.code
        }
    except (URLError, HTTPException, OSError, ValueError):
        return _("连不上短信网关。请检查地址和网络，稍后会自动重发。")
    return ""
