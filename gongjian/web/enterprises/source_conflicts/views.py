"""Facts on which sources differ: a person decides which source counts, and the decision is recorded."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit import Refused
from gongjian.audit.wording import words
from gongjian.enterprises import queries
from gongjian.enterprises.fact_batches import services as fact_batches
from gongjian.enterprises.facts.catalogue import catalogue
from gongjian.enterprises.models import Enterprise, FactDecision
from gongjian.enterprises.perms import KEEPERS
from gongjian.enterprises.source_conflicts import queries as differing_facts
from gongjian.enterprises.states import PeriodKind
from gongjian.people.models import Account
from gongjian.web.forms import DateField, Form
from gongjian.web.paging import FEW as PAGE
from gongjian.web.session import account_of

DECIDED = 20


class NarrowForm(Form):
    """Which conflicts to show."""

    q = forms.CharField(label=gettext_lazy("企业"), required=False)
    key = forms.ChoiceField(label=gettext_lazy("指标"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [("", _("全部")), *((k, words(k)) for k in catalogue())]  # type: ignore[attr-defined]  # a ChoiceField


class ChoiceForm(Form):
    """Which source's value counts."""

    firm = forms.ModelChoiceField(label=gettext_lazy("企业"), queryset=Enterprise.objects.none())
    key = forms.CharField(label=gettext_lazy("指标"), max_length=40)
    period_kind = forms.ChoiceField(label=gettext_lazy("期别"), choices=PeriodKind.choices)
    period = DateField(label=gettext_lazy("所属期"))
    source = forms.CharField(label=gettext_lazy("采用的来源"), max_length=60)
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=200, required=False)

    def __init__(self, *args: object, account: Account, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        firm = self.fields["firm"]
        firm.queryset = queries.visible_to(account).select_related("area")  # type: ignore[attr-defined]  # a ModelChoiceField


@require_GET
def conflicts(request: HttpRequest) -> HttpResponse:
    """Open conflicts, latest period first, and recent decisions."""
    account = account_of(request)
    form = NarrowForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {"q": "", "key": ""}
    seen = queries.visible_to(account)
    rows = queries.matching_firms(seen, chosen["q"])
    page = Paginator(differing_facts.undecided_places(rows, key=chosen["key"]), PAGE).get_page(
        request.GET.get("page")
    )
    decided = FactDecision.objects.filter(enterprise__in=seen).select_related("enterprise", "decided_by")
    context = {
        "form": form,
        "page": page,
        "rows": differing_facts.differing_sources(list(page.object_list)),
        "decided": decided[:DECIDED],
        "can_keep": account.role in KEEPERS and account.writes_area_id is not None,
    }
    return render(request, "enterprises/conflicts.html", context)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Decide one conflict."""
    account = account_of(request)
    form = ChoiceForm(request.POST, account=account)
    if not form.is_valid():
        raise Refused(_("请先选定采用哪个来源。"))
    data = form.cleaned_data
    decision = fact_batches.choose_source(data.pop("firm"), **data, by=account, at=timezone.now())
    message = _("%(key)s以后采用%(source)s的数，政策匹配随之更新。") % {
        "key": words(decision.key),
        "source": decision.source,
    }
    messages.success(request, message, extra_tags=f"undo:{reverse('choice-withdraw', args=[decision.pk])}")
    return redirect("fact-conflicts")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a decision; the conflict is open again."""
    seen = queries.visible_to(account_of(request))
    decision = get_object_or_404(
        FactDecision.objects.filter(enterprise__in=seen).select_related("enterprise__area"), pk=pk
    )
    fact_batches.withdraw_choice(decision, by=account_of(request), at=timezone.now())
    messages.success(request, _("已撤回，两个来源重新待裁定。"))
    return redirect("fact-conflicts")
