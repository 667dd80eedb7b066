"""The setup page: what is done is computed, each step has its button, it is the first page until nothing is open."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.cli.backup import RECORD
from gongjian.people.models import Unit
from gongjian.people.states import Role
from gongjian.web.navigation import landing, links
from gongjian.web.setup.steps import BACKUP_RECORD, steps_for
from tests.factories import (
    AT,
    AccountFactory,
    AreaFactory,
    ChannelFactory,
    EnterpriseFactory,
    FactBatchFactory,
    ImportBatchFactory,
    RegimeFactory,
    TenureFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def signed_in(account):
    client = Client()
    client.force_login(account, backend="gongjian.web.session.Backend")
    return client


def state(account):
    return {step.kind.key: (step.number, step.done) for step in steps_for(account)}


@pytest.fixture
def empty(settings, tmp_path):
    """An instance as `gongjian init` leaves it, without a regime."""
    settings.HOME = tmp_path
    city = AreaFactory(name="安川市", level="CITY")
    UnitFactory(name="安川市攻坚办", kind="OFFICE", area=city)
    return city, AccountFactory(role=Role.ADMINISTRATOR, reads_area=city)


def test_each_step_is_done_by_its_own_rows_and_by_nothing_else(empty, settings):
    city, administrator = empty
    assert set(state(administrator).values()) == {(0, False), (None, False)}
    fill = {
        "areas": lambda: AreaFactory(name="甲区", level="COUNTY", parent=city),
        "units": lambda: UnitFactory(area=city, name="市金融局"),
        "persons": lambda: TenureFactory(post__unit=Unit.objects.get(name="市金融局")),
        "firms": lambda: EnterpriseFactory(area=city),
        "regime": RegimeFactory,
        "channels": lambda: ChannelFactory(account=administrator),
        "imports": lambda: FactBatchFactory(
            state="WRITTEN", written_at=AT, uploaded_by=administrator, area=city
        ),
        "backup": lambda: (settings.HOME / BACKUP_RECORD).write_text(json.dumps({})),
        "accounts": lambda: [
            AccountFactory(role=role, reads_area=city, writes_area=city)
            for role in (Role.CLERK, Role.HANDLER)
        ],
    }
    done = set()
    for key, act in fill.items():
        assert landing(administrator) == reverse("setup"), key
        act()
        done.add(key)
        assert {key for key, (_n, there) in state(administrator).items() if there} == done
    assert landing(administrator) != reverse("setup")
    assert "setup" not in {link.entry.route for link in links(administrator, "/")}
    assert "都已办好" in signed_in(administrator).get(reverse("setup")).content.decode()


def test_what_is_undone_again_comes_back(empty):
    _city, administrator = empty
    regime = RegimeFactory()
    assert state(administrator)["regime"] == (1, True)
    regime.in_library = True
    regime.save()
    assert state(administrator)["regime"] == (0, False)


def test_the_invented_city_needs_no_setting_up(empty, settings):
    _city, administrator = empty
    address = f'href="{reverse("setup")}"'
    assert address in signed_in(administrator).get(reverse("areas")).content.decode()
    settings.DEMO = True
    assert address not in signed_in(administrator).get(reverse("areas")).content.decode()


def test_a_ledger_is_a_first_import_as_well(empty):
    city, administrator = empty
    ImportBatchFactory(area=city, uploaded_by=administrator)
    assert state(administrator)["imports"] == (0, False)
    ImportBatchFactory(area=city, uploaded_by=administrator, state="WRITTEN", written_at=AT)
    assert state(administrator)["imports"] == (1, True)


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_every_button_of_the_page_opens(empty, role):
    city, _administrator = empty
    client = signed_in(AccountFactory(role=role, reads_area=city, writes_area=city))
    page = client.get(reverse("setup"))
    ways = [url for step in page.context["steps"] for _way, url in step.ways]
    assert len(ways) > 6
    assert {client.get(url).status_code for url in ways} == {200}


def test_a_county_s_clerk_is_not_offered_what_is_the_city_s(empty):
    city, _administrator = empty
    county = AreaFactory(name="甲区", level="COUNTY", parent=city)
    clerk = AccountFactory(role=Role.CLERK, reads_area=county, writes_area=county)
    page = signed_in(clerk).get(reverse("setup")).content.decode()
    assert "由市攻坚办或系统管理员采用" in page
    assert "由系统管理员办理" in page


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK, Role.ADMINISTRATOR, Role.SYSTEM}))
def test_nobody_else_begins_there(empty, role):
    city, _administrator = empty
    account = AccountFactory(role=role, reads_area=city)
    assert landing(account) != reverse("setup")
    assert reverse("setup") not in {link.url for link in links(account, "/")}


def test_the_back_up_is_read_where_the_command_notes_it():
    assert BACKUP_RECORD == RECORD


def test_a_page_asks_nothing_more_for_it(empty, django_assert_max_num_queries):
    _city, administrator = empty
    client = signed_in(administrator)
    with django_assert_max_num_queries(5):
        assert client.get(reverse("setup")).status_code == 200
