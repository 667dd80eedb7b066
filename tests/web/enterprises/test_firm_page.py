"""One firm on one page: facts, problems, visits, and what is added from there."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.audit.queries import events_of
from gongjian.enterprises.models import Enterprise, Fact
from gongjian.visits import services
from gongjian.visits.states import NoteHeading
from gongjian.web.enterprises.views import SHOWN
from tests.factories import (
    AT,
    TODAY,
    AssignmentFactory,
    ContactFactory,
    EnterpriseFactory,
    FactFactory,
    PairingFactory,
    PersonFactory,
    ProblemFactory,
    QualificationFactory,
    StopFactory,
    VisitFactory,
)
from tests.web.enterprises.page_texts import BUDGET_FIRM, CODE, month, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_firm(city):
    return EnterpriseFactory(area=city.county)


@pytest.fixture
def full(city):
    """A firm with everything."""
    firm = city.firm
    Enterprise.objects.filter(pk=firm.pk).update(
        credit_code=CODE, industry="通用设备", makes="减速机", registered_area=city.other_county
    )
    ContactFactory(enterprise=firm, name="赵总", title="董事长", phone="0990-5550101", is_main=True)
    for kind, name in (("LEADER", "贺远行"), ("OFFICER", "沈知秋")):
        PairingFactory(enterprise=firm, kind=kind, person=PersonFactory(name=name), since=date(2026, 1, 5))
    PairingFactory(enterprise=firm, person=PersonFactory(name="早已结束"), until=date(2020, 1, 1))
    QualificationFactory(enterprise=firm, name="高新技术企业", valid_to=date(2999, 1, 1))
    QualificationFactory(enterprise=firm, name="瞪羚企业", valid_to=date(2020, 1, 1))
    for back in range(1, 16):
        FactFactory(enterprise=firm, period=month(back), value=Decimal(1000 + back))
        FactFactory(enterprise=firm, key="用电量", unit="万千瓦时", period=month(back), value=Decimal(back))
    FactFactory(
        enterprise=firm,
        key="用电量",
        unit="万千瓦时",
        period=month(2),
        value=Decimal("7.5"),
        source="供电公司",
    )
    FactFactory(enterprise=firm, period_kind="YEAR", period=month().replace(month=1), value=Decimal(87654))
    FactFactory(
        enterprise=firm, period_kind="QUARTER", period=date(month(12).year, 4, 1), value=Decimal(22222)
    )
    FactFactory(
        enterprise=firm,
        key="资产总额",
        period_kind="DAY",
        period=date(month(12).year, 6, 30),
        value=Decimal(5),
    )
    for n in range(8):
        visit = VisitFactory(title=f"第{n}次走访", area=city.county, lead=city.director)
        StopFactory(visit=visit, enterprise=firm, result="PROBLEMS")
        assignment = AssignmentFactory(lead_unit=city.bureau, area=city.county)
        ProblemFactory(enterprise=firm, text=f"第{n}个问题", visit=visit, assignment=assignment)
    ProblemFactory(enterprise=firm, text="还没有交办")
    return firm


def test_everything_of_a_firm_is_on_one_page(as_clerk, full, django_assert_max_num_queries):
    with django_assert_max_num_queries(BUDGET_FIRM):
        response = as_clerk.get(reverse("enterprise", args=[full.pk]))
    html = text_of(response)
    for shown in (
        CODE,
        "临河区",
        "登记地 北岭区",
        "通用设备",
        "减速机",
        "赵总",
        "tel:0990-5550101",
        "贺远行",
        "沈知秋",
        "2026-01-05 起",
        "高新技术企业",
        "第7次走访",
        "第7个问题",
        "还没有交办",
        "待交办",
        "市金融局",
        "2 季度",
        "22222",
        "87654",
    ):
        assert shown.replace(" 季度", "季度") in html, shown
    assert "早已结束" not in html
    main = html[html.index("<main") : html.index("</main>")]
    assert main.count("已过期") == 1
    assert main.index("瞪羚企业") < main.index("已过期")


def test_thirteen_months_unknown_said_and_differing_sources_flagged(as_clerk, full):
    response = as_clerk.get(reverse("enterprise", args=[full.pk]))
    facts = response.context["facts"]
    assert facts.months == [month(back) for back in range(12, -1, -1)]
    revenue, power = facts.lines
    assert (revenue.key, power.key) == ("营业收入", "用电量")
    assert [cell.facts[0].value for cell in revenue.cells[:-1]] == [1000 + back for back in range(12, 0, -1)]
    assert revenue.cells[-1] is None  # the month has not been reported: unknown, not zero
    assert power.sources == ["企业月报", "供电公司"]
    [differing] = facts.differing
    assert (differing.key, differing.period) == ("用电量", month(2))
    assert response.context["facts"].chart["series"][0]["data"][-1] is None
    html = text_of(response)
    assert "来源之间不一致" in html
    assert html.count("unsure") == 1


@pytest.mark.parametrize("back", [2, 5, 11, 20])
def test_a_firm_whose_figures_ended_earlier_shows_the_months_that_have_some(as_clerk, city, back):
    for n in range(3):
        FactFactory(enterprise=city.firm, key="用电量", period=month(back + n), value=7)
    facts = as_clerk.get(reverse("enterprise", args=[city.firm.pk])).context["facts"]
    assert facts.months[-2:] == [month(back), month(back - 1)]
    assert sum(cell is not None for cell in facts.lines[0].cells) == 3


def test_a_firm_of_which_nothing_is_known_says_so(as_clerk, city):
    html = text_of(as_clerk.get(reverse("enterprise", args=[city.firm.pk])))
    for said in ("未知不等于零", "没有记录过问题", "还没有走访过"):
        assert said in html
    assert "data-chart" not in html


def test_a_handler_sees_the_problems_of_his_unit_only(client, full, city):
    ProblemFactory(
        enterprise=full, text="别的单位的事", assignment=AssignmentFactory(lead_unit=city.other_bureau)
    )
    client.force_login(city.handler)
    html = text_of(client.get(reverse("enterprise", args=[full.pk])))
    assert "第3个问题" in html
    assert "别的单位的事" not in html
    assert "还没有交办" not in html


def test_visits_the_account_may_not_open_are_left_out(client, city):
    StopFactory(visit=VisitFactory(title="市里的走访", area=city.city), enterprise=city.firm)
    StopFactory(visit=VisitFactory(title="区里的走访", area=city.county), enterprise=city.firm)
    client.force_login(city.county_clerk)
    html = text_of(client.get(reverse("enterprise", args=[city.firm.pk])))
    assert "区里的走访" in html
    assert "市里的走访" not in html


def test_what_does_not_fit_is_counted_and_linked(as_clerk, city):
    for n in range(43):
        ProblemFactory(enterprise=city.firm, text=f"问题{n}")
        StopFactory(enterprise=city.firm, visit=VisitFactory(area=city.county))
    response = as_clerk.get(reverse("enterprise", args=[city.firm.pk]))
    assert (len(response.context["rows"]), len(response.context["stops"])) == (SHOWN, SHOWN)
    assert (response.context["recorded"].number, response.context["met"].number) == (43, 43)
    assert "全部 43 个问题" in text_of(response)
    assert "全部 43 次走访与会议" in text_of(response)


def post_part(client, firm, part, **fields):
    posted = {f"{part}-{name}": value for name, value in fields.items()}
    return client.post(reverse("enterprise-add", args=[firm.pk, part]), posted)


def test_each_part_is_added_from_the_page(as_clerk, city):
    firm, person = city.firm, city.director
    added = {
        "contact": {"name": "赵总", "is_main": "on"},
        "pairing": {"person": person.pk, "kind": "LEADER", "since": "2026-01-01"},
        "fact": {
            "key": "用电量",
            "period_kind": "MONTH",
            "period": "2026-09-15",
            "value": "12.5",
            "source": "月报",
        },
        "qualification": {"name": "高新技术企业", "valid_from": "2026-01-01"},
    }
    for part, fields in added.items():
        response = post_part(as_clerk, firm, part, **fields)
        assert response.status_code == 302, part
        assert response.url == reverse("enterprise", args=[firm.pk])
    assert firm.contacts.get().is_main
    assert firm.pairings.get().person == person
    assert Fact.objects.get().period == date(2026, 9, 1)
    assert firm.qualifications.get().valid_to is None
    assert events_of(firm).count() == 4


def test_a_person_may_be_typed_whole_without_a_list(as_clerk, city):
    assert post_part(as_clerk, city.firm, "pairing", person_text="陆川平", kind="LEADER").status_code == 302
    assert city.firm.pairings.get().person == city.director


def test_a_refused_part_stays_open_with_what_was_typed(as_clerk, city):
    response = post_part(
        as_clerk, city.firm, "qualification", name="瞪羚企业", valid_from="2026-02-01", valid_to="2026-01-01"
    )
    assert response.status_code == 422
    html = text_of(response)
    assert "有效期止早于有效期起" in html
    assert "瞪羚企业" in html
    assert re.search(r'<details class="panel" open>\s*<summary>添加资质荣誉', html)
    assert html.count('<details class="panel" open>') == 1


def test_a_part_nobody_knows_is_not_found(as_clerk, city):
    assert post_part(as_clerk, city.firm, "merged").status_code == 404


def test_a_pairing_ends_today(as_clerk, city):
    pairing = PairingFactory(enterprise=city.firm, person=city.director)
    response = as_clerk.post(reverse("pairing-end", args=[pairing.pk]))
    assert response.url == reverse("enterprise", args=[city.firm.pk])
    pairing.refresh_from_db()
    assert pairing.until == timezone.localdate()
    assert as_clerk.post(reverse("pairing-end", args=[pairing.pk])).status_code == 409


def test_ids_on_the_page_are_unique(as_clerk, full):
    ids = re.findall(r'\sid="([^"]+)"', text_of(as_clerk.get(reverse("enterprise", args=[full.pk]))))
    assert len(ids) == len(set(ids))


def test_what_the_other_firms_of_a_meeting_said_stands_in_their_trail_only(as_clerk, city, other_firm):
    visit = services.plan(
        kind="SEMINAR",
        title="装备制造企业座谈会",
        area=city.county,
        starts_on=TODAY,
        ends_on=TODAY,
        enterprises=[city.firm, other_firm],
        lead=city.leader.person,
        by=city.clerk,
        at=AT,
    )
    for stop, said in zip(visit.stops.order_by("pk"), ("订单排到三月", "打算明年迁走"), strict=True):
        services.record_stop(stop, result="NOTHING", notes={NoteHeading.MARKET: said}, by=city.clerk, at=AT)
    pages = {
        firm: text_of(as_clerk.get(reverse("enterprise", args=[firm.pk]))) for firm in (city.firm, other_firm)
    }
    assert "订单排到三月" in pages[city.firm]
    assert "打算明年迁走" not in pages[city.firm]
    assert "打算明年迁走" in pages[other_firm]
    assert "订单排到三月" not in pages[other_firm]


def test_a_first_value_stands_in_the_trail_without_a_dash_before_it(as_clerk, city):
    stop = StopFactory(enterprise=city.firm, visit=VisitFactory(area=city.county))
    services.record_stop(stop, result="NOTHING", notes={NoteHeading.MARKET: "订单增加"}, by=city.clerk, at=AT)
    services.record_stop(stop, result="NOTHING", notes={NoteHeading.MARKET: "订单减少"}, by=city.clerk, at=AT)
    shown = text_of(as_clerk.get(reverse("enterprise", args=[city.firm.pk])))
    assert "<del>订单增加</del>" in shown
    assert "<del>—</del>" not in shown
