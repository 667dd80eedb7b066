"""The register of firms, the page of one firm, merging duplicates."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.audit.queries import events_of
from gongjian.enterprises import perms, queries
from gongjian.enterprises import services as enterprises
from gongjian.enterprises.models import Enterprise, Pairing
from gongjian.ledgers.firms.workbook import firm_workbook
from gongjian.measures import queries as measures
from gongjian.measures.measure import Scope
from gongjian.people.models import Account
from gongjian.problems.queries import with_readings
from gongjian.visits.queries import stops_elsewhere, told_of
from gongjian.web.editing.saving import edit as save_edit
from gongjian.web.enterprises.facts_table import fact_table
from gongjian.web.enterprises.forms import PARTS, EnterpriseForm, FactForm, MergeForm, RegisterFilter
from gongjian.web.enterprises.merging.views import comparison
from gongjian.web.file_answers import workbook_answer
from gongjian.web.filter_words import in_words
from gongjian.web.forms import Form, attempt
from gongjian.web.paging import PAGE
from gongjian.web.pick_options import lines, offered
from gongjian.web.record_keys import record_key
from gongjian.web.session import account_of

SHOWN = 6  # problems and visits on the page of a firm
EVENTS = 60
FIELDS = (
    "name",
    "short_name",
    "credit_code",
    "area",
    "registered_area",
    "address",
    "industry",
    "industry_code",
    "chain",
    "status",
    "founded_on",
    "makes",
    "buys",
)
ADDERS = {
    "contact": enterprises.add_contact,
    "pairing": enterprises.add_pairing,
    "fact": enterprises.record_fact,
    "qualification": enterprises.add_qualification,
}


def filtered(request: HttpRequest) -> RegisterFilter:
    """The register as the address filters it, for this account."""
    return RegisterFilter(request.GET, account=account_of(request), today=timezone.localdate())


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The filtered register as an Excel workbook."""
    chosen = filtered(request)
    book = firm_workbook(chosen.qs, words=in_words(chosen.form), as_of=timezone.localtime())
    return workbook_answer(book, f"firms-{timezone.localdate():%Y%m%d}.xlsx")


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """One page of the register of firms."""
    chosen = filtered(request)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    part = "enterprises/_register.html" if getattr(request, "htmx", False) else "enterprises/register.html"
    return render(request, part, {"filter": chosen, "page": page})


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Firms for the type-ahead field."""
    account = account_of(request)
    choices = queries.visible_to(account).select_related("area")
    firms = offered(
        request, choices, lambda text: queries.search_firms(text, account=account).select_related("area")
    )
    for firm in firms:
        firm.hint = f"{firm.name} · {firm.area.name}"
    return lines(request, firms)


@require_GET
def find_contact(request: HttpRequest) -> HttpResponse:
    """Contacts of one firm (`unit`), the main one first."""
    number, text = request.GET.get("unit", ""), request.GET.get("q", "").strip()
    firm = queries.visible_to(account_of(request)).filter(pk=record_key(number)).first()
    contacts = list(firm.contacts.filter(name__contains=text)) if firm else []
    for contact in contacts:
        contact.hint = contact.title  # type: ignore[attr-defined]
    return lines(request, contacts)


def new(request: HttpRequest) -> HttpResponse:
    """Add a firm to the register."""
    account = account_of(request)
    form = EnterpriseForm(request.POST or None, account=account)
    if firm := attempt(
        form,
        lambda: enterprises.register_firm(
            **form.facts(), namesakes={firm.pk for firm in form.namesakes}, by=account, at=timezone.now()
        ),
    ):
        messages.success(request, _("已登记%(firm)s。") % {"firm": firm})
        return redirect("enterprise", pk=firm.pk)
    return render(request, "enterprises/edit.html", {"form": form}, status=422 if form.is_bound else 200)


def _load(request: HttpRequest, pk: int) -> Enterprise:
    return get_object_or_404(
        queries.visible_to(account_of(request)).select_related("area", "registered_area"), pk=pk
    )


def page_of(
    request: HttpRequest, firm: Enterprise, *, refused: tuple[str, Form] | None = None
) -> HttpResponse:
    """The page of one firm: everything about it on one screen."""
    context = _about(firm, account=account_of(request), today=timezone.localdate())
    context["parts"] = [
        (key, label, refused[1] if refused and refused[0] == key else _part_form(key, firm))
        for key, (label, _form) in PARTS.items()
    ]
    return render(request, "enterprises/enterprise.html", context, status=422 if refused else 200)


def _part_form(part: str, firm: Enterprise, typed: QueryDict | None = None) -> Form:
    """The form that adds a part to the firm; the one of a value knows the firm's values before."""
    kind = PARTS[part][1]
    return kind(typed, prefix=part, firm=firm) if issubclass(kind, FactForm) else kind(typed, prefix=part)


def _about(firm: Enterprise, *, account: Account, today: date) -> dict[str, Any]:
    related = ("assignment__lead_unit", "assignment__responsible_person", "enterprise", "area")
    scope = Scope(today, account=account, firm=firm.pk)
    heard = measures.rows_of("recorded", scope).select_related(*related)
    met = measures.rows_of("stops", scope).select_related("visit__lead")
    rows, stops = list(heard[:SHOWN]), list(met.order_by("-visit__starts_on", "-pk")[:SHOWN])
    numbers = measures.count_all(("recorded", "stops"), scope)
    subjects = [firm, *(stop.visit for stop in stops), *rows]
    return {
        "firm": firm,
        "contacts": firm.contacts.all(),
        "pairings": queries.current_pairings(firm, today=today),
        "qualifications": [
            (title, title.valid_to is not None and title.valid_to < today)
            for title in firm.qualifications.all()
        ],
        "facts": fact_table(firm, today=today),
        "stops": stops,
        "met": numbers["stops"],
        "rows": with_readings(rows, today=today),
        "recorded": numbers["recorded"],
        "events": events_of(*subjects)
        .exclude(told_of(stops_elsewhere(firm)))
        .order_by("-at", "-seq")[:EVENTS],
        "can_keep": perms.can_keep(account, firm.area),
    }


@require_GET
def enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one firm; a merged firm redirects to the firm it was merged into."""
    try:
        return page_of(request, _load(request, pk))
    except Http404:
        gone = get_object_or_404(Enterprise, pk=pk, merged_into__isnull=False)
        return redirect("enterprise", pk=gone.merged_into_id)


def _facts(firm: Enterprise) -> dict[str, Any]:
    size = {True: "yes", False: "no", None: ""}[firm.above_designated_size]
    return {name: getattr(firm, name) for name in FIELDS} | {"size": size}


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the master data of a firm."""
    firm, account = _load(request, pk), account_of(request)
    perms.check_keep(account, firm.area)

    def make(data: Any, firm: Enterprise) -> EnterpriseForm:
        return EnterpriseForm(data, account=account, firm=firm, initial=_facts(firm), subjects=[firm])

    def save(form: EnterpriseForm, firm: Enterprise) -> Enterprise:
        return enterprises.update_firm(firm, by=account, at=timezone.now(), **form.facts())

    form, saved = save_edit(request, firm, make=make, save=save)
    if saved:
        messages.success(request, _("已更正。"))
        return redirect("enterprise", pk=pk)
    return render(
        request, "enterprises/edit.html", {"form": form, "firm": firm}, status=422 if form.is_bound else 200
    )


@require_POST
def add(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Add a contact, a pairing, a value or a title to a firm."""
    if part not in PARTS:
        raise Http404
    firm, account = _load(request, pk), account_of(request)
    form = _part_form(part, firm, request.POST)
    adder: Any = ADDERS[part]
    if attempt(form, lambda: adder(firm, **form.cleaned_data, by=account, at=timezone.now())):
        messages.success(request, _("已添加。"))
        return redirect("enterprise", pk=pk)
    return page_of(request, firm, refused=(part, form))


@require_POST
def end_pairing(request: HttpRequest, pk: int) -> HttpResponse:
    """End a pairing as of today."""
    pairing = get_object_or_404(
        Pairing.objects.filter(enterprise__in=queries.visible_to(account_of(request))).select_related(
            "enterprise__area", "person"
        ),
        pk=pk,
    )
    enterprises.end_pairing(pairing, until=timezone.localdate(), by=account_of(request), at=timezone.now())
    return redirect("enterprise", pk=pairing.enterprise_id)


def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge a duplicate: first pick it and compare both side by side, then confirm."""
    keep, account = _load(request, pk), account_of(request)
    perms.check_merge(account, keep.area)
    form = MergeForm(request.POST or None, account=account, keep=keep)
    duplicate: Enterprise | None = form.cleaned_data["duplicate"] if form.is_valid() else None
    if (
        duplicate
        and request.POST.get("sure") == str(duplicate.pk)
        and attempt(
            form, lambda: enterprises.merge_firms(keep, duplicate=duplicate, by=account, at=timezone.now())
        )
    ):
        messages.success(request, _("已把%(name)s并入。") % {"name": duplicate.name})
        return redirect("enterprise", pk=pk)
    context = {"form": form, "firm": keep, "duplicate": duplicate} | comparison(keep, duplicate)
    return render(request, "enterprises/merge.html", context, status=422 if form.errors else 200)
