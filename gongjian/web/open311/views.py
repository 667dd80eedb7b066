"""The views of the interface: each operation by its route, and the OpenAPI document in the reader's language."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from gongjian.web.open311 import operations

PREFIX = "open311/v2/"
WORDS = ("description", "summary")


def _translated(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            key: gettext(value) if key in WORDS and isinstance(value, str) and value else _translated(value)
            for key, value in part.items()
        }
    return [_translated(item) for item in part] if isinstance(part, list) else part


@require_GET
def document(_request: HttpRequest) -> JsonResponse:
    """The OpenAPI document, generated from the operations."""
    schema = operations.api.get_openapi_schema(path_prefix=f"/{PREFIX}")
    return JsonResponse(_translated(dict(schema)), json_dumps_params={"ensure_ascii": False, "indent": 1})


@csrf_exempt  # a token opens it, never a cookie
def operation(request: HttpRequest, **facts: Any) -> HttpResponseBase:
    """Calls the operation named by the route; the API library is imported with the first call."""
    match: Any = request.resolver_match
    answer: HttpResponseBase = operations.OPERATIONS[match.url_name].callback(request, **facts)
    return answer
