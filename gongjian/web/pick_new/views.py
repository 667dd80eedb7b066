"""新建 beside a form that stays where it is: the short form for a script, and its answer, the record to choose."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from gongjian.audit import Refused
from gongjian.web.forms import attempt
from gongjian.web.pick_new.forms import FORMS
from gongjian.web.pick_rights import ASK, MAY
from gongjian.web.session import account_of

GIVEN = ("name", "unit", "enterprise")


@cache_control(no_store=True)
def pick_new(request: HttpRequest, kind: str) -> HttpResponse:
    """The short form of one kind; once it is carried out, the record as a line of the list."""
    account = account_of(request)
    if kind not in FORMS:
        raise Http404
    if not MAY[kind](account):
        raise Refused(str(ASK[kind]))
    initial = {name: request.GET.get(name) for name in GIVEN}
    form = FORMS[kind](request.POST or None, account=account, initial=initial)
    if record := attempt(form, lambda: form.record(at=timezone.now())):
        return render(request, "components/_options.html", {"options": [record]})
    context = {"form": form, "kind": kind}
    return render(request, "pick_new/_form.html", context, status=422 if form.is_bound else 200)
