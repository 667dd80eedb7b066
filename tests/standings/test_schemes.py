"""Schemes are drafted like one that ships, edited as a table, signed by another, and count from their month on."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.engines.standings.library import shipped
from gongjian.standings import perms, queries
from gongjian.standings import services as standings
from gongjian.standings.models import SchemeVersion
from gongjian.standings.schemes.queries import engine_scheme
from tests import scenes
from tests.factories import AT, AccountFactory, IndicatorFactory

pytestmark = pytest.mark.django_db
JANUARY, JUNE = date(2026, 1, 1), date(2026, 6, 1)


@pytest.fixture
def c():
    return scenes.city()


@pytest.fixture
def catalogue():
    keys = {each["key"] for key in ("ladder", "counted") for each in shipped()[key]["item"]}
    return {key: IndicatorFactory(key=key, name=key) for key in sorted(keys)}


def drafted(c, **changed):
    facts = {"name": "月度评估", "like": "ladder", "area": c.city, "month": JANUARY, "by": c.clerk, "at": AT}
    return standings.draft_scheme(**facts | changed)


def signed(c, version, *, by=None):
    return standings.sign(standings.propose(version, by=c.clerk, at=AT), by=by or c.leader, at=AT)


def test_a_draft_is_like_the_one_that_ships_with_its_areas_in_groups(c, catalogue):
    version = drafted(c)
    scheme = engine_scheme(version)
    assert scheme.full == 38
    assert scheme.one_off == 6
    assert scheme.bonus == (Decimal("0.5"), Decimal("0.3"), Decimal("0.1"))
    assert version.source
    assert {str(member.area): member.group for member in version.members.all()} == {
        "临河区": "城区",
        "北岭区": "城区",
    }


def test_it_says_which_indicators_the_catalogue_lacks_and_never_takes_a_name_twice(c, catalogue):
    with pytest.raises(Refused, match="谋划储备完成率"):
        drafted(c, like="three_batches")
    drafted(c)
    with pytest.raises(Refused, match="已经有了"):
        drafted(c)
    assert drafted(c, name="空白方案", like="").items.count() == 0


def test_who_wrote_a_version_never_signs_it_not_even_in_the_database(c, catalogue):
    version = standings.propose(drafted(c), by=c.clerk, at=AT)
    with pytest.raises(Refused, match="两个人"):
        standings.sign(version, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="来做"):
        standings.sign(version, by=c.county_clerk, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeVersion.objects.filter(pk=version.pk).update(state="SIGNED", signed_by=c.clerk, signed_at=AT)
    row = standings.sign(version, by=c.leader, at=AT)
    assert (row.state, row.signed_by) == ("SIGNED", c.leader)
    names = [event.name for event in events_of(row.scheme).order_by("seq")]
    assert names == ["scheme.drafted", "scheme.proposed", "scheme.signed"]
    assert perms.steps_for(c.leader, row) == []


def test_another_clerk_may_sign_and_whoever_edits_last_is_the_author(c, catalogue):
    other = AccountFactory(role="CLERK", unit=c.office, reads_area=c.city, writes_area=c.city)
    version = drafted(c)
    items = [(catalogue["retail"], {"lens": "GROWTH", "points": Decimal(5)})]
    standings.edit(version, settings={"step": 10}, items=items, groups={c.county: "一组"}, by=other, at=AT)
    proposed = standings.propose(version, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="两个人"):
        standings.sign(proposed, by=other, at=AT)
    assert standings.sign(proposed, by=c.clerk, at=AT).signed_by == c.clerk


def test_the_table_is_written_whole_and_what_cannot_be_scored_is_refused_with_its_reason(c, catalogue):
    version, retail = drafted(c), catalogue["retail"]
    for items, settings, why in (
        ([], {}, "没有得分"),
        ([(retail, {"lens": "SHARE", "method": "TARGET", "points": 5})], {}, "占比"),
        ([(retail, {"lens": "GROWTH", "points": 5})] * 2, {}, "两次"),
        ([(retail, {"lens": "GROWTH", "points": 5})], {"lists": "GUARDED"}, "目标完成"),
        ([(retail, {"lens": "GROWTH", "points": 5, "effort": 0})], {}, "难度系数"),
        ([(retail, {"lens": "GROWTH", "points": 5})], {"step": 120}, "0 到 100"),
    ):
        with pytest.raises(Refused, match=why):
            standings.edit(version, settings=settings, items=items, groups={}, by=c.clerk, at=AT)
    items = [(retail, {"lens": "GROWTH", "points": Decimal(5), "least_base": Decimal(3)})]
    standings.edit(
        version, settings={"tie": "KEEP"}, items=items, groups={c.county: " 一组 "}, by=c.clerk, at=AT
    )
    assert [(str(i.indicator), i.points, i.least_base) for i in version.items.all()] == [("retail", 5, 3)]
    assert [(str(m.area), m.group) for m in version.members.all()] == [("临河区", "一组")]
    event = events_of(version.scheme).get(name="scheme.edited")
    assert len(event.data["items_before"]) == 8
    assert event.data["values"]["tie"] == ["SKIP", "KEEP"]


def test_a_version_that_was_sent_is_edited_only_after_it_came_back(c, catalogue):
    version = standings.propose(drafted(c), by=c.clerk, at=AT)
    with pytest.raises(Refused, match="已经送审"):
        standings.edit(version, settings={}, items=[], groups={}, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="退回理由"):
        standings.send_back(version, reason=" ", by=c.leader, at=AT)
    back = standings.send_back(version, reason="满分加起来不是一百", by=c.leader, at=AT)
    assert (back.state, back.reason) == ("DRAFT", "满分加起来不是一百")
    with pytest.raises(Refused, match="请刷新"):
        standings.sign(back, by=c.leader, at=AT)


def test_the_next_version_is_a_copy_and_counts_from_its_month(c, catalogue):
    first = drafted(c)
    with pytest.raises(Refused, match="还没有审签"):
        standings.next_version(first.scheme, month=JUNE, by=c.clerk, at=AT)
    signed(c, first)
    second = standings.next_version(first.scheme, month=JUNE, by=c.clerk, at=AT)
    assert engine_scheme(second).items == engine_scheme(first).items
    assert second.members.count() == first.members.count()
    signed(c, second)
    found = [queries.version_in_force(first.scheme, month) for month in (date(2025, 12, 1), JANUARY, JUNE)]
    assert [one and one.number for one in found] == [None, 1, 2]


def test_only_the_areas_own_clerks_keep_its_schemes_and_excuses(c, catalogue):
    for by in (c.county_clerk, c.handler, c.leader):
        with pytest.raises(Refused, match="当地攻坚办"):
            drafted(c, by=by)
    with pytest.raises(Refused, match="当地攻坚办"):
        standings.excuse(c.county, month=JUNE, reason="洪灾", by=c.county_clerk, at=AT)
    standings.excuse(c.county, month=JUNE, reason="洪灾", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="登记过"):
        standings.excuse(c.county, month=JUNE, reason="洪灾", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="情况说明"):
        standings.excuse(c.county, month=JANUARY, reason="", by=c.clerk, at=AT)


def test_a_county_sees_the_schemes_of_its_city_and_no_draft(c, catalogue):
    version = drafted(c)
    own = drafted(c, area=c.county, by=c.county_clerk, name="街道评比")
    other = AccountFactory(role="CLERK", reads_area=c.other_county, writes_area=c.other_county)
    assert set(queries.schemes_visible_to(c.county_clerk)) == {version.scheme, own.scheme}
    assert set(queries.versions_visible_to(c.county_clerk)) == {own}
    assert set(queries.schemes_visible_to(other)) == {version.scheme}
    signed(c, version)
    assert set(queries.versions_visible_to(other)) == {version}
    assert set(queries.versions_visible_to(c.clerk)) == {version, own}
