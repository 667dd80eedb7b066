"""Every form of every page: carried out once, refused with all that was typed, and asked about when its record went on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import unescape

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from gongjian.audit.models import Event
from gongjian.audit.services import record
from gongjian.people.events import PeopleEvent
from gongjian.people.states import Role
from gongjian.policies.verdicts import results_in_memory
from gongjian.web.moved_on.subjects import acted_on, acts_on_a_record
from samples.html_forms import PageForm, forms_of
from tests import scenes
from tests.factories import AT
from tests.slow_work import counted_from_here
from tests.web.test_pages import accounts, arguments, signed_in
from tests.web.walked_pages import by_role, pages_of, walk_of

ROLES = [Role.CLERK, Role.ADMINISTRATOR, Role.HANDLER, Role.LEADER, Role.OFFICER, Role.ENTERPRISE]
NOT_SENT = {  # forms of the frame, which stand on every page
    "sign-out": "ends the session the walk needs",
    "set_language": "changes the language the walk reads",
}
ONE_AT_A_TIME = 4  # boxes of a form that are left blank in turn
SHORTEST = 3  # signs from which a text is looked for on the page
DONE, REFUSED = {200, 204, 302}, {409, 422}


@dataclass(frozen=True)
class Sent:
    """A form of a page, with something typed into each of its boxes."""

    client: Client
    page: str
    action: str
    route: str
    form: PageForm

    @property
    def typed(self) -> dict[str, str]:
        """A text of its own for every box, no longer than the box takes."""
        texts = {name: f"{n}号栏写的字，不能丢" for n, name in enumerate(self.form.texts, 11)}
        return {name: text[: self.form.texts[name] or None] for name, text in texts.items()}

    def post(self, **changed: str):
        """The answer to the form as typed."""
        return self.client.post(self.action, self.form.filled(**self.typed | changed), headers=self._from)

    @property
    def _from(self) -> dict[str, str]:
        return {"referer": f"http://testserver{self.page}"}


@pytest.fixture
def world(db):
    made = scenes.ledger(AT)
    results_in_memory.results_on(timezone.localdate())
    return made


def forms_of_role(world, role) -> Iterator[Sent]:
    """Each kind of form this role meets on its pages, once."""
    client, wanted, met = signed_in(accounts(world)[role]), arguments(world, role), set()
    for each in pages_of(client, role, wanted):
        page = each.address
        for form in forms_of(each.html):
            action = form.action or page
            route = resolve(action.partition("?")[0]).url_name if form.method == "post" else None
            kind = (route, frozenset(form.names), resolve(action.partition("?")[0]).kwargs.get("verb"))
            if route and form.buttons and route not in NOT_SENT and kind not in met:
                met.add(kind)
                yield Sent(client, page, action, route, form)


@contextmanager
def undone():
    """What is done in here leaves nothing."""
    with transaction.atomic(), counted_from_here():
        yield
        transaction.set_rollback(True)


def lost(answer, typed) -> list[str]:
    """What was typed and is not on the page."""
    page = unescape(answer.content.decode())
    return [text for text in typed.values() if len(text) >= SHORTEST and text not in page]


def sent_twice(sent: Sent) -> str:
    """What goes wrong when the form is sent twice."""
    with undone():
        first = sent.post()
        if first.status_code in REFUSED:
            return f"lost {gone}" if (gone := lost(first, sent.typed)) else ""
        if first.status_code not in DONE:
            return f"answers {first.status_code}"
        events = Event.objects.count()
        second = sent.post()
        if Event.objects.count() != events:
            return "is carried out twice"
        return "" if second.status_code in DONE | REFUSED else f"answers {second.status_code} the second time"


def sent_with_a_blank(sent: Sent) -> str:
    """What goes wrong when one box after another is left blank."""
    for blank in list(sent.form.texts)[:ONE_AT_A_TIME]:
        with undone():
            answer = sent.post(**{blank: ""})
            others = {name: text for name, text in sent.typed.items() if name != blank}
            if answer.status_code in REFUSED and (gone := lost(answer, others)):
                return f"without {blank} loses {gone}"
            if answer.status_code not in DONE | REFUSED:
                return f"without {blank} answers {answer.status_code}"
    return ""


def sent_too_late(sent: Sent) -> str:
    """What goes wrong when each record the form acts on became another's since it was opened."""
    if not acts_on_a_record(sent.route) or any(
        name.rpartition("-")[2] == "opened" for name in sent.form.names
    ):
        return ""
    with undone():
        events = Event.objects.count()
        plain = sent.post()
        carried_out = plain.status_code in DONE and Event.objects.count() > events
    with undone():
        for kind, number in subjects(sent):
            row = apps.get_model(kind)._default_manager.get(pk=number)
            record(PeopleEvent.UNIT_DISABLED, subject=row, by=None, at=AT, name="甲", on="2026-11-24")
        events = Event.objects.count()
        answer = sent.post()
        if carried_out and (answer.status_code != 409 or Event.objects.count() != events):
            return f"is carried out although its record went on ({answer.status_code})"
        return f"too late loses {gone}" if carried_out and (gone := lost(answer, sent.typed)) else ""


def subjects(sent: Sent):
    """The records of the form, as the product itself finds them."""
    request = RequestFactory().post(sent.action, sent.form.filled(**sent.typed))
    request.resolver_match = resolve(sent.action.partition("?")[0])
    return acted_on(request)


@by_role(ROLES)
def test_every_form(world, role):
    found, met = [], 0
    for sent in forms_of_role(world, role):
        met += 1
        wrong = [look(sent) for look in (sent_twice, sent_with_a_blank, sent_too_late)]
        found += [f"{sent.page} -> {sent.action}: {each}" for each in wrong if each]
    assert found == []
    assert met > 3


@walk_of(Role.CLERK)
def test_what_the_walk_looks_for_is_found(world, monkeypatch):
    """A form without its key, without its number, and one whose refusal loses the text are each reported."""
    clerk = list(forms_of_role(world, Role.CLERK))
    new = next(one for one in clerk if one.route == "problem-new")
    back = next(one for one in clerk if one.action.endswith("/return_/"))
    assert [look(back) for look in (sent_twice, sent_with_a_blank, sent_too_late)] == ["", "", ""]
    unseen = [value for value in back.form.values if value[0] != "form_seen"]
    assert "went on" in sent_too_late(replace(back, form=replace(back.form, values=unseen)))
    address = reverse("note-add", args=[world.visit.pk])
    notes = next(one for one in clerk if one.action == address)
    keyless = [value for value in notes.form.values if value[0] != "form_key"]
    assert sent_twice(notes) == ""
    assert sent_twice(replace(notes, form=replace(notes.form, values=keyless))) == "is carried out twice"
    monkeypatch.setattr(Sent, "post", lambda *_args, **_changed: HttpResponse("", status=422))
    assert "lost" in sent_twice(new)
    assert "loses" in sent_with_a_blank(new)
