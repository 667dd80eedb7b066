"""Who sees which firm, and finding one by what people type."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from gongjian.enterprises import queries
from gongjian.enterprises.models import Enterprise
from gongjian.people.pinyin import initials
from gongjian.people.states import Role
from tests.factories import (
    AccountFactory,
    AreaFactory,
    EnterpriseAccountFactory,
    EnterpriseFactory,
    PairingFactory,
    PersonFactory,
)
from tests.scenes import city as make_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_city()


def seen_by(account):
    return set(queries.visible_to(account))


def firm(name, short_name="", **facts):
    letters = f"{initials(short_name)} {initials(name)}".strip()
    return EnterpriseFactory(name=name, short_name=short_name, initials=letters, **facts)


# --- who sees which ---


def test_sight_is_a_subtree(city):
    elsewhere = EnterpriseFactory(area=city.other_county)
    assert seen_by(city.clerk) == {city.firm, elsewhere}
    assert seen_by(city.county_clerk) == {city.firm}
    assert seen_by(city.auditor) == {city.firm, elsewhere}
    assert seen_by(AccountFactory(reads_area=None)) == set()


def test_a_service_officer_also_sees_the_firms_paired_with_him(city):
    paired, was_paired, of_another = (EnterpriseFactory(area=city.other_county) for _ in range(3))
    PairingFactory(enterprise=paired, person=city.officer.person)
    PairingFactory(enterprise=was_paired, person=city.officer.person, until=date(2026, 1, 31))
    PairingFactory(enterprise=of_another, person=PersonFactory())
    assert seen_by(city.officer) == {city.firm, paired}


def test_a_service_officer_without_a_person_sees_his_area(city):
    assert seen_by(AccountFactory(role=Role.OFFICER, reads_area=city.county)) == {city.firm}


def test_a_firm_sees_itself_even_if_its_account_reads_an_area(city):
    EnterpriseFactory(area=city.county)
    account = AccountFactory(role=Role.ENTERPRISE, reads_area=city.city)
    assert seen_by(account) == set()
    EnterpriseAccountFactory(account=account, enterprise=city.firm)
    assert seen_by(account) == {city.firm}


def test_merged_firms_are_gone(city):
    EnterpriseFactory(area=city.county, merged_into=city.firm)
    assert seen_by(city.clerk) == {city.firm}


# --- finding ---


def test_exact_before_prefix_before_contained(city):
    inside = firm("临河恒岳物流有限公司", area=city.county)
    prefix = firm("恒岳精密铸造有限公司", area=city.county)
    exact = firm("安川恒岳集团有限公司", "恒岳", area=city.county)
    assert list(queries.search_firms("恒岳", account=city.clerk))[:3] == [exact, city.firm, prefix]
    assert inside in queries.search_firms("恒岳", account=city.clerk)


@pytest.mark.parametrize("typed", ["qhsp", "QHSP", "acsqh", "hsp", " qhsp "])
def test_pinyin_initials_of_both_names(city, typed):
    wanted = firm("安川市青禾食品有限公司", "青禾食品", area=city.county)
    assert list(queries.search_firms(typed, account=city.clerk)) == [wanted]


def test_initials_that_begin_a_name_come_before_those_inside(city):
    inside = firm("临河青禾米业有限公司", "河青禾", area=city.county)
    begins = firm("青禾食品有限公司", "食品", area=city.county)
    assert list(queries.search_firms("qh", account=city.clerk)) == [begins, inside]


@pytest.mark.parametrize("typed", ["91110000600037341L", "91110000600037341l", "341L", "7341l"])
def test_the_whole_code_or_its_tail(city, typed):
    wanted = firm("青禾", credit_code="91110000600037341L", area=city.county)
    assert list(queries.search_firms(typed, account=city.clerk)) == [wanted]


def test_a_tail_of_three_characters_says_too_little(city):
    firm("青禾", credit_code="91110000600037341L", area=city.county)
    assert list(queries.search_firms("41L", account=city.clerk)) == []


def test_latin_names_in_any_case(city):
    wanted = firm("安川ABC泵业有限公司", area=city.county)
    assert list(queries.search_firms("abc泵", account=city.clerk)) == [wanted]


def test_nothing_typed_leaves_all_up_to_the_limit(city):
    EnterpriseFactory.create_batch(4, area=city.county)
    assert len(queries.search_firms(" ", account=city.clerk)) == 5
    assert len(queries.search_firms("", account=city.clerk, limit=3)) == 3


def test_what_is_typed_is_text_and_no_pattern(city):
    wanted = firm("百分之百%有限公司", area=city.county)
    assert list(queries.search_firms("%", account=city.clerk)) == [wanted]
    assert list(queries.search_firms("_", account=city.clerk)) == []
    assert list(queries.search_firms("百分\0之百", account=city.clerk)) == [wanted]


def test_only_what_the_account_sees(city):
    firm("恒岳远方公司", area=city.other_county)
    assert list(queries.search_firms("恒岳", account=city.county_clerk)) == [city.firm]


NAMES = st.text("安川恒岳青禾金石机械食品AB12有限公司", min_size=1, max_size=12)


class Finding(TestCase):
    """Search against the plain meaning of its words, over made-up registers."""

    @settings(max_examples=60, deadline=None)
    @given(names=st.lists(NAMES, min_size=1, max_size=8), data=st.data())
    def test_every_part_of_a_name_finds_it_and_order_follows_nearness(self, names, data):
        area = AreaFactory()
        account = AccountFactory(reads_area=area)
        for name in names:
            firm(name, area=area)
        chosen = data.draw(st.sampled_from(names))
        start = data.draw(st.integers(0, len(chosen) - 1))
        typed = data.draw(st.sampled_from([chosen[start:], chosen[: start + 1], initials(chosen)]))
        found = list(queries.matching_firms(queries.visible_to(account), typed))
        assert chosen in {one.name for one in found}
        assert len(found) == len(set(found))
        ranks = [0 if one.name == typed else 1 if one.name.startswith(typed) else None for one in found]
        plain = [rank for rank in ranks if rank is not None]
        assert plain == sorted(plain)
        by_name = {one for one in Enterprise.objects.all() if typed.lower() in one.name.lower()}
        assert by_name <= set(found)


def test_pairings_in_force(city, today):
    for until in (None, today, date(2026, 11, 23)):
        PairingFactory(enterprise=city.firm, person=PersonFactory(), until=until)
    assert {p.until for p in queries.current_pairings(city.firm, today=today)} == {None, today}
