"""A firm answers a survey; the office opens one and reads the results once they may be told."""

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

from gongjian.confidence import perms, queries
from gongjian.confidence import services as confidence
from gongjian.confidence.rules import FEWEST
from gongjian.confidence.states import Outlook
from gongjian.people.models import Account, Area
from gongjian.people.queries import subtree
from gongjian.web.forms import DateField, Form, attempt
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of


class AnswerForm(Form):
    """The two questions."""

    now = forms.ChoiceField(
        label=gettext_lazy("目前企业经营状况"), choices=Outlook.choices, widget=forms.RadioSelect
    )
    expected = forms.ChoiceField(
        label=gettext_lazy("预计下季度经营状况"), choices=Outlook.choices, widget=forms.RadioSelect
    )


class SurveyForm(Form):
    """A new survey."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    area = forms.ModelChoiceField(label=gettext_lazy("地区"), queryset=Area.objects.none())
    opens_on = DateField(label=gettext_lazy("开始"))
    closes_on = DateField(label=gettext_lazy("截止"))

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["area"]
        field.queryset = subtree(account.writes_area) if account.writes_area else Area.objects.none()


def answer(request: HttpRequest) -> HttpResponse:
    """The firm's form; what is sent is counted, and nothing of it is kept with the firm."""
    account, today = account_of(request), timezone.localdate()
    firm = perms.firm_of(account)
    survey = queries.open_survey_for(firm, today=today)
    done = survey is not None and queries.has_answered(survey, firm)
    form = AnswerForm(request.POST or None)

    def count() -> bool:
        if survey is None:
            return False
        confidence.answer(survey, **form.cleaned_data, by=account, at=timezone.now())
        return True

    if attempt(form, count):
        messages.success(request, _("已收到，谢谢。答案只计数，不和您的企业放在一起。"))
        return redirect("firm-survey")
    context = {"survey": survey, "done": done, "form": form}
    return render(request, "confidence/answer.html", context, status=422 if form.is_bound else 200)


@require_GET
def surveys(request: HttpRequest) -> HttpResponse:
    """The surveys of the areas one reads."""
    page = Paginator(queries.surveys_visible_to(account_of(request)), PAGE).get_page(request.GET.get("page"))
    return render(request, "confidence/surveys.html", {"page": page, "today": timezone.localdate()})


def new(request: HttpRequest) -> HttpResponse:
    """Open a survey."""
    account = account_of(request)
    form = SurveyForm(request.POST or None, account=account)
    row = attempt(form, lambda: confidence.open_survey(**form.cleaned_data, by=account, at=timezone.now()))
    if row is not None:
        messages.success(request, _("已开展，企业在自己的页面填写。"))
        return redirect("survey", row.pk)
    return render(request, "confidence/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """How many answered; once it is closed the index with its interval, by county and trade where enough did."""
    row = get_object_or_404(queries.surveys_visible_to(account_of(request)), pk=pk)
    results = queries.results_of(row, today=timezone.localdate())
    return render(request, "confidence/survey.html", {"survey": row, "results": results, "least": FEWEST})
