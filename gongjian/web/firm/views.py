"""What a firm sees of its own problems, and its word by one-time code."""

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from gongjian.assignments.queries import reading
from gongjian.audit import Refused
from gongjian.problems import queries
from gongjian.problems import services as problems
from gongjian.problems.states import Satisfaction
from gongjian.web.forms import Form, attempt
from gongjian.web.signed_in import account_of

TRIES, WINDOW = 10, 600  # wrong codes from one address within ten minutes


class CodeForm(Form):
    """The code from the slip and the firm's word."""

    code = forms.CharField(
        label=gettext_lazy("评价码"),
        max_length=20,
        help_text=gettext_lazy("交办单上的八位评价码，只能用一次。"),
    )
    satisfaction = forms.ChoiceField(
        label=gettext_lazy("对办理结果"), choices=Satisfaction.choices, widget=forms.RadioSelect
    )
    said_by = forms.CharField(label=gettext_lazy("您的姓名"), max_length=60)
    note = forms.CharField(
        label=gettext_lazy("想说的话"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


@require_GET
def firm(request: HttpRequest) -> HttpResponse:
    """All problems of one's own firm, with the same light the office sees."""
    today = timezone.localdate()
    rows = queries.with_readings(queries.ledger(account_of(request), today=today), today=today)
    return render(request, "firm/firm.html", {"rows": rows})


@require_GET
def firm_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """One problem: who holds it, by when, what was done."""
    found = get_object_or_404(queries.visible_to(account_of(request)), pk=pk)
    task = found.assignment
    shown = reading(task, timezone.localdate()) if task else None
    return render(
        request,
        "firm/problem.html",
        {"problem": found, "assignment": task, "reading": shown, "words": found.words.all()},
    )


def word(request: HttpRequest) -> HttpResponse:
    """The firm's word by one-time code, at a kiosk or from the slip; no sign-in."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        _limit(request)
        if attempt(form, lambda: problems.give_word_by_code(**form.cleaned_data, at=timezone.now())):
            cache.delete(_key(request))
            messages.success(request, _("评价已收到，谢谢。评价码已失效。"))
            return redirect("word")
    return render(request, "firm/word.html", {"form": form}, status=422 if form.is_bound else 200)


def _key(request: HttpRequest) -> str:
    return f"word-tries-{request.META.get('REMOTE_ADDR', '')}"


def _limit(request: HttpRequest) -> None:
    """Codes cannot be guessed by trying."""
    tries = cache.get_or_set(_key(request), 0, WINDOW)
    if tries is not None and tries >= TRIES:
        raise Refused(_("输错的次数太多。请十分钟后再试，或请攻坚办电话回访。"))
    cache.incr(_key(request))
