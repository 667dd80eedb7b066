"""The document of the interface, in the language asked for."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from gongjian.web.open311.api import api

PREFIX = "open311/v2/"
WORDS = ("description", "summary")


def _translated(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            key: gettext(value) if key in WORDS and isinstance(value, str) and value else _translated(value)
            for key, value in part.items()
        }
    return [_translated(one) for one in part] if isinstance(part, list) else part


@require_GET
def document(_request: HttpRequest) -> JsonResponse:
    """OpenAPI, made from the operations themselves."""
    schema = api.get_openapi_schema(path_prefix=f"/{PREFIX}")
    return JsonResponse(_translated(dict(schema)), json_dumps_params={"ensure_ascii": False, "indent": 1})
