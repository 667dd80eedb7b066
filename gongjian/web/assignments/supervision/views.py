"""The supervised list, and the slip of one escalation (督办单) to be printed and signed."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from gongjian.assignments import queries
from gongjian.assignments.models import Escalation
from gongjian.assignments.states import Step
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.web.form_pages import listing
from gongjian.web.forms import Form
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of

ANY = [("", gettext_lazy("全部"))]
STANDING = [("open", gettext_lazy("仍在本轮")), ("all", gettext_lazy("全部"))]


class SupervisedFilter(Form):
    """Filters of escalations: by step, by unit, and whether they are still open."""

    step = forms.ChoiceField(label=gettext_lazy("环节"), choices=[*ANY, *Step.choices], required=False)
    standing = forms.ChoiceField(label=gettext_lazy("范围"), choices=STANDING, required=False)
    q = forms.CharField(label=gettext_lazy("搜索"), required=False, max_length=40)

    def rows(self, account: Account) -> QuerySet[Escalation]:
        """The escalations the filter selects; unless a step is chosen, a leader gets only his own."""
        chosen: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        rows = queries.escalations(account, standing="ever" if chosen.get("standing") == "all" else "now")
        if account.role == Role.LEADER and account.person_id and not chosen.get("step"):
            rows = rows.filter(person=account.person_id)
        if chosen.get("step"):
            rows = rows.filter(step=chosen["step"])
        if chosen.get("q"):
            rows = queries.escalations_with(rows, chosen["q"])
        return rows


@require_GET
def supervised(request: HttpRequest) -> HttpResponse:
    """Assignments urged, supervised or called in for interview, newest first."""
    chosen = SupervisedFilter(request.GET)
    page = Paginator(chosen.rows(account_of(request)), PAGE).get_page(request.GET.get("page"))
    read = queries.readings([step.assignment for step in page.object_list], timezone.localdate())
    rows = list(zip(page.object_list, read, strict=True))
    return listing(request, "assignments/supervised.html", {"form": chosen, "page": page, "rows": rows})


@require_GET
def escalation(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip (督办单) of one escalation."""
    escalation = get_object_or_404(queries.escalations(account_of(request), standing="ever"), pk=pk)
    reading = queries.reading(escalation.assignment, timezone.localdate())
    return render(request, "assignments/escalation.html", {"one": escalation, "reading": reading})
