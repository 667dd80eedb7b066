"""A form that came too late (迟到的表单): when its page no longer has it, its reason and its text are shown in its place."""

import re
from collections.abc import Callable, Iterator

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _

from gongjian.web.error_pages.typed_input import file_names, form_address, typed_values
from gongjian.web.error_pages.views import failure
from gongjian.web.forms import tried_forms

REFUSED = frozenset({409, 422})  # the pages of other errors keep what was typed themselves
WORDS = re.compile(r"[\u3400-\u9fff]|\s|.{12}", re.DOTALL)  # what somebody wrote, as against keys and choices


class LateForms:
    """Looks at every refused submission: its page must hold the reason and all that was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        with tried_forms() as tried:
            response = self.get_response(request)
        if response.status_code not in REFUSED or not _is_page(response):
            return response
        page = _squeezed(response.content.decode(response.charset))
        sentences = list(dict.fromkeys(_sentences(tried)))
        lost = any(escape(_squeezed(words)) not in page for words in _words(request, _newer(tried)))
        told = any(
            shown in page for each in sentences for shown in (_squeezed(each), escape(_squeezed(each)))
        )
        untold = bool(sentences) and not told
        return _returned(request, tried, response.status_code) if lost or untold else response


def _is_page(response: HttpResponse) -> bool:
    """A page of ours, not a notice beside a form that stays on the page, nor an answer to another system."""
    html = response.headers.get("Content-Type", "").startswith("text/html")
    return html and not response.streaming and response.headers.get("HX-Retarget") != "#toasts"


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _newer(tried: list[forms.BaseForm]) -> set[str]:
    """Fields this person left alone: their page shows what another wrote there meanwhile."""
    names = {form.add_prefix(name) for form in tried for name in getattr(form, "untouched", ())}
    return names | {f"{name}_text" for name in names}


def _words(request: HttpRequest, newer: set[str]) -> Iterator[str]:
    for item in typed_values(request):
        if item.shown and item.name not in newer and WORDS.search(item.value.strip()):
            yield item.value


def _sentences(tried: list[forms.BaseForm]) -> Iterator[str]:
    """Why the forms of this request were not taken."""
    for form in tried:
        for errors in form.errors.values():
            yield from (str(each) for each in errors)


def _returned(request: HttpRequest, tried: list[forms.BaseForm], status: int) -> HttpResponse:
    why = strip_tags("".join(dict.fromkeys(_sentences(tried)))) or _("这件事已有变动，现在不能这样办。")
    sentence = _("%(why)s这次没有保存，您写的都在下面，可以复制。") % {"why": why}
    more: dict[str, object] = {
        "typed": typed_values(request, tried),
        "files": file_names(request),
        "back": form_address(request),
    }
    return failure(request, _("没有办成"), sentence, status=status, **more)
