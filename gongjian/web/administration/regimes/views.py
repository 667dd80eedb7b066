"""Regimes: what each grade allows, and the dates a hand-over on a chosen day would get."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET

from gongjian.assignments import perms
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.models import Regime
from gongjian.assignments.queries import preview
from gongjian.assignments.states import MOVE, Span
from gongjian.engines.clock.checkpoints import CheckpointDue
from gongjian.web.forms import DateField, Form
from gongjian.web.paging import FEW
from gongjian.web.session import account_of

MORNING = time(9)
VERSIONS = 20
FARTHEST = 366 * 2  # days from today that a preview may start
AMOUNTS: Mapping[Span, Any] = {
    Span.SAME_DAY: gettext_lazy("当日"),
    Span.HOURS: ngettext_lazy("%(n)s 个工作小时", "%(n)s 个工作小时", "n"),
    Span.CLOCK_HOURS: ngettext_lazy("%(n)s 个自然小时", "%(n)s 个自然小时", "n"),
    Span.WORKING_DAYS: ngettext_lazy("%(n)s 个工作日", "%(n)s 个工作日", "n"),
    Span.CALENDAR_DAYS: ngettext_lazy("%(n)s 个自然日", "%(n)s 个自然日", "n"),
    Span.MONTHS: ngettext_lazy("%(n)s 个月", "%(n)s 个月", "n"),
    Span.MONTH_DAY: gettext_lazy("每月%(n)s日前"),
    Span.YEAR_DAY: gettext_lazy("每年%(n)s前"),
    Span.DATE: gettext_lazy("交办时指定日期"),
}
WITHOUT_AMOUNT = (Span.SAME_DAY, Span.DATE)


class StartForm(Form):
    """The day on which a hand-over would start."""

    start = DateField(label=gettext_lazy("交办日期"))

    def clean_start(self) -> date:
        """Refuse a day too far away for the calendar."""
        start: date = self.cleaned_data["start"]
        if abs((start - timezone.localdate()).days) > FARTHEST:
            self.add_error("start", _("日期离今天太远。请选前后两年以内的日期。"))
        return start


@dataclass(frozen=True)
class CheckpointLine:
    """One checkpoint in words and, where it can be counted, its dates."""

    name: str
    amount: str
    met_by: str
    due: CheckpointDue | None


@dataclass(frozen=True)
class GradeInWords:
    """One grade: its checkpoints, and the years whose holidays are not yet known."""

    name: str
    lines: tuple[CheckpointLine, ...]
    unsure: tuple[int, ...] = ()


def amount_in_words(checkpoint: Mapping[str, Any]) -> str:
    """A time allowed, in words: 3 个工作日, 当日, 交办时指定日期; a repeating one says so."""
    words, n = AMOUNTS[Span(checkpoint["span"])], checkpoint["amount"]
    if checkpoint["span"] == Span.YEAR_DAY:
        month, day = divmod(n, 100)
        n = _("%(month)s月%(day)s日") % {"month": month, "day": day}
    sentence = str(words if checkpoint["span"] in WITHOUT_AMOUNT else words % {"n": n})
    if not checkpoint.get("repeat"):
        return sentence
    if checkpoint["span"] in (Span.MONTH_DAY, Span.YEAR_DAY):
        return _("%(amount)s，逐期重复，直到办结") % {"amount": sentence}
    return _("每%(amount)s一次，直到办结") % {"amount": sentence}


def grades_in_words(grades: Iterable[Mapping[str, Any]]) -> list[GradeInWords]:
    """Grades with their checkpoints in words, without dates."""
    return [
        GradeInWords(_(grade["name"]), tuple(_line(entry, None) for entry in grade["checkpoints"]))
        for grade in grades
    ]


def grades_of(regime: Regime, start: date | None = None) -> list[GradeInWords]:
    """All grades of a regime; given a start day, also their dates."""
    return [_grade(regime, entry, start) for entry in regime.grades]


def _grade(regime: Regime, entry: dict[str, Any], start: date | None) -> GradeInWords:
    morning = timezone.make_aware(datetime.combine(start, MORNING)) if start else None
    dues = (
        {checkpoint.key: checkpoint for checkpoint in preview(regime, entry["key"], morning)}
        if morning
        else {}
    )
    lines = tuple(_line(checkpoint, dues.get(checkpoint["key"])) for checkpoint in entry["checkpoints"])
    if start is None or not dues:
        return GradeInWords(_(entry["name"]), lines)
    last = max(checkpoint.due_on for checkpoint in dues.values())
    return GradeInWords(_(entry["name"]), lines, current_calendar().provisional(start, last))


def _line(checkpoint: Mapping[str, Any], due: CheckpointDue | None) -> CheckpointLine:
    move = MOVE.get(due.met_by if due else checkpoint.get("met_by", "resolve"))
    return CheckpointLine(
        _(checkpoint["name"]), amount_in_words(checkpoint), str(move.label) if move else "", due
    )


@require_GET
def regimes(request: HttpRequest) -> HttpResponse:
    """The office's own regimes, then the library of other places' practices, with their grades in words."""
    regimes = Regime.objects.select_related("taken_from")
    page = Paginator([regime for regime in regimes if regime.in_library], FEW).get_page(
        request.GET.get("page")
    )
    context = {
        "own": [(regime, grades_of(regime)) for regime in regimes if not regime.in_library],
        "library": [(regime, grades_of(regime)) for regime in page],
        "page": page,
        "can_keep": perms.can_keep_calendar(account_of(request)),
    }
    return render(request, "administration/regimes.html", context)


@require_GET
def regime(request: HttpRequest, pk: int) -> HttpResponse:
    """One regime, its source, and the dates of a hand-over on the chosen day."""
    regime, today = get_object_or_404(Regime, pk=pk), timezone.localdate()
    form = StartForm(request.GET if "start" in request.GET else None, initial={"start": today})
    start: date | None = today
    if form.is_bound:
        start = form.cleaned_data["start"] if form.is_valid() else None
    context = {
        "regime": regime,
        "form": form,
        "start": start,
        "grades": grades_of(regime, start),
        "changes": regime.changes.select_related("proposed_by", "adopted_by")[:VERSIONS],
        "can_keep": perms.can_keep_calendar(account_of(request)),
    }
    return render(request, "administration/regime.html", context, status=422 if form.errors else 200)
