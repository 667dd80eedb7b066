"""What somebody had typed when a request could not be taken: kept, shown, sent again."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest

SECRET = frozenset({"csrfmiddlewaretoken", "username", "password", "old", "new", "again"})


@dataclass(frozen=True)
class Typed:
    """One field as it came."""

    name: str
    value: str


def typed(request: HttpRequest) -> list[Typed]:
    """Every posted value but tokens and passwords, in the order of the form."""
    return [
        Typed(name, value)
        for name, values in request.POST.lists()
        if name not in SECRET
        for value in values
        if isinstance(value, str)
    ]


def files(request: HttpRequest) -> list[str]:
    """Names of the files that came along; a browser must be given them again."""
    return [str(file.name) for _name, found in request.FILES.lists() for file in found]


def from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form was one of ours."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(origin) and urlsplit(origin).netloc == request.get_host()
