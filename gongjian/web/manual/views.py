"""The manual as pages of the product."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from gongjian.web.manual.markdown_pages import contents, page


def manual(request: HttpRequest, name: str = "index") -> HttpResponse:
    """One page of the manual, with the table of contents beside it."""
    language = "en" if get_language() == "en" else "zh"
    shown = page(language, name)
    if shown is None:
        raise Http404(name)
    return render(request, "manual/page.html", {"shown": shown, "contents": contents(language)})
