"""Pages of the register of firms: who may, what they show, what they keep when refused."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.audit.queries import events_of
from gongjian.enterprises.models import Enterprise, Fact
from gongjian.people.states import Role
from tests.factories import (
    AccountFactory,
    AssignmentFactory,
    ContactFactory,
    EnterpriseAccountFactory,
    EnterpriseFactory,
    FactFactory,
    PairingFactory,
    PersonFactory,
    ProblemFactory,
    QualificationFactory,
    StopFactory,
    VisitFactory,
)
from tests.scenes import city as make_city

pytestmark = pytest.mark.django_db
CODE = "91110000600037341L"
BUDGET = 12
BUDGET_FIRM = 15  # ten tables of the firm's own, five of the frame
HTMX = {"HX-Request": "true"}


@pytest.fixture
def city():
    return make_city()


@pytest.fixture
def as_clerk(client, city):
    client.force_login(city.clerk)
    return client


def month(back=0):
    """First day of the month `back` months ago."""
    today = timezone.localdate()
    count = today.year * 12 + today.month - 1 - back
    return date(count // 12, count % 12 + 1, 1)


def text_of(response):
    return response.content.decode()


def names_on(response):
    return [firm.name for firm in response.context["page"]]


# --- who may ---


@pytest.mark.parametrize(
    ("who", "closed"),
    [
        ("clerk", set()),
        ("officer", {"enterprise-merge"}),
        ("leader", {"enterprise-new", "enterprise-edit", "enterprise-merge"}),
        ("handler", {"enterprise-new", "enterprise-edit", "enterprise-merge"}),
        ("auditor", {"enterprise-new", "enterprise-edit", "enterprise-merge"}),
        ("administrator", {"enterprise-new", "enterprise-edit", "enterprise-merge"}),
    ],
)
def test_pages_by_role(client, city, who, closed):
    client.force_login(getattr(city, who))
    routes: dict[str, list[int]] = {
        route: [] for route in ("enterprise-register", "enterprise-find", "enterprise-new")
    }
    routes |= {route: [city.firm.pk] for route in ("enterprise", "enterprise-edit", "enterprise-merge")}
    for route, arguments in routes.items():
        status = client.get(reverse(route, args=arguments)).status_code
        assert status == (403 if route in closed else 200), route


def test_a_firms_account_does_not_read_the_register(client, city):
    account = AccountFactory(role=Role.ENTERPRISE)
    EnterpriseAccountFactory(account=account, enterprise=city.firm)
    client.force_login(account)
    assert client.get(reverse("enterprise", args=[city.firm.pk])).status_code == 403


def test_a_firm_of_another_county_is_not_found(client, city):
    elsewhere = EnterpriseFactory(area=city.other_county)
    client.force_login(city.county_clerk)
    for route in ("enterprise", "enterprise-edit", "enterprise-merge"):
        assert client.get(reverse(route, args=[elsewhere.pk])).status_code == 404


def test_a_paired_firm_elsewhere_is_read_but_not_kept(client, city):
    elsewhere = EnterpriseFactory(area=city.other_county)
    PairingFactory(enterprise=elsewhere, person=city.officer.person)
    client.force_login(city.officer)
    page = client.get(reverse("enterprise", args=[elsewhere.pk]))
    assert page.status_code == 200
    assert reverse("enterprise-edit", args=[elsewhere.pk]) not in text_of(page)
    refused = client.get(reverse("enterprise-edit", args=[elsewhere.pk]))
    assert refused.status_code == 409
    assert "北岭区" in text_of(refused)


def test_buttons_are_drawn_for_those_who_may(client, city):
    add = reverse("enterprise-new")
    for who, offered in (("clerk", True), ("officer", True), ("leader", False), ("auditor", False)):
        client.force_login(getattr(city, who))
        assert (add in text_of(client.get(reverse("enterprise-register")))) is offered


# --- the register ---


@pytest.fixture
def firms(city):
    leader = PersonFactory(name="贺远行二", initials="hyxe")
    made = {
        "食品": EnterpriseFactory(
            name="青禾食品",
            area=city.county,
            industry="食品制造",
            above_designated_size=True,
            initials="qhsp",
            credit_code=CODE,
        ),
        "铸造": EnterpriseFactory(
            name="金石铸造",
            area=city.other_county,
            industry="铸造",
            above_designated_size=False,
            status="STOPPED",
            initials="jszz",
        ),
    }
    ProblemFactory(enterprise=made["食品"])
    ProblemFactory(enterprise=made["食品"], assignment=AssignmentFactory(state="IN_PROGRESS"))
    ProblemFactory(
        enterprise=made["食品"], assignment=AssignmentFactory(state="CLOSED", closed_on=date(2026, 9, 1))
    )
    ProblemFactory(enterprise=made["铸造"], answered_on=date(2026, 1, 1))
    PairingFactory(enterprise=made["食品"], person=leader, kind="LEADER")
    PairingFactory(enterprise=made["铸造"], person=leader, kind="LEADER", until=date(2020, 1, 1))
    PairingFactory(enterprise=made["铸造"], person=leader, kind="OFFICER")
    return made | {"leader": leader}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["安川市恒岳机械有限公司", "青禾食品", "金石铸造"]),
        ("q=qhsp", ["青禾食品"]),
        ("q=341L", ["青禾食品"]),
        ("industry=铸造", ["金石铸造"]),
        ("size=yes", ["青禾食品"]),
        ("size=no", ["金石铸造"]),
        ("size=unknown", ["安川市恒岳机械有限公司"]),
        ("status=STOPPED", ["金石铸造"]),
        ("open=yes", ["青禾食品"]),
        ("open=no", ["安川市恒岳机械有限公司", "金石铸造"]),
        ("sort=waiting", ["青禾食品", "安川市恒岳机械有限公司", "金石铸造"]),
        ("sort=newest", ["金石铸造", "青禾食品", "安川市恒岳机械有限公司"]),
        ("sort=area&open=no", ["安川市恒岳机械有限公司", "金石铸造"]),
        ("sort=name&q=qh", ["青禾食品"]),
        ("q=没有这家", []),
    ],
)
def test_filters_and_order(as_clerk, firms, asked, found):
    assert names_on(as_clerk.get(f"{reverse('enterprise-register')}?{asked}")) == found


def test_filters_by_area_and_paired_leader(as_clerk, city, firms):
    page = reverse("enterprise-register")
    assert names_on(as_clerk.get(f"{page}?area={city.other_county.pk}")) == ["金石铸造"]
    assert names_on(as_clerk.get(f"{page}?leader={firms['leader'].pk}")) == ["青禾食品"]
    assert len(names_on(as_clerk.get(f"{page}?area={city.city.pk}"))) == 3


def test_open_problems_are_counted_and_unknown_is_said(as_clerk, firms):
    response = as_clerk.get(reverse("enterprise-register"))
    assert {firm.name: firm.waiting for firm in response.context["page"]} == {
        "安川市恒岳机械有限公司": 0,
        "青禾食品": 2,
        "金石铸造": 0,
    }
    assert "未知" in text_of(response)


def test_nothing_found_says_what_to_try(as_clerk):
    assert "信用代码后四位" in text_of(as_clerk.get(reverse("enterprise-register"), {"q": "无此企业"}))


def test_a_swapped_part_is_what_the_whole_page_holds(as_clerk, firms):
    whole = text_of(as_clerk.get(reverse("enterprise-register"), {"q": "青禾"}))
    part = text_of(as_clerk.get(reverse("enterprise-register"), {"q": "青禾"}, headers=HTMX))
    assert part.strip() in whole
    assert "<html" not in part
    assert 'id="register"' not in part


def test_the_register_costs_the_same_however_long(as_clerk, city, django_assert_max_num_queries):
    EnterpriseFactory.create_batch(60, area=city.county)
    with django_assert_max_num_queries(BUDGET):
        response = as_clerk.get(reverse("enterprise-register"))
    assert len(names_on(response)) == 50
    assert "页" in text_of(response)


# --- picking ---


def test_firms_for_type_ahead_with_full_name_and_area(as_clerk, city):
    EnterpriseFactory(name="别家", area=city.county)
    html = text_of(as_clerk.get(reverse("enterprise-find"), {"q": "恒岳"}))
    assert re.findall(r'data-key="(\d+)"', html) == [str(city.firm.pk)]
    assert 'data-label="恒岳机械"' in html
    assert "安川市恒岳机械有限公司" in html
    assert "临河区" in html


def test_type_ahead_shows_only_what_the_account_sees(client, city):
    EnterpriseFactory(name="恒岳远方", area=city.other_county)
    client.force_login(city.county_clerk)
    html = text_of(client.get(reverse("enterprise-find"), {"q": "恒岳"}))
    assert "恒岳远方" not in html


# --- putting a firm on the register, correcting it ---


def whole(city, **changed):
    return {
        "name": "安川市青禾食品有限公司",
        "area": city.county.pk,
        "size": "",
        "status": "ACTIVE",
    } | changed


def test_a_firm_is_registered_and_its_page_opens(as_clerk, city):
    posted = whole(
        city,
        credit_code=CODE.lower(),
        size="no",
        registered_area=city.other_county.pk,
        founded_on="2012-03-04",
        makes="面粉",
    )
    response = as_clerk.post(reverse("enterprise-new"), posted, follow=True)
    firm = Enterprise.objects.get(credit_code=CODE)
    assert response.redirect_chain[-1][0] == reverse("enterprise", args=[firm.pk])
    assert (firm.above_designated_size, firm.registered_area) == (False, city.other_county)
    assert firm.founded_on == date(2012, 3, 4)
    assert [event.by_id for event in events_of(firm)] == [city.clerk.pk]


def test_a_refused_code_keeps_what_was_typed(as_clerk, city):
    response = as_clerk.post(
        reverse("enterprise-new"), whole(city, credit_code="123", makes="面粉", address="南街 1 号")
    )
    assert response.status_code == 422
    html = text_of(response)
    assert "现在是 3 位" in html
    for kept in ("安川市青禾食品有限公司", "面粉", "南街 1 号", 'value="123"'):
        assert kept in html
    assert not Enterprise.objects.filter(name="安川市青禾食品有限公司").exists()


def test_a_missing_name_is_asked_for(as_clerk, city):
    response = as_clerk.post(reverse("enterprise-new"), whole(city, name=""))
    assert response.status_code == 422
    assert "请填写“企业名称”。" in text_of(response)


def test_only_areas_the_account_writes_can_be_chosen(client, city):
    client.force_login(city.county_clerk)
    response = client.post(reverse("enterprise-new"), whole(city, area=city.other_county.pk))
    assert response.status_code == 422
    assert not Enterprise.objects.filter(area=city.other_county).exists()


def test_a_correction_starts_from_what_is_known(as_clerk, city):
    Enterprise.objects.filter(pk=city.firm.pk).update(
        above_designated_size=True, credit_code=CODE, makes="齿轮", founded_on=date(2001, 2, 3)
    )
    address = reverse("enterprise-edit", args=[city.firm.pk])
    form = as_clerk.get(address).context["form"]
    start = {name: form[name].value() for name in form.fields}
    assert (start["size"], start["credit_code"], start["makes"]) == ("yes", CODE, "齿轮")
    posted = {name: getattr(value, "pk", value) or "" for name, value in start.items()}
    assert as_clerk.post(address, posted).status_code == 302
    assert not events_of(city.firm).exists()
    assert as_clerk.post(address, posted | {"makes": "齿轮箱", "size": ""}).status_code == 302
    city.firm.refresh_from_db()
    assert (city.firm.makes, city.firm.above_designated_size) == ("齿轮箱", None)


def test_a_refused_correction_is_shown(as_clerk, city):
    response = as_clerk.post(
        reverse("enterprise-edit", args=[city.firm.pk]), whole(city, credit_code="1" * 18)
    )
    assert response.status_code == 422
    assert "校验位" in text_of(response)


# --- one firm on one screen ---


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
        "第0次走访",
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
    assert html.count("已过期") == 1
    assert html.index("瞪羚企业") < html.index("已过期")


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
    assert (response.context["more_rows"], response.context["more_stops"]) == (3, 3)
    assert "还有 3 个较早的问题" in text_of(response)


# --- contacts, pairings, values, titles ---


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


# --- merging ---


def test_merging_shows_both_first_and_merges_what_was_shown(as_clerk, city):
    duplicate = EnterpriseFactory(name="恒岳机械公司", area=city.county, makes="齿轮")
    ContactFactory(enterprise=duplicate)
    address = reverse("enterprise-merge", args=[city.firm.pk])
    seen = as_clerk.post(address, {"duplicate": duplicate.pk})
    html = text_of(seen)
    assert seen.status_code == 200
    for shown in ("恒岳机械公司", "齿轮", "企业联系人", "不能撤销"):
        assert shown in html
    assert "通常是两家不同的企业" not in html
    duplicate.refresh_from_db()
    assert duplicate.merged_into is None
    done = as_clerk.post(address, {"duplicate": duplicate.pk, "sure": duplicate.pk})
    assert done.url == reverse("enterprise", args=[city.firm.pk])
    duplicate.refresh_from_db()
    assert duplicate.merged_into == city.firm
    gone = as_clerk.get(reverse("enterprise", args=[duplicate.pk]))
    assert gone.url == reverse("enterprise", args=[city.firm.pk])


def test_another_firm_chosen_after_looking_is_shown_again(as_clerk, city):
    first, second = EnterpriseFactory.create_batch(2, area=city.county)
    response = as_clerk.post(
        reverse("enterprise-merge", args=[city.firm.pk]), {"duplicate": second.pk, "sure": first.pk}
    )
    assert response.status_code == 200
    assert second.name in text_of(response)
    assert not Enterprise.objects.filter(merged_into__isnull=False).exists()


def test_two_different_codes_are_a_warning(as_clerk, city):
    Enterprise.objects.filter(pk=city.firm.pk).update(credit_code=CODE)
    other = EnterpriseFactory(area=city.county, credit_code="911100007109250324")
    response = as_clerk.post(reverse("enterprise-merge", args=[city.firm.pk]), {"duplicate": other.pk})
    assert "通常是两家不同的企业" in text_of(response)


def test_a_firm_is_not_offered_itself(as_clerk, city):
    address = reverse("enterprise-merge", args=[city.firm.pk])
    for posted in ({"duplicate": city.firm.pk}, {"duplicate_text": "恒岳机械"}, {"duplicate_text": ""}):
        assert as_clerk.post(address, posted).status_code == 422
