"""Bulletins: making the weekly brief, reading it, the rows behind each number, the Word file."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit import Refused
from gongjian.bulletins import perms, queries
from gongjian.bulletins import services as bulletin_services
from gongjian.bulletins.models import Bulletin, BulletinKind
from gongjian.bulletins.office_templates.paper import bulletin_file
from gongjian.bulletins.wording import LARGEST_ISSUE
from gongjian.people.models import Account, Unit
from gongjian.people.queries import find_units, whole_city, writes
from gongjian.people.states import Role
from gongjian.problems.models import Problem
from gongjian.web.bulletins.tables_on_screen import on_screen
from gongjian.web.file_answers import word_answer
from gongjian.web.forms import DateField, Form, Pick, attempt
from gongjian.web.session import account_of

PAGE = 100


class BulletinForm(Form):
    """Which kind of bulletin is made, for which period; a special report is about one unit or the whole area."""

    kind = forms.ChoiceField(
        label=gettext_lazy("种类"),
        choices=BulletinKind.choices,
        widget=forms.RadioSelect,
        initial=BulletinKind.BRIEF,
        required=False,
    )
    first = DateField(label=gettext_lazy("统计起"))
    last = DateField(label=gettext_lazy("统计止"))
    issue = forms.IntegerField(
        label=gettext_lazy("期号"),
        min_value=1,
        max_value=LARGEST_ISSUE,
        required=False,
        help_text=gettext_lazy("不填就接着这一种的上一期；第一次用请填本单位的期号。"),
    )
    unit = Pick(
        label=gettext_lazy("专报哪个单位"),
        source="unit-find",
        required=False,
        help_text=gettext_lazy("只有专报要填；不填就写全地区。"),
    )
    again = forms.BooleanField(label=gettext_lazy("另编一期"), required=False)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields["unit"]
        unit.queryset, unit.find = Unit.objects.filter(whole_city(account.reads_area)), find_units

    def clean_kind(self) -> BulletinKind:
        """A brief where nothing is chosen."""
        return BulletinKind(self.cleaned_data["kind"] or BulletinKind.BRIEF)

    def clean(self) -> dict[str, Any]:
        """Only a special report is about one unit."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if facts.get("unit") and facts.get("kind") != BulletinKind.SPECIAL:
            self.add_error("unit", _("只有专报写一个单位。请选“专报”，或把单位清空。"))
        return facts


def bulletins(request: HttpRequest) -> HttpResponse:
    """All bulletins, and the form to make the next one."""
    account, today = account_of(request), timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    form = BulletinForm(request.POST or None, initial={"first": monday, "last": today}, account=account)
    if request.method == "POST" and (bulletin := attempt(form, lambda: _make(request, form))):
        messages.success(
            request,
            _("%(kind)s第 %(n)s 期已编好。每个数字都能点开看到它数的那些行。")
            % {"kind": bulletin.get_kind_display(), "n": bulletin.issue},
        )
        return redirect("bulletin", pk=bulletin.pk)
    context = {
        "form": form,
        "page": Paginator(queries.visible_to(account).select_related("area", "made_by"), 30).get_page(
            request.GET.get("page")
        ),
        "can_make": account.role == Role.CLERK,
    }
    return render(request, "bulletins/bulletins.html", context, status=422 if form.is_bound else 200)


def _make(request: HttpRequest, form: BulletinForm) -> Bulletin:
    account = account_of(request)
    if account.writes_area is None:
        raise Refused(_("您的账号没有录入权限。请联系系统管理员。"))
    facts, area = dict(form.cleaned_data), account.writes_area
    known = queries.same_bulletin(area, facts) if facts.pop("again") else None
    return bulletin_services.make_bulletin(area=area, **facts, despite=known, by=account, at=timezone.now())


def _load(request: HttpRequest, pk: int) -> Bulletin:
    return get_object_or_404(
        queries.visible_to(account_of(request)).select_related("area", "signed_by"), pk=pk
    )


@require_GET
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """One bulletin on screen, with its numbers as links."""
    bulletin = _load(request, pk)
    account = account_of(request)
    context = {
        "bulletin": bulletin,
        "blocks": on_screen(queries.blocks_for(bulletin, account)),
        "can_sign": not bulletin.signed_at and perms.can_sign(account, bulletin),
        "can_edit": not bulletin.issued_at and account.role == Role.CLERK and writes(account, bulletin.area),
    }
    return render(request, "bulletins/bulletin.html", context)


@require_GET
def word_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One bulletin as a Word file; building it again for the same account gives the same file."""
    bulletin = _load(request, pk)
    blocks = queries.blocks_for(bulletin, account_of(request))
    return word_answer(
        bulletin_file(bulletin, blocks), f"{bulletin.kind.lower()}-{bulletin.year}-{bulletin.issue:03d}.docx"
    )


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the bulletin."""
    bulletin_services.issue_bulletin(_load(request, pk), by=account_of(request), at=timezone.now())
    messages.success(request, _("已记为印发。"))
    return redirect("bulletin", pk=pk)


@require_GET
def number(request: HttpRequest, pk: int, anchor: str) -> HttpResponse:
    """The rows one number counted, and what the same query gives now."""
    bulletin = _load(request, pk)
    shown = get_object_or_404(bulletin.numbers, anchor=anchor)
    rows = queries.rows_of(shown)
    counted, rows = rows.count(), queries.seen(rows, account_of(request))
    page = Paginator(_with_links(rows), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "bulletin": bulletin,
        "number": shown,
        "page": page,
        "counted": counted,
        "hidden": counted - page.paginator.count,
        "is_problem": rows.model is Problem,
        "kind": rows.model.__name__,
        "again": queries.count_again(shown),
    }
    return render(request, "bulletins/number.html", context)


def _with_links(rows: Any) -> Any:
    related = {
        "Problem": ("enterprise", "area", "assignment__lead_unit"),
        "Stop": ("visit", "enterprise"),
        "Visit": ("area", "lead"),
    }
    return rows.select_related(*related[rows.model.__name__])
