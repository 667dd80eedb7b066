"""The register (企业库): who may open it, filters, order, paging, type-ahead."""

import re
from datetime import date

import pytest
from django.urls import reverse

from gongjian.people.states import Role
from gongjian.web.paging import PAGE
from tests.factories import (
    AccountFactory,
    AssignmentFactory,
    EnterpriseAccountFactory,
    EnterpriseFactory,
    PairingFactory,
    PersonFactory,
    ProblemFactory,
)
from tests.web.enterprises.page_texts import BUDGET, CODE, HTMX, names_on, text_of

pytestmark = pytest.mark.django_db


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
    assert len(names_on(response)) == PAGE
    assert "页" in text_of(response)


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
