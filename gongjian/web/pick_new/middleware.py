"""新建 without JavaScript: the form is set aside, one record is registered, and the form comes back as it was typed.

The button 新建 of a pick list sends the whole form to its own address. Nothing of it is carried out: the view only draws it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.people.models import Account
from gongjian.people.recent_choices.services import note_chosen
from gongjian.web.error_pages.typed_input import KEY, form_address
from gongjian.web.forms import Pick, attempt, attempted, drawn_again
from gongjian.web.moved_on.since_opened import SEEN
from gongjian.web.pick_new.forms import FORMS, PREFIX, NewForm
from gongjian.web.pick_rights import KIND_OF, MAY, picking_as
from gongjian.web.picks import NEW

ASKED, FIELD, MANY, MAKE, BACK = "pick_new", "pick_field", "pick_many", "pick_make", "pick_back"
OPENED = "pick_seen"  # how far the trail was when the form that waits was drawn
OURS = frozenset({ASKED, FIELD, MANY, MAKE, BACK, OPENED, KEY, SEEN, "csrfmiddlewaretoken"})
REDIRECTS = frozenset({302, 303})
REFUSED = 422
View = Callable[..., HttpResponse]


class PickNew:
    """Answers the buttons 新建, and notes what an account chose in pick lists."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user if isinstance(request.user, Account) else None
        with picking_as(account):
            response = self.get_response(request)
        done = response.status_code in REDIRECTS or response.has_header("HX-Redirect")
        if request.method == "POST" and account is not None and done:
            note_chosen(_chosen(), by=account, at=timezone.now())
        return response

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """Set the form aside, register, or draw it again; None for every other request."""
        if request.method != "POST" or not isinstance(request.user, Account):
            return None
        if ASKED in request.POST:
            return _asked(request)
        if FIELD not in request.POST:
            return None
        chosen = None
        if BACK not in request.POST:
            form = _form(request, request.POST.get(MAKE, ""), data=request.POST)
            record = attempt(form, lambda: form.record(at=timezone.now())) if form else None
            if form and record is None:
                return _page(request, form, request.POST.get(MAKE, ""), status=REFUSED)
            chosen = record
        _fill_in(request, chosen)
        return _drawn(request, view, args, kwargs)


def _chosen() -> Iterator[Any]:
    """The records that the forms of this request were carried out with."""
    for form in attempted():
        picks = {name for name, field in form.fields.items() if isinstance(field, Pick)}
        for name in picks if not form.errors else ():
            value = form.cleaned_data.get(name)
            yield from (one for one in (value if isinstance(value, list) else [value]) if hasattr(one, "pk"))


def _asked(request: HttpRequest) -> HttpResponse | None:
    """The short form, with the one that waits behind it."""
    field, source, many = (*request.POST[ASKED].split(":"), "", "")[:3]
    kind = KIND_OF.get(source, "")
    form = _form(request, kind, initial={"name": request.POST.get(f"{field}_text", "").strip()})
    return _page(request, form, kind, field=field, many=many) if form else None


def _form(request: HttpRequest, kind: str, **given: Any) -> NewForm | None:
    account = request.user
    if not isinstance(account, Account) or kind not in FORMS or not MAY[kind](account):
        return None
    return FORMS[kind](given.pop("data", None), account=account, **given)


def _page(
    request: HttpRequest, form: NewForm, kind: str, *, field: str = "", many: str = "", status: int = 200
) -> HttpResponse:
    waiting = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in OURS and not name.startswith(f"{PREFIX}-")
    ]
    context = {
        "form": form,
        "kind": kind,
        "waiting": waiting,
        "field": field or request.POST.get(FIELD, ""),
        "many": many or request.POST.get(MANY, ""),
        "seen": request.POST.get(OPENED) or request.POST.get(SEEN, ""),
        "with_files": bool(request.FILES),
    }
    return render(request, "pick_new/page.html", context, status=status)


def _fill_in(request: HttpRequest, record: Any) -> None:
    """The request as the waiting form sent it, with the new record chosen in its field."""
    data: QueryDict = request.POST.copy()
    field, seen, many = data.get(FIELD, ""), data.get(OPENED, ""), data.get(MANY, "")
    for name in [name for name in data if name in OURS or name.startswith(f"{PREFIX}-")]:
        del data[name]
    if seen:
        data[SEEN] = seen
    if record is not None:
        kept = [key for key in data.getlist(field) if key != NEW] if many else []
        data.setlist(field, [*kept, str(record.pk)])
        data[f"{field}_text"] = ""
        messages.success(request, _("已选“%(name)s”，接着填写。") % {"name": record})
    data._mutable = False
    request.submitted_form = None  # type: ignore[attr-defined]  # the waiting form keeps how far the trail was for it
    request.POST = data  # type: ignore[assignment]  # the stubs know one kind only


def _drawn(request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse:
    """The page with the form as it was typed: the view draws it and carries nothing out."""
    with drawn_again(), transaction.atomic():
        response = view(request, *args, **kwargs)
        transaction.set_rollback(True)
    if response.status_code in REDIRECTS:
        return redirect(form_address(request))
    if response.status_code == REFUSED:
        response.status_code = HttpResponse.status_code
    return response
