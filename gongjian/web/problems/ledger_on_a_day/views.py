"""The ledger as it was on a past day, beside another day, and what changed between them."""

from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from gongjian.assignments.states import State
from gongjian.audit import Refused
from gongjian.audit.wording import short_span_in_words
from gongjian.ledgers.ledger_on_a_day.workbook import ledger_on_two_days_workbook
from gongjian.people.models import Account
from gongjian.problems.ledger_on_a_day import queries as ledger_on_a_day
from gongjian.problems.queries import ANSWERED, DECLINED, NEW, visible_to
from gongjian.web.file_answers import workbook_answer
from gongjian.web.forms import DateField, Form
from gongjian.web.paging import FEW as PAGE
from gongjian.web.session import account_of

UNITS = 15  # the reddest of them
WEEK = timedelta(days=7)


class DaysForm(Form):
    """Two days, the earlier first, neither in the future."""

    first = DateField(label=gettext_lazy("起始日期"))
    last = DateField(label=gettext_lazy("截止日期"))

    def clean(self) -> dict[str, Any]:
        """Require the first day to be before the last, and neither to be in the future."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if last and last > timezone.localdate():
            self.add_error("last", _("这一天还没有到。请选今天或以前的日期。"))
        elif first and last and first >= last:
            self.add_error("first", _("起始日期要早于截止日期。请对调或另选。"))
        return data


def state_words() -> dict[str, str]:
    """Names of all states, including the three of problems without an assignment."""
    return {NEW: _("待交办"), ANSWERED: _("现场答复"), DECLINED: _("不予受理")} | {
        s.value: str(s.label) for s in State
    }


def _compared(account: Account, first: date, last: date, *, number: str | None) -> dict[str, Any]:
    rows = visible_to(account)
    before, after = ledger_on_a_day.problems_on(rows, first), ledger_on_a_day.problems_on(rows, last)
    changed = ledger_on_a_day.differences(rows, before, after)
    page = Paginator(changed, PAGE).get_page(number)
    lights = [ledger_on_a_day.light_counts(standings.values()) for standings in (before, after)]
    states = [ledger_on_a_day.state_counts(standings.values()) for standings in (before, after)]
    units, words = ledger_on_a_day.unit_names([*before.values(), *after.values()]), state_words()
    return {
        "lights": [(light, lights[0][light], lights[1][light]) for light in lights[0]],
        "states": [
            (words[s], states[0][s], states[1][s])
            for s in ledger_on_a_day.STATE_ORDER
            if states[0][s] or states[1][s]
        ],
        "totals": (len(before), len(after)),
        "groups": [
            (_("各地区"), ledger_on_a_day.by_area(rows, (before, after), account.reads_area)),
            (_("各牵头单位"), ledger_on_a_day.by_unit((before, after), units)[:UNITS]),
        ],
        "page": page,
        "units": units,
        "words": words,
    }


def _form(request: HttpRequest) -> DaysForm:
    today = timezone.localdate()
    params = {"first": (today - WEEK).isoformat(), "last": today.isoformat()} | request.GET.dict()
    return DaysForm(params)


@require_GET
def then(request: HttpRequest) -> HttpResponse:
    """The ledger on two days side by side; by default, last week and today."""
    form = _form(request)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        days, number = form.cleaned_data, request.GET.get("page")
        context |= days | _compared(account_of(request), **days, number=number)
        context["heads"] = short_span_in_words(days["first"], days["last"], today=timezone.localdate())
    part = "problems/_then.html" if getattr(request, "htmx", False) else "problems/then.html"
    return render(request, part, context, status=422 if form.errors else 200)


@require_GET
def export_then(request: HttpRequest) -> HttpResponse:
    """Both days side by side as an Excel workbook."""
    form = _form(request)
    if not form.is_valid():
        raise Refused(str(next(iter(form.errors.values()))[0]))
    days = form.cleaned_data
    book = ledger_on_two_days_workbook(
        visible_to(account_of(request)), **days, words=state_words(), as_of=timezone.localtime()
    )
    return workbook_answer(book, f"ledger-{days['first']:%Y%m%d}-{days['last']:%Y%m%d}.xlsx")
