"""Entries, matches with their reason, introductions that are assignments, and what came of them."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.assignments.states import Source
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.enterprises.models import Enterprise
from gongjian.markets import perms, queries
from gongjian.markets import services as markets
from gongjian.markets.models import Introduction, Product
from gongjian.markets.states import IntroductionResult, Side
from tests import scenes
from tests.factories import (
    AT,
    TODAY,
    EnterpriseAccountFactory,
    EnterpriseFactory,
    NoteFactory,
    ProductFactory,
    StopFactory,
    VisitFactory,
)


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def near(c):
    return EnterpriseFactory(short_name="近邻铸造", area=c.county)


@pytest.fixture
def far(c):
    return EnterpriseFactory(short_name="远方铸造", area=c.other_county, chain="装备制造")


@pytest.fixture
def pair(c, near, far):
    need = ProductFactory(enterprise=c.firm, side=Side.BUYS, name="铸件毛坯", outside=True)
    return need, ProductFactory(enterprise=near, name="铸锻件"), ProductFactory(enterprise=far, name="铸锻件")


def facts(c, **more):
    return {
        "lead_unit": c.bureau,
        "responsible_person": c.director,
        "task": "对接",
        "due": date(2026, 12, 4),
        "by": c.clerk,
        "at": AT,
    } | more


def matches(c, need):
    return queries.match_products([need], queries.products_in_city(c.clerk, Side.MAKES))[0]


def test_entries_are_added_once_and_told(c):
    made = markets.add_products(
        c.firm, side="BUYS", names="轴承、纸箱、轴承", outside=True, by=c.officer, at=AT
    )
    assert [(one.name, one.outside) for one in made] == [("轴承", True), ("纸箱", True)]
    assert markets.add_products(c.firm, side="BUYS", names="纸箱", by=c.clerk, at=AT) == []
    assert [one.name for one in events_of(c.firm)] == ["product.added"]
    assert (
        markets.add_products(c.firm, side="MAKES", names="纸箱", outside=True, by=c.clerk, at=AT)[0].outside
        is None
    )


def test_bad_names_are_refused_with_what_to_do(c):
    for names, sentence in ((" 、", "请写产品名称"), ("长" * 41, "太长")):
        with pytest.raises(Refused, match=sentence):
            markets.add_products(c.firm, side="BUYS", names=names, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="登记"):
        markets.add_products(c.firm, side="BUYS", names="轴承", by=c.handler, at=AT)


def test_a_firm_keeps_its_own_entries_and_no_others(c, near):
    account = EnterpriseAccountFactory(enterprise=c.firm).account
    assert perms.can_keep(account, c.firm)
    assert not perms.can_keep(account, near)


def test_entries_are_read_from_the_firms_page(c):
    Enterprise.objects.filter(pk=c.firm.pk).update(makes="减速机、壳体", buys="轴承")
    c.firm.refresh_from_db()
    assert [one.name for one in markets.add_products_from_page(c.firm, by=c.clerk, at=AT)] == [
        "减速机",
        "壳体",
        "轴承",
    ]
    with pytest.raises(Refused, match="没有新的产品"):
        markets.add_products_from_page(c.firm, by=c.clerk, at=AT)


def test_an_entry_is_ended_and_may_come_again(c, pair):
    need = pair[0]
    assert markets.end_product(need, by=c.clerk, at=AT).ended_on == TODAY
    assert markets.end_product(need, by=c.clerk, at=AT).ended_on == TODAY
    assert not queries.products_of(c.firm, Side.BUYS).exists()
    assert markets.add_products(c.firm, side="BUYS", names=need.name, by=c.clerk, at=AT)


def test_matches_are_ranked_by_goods_then_nearness_with_the_reason(c, pair):
    ProductFactory(enterprise=pair[2].enterprise, name="毛坯")
    found = matches(c, pair[0])
    assert [one.product.enterprise.short_name for one in found.matches] == ["近邻铸造", "远方铸造"]
    assert found.firms == 2
    assert found.matches[0].reason == "“铸件毛坯”与“铸锻件”同属铸件；同县（市、区）"
    assert found.matches[1].reason.endswith("；同市")


def test_the_same_chain_lifts_a_match_and_is_said(c, pair):
    Enterprise.objects.filter(pk=c.firm.pk).update(chain="装备制造")
    need = Product.objects.select_related("enterprise__area").get(pk=pair[0].pk)
    best = matches(c, need).matches[0]
    assert best.product == pair[2]
    assert "同在装备制造产业链" in best.reason


def test_the_firm_itself_closed_firms_and_ended_entries_are_no_match(c, pair):
    ProductFactory(enterprise=c.firm, name="铸锻件")
    Enterprise.objects.filter(pk=pair[1].enterprise_id).update(status="CLOSED")
    markets.end_product(pair[2], by=c.clerk, at=AT)
    assert matches(c, pair[0]).matches == ()


def test_needs_bought_outside_come_first_and_are_found_by_text(c, pair):
    ProductFactory(enterprise=c.firm, side=Side.BUYS, name="纸箱", outside=None)
    ProductFactory(enterprise=c.firm, side=Side.BUYS, name="油墨", outside=False)
    ProductFactory(enterprise=c.firm, side=Side.BUYS, name="丙烯", outside=True)
    assert [one.name for one in queries.products_needed(c.clerk)] == ["铸件毛坯", "丙烯", "油墨", "纸箱"]
    assert queries.products_with_text(queries.products_needed(c.clerk), "恒岳").count() == 4
    assert queries.products_with_text(queries.products_needed(c.clerk), "纸").get().name == "纸箱"


def test_an_introduction_is_an_assignment_and_made_once(c, pair):
    made = markets.introduce(pair[0], pair[1], **facts(c))
    assert (made.assignment.source, made.assignment.lead_unit, made.result) == (
        Source.INTRODUCTION,
        c.bureau,
        IntroductionResult.PENDING,
    )
    assert "同属铸件" in made.reason
    assert [one.name for one in events_of(made)] == ["introduction.made"]
    with pytest.raises(Refused, match="已经引荐过"):
        markets.introduce(pair[0], pair[1], **facts(c))


def test_only_a_need_and_an_offer_of_two_firms_in_force_are_introduced(c, pair):
    with pytest.raises(Refused, match="一家采购、另一家生产"):
        markets.introduce(pair[1], pair[0], **facts(c))
    markets.end_product(pair[1], by=c.clerk, at=AT)
    with pytest.raises(Refused, match="已经停用"):
        markets.introduce(pair[0], pair[1], **facts(c))
    with pytest.raises(Refused, match="攻坚办交办"):
        markets.introduce(pair[0], pair[2], **facts(c, by=c.leader))
    assert not perms.can_introduce(c.leader, c.firm)


def test_an_order_needs_its_amount_and_a_failure_its_reason(c, pair):
    made = markets.introduce(pair[0], pair[1], **facts(c))
    for result, sentence in (("ORDERED", "填金额"), ("NOTHING", "写明原因")):
        with pytest.raises(Refused, match=sentence):
            markets.record_result(made, result=result, by=c.handler, at=AT)
    done = markets.record_result(
        made, result="ORDERED", amount=Decimal("86.5"), note="月供", by=c.handler, at=AT
    )
    assert (done.result, done.amount, done.result_on) == (IntroductionResult.ORDERED, Decimal("86.5"), TODAY)
    assert "86.5万元" in str(list(events_of(made))[-1].data["amount"])
    back = markets.record_result(made, result="SAMPLED", amount=Decimal(3), by=c.clerk, at=AT)
    assert back.amount is None


def test_others_do_not_tell_the_result(c, pair):
    made = markets.introduce(pair[0], pair[1], **facts(c))
    assert perms.can_record_result(c.handler, made)
    assert not perms.can_record_result(c.other_handler, made)
    with pytest.raises(Refused, match="承办单位或攻坚办"):
        markets.record_result(made, result="CONTACTED", by=c.leader, at=AT)


def test_introductions_are_seen_by_area_unit_and_firm(c, pair):
    made = markets.introduce(pair[0], pair[2], **facts(c))
    mine = EnterpriseAccountFactory(enterprise=pair[2].enterprise).account
    assert made.area == made.assignment.area == c.city  # it is about a firm of each county
    for account in (c.clerk, c.handler, mine):
        assert queries.introductions_visible_to(account).get() == made
    for account in (c.county_clerk, c.other_handler, EnterpriseAccountFactory().account):
        assert not queries.introductions_visible_to(account).exists()
    assert Introduction.objects.get() == made


# --- what visit notes say


@pytest.fixture
def stop(c):
    visit = VisitFactory(area=c.county)
    found = StopFactory(visit=visit, enterprise=c.firm)
    NoteFactory(visit=visit, stop=found, text="企业主要生产减速机壳体，纸箱从外省采购。")
    return found


def test_notes_propose_what_is_not_entered_yet_and_write_nothing(c, stop):
    told = queries.new_goods_in_notes({c.firm.pk: queries.notes_of(stop)})[c.firm.pk]
    assert [(one.key, one.outside) for one in told] == [("MAKES:减速机壳体", None), ("BUYS:纸箱", True)]
    assert not Product.objects.exists()
    ProductFactory(enterprise=c.firm, name="减速机壳体")
    ProductFactory(enterprise=EnterpriseFactory(), side=Side.BUYS, name="纸箱")
    told = queries.new_goods_in_notes({c.firm.pk: queries.notes_of(stop)})[c.firm.pk]
    assert [one.key for one in told] == ["BUYS:纸箱"]
    assert queries.new_goods_in_notes({c.firm.pk: " "}) == {}


def test_only_what_the_notes_say_is_taken_once_with_its_visit(c, stop):
    with pytest.raises(Refused, match="已经登记，或记录已经改动"):
        markets.add_products_from_notes(stop, ["BUYS:轴承"], by=c.clerk, at=AT)
    made = markets.add_products_from_notes(stop, ["BUYS:纸箱", "BUYS:轴承"], by=c.clerk, at=AT)
    assert [(one.name, one.side, one.outside, one.found, one.visit) for one in made] == [
        ("纸箱", Side.BUYS, True, "VISIT", stop.visit)
    ]
    with pytest.raises(Refused, match="已经登记"):
        markets.add_products_from_notes(stop, ["BUYS:纸箱"], by=c.clerk, at=AT)
    with pytest.raises(Refused, match="由企业自己、攻坚办"):
        markets.add_products_from_notes(stop, ["MAKES:减速机壳体"], by=c.handler, at=AT)


def test_a_firm_of_another_county_is_introduced_by_the_city(c, pair):
    near = markets.introduce(pair[0], pair[1], **facts(c, by=c.county_clerk))
    assert near.area == c.county
    assert queries.introductions_visible_to(c.county_clerk).get() == near
    with pytest.raises(Refused, match="市攻坚办"):
        markets.introduce(pair[0], pair[2], **facts(c, by=c.county_clerk))
