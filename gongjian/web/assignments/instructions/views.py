"""A leader's instruction: a ready sentence sent with one tap, or the leader's own words."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from gongjian.assignments import queries
from gongjian.assignments import services as assignments
from gongjian.assignments.lights.queries import light_of
from gongjian.web.forms import Form, TextArea, attempt
from gongjian.web.session import account_of
from gongjian.web.way_back import way_back

READY = {  # what is said with one tap, and how many working days it gives
    "finish": (gettext_lazy("请抓紧办结，3个工作日内报告结果。"), 3),
    "why": (gettext_lazy("请说明超期原因和下一步打算，1个工作日内报告。"), 1),
    "meet": (gettext_lazy("请牵头会商，5个工作日内提出解决方案。"), 5),
}
WORKING_DAYS = ngettext_lazy("%(n)s个工作日", "%(n)s个工作日", "n")
DAYS = (1, 3, 5, 7, 10)


class InstructForm(Form):
    """A ready sentence, the leader's own words, or both."""

    text = TextArea(label=gettext_lazy("批示内容"), rows=3, required=False)
    days = forms.TypedChoiceField(label=gettext_lazy("报告时限"), coerce=int, initial=3, choices=())
    ready = forms.ChoiceField(choices=[(key, key) for key in READY], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["days"]
        field.choices = [(n, WORKING_DAYS % {"n": n}) for n in DAYS]
        field.required = False

    def clean(self) -> dict[str, Any]:
        """Take the text and the days from the ready sentence tapped, or from what was written."""
        data: dict[str, Any] = super().clean() or {}
        sentence, days = READY.get(data.get("ready", ""), ("", data.get("days") or 3))
        data["text"] = f"{sentence}{data.get('text', '').strip()}"
        data["days"] = days
        if not data["text"]:
            self.add_error("text", _("请写明批示内容，或点一句现成的批示。"))
        return data

    def facts(self) -> dict[str, Any]:
        """The text of the instruction, and the working days in which to answer."""
        return {"text": self.cleaned_data["text"], "working_days": self.cleaned_data["days"]}


def instruct(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an instruction on one assignment; the form also has a page of its own."""
    account = account_of(request)
    assignment = get_object_or_404(queries.visible_to(account).select_related("lead_unit"), pk=pk)
    form = InstructForm(request.POST or None)
    today = timezone.localdate()
    if instruction := attempt(
        form, lambda: assignments.instruct(assignment, **form.facts(), by=account, at=timezone.now())
    ):
        values = {
            "unit": instruction.lead_unit,
            "person": instruction.responsible_person,
            "due": instruction.due_on,
        }
        messages.success(request, _("批示已交%(unit)s%(person)s，%(due)s前报告。") % values)
        return redirect(way_back(request, reverse("leader"), place=f"#matter-{pk}"))
    context = {"assignment": assignment, "form": form, "ready": READY, "light": light_of(assignment, today)}
    return render(request, "assignments/instruct.html", context, status=422 if form.is_bound else 200)
