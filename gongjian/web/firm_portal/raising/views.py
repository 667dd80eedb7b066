"""A firm raises a problem from its own page or phone: text, kind, contact person, optional files."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.problems import services as problems
from gongjian.problems.states import ProblemKind
from gongjian.web.forms import FilesField, Form, TextArea, attempt
from gongjian.web.session import account_of


def _fresh() -> str:
    return str(uuid4())


class RaiseForm(Form):
    """The problem as the firm puts it; `key` makes sure that a second tap adds no second problem."""

    text = TextArea(
        label=gettext_lazy("遇到什么问题"),
        rows=6,
        max_length=4000,
        help_text=gettext_lazy("写清对象、数量和希望怎样解决。一次只写一件事。"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("类型"),
        choices=ProblemKind.choices,
        initial=ProblemKind.DIFFICULTY,
        widget=forms.RadioSelect,
    )
    raised_by = forms.CharField(
        label=gettext_lazy("联系人和电话"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("承办单位有不清楚的会找这个人。"),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=36, initial=_fresh)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = FilesField(required=False)


def raise_problem(request: HttpRequest) -> HttpResponse:
    """The form to raise a problem; on success it leads to the page of the problem."""
    form = RaiseForm(request.POST or None, request.FILES or None)
    problem = attempt(
        form, lambda: problems.raise_own(**form.cleaned_data, by=account_of(request), at=timezone.now())
    )
    if problem:
        messages.success(
            request, _("已收到，编号 %(number)s。谁在办、何时办完，都看这一页。") % {"number": problem.number}
        )
        return redirect("firm-problem", pk=problem.pk)
    return render(request, "firm_portal/raise.html", {"form": form}, status=422 if form.is_bound else 200)
