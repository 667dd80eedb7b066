"""The firm's own pages: its problems, and its opinion (评价) given by one-time code."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from gongjian.assignments.queries import history, reading
from gongjian.assignments.rounds.queries import rounds_of
from gongjian.indicators.confidence.queries import invitation_of
from gongjian.people.models import Account
from gongjian.problems import perms, queries
from gongjian.problems import services as problems
from gongjian.problems.models import FirmWord, Problem
from gongjian.problems.states import Satisfaction
from gongjian.web.attachments.file_panel import files_of
from gongjian.web.firm_portal.code_tries import forget_browser, run_with_code
from gongjian.web.firm_portal.results import done_for
from gongjian.web.forms import Form, attempt
from gongjian.web.paging import FEW as PAGE
from gongjian.web.session import account_of

SPOKEN = {
    "satisfaction",
    "said_by",
    "note",
}  # any of them posted: the firm has seen what was done and answers
SHOWN = ("enterprise", "area", "assignment__lead_unit", "assignment__responsible_person")


class CodeForm(Form):
    """The one-time code from the slip, and the firm's opinion (评价)."""

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


class CodeOnlyForm(Form):
    """Only the one-time code."""

    code = forms.CharField(label=gettext_lazy("评价码"), max_length=20)


class OwnWordForm(Form):
    """The firm's opinion, given on its own page."""

    satisfaction = forms.ChoiceField(
        label=gettext_lazy("对办理结果"), choices=Satisfaction.choices, widget=forms.RadioSelect
    )
    said_by = forms.CharField(label=gettext_lazy("您的姓名"), max_length=60)
    note = forms.CharField(
        label=gettext_lazy("想说的话"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


@require_GET
def firm(request: HttpRequest) -> HttpResponse:
    """All problems of the signed-in firm, with the same lights the office sees."""
    today = timezone.localdate()
    account = account_of(request)
    mine = queries.ledger(account, today=today)
    waiting = queries.waiting_for_word(mine)
    asked = list(waiting[:PAGE])
    page = Paginator(mine.exclude(pk__in=waiting.order_by().values("pk")), PAGE).get_page(
        request.GET.get("page")
    )
    rows = queries.with_readings([*asked, *page], today=today)
    context: dict[str, Any] = {"waiting": rows[: len(asked)], "rows": rows[len(asked) :], "page": page}
    context["invitation"] = invitation_of(account)
    return render(request, "firm_portal/firm.html", context)


def firm_problem(request: HttpRequest, pk: int) -> HttpResponse:
    """One problem: who handles it, by when, what was done; and the firm's own opinion."""
    account = account_of(request)
    problem = get_object_or_404(queries.visible_to(account).select_related(*SHOWN), pk=pk)
    form = OwnWordForm(request.POST or None)
    if attempt(
        form, lambda: problems.give_own_word(problem, **form.cleaned_data, by=account, at=timezone.now())
    ):
        messages.success(request, _("评价已收到，谢谢。"))
        return redirect("firm-problem", pk=pk)
    context = _about(problem, account=account, today=timezone.localdate())
    context["form"] = form if form.is_bound or perms.can_own_word(account, problem) else None
    return render(request, "firm_portal/problem.html", context, status=422 if form.is_bound else 200)


def _about(problem: Problem, *, account: Account, today: date) -> dict[str, Any]:
    task = problem.assignment
    events = history(task) if task else []
    return {
        "problem": problem,
        "assignment": task,
        "reading": reading(task, today, events) if task else None,
        "done": done_for(problem, events),
        "words": problem.words.all(),
        "rounds": rounds_of(events),
        "files": files_of(account, problem, area=problem.area),
        "attach_to": ("problem", problem.pk) if perms.can_attach(account, problem) else None,
    }


def kiosk(request: HttpRequest) -> HttpResponse:
    """A public screen: enter the code, see the problem, give an opinion; then the screen is cleared."""
    step = CodeOnlyForm(request.POST or None)
    if not step.is_valid():
        return render(request, "firm_portal/kiosk.html", {"form": step}, status=422 if step.is_bound else 200)
    code, now = step.cleaned_data["code"], timezone.now()
    matter = attempt(
        step, lambda: run_with_code(request, code, lambda: problems.problem_of_code(code, at=now))
    )
    if matter is None:
        return render(request, "firm_portal/kiosk.html", {"form": step}, status=422)
    form = CodeForm(request.POST if "satisfaction" in request.POST else None, initial={"code": code})
    form.fields["code"].widget = forms.HiddenInput()
    if attempt(form, lambda: _word_by_code(request, form)):
        return render(request, "firm_portal/kiosk_done.html")
    context = {"form": form, "problem": matter, "done": done_for(matter)}
    return render(request, "firm_portal/kiosk_word.html", context, status=422 if form.is_bound else 200)


def word(request: HttpRequest) -> HttpResponse:
    """Take the firm's opinion by one-time code from the slip, without sign-in: the code first, then what was done, then the word."""
    step = CodeOnlyForm(request.POST or None)
    spoken = CodeForm(request.POST) if SPOKEN & set(request.POST) else None
    matter = attempt(step, lambda: _matter(request, step)) if step.is_bound else None
    if matter is None:
        shown = _with_wrong_code(spoken, step) if spoken else step
        return render(request, "firm_portal/word.html", {"form": shown}, status=422 if step.is_bound else 200)
    form = spoken or CodeForm(initial=step.cleaned_data)
    form.fields["code"].widget = forms.HiddenInput()
    if attempt(form, lambda: _word_by_code(request, form)):
        messages.success(request, _("评价已收到，谢谢。评价码已失效。"))
        return redirect("word")
    context = {"form": form, "problem": matter, "done": done_for(matter)}
    return render(request, "firm_portal/word.html", context, status=422 if form.is_bound else 200)


def _with_wrong_code(spoken: CodeForm, step: CodeOnlyForm) -> CodeForm:
    """What was typed stays, with what is wrong about the code."""
    if spoken.is_valid() or "code" not in spoken.errors:
        for field in step.errors:
            spoken.add_error(field if field in spoken.fields else None, step.errors[field])
    return spoken


def _matter(request: HttpRequest, step: CodeOnlyForm) -> Problem:
    code = step.cleaned_data["code"]
    return run_with_code(request, code, lambda: problems.problem_of_code(code, at=timezone.now()))


def _word_by_code(request: HttpRequest, form: CodeForm) -> FirmWord:
    facts, now = form.cleaned_data, timezone.now()
    word = run_with_code(request, facts["code"], lambda: problems.give_word_by_code(**facts, at=now))
    forget_browser(request)
    return word
