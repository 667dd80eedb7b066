"""Which page an address leads to."""

from functools import cache
from urllib.parse import urlsplit

from django.urls import Resolver404, ResolverMatch, resolve


def match_of(address: str) -> ResolverMatch | None:
    """What answers at an address, or None."""
    return _match_of_path(urlsplit(address).path)


def route_of(address: str) -> str:
    """The name of the page at an address; empty where there is none."""
    match = match_of(address)
    return "" if match is None else match.url_name or ""


@cache
def _match_of_path(path: str) -> ResolverMatch | None:
    """Kept: pages repeat the links of the frame, and each look-up tries every pattern."""
    try:
        return resolve(path)
    except Resolver404:
        return None
