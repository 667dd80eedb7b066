"""Who sees every area is known at the door; everybody else keeps the condition."""

import pytest

from gongjian.people.queries import sight, within
from gongjian.problems.queries import ledger
from gongjian.web.session import Backend
from tests import scenes
from tests.factories import TODAY, AccountFactory, AreaFactory, ProblemFactory

pytestmark = pytest.mark.django_db


def at_the_door(account):
    return Backend().get_user(account.pk)


def test_only_the_one_root_sees_everything():
    city = scenes.city()
    assert at_the_door(city.clerk).sees_all
    assert not sight(at_the_door(city.clerk))
    for account in (city.county_clerk, AccountFactory(role="CLERK", reads_area=None)):
        one = at_the_door(account)
        assert not one.sees_all
        assert sight(one) == within(one.reads_area)
    AreaFactory(name="另一个市")
    assert not at_the_door(city.clerk).sees_all


def test_the_ledger_is_the_same_with_and_without_the_condition():
    city = scenes.city()
    here = ProblemFactory(area=city.county, enterprise=city.firm)
    there = ProblemFactory(area=city.other_county, enterprise=city.firm)
    for account, seen in (
        (city.clerk, [there, here]),
        (city.leader, [there, here]),
        (city.county_clerk, [here]),
        (city.auditor, [there, here]),
    ):
        assert list(ledger(account, today=TODAY)) == list(ledger(at_the_door(account), today=TODAY)) == seen
    nobody = AccountFactory(role="CLERK", reads_area=None)
    assert list(ledger(at_the_door(nobody), today=TODAY)) == []
    assert set(ledger(at_the_door(city.handler), today=TODAY)) == set()
