"""Monthly returns: what each area has sent in time, late or not at all; handing up, approving, sending back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.engines.workdays.calendar import add_months
from gongjian.indicators import perms, queries
from gongjian.indicators import services as indicators
from gongjian.indicators.models import MonthlyReturn
from gongjian.indicators.returns.queries import Completeness, completeness, returns_visible_to
from gongjian.indicators.states import Column, ReturnState
from gongjian.people.models import Account
from gongjian.web.indicators.forms import HandUpForm, ReturnFilter
from gongjian.web.indicators.views import this_month
from gongjian.web.session import account_of


def _acts(account: Account, one: Completeness) -> dict[str, bool]:
    """What the account may do with the return of an area."""
    state = one.state.state if one.state else ReturnState.OPEN
    up = state == ReturnState.HANDED_UP
    return {
        "hand_up": bool(one.there)
        and not up
        and state != ReturnState.APPROVED
        and perms.can_enter(account, one.area),
        "approve": up and one.state is not None and perms.can_approve_return(account, one.state),
        "send_back": up and perms.can_approve(account, one.area),
    }


@require_GET
def returns(request: HttpRequest) -> HttpResponse:
    """Each area in a month: complete or not, in time or late, and where its return stands."""
    account, today = account_of(request), timezone.localdate()
    latest = queries.latest_month(account) or add_months(this_month(), -1)
    form = ReturnFilter(request.GET or {}, latest=latest)
    month, column, _day = form.chosen()
    column = column or Column.REPORTED
    rows = completeness(account, month=month, column=column, today=today)
    lines = [(one, _acts(account, one)) for one in rows]
    context = {"form": form, "lines": lines, "month": month, "column": column}
    context["acts"] = any(any(may.values()) for _one, may in lines)
    return render(request, "indicators/returns.html", context)


def _back(month: str, column: str) -> HttpResponse:
    return redirect(f"{reverse('figure-returns')}?month={month}&column={column}")


@require_POST
def hand_up(request: HttpRequest) -> HttpResponse:
    """Hand up the figures of an area for a month."""
    account = account_of(request)
    form = HandUpForm(request.POST, account=account)
    if not form.is_valid():
        raise Http404
    row = indicators.hand_up(**form.cleaned_data, by=account, at=timezone.now())
    messages.success(request, _("已上报，等上级审核。"))
    return _back(f"{row.month:%Y-%m}", row.column)


@require_POST
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Approve a return, or send it back with the reason."""
    account = account_of(request)
    row: MonthlyReturn = get_object_or_404(returns_visible_to(account), pk=pk)
    if verb == "approve":
        indicators.approve(row, by=account, at=timezone.now())
        messages.success(request, _("已审核，数据锁定。"))
    elif verb == "send-back":
        reason = request.POST.get("reason", "")[:200]
        indicators.send_back(row, reason=reason, by=account, at=timezone.now())
        messages.success(request, _("已退回。"))
    else:
        raise Http404
    return _back(f"{row.month:%Y-%m}", row.column)
