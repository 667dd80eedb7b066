"""Nobody is shown a link or button that is closed to him: every page of every role, empty and full."""

import pytest

from gongjian.cli.main import main
from gongjian.people.models import Account, Area, Unit
from gongjian.people.states import Role
from tests import scenes
from tests.factories import AT, AccountFactory, AreaFactory, EnterpriseAccountFactory
from tests.kept_scenes import kept
from tests.web.sight.doors import Doors, buttons_in
from tests.web.sight.reading import Shown

pytestmark = pytest.mark.django_db
INSIDE = sorted(set(Role) - {Role.SYSTEM, Role.ENTERPRISE})
LEAST = 12  # pages of a role; a walk that sees little proves little


def of_role(role, area):
    unit = Unit.objects.filter(area=area).first() if role == Role.HANDLER else None
    writes = area if role in (Role.CLERK, Role.OFFICER, Role.LEADER) else None
    return AccountFactory(role=role, reads_area=area, writes_area=writes, unit=unit)


@kept
def founded():
    """An instance on its first day; what `init` wrote is written again for the next role."""
    assert main(["init", "--city", "滑县", "--areas", "none"]) == 0
    return Area.objects.get()


@pytest.fixture
def empty(settings, tmp_path, db):
    settings.HOME = tmp_path
    return founded()


@pytest.mark.parametrize("role", INSIDE)
def test_on_an_empty_instance(empty, role):
    doors = Doors(of_role(role, empty)).run()
    assert doors.closed == set()
    assert len(doors.pages) >= LEAST, doors.pages


def test_of_a_county_on_an_empty_instance(empty):
    county = AreaFactory(name="甲区", level="COUNTY", parent=empty)
    assert Doors(of_role(Role.CLERK, county)).run().closed == set()


def test_of_a_firm():
    world = scenes.ledger(AT)
    doors = Doors(EnterpriseAccountFactory(enterprise=world.city.firm).account).run()
    assert doors.closed == set()


def test_a_closed_link_and_a_closed_button_are_caught(monkeypatch, empty):
    page = """<form method="post" action="/problems/new/"><button>记</button></form>
    <form method="post" action="/visits/new/"><button type="button">折叠</button></form>
    <form method="post" action="/bulletins/"><button formaction="/areas/new/">增</button></form>"""
    assert buttons_in(page) == ["/problems/new/", "/bulletins/", "/areas/new/"]
    account: Account = of_role(Role.AUDITOR, empty)
    monkeypatch.setattr("tests.web.sight.doors.read", lambda _answer: Shown(("/visits/new/",), ""))
    monkeypatch.setattr("tests.web.sight.doors.buttons_in", lambda _page: ["/problems/new/"])
    closed = {(name, why) for _page, name, why in Doors(account).run().closed}
    assert {("visit-new", "link"), ("problem-new", "button")} <= closed
