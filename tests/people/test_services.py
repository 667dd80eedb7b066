"""Units, posts, terms, accounts: what is refused and why; who sees which area."""

from datetime import date

import pytest

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.people import perms, services
from gongjian.people.accounts.services import change_password, delete_filter, save_filter, set_active
from gongjian.people.models import Area, SavedFilter, Tenure
from gongjian.people.queries import (
    find_persons,
    find_units,
    holders,
    reads,
    subtree,
    whole_city,
    within,
    writes,
)
from tests import scenes
from tests.factories import AT, AccountFactory, PersonFactory, SavedFilterFactory, TenureFactory, UnitFactory


@pytest.fixture
def c(db):
    return scenes.city()


def update(c, unit, **more):
    facts = {
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.kind,
        "superior": None,
        "duties": "",
    }
    return services.update_unit(unit, **(facts | more), by=c.clerk, at=AT)


def test_a_unit_has_a_name_of_its_own_in_its_area(c):
    with pytest.raises(Refused, match="已有单位“安川市人力资源局”") as refusal:
        update(c, c.bureau, name="安川市人力资源局")
    assert refusal.value.field == "name"
    with pytest.raises(Refused, match="请填写名称"):
        update(c, c.bureau, name=" ")
    assert update(c, c.bureau, duties="融资").duties == "融资"


def test_nobody_is_given_the_same_post_twice(c):
    facts = {"unit": c.bureau, "title": "局长", "is_principal": True, "since": None, "by": c.clerk, "at": AT}
    with pytest.raises(Refused, match="已经任局长"):
        services.appoint(c.director, **facts)


def test_a_term_ends_after_it_began(c):
    tenure = TenureFactory(
        person=PersonFactory(), post__unit=c.office, post__title="主任", since=date(2026, 3, 1)
    )
    with pytest.raises(Refused, match="早于任职日期 2026-03-01"):
        services.end_tenure(tenure, until=date(2026, 2, 1), by=c.clerk, at=AT)
    services.end_tenure(tenure, until=date(2026, 6, 1), by=c.clerk, at=AT)
    assert not holders([c.office], on=date(2026, 7, 1)).exists()
    assert holders([c.office], on=date(2026, 6, 1)).get() == tenure
    assert Tenure.objects.filter(until=None).count() == 2


@pytest.fixture
def account(db):
    account = AccountFactory(username="zhoumin", must_change_password=True)
    account.set_password("old-password-2026")
    account.save()
    return account


@pytest.mark.parametrize(
    "words",
    [
        ("wrong", "new-password-2026", "原密码不对", "old"),
        ("old-password-2026", "old-password-2026", "不能与原密码相同", "new"),
        ("old-password-2026", "1234567890", "数字", "new"),
        ("old-password-2026", "zhoumin2026x", "相似", "new"),
    ],
)
def test_a_poor_password_is_refused_at_its_field(account, words):
    old, new, sentence, field = words
    with pytest.raises(Refused, match=sentence) as refusal:
        change_password(account, old=old, new=new, at=AT)
    assert refusal.value.field == field
    account.refresh_from_db()
    assert account.check_password("old-password-2026")


def test_a_new_password_opens_the_account(account):
    change_password(account, old="old-password-2026", new="linhe-office-2026", at=AT)
    account.refresh_from_db()
    assert account.check_password("linhe-office-2026")
    assert not account.must_change_password
    assert [event.name for event in events_of(account)] == ["account.password_changed"]


def test_a_filter_is_kept_under_its_name_and_forgotten(c):
    for query in ("light=RED", "light=GREEN"):
        save_filter(c.clerk, page="problem-ledger", name=" 红灯 ", query=query, at=AT)
    saved = SavedFilter.objects.get()
    assert (saved.name, saved.query) == ("红灯", "light=GREEN")
    with pytest.raises(Refused, match="起个名"):
        save_filter(c.clerk, page="problem-ledger", name=" ", query="", at=AT)
    delete_filter(saved, by=c.clerk, at=AT)
    assert not SavedFilter.objects.exists()
    assert SavedFilterFactory()


def test_an_account_is_shut_by_another_administrator_only(c):
    with pytest.raises(Refused, match="不能停用自己"):
        set_active(c.administrator, active=False, by=c.administrator, at=AT)
    with pytest.raises(Refused, match="只有系统管理员"):
        set_active(c.handler, active=False, by=c.clerk, at=AT)
    assert not set_active(c.handler, active=False, by=c.administrator, at=AT).is_active
    assert set_active(c.handler, active=True, by=c.administrator, at=AT).is_active


def test_subtree_and_city_are_ranges_of_paths(c):
    assert set(subtree(c.city)) == {c.city, c.county, c.other_county}
    assert set(subtree(c.county)) == {c.county}
    assert set(Area.objects.filter(whole_city(c.county, ""))) == {c.city, c.county, c.other_county}
    for condition in (within(None), whole_city(None)):
        assert not Area.objects.filter(condition).exists()
    assert reads(c.clerk, c.county)
    assert not reads(c.county_clerk, c.city)
    assert not writes(c.auditor, c.county)
    assert not perms.can_keep_people(c.county_clerk, c.city)


def test_units_and_persons_are_found_by_name_and_initials(c):
    services.update_unit(
        c.bureau,
        name=c.bureau.name,
        short_name="市金融局",
        kind="DEPARTMENT",
        superior=None,
        duties="",
        by=c.clerk,
        at=AT,
    )
    elsewhere = UnitFactory(name="外地金融局")
    assert set(find_units("金融")) == {c.bureau, elsewhere}
    assert list(find_units("金融", near=c.county)) == [c.bureau]
    assert list(find_units("sjr")) == [c.bureau]
    assert list(find_persons("陆川")) == [c.director]
