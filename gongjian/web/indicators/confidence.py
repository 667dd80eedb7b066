"""The confidence survey for the office: its rounds, opening and closing one, the results of one, Excel."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gongjian.engines.workdays.calendar import add_months
from gongjian.engines.writing.day_spans import DayMeaning
from gongjian.indicators import perms
from gongjian.indicators import services as indicators
from gongjian.indicators.confidence import queries
from gongjian.indicators.confidence.queries import Round
from gongjian.indicators.confidence.rules import first_day, least, weights
from gongjian.indicators.models import ConfidenceSurvey
from gongjian.indicators.states import GroupKind
from gongjian.ledgers.confidence.workbook import confidence_workbook
from gongjian.web.file_answers import workbook_answer
from gongjian.web.forms import DateField, Form, attempt
from gongjian.web.indicators.months import month_of, quarter_in_words
from gongjian.web.session import account_of

OFFERED = 4  # quarters a form offers


class SurveyForm(Form):
    """The quarter of a round, and until when firms may answer."""

    quarter = forms.ChoiceField(label=gettext_lazy("季度"), choices=[])
    until = DateField(label=gettext_lazy("截止日期"), meaning=DayMeaning.DUE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = first_day(timezone.localdate())
        days = [add_months(newest, -3 * back) for back in range(OFFERED)]
        field: Any = self.fields["quarter"]
        field.choices = [(f"{day:%Y-%m}", quarter_in_words(day)) for day in days]

    def clean_quarter(self) -> Any:
        """The first day of the chosen quarter."""
        return month_of(self.cleaned_data["quarter"])


@require_GET
def confidence(request: HttpRequest) -> HttpResponse:
    """All rounds, the one that runs first, each with its index and the change."""
    account = account_of(request)
    found = queries.rounds(account)
    running = next((one.survey for one in found if one.survey.closed_at is None), None)
    may_run = perms.can_run_surveys(account)
    context = {
        "rounds": [one for one in found if one.survey.closed_at is not None],
        "course": [one.whole.row.index for one in reversed(found) if one.whole],
        "running": running,
        "so_far": queries.answered_so_far(running) if running else 0,
        "may_open": may_run and running is None,
        "may_close": may_run and running is not None,
        "over": running is not None and running.until < timezone.localdate(),
        "least": least(),
        "weights": weights(),
    }
    return render(request, "indicators/confidence.html", context)


def open_survey(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    account = account_of(request)
    perms.check_run_surveys(account)
    form = SurveyForm(request.POST or None)
    survey = attempt(form, lambda: indicators.open_survey(**form.cleaned_data, by=account, at=timezone.now()))
    if survey is not None:
        messages.success(request, _("已发起。企业在自己的页面上作答。"))
        return redirect("confidence")
    context = {"form": form, "least": least()}
    return render(request, "indicators/confidence_open.html", context, status=422 if form.is_bound else 200)


@require_POST
def close_survey(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round."""
    survey = get_object_or_404(ConfidenceSurvey, pk=pk)
    indicators.close_survey(survey, by=account_of(request), at=timezone.now())
    messages.success(request, _("已结束。结果在下面，单份回答已销毁。"))
    return redirect("confidence-round", pk=pk)


def _round(request: HttpRequest, pk: int) -> Round:
    found = next((one for one in queries.rounds(account_of(request)) if one.survey.pk == pk), None)
    if found is None or found.survey.closed_at is None:
        raise Http404
    return found


@require_GET
def confidence_round(request: HttpRequest, pk: int) -> HttpResponse:
    """The results of one round: all firms, by sector, by area."""
    one = _round(request, pk)
    context = {
        "round": one,
        "survey": one.survey,
        "whole": one.whole,
        "groups": [(kind.label, one.of(kind)) for kind in (GroupKind.SECTOR, GroupKind.AREA)],
        "least": least(),
    }
    return render(request, "indicators/confidence_round.html", context)


@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The results of one round as an Excel workbook."""
    one = _round(request, pk)
    words = quarter_in_words(one.survey.quarter)
    content = confidence_workbook(one, words=words, as_of=timezone.localtime())
    return workbook_answer(content, f"confidence-{one.survey.quarter:%Y%m}.xlsx")
