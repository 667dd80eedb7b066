"""Closing quality: rates with their definitions; call-backs: the draw, the list, the results."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit import Refused
from gongjian.measures import queries as measures
from gongjian.measures.batches import key_of
from gongjian.measures.measure import Scope
from gongjian.measures.queries import Counted, counted
from gongjian.people.models import Account
from gongjian.people.queries import within
from gongjian.people.states import Role
from gongjian.problems import perms
from gongjian.problems import services as problems
from gongjian.problems.closing_quality import queries as closing_quality
from gongjian.problems.closing_quality.rules import Rate
from gongjian.problems.models import CallBack, CallBackDraw, Problem
from gongjian.problems.queries import visible_to
from gongjian.problems.sample_call_backs.rules import USUAL_CALLS, population_digest
from gongjian.web.closing_quality.forms import CallForm, DrawForm, PeriodForm, suggested_seed
from gongjian.web.forms import attempt
from gongjian.web.paging import FEW, PAGE
from gongjian.web.record_keys import record_key
from gongjian.web.session import account_of

QUARTER = timedelta(days=90)


def _quality(request: HttpRequest, first: date, last: date) -> dict[str, Any]:
    account, today = account_of(request), timezone.localdate()
    rows = closing_quality.cohort(visible_to(account), first=first, last=last)
    line = closing_quality.total_figures(rows, today=today)
    scope = Scope(today, first=first, last=last, account=account)
    numbers = _numbers(line, scope)
    calls = measures.count_all(("calls_content", "calls_reached"), scope)
    return {
        "line": line,
        "numbers": numbers,
        "rates": _rates(line, numbers),
        "apart": [numbers[key] for key in closing_quality.OUTCOMES],
        "aside": [numbers[key] for key in closing_quality.OTHER_NUMBERS],
        "methods": [numbers[key] for key in closing_quality.METHODS],
        "areas": _by_area(rows, scope) if account.role != Role.HANDLER else [],
        "definitions": closing_quality.RATES,
        "sampled": Rate(calls["calls_content"].number, calls["calls_reached"].number),
        "calls": calls,
    }


def _rates(
    line: closing_quality.ClosingFigures, numbers: dict[str, Counted]
) -> list[tuple[Any, Any, Counted, Counted, dict[str, Any]]]:
    """Each rate with the numbers it is made of, and the same without what the office did for units."""
    rates = []
    for one, rate, alone in line.both_rates:
        above, below = (numbers[name] for name in one.alone)
        apart = {"rate": alone, "above": above, "below": below}
        rates.append((one, rate, numbers[one.numerator], numbers[one.denominator], apart))
    return rates


def _numbers(line: closing_quality.ClosingFigures, scope: Scope) -> dict[str, Counted]:
    """The numbers of one line as measures that open their rows."""
    inside = replace(scope, area=line.area)
    return {name: counted(key_of(name), number, inside) for name, number in line.numbers.items()}


def _by_area(rows: QuerySet[Problem], scope: Scope) -> list[tuple[Any, dict[str, Counted]]]:
    """Each area's line, with its numbers."""
    area = scope.account.reads_area if scope.account else None
    lines = closing_quality.figures_by_area(rows, area, today=scope.today)
    return [(line, _numbers(line, scope)) for line in lines]


@require_GET
def quality(request: HttpRequest) -> HttpResponse:
    """The rates of closing quality, for the last quarter unless a period is chosen."""
    today = timezone.localdate()
    params = {"first": (today - QUARTER).isoformat(), "last": today.isoformat()} | request.GET.dict()
    form = PeriodForm(params)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context |= form.cleaned_data | _quality(
            request, form.cleaned_data["first"], form.cleaned_data["last"]
        )
    part = (
        "closing_quality/_quality.html" if getattr(request, "htmx", False) else "closing_quality/quality.html"
    )
    return render(request, part, context, status=422 if form.errors else 200)


@require_GET
def draws(request: HttpRequest) -> HttpResponse:
    """All draws the account may see, newest first."""
    account = account_of(request)
    rows = CallBackDraw.objects.filter(within(account.reads_area)).select_related("area", "drawn_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [
        (draw, problems.satisfaction_rate(draw), draw.call_backs.exclude(result="").count()) for draw in page
    ]
    return render(
        request,
        "closing_quality/draws.html",
        {"page": page, "lines": lines, "may": account.role == Role.CLERK},
    )


def draw(request: HttpRequest) -> HttpResponse:
    """Draw a new sample."""
    account, today = account_of(request), timezone.localdate()
    initial = {
        "first": today - timedelta(days=30),
        "last": today,
        "size": USUAL_CALLS,
        "seed": suggested_seed(today),
    }
    form = DrawForm(request.POST or None, account=account, initial=initial | {"area": account.writes_area})
    draw = attempt(form, lambda: problems.draw_call_backs(**form.cleaned_data, by=account, at=timezone.now()))
    if draw:
        messages.success(request, _("已抽出 %(n)s 个，按名单回访。") % {"n": draw.call_backs.count()})
        return redirect("call-backs-drawn", pk=draw.pk)
    return render(request, "closing_quality/draw.html", {"form": form}, status=422 if form.is_bound else 200)


def _load(request: HttpRequest, pk: int) -> CallBackDraw:
    rows = CallBackDraw.objects.filter(within(account_of(request).reads_area))
    return get_object_or_404(rows.select_related("area", "drawn_by"), pk=pk)


def _page(request: HttpRequest, draw: CallBackDraw, refused: tuple[int, CallForm] | None) -> HttpResponse:
    account = account_of(request)
    related = ("problem__enterprise", "problem__area", "problem__assignment__lead_unit", "word", "called_by")
    calls = draw.call_backs.select_related(*related).order_by("position")
    seen = list(calls.filter(problem__in=visible_to(account).order_by()))
    page = Paginator(seen, FEW).get_page(_page_asked(request, seen, refused))
    context = {
        "draw": draw,
        "lines": [_call_line(call, account, refused) for call in page],
        "page": page,
        "rate": problems.satisfaction_rate(draw),
        "again": problems.can_repeat_draw(draw),
        "population": len(draw.population),
        "digest": population_digest(draw.population),
        "size": len(calls),
        "hidden": len(calls) - len(seen),
        "missed": sum(call.result == "NOT_REACHED" for call in calls),
    }
    return render(request, "closing_quality/drawn.html", context, status=422 if refused else 200)


def _page_asked(
    request: HttpRequest, seen: list[CallBack], refused: tuple[int, CallForm] | None
) -> int | str | None:
    """The page asked for: of a call, or by its own number."""
    position = refused[0] if refused else record_key(request.GET.get("position", ""))
    if not position:
        return request.GET.get("page")
    return sum(call.position < position for call in seen) // FEW + 1


def _form(data: Any, call: CallBack) -> CallForm:
    return CallForm(data, prefix=str(call.position), subject_firm=call.problem.enterprise_id)


def _call_line(
    call: CallBack, account: Account, refused: tuple[int, CallForm] | None
) -> tuple[CallBack, CallForm | None]:
    """One call, and the form for its result where the account may record it."""
    form = refused[1] if refused and refused[0] == call.position else _form(None, call)
    return call, form if perms.can_call(account, call) else None


@require_GET
def drawn(request: HttpRequest, pk: int) -> HttpResponse:
    """One draw: how the sample was drawn, who is in it, and what they said."""
    return _page(request, _load(request, pk), None)


@require_POST
def record(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Record the result of one call-back."""
    draw, account = _load(request, pk), account_of(request)
    call = get_object_or_404(CallBack, draw=draw, position=position)
    form = _form(request.POST, call)
    if attempt(
        form, lambda: problems.record_call_back(call, **form.cleaned_data, by=account, at=timezone.now())
    ):
        messages.success(request, _("已记下回访结果。"))
        return redirect(f"{reverse('call-backs-drawn', args=[pk])}?position={position}#call-{position}")
    if not perms.can_call(account, call):
        raise Refused(_("这一条已经记过，或不由您来回访。请刷新页面。"))
    return _page(request, draw, (position, form))
