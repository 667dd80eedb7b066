"""The page a form was filled on, to which its answer returns (回到原处): a list whose rows are handled where they stand."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def asked_back(request: HttpRequest, name: str = "back") -> str:
    """The page a form wants to return to, from the field `name` of the form or the address; empty when it is none of ours."""
    back = request.POST.get(name) or request.GET.get(name) or ""
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if ours else ""


def way_back(request: HttpRequest, otherwise: str, *, place: str = "") -> str:
    """Where to go after the form: the page it was filled on, at `place` in it, or `otherwise`."""
    back = asked_back(request)
    return f"{back}{place}" if back else otherwise


def back_query(request: HttpRequest) -> str:
    """The page to return to as the query of another address; empty when there is none."""
    back = asked_back(request)
    return f"?{urlencode({'back': back})}" if back else ""
