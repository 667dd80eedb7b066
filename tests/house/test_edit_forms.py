"""Forms of pages: each is carried out once, and each that edits a record carries the version it was opened with."""

import ast
from collections.abc import Container

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from gongjian.people.states import Role
from gongjian.policies.verdicts import results_in_memory
from gongjian.web.moved_on.subjects import acts_on_a_record
from samples.html_forms import PageForm, forms_of
from tests import scenes
from tests.factories import AT
from tests.house.conftest import Plant
from tests.house.planted import planted
from tests.house.sources import REPOSITORY, Tree
from tests.web.test_pages import accounts, arguments, signed_in
from tests.web.walked_pages import by_role, pages_of

# Verbs that write over what a record holds; a view calls them in the `save` of `web/editing`, where the row is locked.
EDITS = (
    "update",
    "rename",
    "record_stop",
    "record_result",
    "set_ceiling",
    "set_thresholds",
    "set_quiet_hours",
    "name_superiors",
)
# Forms that are filled in beforehand and edit nothing: what they are filled with, by the ending of their address or the page's route.
FILLED_IN = {
    "alert-hand-over": "the task, the unit and the person, as proposed",
    "alert-rule-new": "the first place in the order, and that it is in force",
    "password": "one's own name, for the browser's store of passwords",
    "payout": "the amount and the day, as proposed",
    "payouts": "the day of the payment",
    "calendar-new": "an example of the notice to enter",
    "regime-new": "a copy of another regime to start from",
    "regime-take-up": "the usual name of an office's regime",
    "system-new": "the usual number of calls",
    "system": "the usual end of a new token",
    "system-renew": "the usual end of a new token",
    "staff-new": "the area of the office",
    "area-new": "the first place in the order",
    "visit-new": "today",
    "payout-new": "today",
    "bulletins": "the days of this week",
    "call-back-draw": "the days of the month before and the usual share",
    "firm-ask": "the usual period",
    "datum-ask": "the unit that is usually asked and the question",
    "policy-notice": "the name of the policy and its sentence",
    "policy-new": "an empty rule",
    "policy-next": "the rule in force, to start from",
    "policy-version": "the draft: its editor compares the whole text by itself",
    "market-introduce": "the task, as proposed",
    "article": "what the reader of reports found, to be confirmed once",
    "unit": "today, as the day of closing",
    "battle-new": "the first place in the order",
    "target-task": "the unit that leads the battle",
    "boundaries-merge": "today",
    "boundaries-divide": "today",
}


def without_key(forms: list[PageForm]) -> list[str]:
    """Forms that could be carried out twice."""
    return [form.action for form in forms if form.method == "post" and "form_key" not in form.names]


def without_version(forms: list[PageForm]) -> list[str]:
    """Forms with a text filled in beforehand that do not say which version of it they were opened with."""
    return [
        form.action
        for form in forms
        if form.method == "post"
        and form.prefilled
        and not any(name.rpartition("-")[2] == "opened" for name in form.names)
    ]


def edits_past_the_lock(tree: Tree) -> dict[str, list[int]]:
    """Calls of verbs that write over a record, outside a function called `save`."""
    found = {}
    for path, module in tree.modules.items():
        if "/web/" not in f"/{tree.name(path)}":
            continue
        inside = {
            id(call)
            for node in ast.walk(module)
            if isinstance(node, ast.FunctionDef) and node.name == "save"
            for call in ast.walk(node)
        }
        inside |= {
            id(call)
            for node in ast.walk(module)
            if isinstance(node, ast.keyword) and node.arg == "save"
            for call in ast.walk(node.value)
        }
        lines = [
            node.lineno
            for node in ast.walk(module)
            if isinstance(node, ast.Call) and _edits(node) and id(node) not in inside
        ]
        if lines:
            found[tree.name(path)] = lines
    return found


def _edits(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", "")
    timed = any(word.arg == "at" for word in call.keywords)  # a service, and no dictionary
    return timed and (name in EDITS or name.startswith("update_"))


# Forms about a record that carry no act on what the page shows of it, by the route they are sent to.
NO_ACT = {
    "attach": "adds a file",
    "attachment-remove": "the file, which never changes",
    "bulk-undo": "looks itself at what was built on since",
    "filter-drop": "one's own list of filters",
    "notice-open": "one's own inbox",
    "call-back-record": "the answer of one call, which is taken once",
    "choice-withdraw": "the choice itself, which is gone once withdrawn",
    "paper-template-withdraw": "the template itself, which is gone once withdrawn",
    "market-introduce": "makes something new",
    "datum-ask": "makes something new",
}


def acts_on_nothing_known(forms: list[PageForm], page: str, excused: Container[str]) -> list[str]:
    """Forms about a record, by the number in their address, of which nobody would notice that the record moved on."""
    found = []
    for form in forms:
        address = form.action or page
        match = resolve(address.partition("?")[0]) if form.method == "post" else None
        route = (match.url_name or "") if match else ""
        versioned = any(name.rpartition("-")[2] == "opened" for name in form.names)
        about = match and any(isinstance(value, int) for value in match.kwargs.values())
        if about and not (versioned or acts_on_a_record(route) or route in excused):
            found.append(route)
    return found


@pytest.fixture
def world(db):
    made = scenes.ledger(AT)
    results_in_memory.results_on(timezone.localdate())
    return made


def pages(world, role):
    """Each page this role opens: its route and its forms."""
    client: Client = signed_in(accounts(world)[role])
    wanted = arguments(world, role)
    for page in pages_of(client, role, wanted):
        yield page.route, page.address, forms_of(page.html)


@by_role([Role.CLERK, Role.ADMINISTRATOR, Role.HANDLER, Role.LEADER, Role.ENTERPRISE])
def test_each_form_has_its_key_and_each_edit_its_version(world, role):
    shown = list(pages(world, role))
    found = {name: forms for name, _address, forms in shown}
    assert len(found) > 10 or role == Role.ENTERPRISE
    assert {name: lacking for name, forms in found.items() if (lacking := without_key(forms))} == {}
    edits = {name: actions for name, forms in found.items() if (actions := without_version(forms))}
    assert {name: actions for name, actions in edits.items() if name not in FILLED_IN} == {}
    excused = NO_ACT.keys() | FILLED_IN.keys()
    acts = {name: acts_on_nothing_known(forms, address, excused) for name, address, forms in shown}
    assert {name: routes for name, routes in acts.items() if routes} == {}


def test_a_record_is_written_over_only_under_the_lock():
    assert edits_past_the_lock(REPOSITORY) == {}


@planted(test_each_form_has_its_key_and_each_edit_its_version)
def test_a_form_without_key_or_version_is_reported():
    page = """<form method="post" action="/a/"><input name="name" value="甲厂"></form>
    <form method="post" action="/b/"><input type="hidden" name="form_key" value="1"><textarea name="text"></textarea></form>
    <form method="post" action="/c/"><input type="hidden" name="form_key" value="1"><input type="hidden" name="s1-opened">
    <textarea name="s1-text">旧文</textarea></form><form action="/d/"><input name="q" value="甲"></form>"""
    assert without_key(forms_of(page)) == ["/a/"]
    assert without_version(forms_of(page)) == ["/a/"]
    unknown = """<form method="post" action="/call-backs/1/2/"></form><form method="post" action="/problems/1/close/"></form>
    <form method="post" action="/problems/new/"></form><form method="post"></form>"""
    assert acts_on_nothing_known(forms_of(unknown), "/calendar/proposals/3/", ()) == [
        "call-back-record",
        "calendar-proposal",
    ]


@planted(test_a_record_is_written_over_only_under_the_lock)
def test_an_edit_past_the_lock_is_reported(plant: Plant):
    view = """
def edit(request, firm, form):
    if attempt(form, lambda: enterprises.update_firm(firm, **form.cleaned_data, by=1, at=2)):
        return 1
    def save(form, firm):
        return enterprises.update_firm(firm, by=1, at=2)
    return edit(request, firm, make=1, save=lambda form, firm: people.rename(firm, by=1, at=2))
"""
    assert edits_past_the_lock(plant({"gongjian/web/firms.py": view})) == {"gongjian/web/firms.py": [3]}
