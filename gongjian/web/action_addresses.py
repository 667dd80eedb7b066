"""An action visited by its address (按网址打开一个动作): to the page that holds its button, never a bare refusal."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.db.models import Model
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from gongjian.attachments.models import Attachment
from gongjian.enterprises.models import Pairing
from gongjian.intake.models import Draft
from gongjian.markets.models import Product
from gongjian.people.models import Tenure
from gongjian.superior_templates.models import SuperiorTemplate
from gongjian.visits.models import Stop
from gongjian.web.rights import matrix
from gongjian.web.session import account_of
from gongjian.web.subject_pages import page_about

# Actions whose page does not stand above them in the address.
LISTS = {
    "problem-bulk": "problem-ledger",
    "bulk-undo": "problem-ledger",
    "filter-keep": "problem-ledger",
    "filter-drop": "problem-ledger",
    "common-dismiss": "commons",
    "payout-bulk": "payouts",
    "policy-check": "policies",
    "fact-choose": "fact-conflicts",
    "choice-withdraw": "fact-conflicts",
    "complaint-again": "complaint-receipt",
    "channel-switch": "channels",
    "sending-again": "sendings",
    "notice-open": "inbox",
    "inbox-read": "inbox",
    "sign-out": "today",
}
RECORDS: dict[
    str, tuple[type[Model], str, str]
] = {  # of which row, the page, and the row's field with its number
    "stop-record": (Stop, "visit", "visit_id"),
    "stop-problem": (Stop, "visit", "visit_id"),
    "market-take": (Stop, "visit", "visit_id"),
    "market-end": (Product, "market-firm", "enterprise_id"),
    "tenure-end": (Tenure, "person", "person_id"),
    "pairing-end": (Pairing, "enterprise", "enterprise_id"),
    "draft-decide": (Draft, "article", "article_id"),
    "superior-forget": (SuperiorTemplate, "superior-templates", "ledger"),
}


def page_instead(request: HttpRequest) -> str:
    """The address of the page from which the action of this request is taken."""
    match = request.resolver_match
    route = (match.url_name if match else None) or ""
    if route in LISTS:
        return reverse(LISTS[route])
    if match and route in RECORDS:
        return _page_of(RECORDS[route], match.kwargs["pk"])
    if match and route in BESIDE:
        return BESIDE[route](request) or "/"
    return _above(request.path, account_of(request).role)


def _page_of(record: tuple[type[Model], str, str], number: int) -> str:
    model, page, field = record
    found = model._default_manager.filter(pk=number).values_list(field, flat=True).first()
    return reverse(page, args=[str(found).lower()]) if found is not None else "/"


def _subject(request: HttpRequest) -> str:
    """The record a file hangs on, or would hang on."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    if "kind" in kwargs:
        return page_about(f"{kwargs['kind']}s.{kwargs['kind']}", kwargs["pk"], reader=account_of(request))
    file = Attachment.objects.filter(pk=int(kwargs.get("pk", 0))).first()
    return page_about(file.subject_kind, file.subject_id, reader=account_of(request)) if file else ""


BESIDE: dict[str, Callable[[HttpRequest], str]] = {"attach": _subject, "attachment-remove": _subject}


def _above(path: str, role: str) -> str:
    """The nearest address above that this role may take."""
    parts = urlsplit(path).path.strip("/").split("/")
    for length in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:length])}/"
        try:
            route = resolve(above).url_name
        except Resolver404:
            continue
        if role in matrix().get(route or "", frozenset()):
            return above
    return "/"
