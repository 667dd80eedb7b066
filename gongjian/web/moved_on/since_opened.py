"""What happened to the matter of a form since its page was drawn."""

from django.http import HttpRequest

from gongjian.audit.models import ChainHead, Event
from gongjian.audit.used_forms.services import FirstEvent, SubmittedForm
from gongjian.people.models import Account
from gongjian.web.moved_on.later_events import comes_back
from gongjian.web.moved_on.subjects import acted_on, acts_on_a_record, events_about, readable, with_page

SEEN = "form_seen"  # the hidden field: the number of the last event when the form was drawn
MOST_DIGITS = 18  # what a database's big integer holds


class MovedOn(Exception):
    """The matter is no longer what the form was opened on; nothing of the act is kept."""


def last_seen(request: HttpRequest) -> int:
    """The number a form drawn for this request carries.

    A form that is drawn again because it was refused keeps its number: its reader has not been told yet what happened meanwhile.
    """
    kept = _kept(request)
    return kept if kept is not None else _newest(request)


def _kept(request: HttpRequest) -> int | None:
    match, form = request.resolver_match, getattr(request, "submitted_form", None)
    done = isinstance(form, SubmittedForm) and form.committed
    told = getattr(request, "told_what_happened", False)
    return (
        None
        if done or told or not match or not acts_on_a_record(match.url_name or "")
        else opened_at(request)
    )


def _newest(request: HttpRequest) -> int:
    """Read with the account, before anything the page shows; a page without one asks."""
    account = getattr(request, "user", None)
    if isinstance(account, Account) and request.method == "GET":
        return int(getattr(account, "trail", None) or 0)
    return ChainHead.objects.values_list("length", flat=True).first() or 0


def opened_at(request: HttpRequest) -> int | None:
    """The number the submitted form came with; None for a form without one (another system, a test)."""
    written = str(request.POST.get(SEEN, "")) if request.method == "POST" else ""
    return int(written) if written.isdecimal() and len(written) <= MOST_DIGITS else None


def check_nothing_happened(request: HttpRequest, act: FirstEvent) -> None:
    """Raises MovedOn when the matter is another by now; called while all other writers wait.

    A form that edits fields is left alone: it compares each field.
    """
    seen = opened_at(request)
    if seen is None or any(name.rpartition("-")[2] == "opened" for name in request.POST):
        return
    about = acted_on(request) | with_page([(act.kind, act.number)])
    since = events_about(about, after=seen)
    if comes_back(act, since):
        request.happened = since  # type: ignore[attr-defined]  # for the page that tells it
        raise MovedOn


def happened(request: HttpRequest) -> list[Event]:
    """The events to be told beside a refusal: since the form was opened, about its matter, as far as the reader may see them."""
    kept: list[Event] | None = getattr(request, "happened", None)
    if kept is None:
        seen = opened_at(request)
        kept = events_about(acted_on(request), after=seen) if seen is not None else []
    request.told_what_happened = True  # type: ignore[attr-defined]  # a form drawn from here on is opened anew
    account = getattr(request, "user", None)
    return readable(kept, account) if isinstance(account, Account) else []
