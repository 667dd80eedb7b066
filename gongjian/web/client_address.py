"""The network address a request comes from, as far as it can be determined."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """What the outermost of our own proxies saw; the address of the connection where there is none.

    Each proxy appends to `X-Forwarded-For` the address it was called from. Only as many entries, counted from the
    end, are believed as there are proxies of ours (`GONGJIAN_PROXIES`): what stands before them anybody can write.
    """
    connection = str(request.META.get("REMOTE_ADDR", ""))
    written = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if settings.PROXIES and len(written) >= settings.PROXIES:
        return written[-settings.PROXIES] or connection
    return connection
