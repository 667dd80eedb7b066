"""The firm answers the confidence survey (信心调查), without a name."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.audit import Refused
from gongjian.indicators import services as indicators
from gongjian.indicators.confidence.queries import Invitation, invitation_of
from gongjian.indicators.confidence.rules import least
from gongjian.indicators.states import Expected, Now
from gongjian.people.models import Account
from gongjian.web.forms import Form, attempt
from gongjian.web.session import account_of


class AnswerForm(Form):
    """The two questions."""

    now = forms.TypedChoiceField(
        label=gettext_lazy("本季度贵企业经营状况"), choices=Now.choices, coerce=int, widget=forms.RadioSelect
    )
    expected = forms.TypedChoiceField(
        label=gettext_lazy("预计下季度贵企业经营状况"),
        choices=Expected.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )


def _take(account: Account, invitation: Invitation | None, said: dict[str, Any]) -> bool:
    if invitation is None:
        raise Refused(_("现在没有正在进行的信心调查。"))
    survey, firm = invitation.survey, invitation.firm
    indicators.answer(survey, enterprise=firm, **said, by=account, at=timezone.now())
    return True


def answer_survey(request: HttpRequest) -> HttpResponse:
    """The two questions, or that they have been answered, or that nothing is asked now."""
    account = account_of(request)
    invitation = invitation_of(account)
    form = AnswerForm(request.POST or None)
    if attempt(form, lambda: _take(account, invitation, form.cleaned_data)):
        messages.success(request, _("已收到，谢谢。回答没有记名，也没有记时间。"))
        return redirect("firm")
    context = {"form": form, "invitation": invitation, "least": least()}
    return render(request, "firm_portal/survey.html", context, status=422 if form.is_bound else 200)
