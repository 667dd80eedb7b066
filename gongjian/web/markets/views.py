"""The local market: what firms buy and who near by makes it; the entries and matches of one firm."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gongjian.enterprises.models import Enterprise
from gongjian.enterprises.queries import visible_to
from gongjian.markets import perms, queries
from gongjian.markets import services as markets
from gongjian.markets.models import Product
from gongjian.markets.states import ProductSource, Side
from gongjian.people.models import Account
from gongjian.people.states import Role
from gongjian.visits.models import Note, Stop
from gongjian.visits.queries import visible_to as visible_visits
from gongjian.visits.states import NoteHeading
from gongjian.web.forms import attempt
from gongjian.web.markets.forms import MarketFilter, ProductForm
from gongjian.web.paging import PAGE
from gongjian.web.session import account_of

NOTES = 4
TOLD = (NoteHeading.PRODUCT, NoteHeading.MARKET, NoteHeading.PRODUCTION)


@require_GET
def market(request: HttpRequest) -> HttpResponse:
    """The list of needs, those bought outside first, each with its nearest makers."""
    account = account_of(request)
    chosen = MarketFilter(request.GET, queryset=queries.products_needed(account), account=account)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    lines = queries.match_products(page.object_list, queries.products_in_city(account, Side.MAKES))
    part = "markets/_market.html" if getattr(request, "htmx", False) else "markets/market.html"
    context = {"filter": chosen, "page": page, "lines": lines, "seen": _seen(account, lines)}
    return render(request, part, context)


def _seen(account: Account, lines: Iterable[queries.ProductMatches]) -> set[int]:
    """The keys of the partners whose own pages the account may open; of others only the area is told."""
    keys = {match.product.enterprise_id for line in lines for match in line.matches}
    return set(visible_to(account).filter(pk__in=keys).values_list("pk", flat=True))


def _load(request: HttpRequest, pk: int) -> Enterprise:
    return get_object_or_404(visible_to(account_of(request)).select_related("area"), pk=pk)


def _form(firm: Enterprise, request: HttpRequest) -> ProductForm:
    account = account_of(request)
    visits = visible_visits(account).filter(stops__enterprise=firm).distinct().order_by("-starts_on")
    own = account.role == Role.ENTERPRISE
    first = {"found": ProductSource.FIRM if own else ProductSource.PAGE, "side": Side.BUYS}
    return ProductForm(request.POST or None, visits=visits if not own else visits.none(), initial=first)


def page(request: HttpRequest, firm: Enterprise, form: ProductForm | None = None) -> HttpResponse:
    """One firm: what it buys and who could supply it, what it makes and who could buy it."""
    account = account_of(request)
    parts: list[tuple[Side, list[queries.ProductMatches]]] = []
    for side, other in ((Side.BUYS, Side.MAKES), (Side.MAKES, Side.BUYS)):
        own = queries.products_of(firm, side)
        parts.append((side, queries.match_products(own, queries.products_in_city(account, other))))
    context = _partners(account, [line for _side, of_side in parts for line in of_side]) | {
        "firm": firm,
        "parts": parts,
        "can_keep": perms.can_keep(account, firm),
        "can_introduce": account.role == Role.CLERK,
        "notes": _notes(account, firm),
        "form": form or _form(firm, request),
    }
    return render(request, "markets/firm.html", context, status=422 if form and form.errors else 200)


def _partners(account: Account, lines: list[queries.ProductMatches]) -> dict[str, Any]:
    """Which partners the account may open, and whether any is left that it may not."""
    seen = _seen(account, lines)
    keys = {match.product.enterprise_id for line in lines for match in line.matches}
    return {"seen": seen, "unseen": bool(keys - seen)}


def _notes(account: Account, firm: Enterprise) -> list[Note]:
    """What was said of goods on the visits the account may open; nothing for a firm's own account."""
    told = Note.objects.filter(stop__enterprise=firm, visit__in=visible_visits(account).order_by())
    notes = told.filter(heading__in=TOLD).exclude(text="").select_related("visit")
    return list(notes.order_by("-pk")[:NOTES])


@require_GET
def firm(request: HttpRequest, pk: int) -> HttpResponse:
    """The market page of one firm."""
    return page(request, _load(request, pk))


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add goods the firm makes or buys."""
    firm = _load(request, pk)
    form = _form(firm, request)
    product = attempt(
        form,
        lambda: markets.add_products(firm, **form.cleaned_data, by=account_of(request), at=timezone.now()),
    )
    if product is None:
        return page(request, firm, form)
    text = (
        ngettext("已登记 %(n)s 项产品。", "已登记 %(n)s 项产品。", len(product)) % {"n": len(product)}
        if product
        else _("这些产品已经登记过。")
    )
    messages.success(request, text)
    return redirect("market-firm", pk=pk)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read entries from the text of the firm's own page."""
    products = markets.add_products_from_page(_load(request, pk), by=account_of(request), at=timezone.now())
    messages.success(
        request,
        ngettext(
            "已从企业资料读出 %(n)s 项产品，请核对。",
            "已从企业资料读出 %(n)s 项产品，请核对。",
            len(products),
        )
        % {"n": len(products)},
    )
    return redirect("market-firm", pk=pk)


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm with one tap what a visit note says: one entry, or all that are shown."""
    stops = Stop.objects.filter(visit__in=visible_visits(account_of(request)))
    stop = get_object_or_404(stops.select_related("visit", "enterprise__area"), pk=pk)
    products = markets.add_products_from_notes(
        stop, request.POST.getlist("take"), by=account_of(request), at=timezone.now()
    )
    messages.success(
        request, _("已登记：%(names)s。") % {"names": _("、").join(product.name for product in products)}
    )
    return redirect(f"{reverse('visit', args=[stop.visit_id])}#stop-{pk}")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark goods as no longer made or bought."""
    product = get_object_or_404(Product, pk=pk, enterprise__in=visible_to(account_of(request)))
    markets.end_product(product, by=account_of(request), at=timezone.now())
    return redirect("market-firm", pk=product.enterprise_id)
