"""Pages of the audit trail: the events, the check of the hash chain, the head of a day to sign."""

from datetime import date, timedelta

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit import Refused
from gongjian.audit import queries as chain
from gongjian.audit.models import Event
from gongjian.complaints import queries as complaints
from gongjian.complaints.models import Complaint
from gongjian.people.models import Account
from gongjian.web.form_pages import listing
from gongjian.web.forms import DateField, Form
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of


class TrailFilterForm(Form):
    """Filters of the audit trail: who did it, what was done, when."""

    q = forms.CharField(
        label=gettext_lazy("内容"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    person = forms.CharField(label=gettext_lazy("操作人"), required=False, max_length=40)
    since = DateField(label=gettext_lazy("起始日期"), required=False)
    until = DateField(label=gettext_lazy("截止日期"), required=False)


class DayForm(Form):
    """The day whose head is printed."""

    day = DateField(label=gettext_lazy("日期"))


def check_whole(account: Account) -> None:
    """Refuse an account that sees only part of the city: the chain runs through all areas."""
    if account.reads_area is None or account.reads_area.depth != 1:
        raise Refused(_("留痕涉及全市，只有可查看全市的账号才能打开。请联系系统管理员调整可查看地区。"))


def _page(request: HttpRequest, form: TrailFilterForm) -> HttpResponse:
    wanted = form.cleaned_data if form.is_valid() else {}
    events = chain.search(
        text=wanted.get("q", ""),
        by_name=wanted.get("person", ""),
        first=wanted.get("since"),
        last=wanted.get("until"),
    )
    page = Paginator(_open_to(account_of(request), events), PAGE).get_page(request.GET.get("page"))
    return listing(request, "administration/audit.html", {"form": form, "page": page})


def _open_to(account: Account, events: QuerySet[Event]) -> QuerySet[Event]:
    """The events without those of complaints the account may not open; every other record of the city it may."""
    kind, seen = Complaint._meta.label_lower, complaints.visible_to(account).order_by().values("pk")
    return events.exclude(~Q(subject_id__in=seen), subject_kind=kind)


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """The list of audit events, newest first."""
    check_whole(account_of(request))
    return _page(request, TrailFilterForm(request.GET))


@require_POST
def audit_verify(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain and say whether it holds."""
    check_whole(account_of(request))
    broken = chain.verify()
    context = {"broken": broken, "head": chain.head(), "at": timezone.now()}
    return render(request, "administration/audit_verify.html", context)


@require_GET
def day_head(request: HttpRequest) -> HttpResponse:
    """A sheet with the head of a day, to print and sign."""
    check_whole(account_of(request))
    today = timezone.localdate()
    form = DayForm(request.GET if "day" in request.GET else None, initial={"day": today - timedelta(days=1)})
    day: date | None = today - timedelta(days=1)
    if form.is_bound:
        day = form.cleaned_data["day"] if form.is_valid() else None
    if day is not None and day > today:
        form.add_error("day", _("这一天还没有到。请选今天或以前的日期。"))
        day = None
    context = {"form": form, "day": day, "head": chain.day_head(day) if day else None, "open": day == today}
    return render(request, "administration/day_head.html", context, status=422 if form.errors else 200)
