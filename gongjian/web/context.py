"""What every page's frame needs."""

from django.conf import settings
from django.http import HttpRequest


def frame(_request: HttpRequest) -> dict[str, object]:
    """Values for `base.html`."""
    return {"demo": settings.DEMO}
