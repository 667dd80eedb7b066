"""The escalation ladder: when each step is due, who is notified, and which faults remain."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from gongjian.assignments import perms
from gongjian.assignments.escalation import services as escalation
from gongjian.assignments.escalation.queries import Superiors, ladders, ladders_with_faults
from gongjian.assignments.models import Ladder
from gongjian.assignments.states import Step
from gongjian.people.models import Account, Person, Unit
from gongjian.people.queries import find_persons, find_units, within
from gongjian.web.editing.forms import EditForm
from gongjian.web.editing.saving import edit
from gongjian.web.form_pages import form_page, listing
from gongjian.web.forms import Form, Pick
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of

SHOWN = [("faults", gettext_lazy("只看有问题的")), ("all", gettext_lazy("全部单位"))]


class LadderFilter(Form):
    """Filters of the units: by name, and all of them or only those with a fault."""

    show = forms.ChoiceField(label=gettext_lazy("范围"), choices=SHOWN, required=False)
    q = forms.CharField(label=gettext_lazy("单位"), required=False, max_length=40)

    def rows(self, account: Account) -> QuerySet[Unit]:
        """Units in use within the account's area."""
        chosen = self.cleaned_data if self.is_valid() else {}
        rows = Unit.objects.filter(within(account.reads_area), disabled_on__isnull=True)
        if chosen.get("q"):
            rows = rows.filter(pk__in=[unit.pk for unit in find_units(chosen["q"], limit=500)])
        return rows.order_by("area__path", "order", "pk")


class ThresholdForm(EditForm):
    """The number of working days before each step."""

    reminder_before = forms.IntegerField(
        label=gettext_lazy("催办：到期前（工作日）"), min_value=0, max_value=30
    )
    supervision_after = forms.IntegerField(
        label=gettext_lazy("督办：超期满（工作日）"), min_value=1, max_value=60
    )
    interview_after = forms.IntegerField(
        label=gettext_lazy("约谈：超期满（工作日）"), min_value=2, max_value=120
    )


class SuperiorForm(EditForm):
    """Which superiors of a unit are notified at which step."""

    supervision = Pick(label=gettext_lazy("督办领导"), source="person-find", required=False)
    interview = Pick(
        label=gettext_lazy("约谈领导"),
        source="person-find",
        required=False,
        help_text=gettext_lazy("留空的，用上级单位指定的领导；上级也没有指定的，列为配置问题。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("supervision", "interview"):
            field: Any = self.fields[name]
            field.queryset, field.find = Person.objects.all(), find_persons


@require_GET
def ladder(request: HttpRequest) -> HttpResponse:
    """Thresholds, and each unit with its superiors and faults; faults first."""
    account, chosen = account_of(request), LadderFilter(request.GET)
    everything = chosen.is_valid() and chosen.cleaned_data["show"] == "all"
    rows: Any = chosen.rows(account)
    superiors = Superiors()
    faults = ladders_with_faults(rows, superiors)
    page = Paginator(rows if everything else faults, PAGE).get_page(request.GET.get("page"))
    if everything:
        page.object_list = ladders(rows.filter(pk__in=[unit.pk for unit in page.object_list]), superiors)
    context = {
        "form": chosen,
        "page": page,
        "faults": len(faults),
        "rule": escalation.current_thresholds(),
        "can_set": perms.can_keep_calendar(account),
    }
    return listing(request, "administration/ladder.html", context)


def ladder_days(request: HttpRequest) -> HttpResponse:
    """Set the thresholds."""
    by = account_of(request)
    perms.check_calendar(by)

    def make(data: Any, _rule: None) -> ThresholdForm:
        initial = vars(escalation.current_thresholds())
        return ThresholdForm(data, initial=initial, subjects=[Ladder(pk=1)])

    def save(form: ThresholdForm, _rule: None) -> Ladder:
        return escalation.set_thresholds(**form.cleaned_data, by=by, at=timezone.now())

    form, saved = edit(request, None, make=make, save=save)
    if saved:
        messages.success(request, _("已更正，从下一次例行任务起生效。"))
        return redirect("ladder")
    return form_page(request, form, title=_("升级阈值"), back="ladder", back_name=_("督办阶梯"))


def _superior_form(data: Any, unit: Unit) -> SuperiorForm:
    named = Superiors()
    initial = {
        "supervision": named.own(unit.pk, Step.SUPERVISION),
        "interview": named.own(unit.pk, Step.INTERVIEW),
    }
    return SuperiorForm(data, initial=initial, subjects=[unit])


def ladder_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the superiors of one unit."""
    by, unit = account_of(request), get_object_or_404(Unit.objects.select_related("area"), pk=pk)
    perms.check_name_superior(by, unit)

    def save(form: SuperiorForm, unit: Unit) -> int:
        return escalation.name_superiors([unit], **form.cleaned_data, by=by, at=timezone.now())

    form, saved = edit(request, unit, make=_superior_form, save=save)
    if saved:
        messages.success(request, _("已更正%(unit)s的督办阶梯。") % {"unit": unit.name})
        return redirect("ladder")
    return form_page(request, form, title=unit.name, back="ladder", back_name=_("督办阶梯"))
