"""The supporting units on the page of an assignment, with their buttons."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gongjian.assignments import perms, queries
from gongjian.assignments import services as assignments
from gongjian.assignments.lights.queries import light_of_support
from gongjian.assignments.models import Assignment, Support
from gongjian.assignments.states import PROXY_LABELS, SUPPORT_MOVE, Light, SupportMove
from gongjian.audit import Refused
from gongjian.people.models import Account, Unit
from gongjian.people.queries import find_units, whole_city
from gongjian.web.assignments.forms import proxy_reason
from gongjian.web.forms import Form, Pick, TextArea, dress
from gongjian.web.session import account_of

ASKS = {
    "reply_support": ("text", gettext_lazy("协办意见")),
    "return_support": ("reason", gettext_lazy("退回理由")),
    "release_support": ("reason", gettext_lazy("解除理由")),
}


class WordsForm(Form):
    """The single text field that a supporting unit's move asks for."""

    def __init__(self, *args: Any, verb: str, proxy: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if verb in ASKS:
            name, label = ASKS[verb]
            self.fields[name] = TextArea(label=label, rows=2)
        if proxy:
            self.fields["proxy_reason"] = proxy_reason()
        dress(self)


class AddSupportForm(Form):
    """Which unit to add as a supporting unit."""

    unit = Pick(label=gettext_lazy("协办单位"), source="unit-find", find=find_units)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = Unit.objects.filter(whole_city(account.reads_area), disabled_on__isnull=True)


@dataclass(frozen=True)
class SupportOffer:
    """A move of a supporting unit shown as a button; `proxy`: made for the unit, so never the first button."""

    verb: str
    label: Any
    form: WordsForm
    proxy: bool


@dataclass(frozen=True)
class SupportLine:
    """One supporting unit: its facts, its light, what this account may do."""

    support: Support
    light: Light
    moves: list[SupportOffer]


@dataclass(frozen=True)
class Supports:
    """All supporting units, and the form to add one (None where the account may not)."""

    lines: list[SupportLine]
    add: AddSupportForm | None


def supports_of(account: Account, assignment: Assignment, today: date) -> Supports:
    """The contents of the panel of supporting units."""
    lines = []
    for support in assignment.supports.select_related("unit"):
        support.assignment = assignment
        offers = _offers(account, assignment, support)
        lines.append(SupportLine(support, light_of_support(support, today), offers))
    may = perms.can_add_support(account, assignment)
    return Supports(lines, AddSupportForm(account=account, prefix="support") if may else None)


def _offers(account: Account, assignment: Assignment, support: Support) -> list[SupportOffer]:
    """The moves on one supporting unit, those made for a unit last."""
    moves = perms.offered_support_moves(account, assignment, support)

    def offer(move: SupportMove, *, proxy: bool) -> SupportOffer:
        form = WordsForm(verb=move.verb, proxy=proxy, prefix=f"{move.verb}-{support.unit_id}")
        return SupportOffer(move.verb, PROXY_LABELS[move.verb] if proxy else move.label, form, proxy)

    own = [offer(move, proxy=False) for move in moves.own]
    return own + [offer(move, proxy=True) for move in moves.proxy]


@require_POST
def support_move(request: HttpRequest, pk: int, unit: int, verb: str) -> HttpResponse:
    """Make one move of one supporting unit."""
    if verb not in SUPPORT_MOVE:
        raise Http404
    account = account_of(request)
    assignment = get_object_or_404(queries.visible_to(account), pk=pk)
    which = get_object_or_404(Unit, pk=unit)
    proxy = perms.acts_for_unit(account, assignment, verb, which)
    form = WordsForm(request.POST, verb=verb, proxy=proxy, prefix=f"{verb}-{unit}")
    if not form.is_valid():
        raise Refused(str(next(iter(form.errors.values()))[0]))
    getattr(assignments, verb)(assignment, unit=which, **form.cleaned_data, by=account, at=timezone.now())
    label = PROXY_LABELS[verb] if proxy else SUPPORT_MOVE[verb].label
    messages.success(request, _("已%(move)s。") % {"move": label})
    return redirect("assignment", pk=pk)


@require_POST
def support_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a supporting unit."""
    account = account_of(request)
    assignment = get_object_or_404(queries.visible_to(account), pk=pk)
    form = AddSupportForm(request.POST, account=account, prefix="support")
    if not form.is_valid():
        raise Refused(str(next(iter(form.errors.values()))[0]))
    updated = assignments.add_support(
        assignment, unit=form.cleaned_data["unit"], by=account, at=timezone.now()
    )
    messages.success(request, _("已请%(unit)s协办。") % {"unit": form.cleaned_data["unit"]})
    return redirect("assignment", pk=updated.pk)
