"""Putting firms on the register and keeping what is known of them."""

from datetime import date, timedelta

import pytest

from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.audit.queries import events_of, verify
from gongjian.enterprises import perms
from gongjian.enterprises import services as enterprises
from gongjian.enterprises.models import Enterprise
from gongjian.people.states import Role
from tests.factories import AccountFactory, EnterpriseFactory, PairingFactory, PersonFactory
from tests.scenes import city as make_city

pytestmark = pytest.mark.django_db
CODE = "91110000600037341L"


@pytest.fixture
def city():
    return make_city()


def told(subject):
    return [(event.name, event.data) for event in events_of(subject)]


def test_a_firm_is_registered_with_its_initials_and_an_event(city, at):
    firm = enterprises.register_firm(
        name=" 安川市青禾食品有限公司 ",
        short_name="青禾食品",
        credit_code=CODE.lower(),
        area=city.county,
        industry="食品制造",
        above_designated_size=True,
        by=city.officer,
        at=at,
    )
    firm.refresh_from_db()
    assert (firm.name, firm.credit_code, firm.industry) == ("安川市青禾食品有限公司", CODE, "食品制造")
    assert firm.initials.split() == ["qhsp", "acsqhspyxgs"]
    assert told(firm) == [("enterprise.registered", {"name": "安川市青禾食品有限公司"})]
    assert verify() is None


def test_firms_without_a_code_do_not_clash(city, at):
    for name in ("甲公司", "乙公司"):
        enterprises.register_firm(name=name, credit_code=" ", area=city.county, by=city.clerk, at=at)
    assert Enterprise.objects.filter(credit_code__isnull=True).count() == 3


def test_a_code_belongs_to_one_firm_and_the_sentence_names_it(city, at):
    EnterpriseFactory(name="早到公司", credit_code=CODE, area=city.county)
    with pytest.raises(Refused, match="早到公司") as refused:
        enterprises.register_firm(name="晚到公司", credit_code=CODE, area=city.county, by=city.clerk, at=at)
    assert refused.value.field == "credit_code"
    assert not Enterprise.objects.filter(name="晚到公司").exists()


def test_a_firm_needs_a_name(city, at):
    with pytest.raises(Refused) as refused:
        enterprises.register_firm(name="  ", area=city.county, by=city.clerk, at=at)
    assert refused.value.field == "name"


def test_a_field_nobody_knows_is_a_mistake_of_the_program(city, at):
    with pytest.raises(TypeError, match="merged_into"):
        enterprises.register_firm(name="甲", area=city.county, merged_into=city.firm, by=city.clerk, at=at)


def test_a_change_tells_what_was_and_what_is(city, at):
    enterprises.update_firm(
        city.firm, name="安川市恒岳智造有限公司", industry="通用设备", status="STOPPED", by=city.clerk, at=at
    )
    city.firm.refresh_from_db()
    assert (city.firm.name, city.firm.status) == ("安川市恒岳智造有限公司", "STOPPED")
    assert "acshyzzyxgs" in city.firm.initials
    [(name, data)] = told(city.firm)
    assert name == "enterprise.changed"
    assert data["values"]["name"] == ["安川市恒岳机械有限公司", "安川市恒岳智造有限公司"]
    assert data["values"]["status"] == ["ACTIVE", "STOPPED"]
    assert "企业名称" in data["changed"]
    assert "所属行业" in data["changed"]


def test_saving_without_a_change_leaves_no_event(city, at):
    enterprises.update_firm(city.firm, name=city.firm.name, area=city.county, by=city.clerk, at=at)
    assert told(city.firm) == []


def test_a_firm_keeps_its_own_code_when_edited(city, at):
    enterprises.update_firm(city.firm, credit_code=CODE, by=city.clerk, at=at)
    enterprises.update_firm(city.firm, credit_code=CODE, industry="机械", by=city.clerk, at=at)
    city.firm.refresh_from_db()
    assert city.firm.credit_code == CODE


def test_a_firm_moves_only_where_the_account_writes(city, at):
    with pytest.raises(Refused, match="北岭区"):
        enterprises.update_firm(city.firm, area=city.other_county, by=city.county_clerk, at=at)
    moved = enterprises.update_firm(city.firm, area=city.other_county, by=city.clerk, at=at)
    assert moved.area == city.other_county


@pytest.mark.parametrize("who", ["leader", "handler", "auditor", "administrator"])
def test_only_clerks_and_service_officers_keep_the_register(city, at, who):
    account = getattr(city, who)
    assert not perms.can_keep(account, city.county)
    calls = [
        lambda: enterprises.register_firm(name="甲", area=city.county, by=account, at=at),
        lambda: enterprises.update_firm(city.firm, name="甲", by=account, at=at),
        lambda: enterprises.add_contact(city.firm, name="甲", by=account, at=at),
        lambda: enterprises.add_pairing(
            city.firm, person=city.director, kind="LEADER", since=None, by=account, at=at
        ),
        lambda: enterprises.end_pairing(
            PairingFactory(enterprise=city.firm), until=at.date(), by=account, at=at
        ),
        lambda: enterprises.add_qualification(
            city.firm, name="甲", valid_from=None, valid_to=None, by=account, at=at
        ),
        lambda: enterprises.merge_firms(
            city.firm, duplicate=EnterpriseFactory(area=city.county), by=account, at=at
        ),
    ]
    for call in calls:
        with pytest.raises(Refused):
            call()
    assert not Event.objects.exists()


def test_another_county_keeps_its_own_firms_only(city, at):
    neighbour = AccountFactory(role=Role.CLERK, reads_area=city.other_county, writes_area=city.other_county)
    assert perms.can_keep(neighbour, city.other_county)
    with pytest.raises(Refused, match="临河区"):
        enterprises.add_contact(city.firm, name="甲", by=neighbour, at=at)


def test_a_new_main_contact_takes_the_place_of_the_old_one(city, at):
    first = enterprises.add_contact(
        city.firm, name=" 李一 ", phone="0990-1", is_main=True, by=city.clerk, at=at
    )
    enterprises.add_contact(city.firm, name="李二", title="财务", by=city.clerk, at=at)
    third = enterprises.add_contact(city.firm, name="李三", is_main=True, by=city.clerk, at=at)
    assert first.name == "李一"
    assert [c.name for c in city.firm.contacts.all()] == ["李三", "李一", "李二"]
    assert list(city.firm.contacts.filter(is_main=True)) == [third]
    assert [name for name, _data in told(city.firm)] == ["enterprise.contact_added"] * 3
    with pytest.raises(Refused) as refused:
        enterprises.add_contact(city.firm, name=" ", by=city.clerk, at=at)
    assert refused.value.field == "name"


def test_a_pairing_begins_once_and_ends(city, at, today):
    pairing = enterprises.add_pairing(
        city.firm, person=city.director, kind="LEADER", since=today, by=city.clerk, at=at
    )
    with pytest.raises(Refused, match="陆川平") as refused:
        enterprises.add_pairing(
            city.firm, person=city.director, kind="LEADER", since=None, by=city.clerk, at=at
        )
    assert refused.value.field == "person"
    with pytest.raises(Refused) as early:
        enterprises.end_pairing(pairing, until=today - timedelta(days=1), by=city.clerk, at=at)
    assert early.value.field == "until"
    enterprises.end_pairing(pairing, until=today, by=city.clerk, at=at)
    pairing.refresh_from_db()
    assert pairing.until == today
    enterprises.add_pairing(city.firm, person=city.director, kind="LEADER", since=today, by=city.clerk, at=at)
    assert [name for name, _data in told(city.firm)] == [
        "enterprise.paired",
        "enterprise.pairing_ended",
        "enterprise.paired",
    ]


def test_a_pairing_of_unknown_beginning_can_end(city, at, today):
    pairing = enterprises.add_pairing(
        city.firm, person=city.director, kind="OFFICER", since=None, by=city.clerk, at=at
    )
    assert enterprises.end_pairing(pairing, until=today, by=city.clerk, at=at).until == today


def test_a_pairing_that_has_ended_does_not_end_again(city, at, today):
    pairing = PairingFactory(enterprise=city.firm, person=PersonFactory(), until=date(2026, 3, 1))
    with pytest.raises(Refused, match="2026-03-01"):
        enterprises.end_pairing(pairing, until=today, by=city.clerk, at=at)


def test_a_title_has_a_validity_in_order(city, at):
    title = enterprises.add_qualification(
        city.firm,
        name=" 高新技术企业 ",
        batch="第二批",
        valid_from=date(2024, 1, 1),
        valid_to=date(2026, 12, 31),
        by=city.clerk,
        at=at,
    )
    assert title.name == "高新技术企业"
    enterprises.add_qualification(
        city.firm, name="专精特新", valid_from=None, valid_to=None, by=city.clerk, at=at
    )
    with pytest.raises(Refused) as refused:
        enterprises.add_qualification(
            city.firm,
            name="甲",
            valid_from=date(2026, 1, 2),
            valid_to=date(2026, 1, 1),
            by=city.clerk,
            at=at,
        )
    assert refused.value.field == "valid_to"
    with pytest.raises(Refused) as nameless:
        enterprises.add_qualification(
            city.firm, name=" ", valid_from=None, valid_to=None, by=city.clerk, at=at
        )
    assert nameless.value.field == "name"
    assert [name for name, _data in told(city.firm)] == ["enterprise.qualified"] * 2


def test_an_account_speaks_for_one_firm(city, at):
    account = AccountFactory(role=Role.ENTERPRISE, username="hengyue")
    linked = enterprises.link_account(account, enterprise=city.firm, by=city.administrator, at=at)
    assert (linked.account, linked.enterprise) == (account, city.firm)
    assert told(city.firm) == [("enterprise.account_linked", {"username": "hengyue"})]
    with pytest.raises(Refused, match="恒岳机械"):
        enterprises.link_account(account, enterprise=city.firm, by=city.administrator, at=at)


def test_only_the_administrator_links_accounts_and_only_those_of_firms(city, at):
    account = AccountFactory(role=Role.ENTERPRISE)
    with pytest.raises(Refused):
        enterprises.link_account(account, enterprise=city.firm, by=city.clerk, at=at)
    with pytest.raises(Refused):
        enterprises.link_account(city.handler, enterprise=city.firm, by=city.administrator, at=at)
