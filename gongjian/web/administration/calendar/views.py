"""The working calendar: the years announced, and adopting a new year in two steps."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gongjian.assignments import perms
from gongjian.assignments.calendar import services as upkeep
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.models import AnnouncedYear
from gongjian.engines.workdays.announcements import parse_notice
from gongjian.engines.workdays.calendar import YearNotice
from gongjian.engines.workdays.legal_days import law_of, legal_days
from gongjian.web.administration.calendar.months import missing_festivals, months_of, next_year, sheet_for
from gongjian.web.forms import Form, TextArea, attempt
from gongjian.web.record_keys import record_key
from gongjian.web.session import account_of


class YearForm(Form):
    """The official notice of a year, entered as TOML."""

    text = TextArea(
        label=gettext_lazy("放假安排"),
        rows=32,
        max_length=20000,
        strip=False,
        help_text=gettext_lazy("日期照 2027-02-05 这样写，不加引号。提交后先看预览，再启用。"),
    )


def _lines(notice: YearNotice) -> list[tuple[str, object, object, int]]:
    """Festival, first and last day, number of days."""
    return [(h.name, h.first, h.last, (h.last - h.first).days + 1) for h in notice.holidays]


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """A year as twelve months, the list of years, and the years waiting to be adopted."""
    known, asked = current_calendar(), record_key(request.GET.get("year", ""))
    year = asked if asked in known.years else timezone.localdate().year
    notice = known.notices.get(year)
    adopted = AnnouncedYear.objects.filter(adopted_at__isnull=False).select_related("adopted_by")
    waiting = AnnouncedYear.objects.filter(adopted_at__isnull=True).select_related("proposed_by")
    context = {
        "year": year,
        "notice": notice,
        "lines": _lines(notice) if notice else [],
        "months": months_of(known, year) if notice else [],
        "legal": (law_of(year), legal_days(year).items()),
        "years": sorted(known.notices.values(), key=lambda n: -n.year),
        "entered": {row.year: row for row in adopted}.get(year),
        "waiting": waiting.order_by("-pk")[:10],
        "next_year": next_year(known.notices),
        "can_keep": perms.can_keep_calendar(account_of(request)),
    }
    return render(request, "administration/calendar.html", context)


def calendar_new(request: HttpRequest) -> HttpResponse:
    """First step: the notice is entered as text and checked; on errors the typed text is kept."""
    account = account_of(request)
    perms.check_calendar(account)
    known = current_calendar()
    year = next_year(known.notices)
    form = YearForm(request.POST or None, initial={"text": sheet_for(year)})
    row = attempt(form, lambda: upkeep.propose_year(form.cleaned_data["text"], by=account, at=timezone.now()))
    if row:
        return redirect("calendar-proposal", pk=row.pk)
    example = known.notices.get(year - 1)
    context = {"form": form, "year": year, "example": example, "lines": _lines(example) if example else []}
    return render(request, "administration/calendar_new.html", context, status=422 if form.is_bound else 200)


@require_GET
def calendar_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the proposed year and how many open assignments reach it; a second press adopts it."""
    row = get_object_or_404(AnnouncedYear.objects.select_related("proposed_by", "adopted_by"), pk=pk)
    notice, known = parse_notice(row.text), current_calendar()
    context = {
        "row": row,
        "notice": notice,
        "lines": _lines(notice),
        "missing": missing_festivals(notice),
        "replaces": known.notices.get(row.year),
        "touched": upkeep.assignments_reaching(row.year).count(),
        "can_keep": perms.can_keep_calendar(account_of(request)),
    }
    return render(request, "administration/calendar_proposal.html", context)


@require_POST
def calendar_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Second step: adopt the proposed year."""
    row = get_object_or_404(AnnouncedYear, pk=pk)
    changed = upkeep.adopt_year(row, by=account_of(request), at=timezone.now())
    messages.success(
        request,
        _("%(year)s年放假安排已启用，重算了%(changed)s项时限。") % {"year": row.year, "changed": changed},
    )
    return redirect(f"{reverse('calendar')}?year={row.year}")
