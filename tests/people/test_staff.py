"""Unit, person, post and account registered in one step, or none of them."""

import pytest

from gongjian.audit import Refused
from gongjian.people.models import Account, Person, Tenure, Unit
from gongjian.people.pinyin import spelt_out
from gongjian.people.staff.services import free_username, register_staff
from gongjian.people.states import Role
from tests.factories import AT, AccountFactory, AreaFactory, UnitFactory

pytestmark = pytest.mark.django_db
PERSON = {"name": "周敏", "title": "局长"}


@pytest.fixture
def city():
    return AreaFactory(name="安川市", level="CITY")


@pytest.fixture
def administrator(city):
    return AccountFactory(role=Role.ADMINISTRATOR, reads_area=city)


def test_all_four_at_once(city, administrator):
    made = register_staff(
        unit="市金融局",
        area=city,
        duties="融资",
        **PERSON,
        phone="0372-1234567",
        is_principal=True,
        role=Role.HANDLER,
        by=administrator,
        at=AT,
    )
    assert (made.unit.name, made.unit.area, made.unit.duties) == ("市金融局", city, "融资")
    assert Tenure.objects.get().post.is_principal
    account = Account.objects.get(username="zhoumin")
    assert (account.unit, account.person, account.reads_area) == (made.unit, made.person, city)
    assert account.writes_area is None
    assert account.check_password(made.password)


@pytest.mark.parametrize(("role", "writes"), [("CLERK", True), ("OFFICER", True), ("LEADER", False)])
def test_an_account_reads_the_unit_s_area_and_writes_it_where_the_role_records(
    city, administrator, role, writes
):
    county = AreaFactory(name="甲区", level="COUNTY", parent=city)
    unit = UnitFactory(area=county)
    made = register_staff(unit=unit, area=None, **PERSON, role=role, by=administrator, at=AT)
    assert made.account.reads_area == county
    assert (made.account.writes_area == county) is writes


def test_without_a_role_there_is_no_account(city, administrator):
    unit = UnitFactory(area=city)
    made = register_staff(unit=unit, area=None, **PERSON, by=administrator, at=AT)
    assert (made.account, made.password) == (None, "")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"unit": "市金融局", "area": None}, "所属地区"),
        ({"unit": "市金融局", "title": " "}, "职务"),
        ({"unit": "市金融局", "username": "taken", "role": "HANDLER"}, "已有人使用"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(city, administrator, given, why):
    AccountFactory(username="taken")
    before = (Unit.objects.count(), Person.objects.count(), Account.objects.count())
    with pytest.raises(Refused, match=why):
        register_staff(**{"area": city, **PERSON, **given}, by=administrator, at=AT)
    assert (Unit.objects.count(), Person.objects.count(), Account.objects.count()) == before


def test_a_clerk_opens_no_accounts_and_keeps_to_the_area(city):
    county, other = (AreaFactory(name=name, level="COUNTY", parent=city) for name in ("甲区", "乙区"))
    clerk = AccountFactory(role=Role.CLERK, reads_area=county, writes_area=county)
    assert register_staff(unit="甲区发改委", area=county, **PERSON, by=clerk, at=AT).account is None
    with pytest.raises(Refused, match="只有系统管理员"):
        register_staff(unit="甲区商务局", area=county, **PERSON, role=Role.HANDLER, by=clerk, at=AT)
    with pytest.raises(Refused, match="只有本地区"):
        register_staff(unit="乙区商务局", area=other, **PERSON, by=clerk, at=AT)


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("周敏", "zhoumin"),
        ("曾国平", "zengguoping"),
        ("翟明", "zhaiming"),
        ("买买提·江", "maimaitijiang"),
        ("·", ""),
    ],
)
def test_a_name_is_spelt_as_a_name(name, spelt):
    assert spelt_out(name) == spelt


def test_a_username_that_is_taken_gets_a_number():
    assert free_username("周敏") == "zhoumin"
    for username in ("zhoumin", "ZhouMin2"):
        AccountFactory(username=username)
    assert free_username("周敏") == "zhoumin3"
    assert free_username("·") == "user"
