"""新建 inside a pick list: the form that is being filled comes back as it was typed, and nothing of it is carried out."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.enterprises.models import Contact, Enterprise
from gongjian.people.models import Person, Tenure, Unit
from gongjian.people.recent_choices.services import note_chosen
from gongjian.problems.models import Problem
from gongjian.visits.models import Visit
from tests import scenes
from tests.factories import EnterpriseFactory, PersonFactory, ProblemFactory, UnitFactory

pytestmark = pytest.mark.django_db
SEE = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def city():
    return scenes.city()


def asked(client, address, typed, button):
    """The short form, and what it carries along."""
    answer = client.post(address, typed | {"pick_new": button})
    assert answer.status_code == 200, answer.content.decode()[:400]
    html = answer.content.decode()
    carried: dict[str, list[str]] = {}
    for name, value in SEE.findall(html):
        carried.setdefault(name, []).append(value)
    return html, {name: values for name, values in carried.items() if name != "csrfmiddlewaretoken"}


def test_a_unit_is_registered_from_the_hand_over_and_the_form_comes_back(client, city):
    problem = ProblemFactory(enterprise=city.firm)
    client.force_login(city.clerk)
    address = reverse("hand-over", args=[problem.pk])
    typed = {"task": "一周内答复用电增容方案", "lead_unit_text": "市能源局", "due": "2099-05-04", "limit": ""}
    html, carried = asked(client, address, typed, "lead_unit:unit-find")
    assert 'value="市能源局"' in html
    assert carried["task"] == [typed["task"]]
    answer = client.post(
        address, carried | {"made-name": "市能源局", "made-area": city.city.pk, "made-duties": ""}
    )
    page, unit = answer.content.decode(), Unit.objects.get(name="市能源局")
    assert answer.status_code == 200
    assert typed["task"] in page
    assert f'name="lead_unit" value="{unit.pk}"' in page
    assert 'value="2099-05-04"' in page
    assert "请填写" not in page
    problem.refresh_from_db()
    assert problem.assignment_id is None


def test_a_firm_and_a_person_are_registered_from_the_form_of_a_visit(client, city):
    client.force_login(city.clerk)
    address, known = reverse("visit-new"), EnterpriseFactory(area=city.county)
    typed = {
        "kind": "VISIT",
        "title": "走访两家新企业",
        "area": city.county.pk,
        "starts_on": "2026-11-30",
        "enterprises": [known.pk],
        "enterprises_text": "临河恒业精工有限公司",
        "lead_text": "",
    }
    _html, carried = asked(client, address, typed, "enterprises:enterprise-find:many")
    facts = {"made-name": "临河恒业精工有限公司", "made-area": city.county.pk, "made-credit_code": ""}
    page = client.post(address, carried | facts).content.decode()
    made = Enterprise.objects.get(name="临河恒业精工有限公司")
    assert f'name="enterprises" value="{known.pk}"' in page
    assert f'name="enterprises" value="{made.pk}"' in page
    assert typed["title"] in page
    assert not Visit.objects.exists()

    _html, carried = asked(client, address, typed | {"lead_text": "程望舒"}, "lead:person-find")
    facts = {"made-name": "程望舒", "made-unit": city.bureau.pk, "made-post": "副局长", "made-phone": ""}
    page = client.post(address, carried | facts).content.decode()
    person = Person.objects.get(name="程望舒")
    assert Tenure.objects.get(person=person).post.title == "副局长"
    assert f'name="lead" value="{person.pk}"' in page


@pytest.mark.parametrize(
    "written", ["安川市金融工作局", " 安川市 金融工作局 ", "市金融局", "安川市·金融工作局"]
)
def test_a_name_that_is_there_is_asked_about_before_a_second_one_is_made(client, city, written):
    client.force_login(city.clerk)
    address = reverse("pick-new", args=["unit"])
    before = Unit.objects.count()
    facts = {"made-name": written, "made-area": city.city.pk, "made-duties": ""}
    answer = client.post(address, facts)
    assert answer.status_code == 422
    assert "已有同名的" in answer.content.decode()
    answer = client.post(address, facts | {"made-same": city.bureau.pk})
    assert f'data-key="{city.bureau.pk}"' in answer.content.decode()
    assert Unit.objects.count() == before


def test_a_namesake_can_be_made_once_it_is_said_to_be_another(client, city):
    client.force_login(city.clerk)
    facts = {"made-name": "陆川平", "made-unit": city.other_bureau.pk, "made-post": "科长", "made-phone": ""}
    answer = client.post(reverse("pick-new", args=["person"]), facts)
    assert answer.status_code == 422
    assert "安川市金融工作局" in answer.content.decode() or "市金融局" in answer.content.decode()
    answer = client.post(reverse("pick-new", args=["person"]), facts | {"made-same": "another"})
    assert answer.status_code == 200
    assert Person.objects.filter(name="陆川平").count() == 2


def test_a_contact_is_added_to_its_firm(client, city):
    client.force_login(city.clerk)
    facts = {
        "made-enterprise": city.firm.pk,
        "made-name": "田立新",
        "made-post": "厂办主任",
        "made-phone": "13900001111",
    }
    answer = client.post(reverse("pick-new", args=["contact"]), facts)
    assert answer.status_code == 200
    assert Contact.objects.get(name="田立新").enterprise == city.firm


@pytest.mark.parametrize("role", ["handler", "auditor", "leader"])
def test_who_may_not_register_is_told_whom_to_ask(client, city, role):
    account = getattr(city, role)
    client.force_login(account)
    assert client.get(reverse("pick-new", args=["unit"])).status_code == 403
    if role == "leader":
        page = client.get(reverse("visit-new")).content.decode()
        assert "没有登记的企业，请联系本地区攻坚办或首席服务官登记。" in page
        assert 'name="pick_new"' not in page
        typed = {"kind": "VISIT", "title": "x", "area": city.county.pk, "starts_on": "2026-11-30"}
        answer = client.post(reverse("visit-new"), typed | {"enterprises_text": "没有登记的厂"})
        assert "请联系本地区攻坚办" in answer.content.decode()


def test_a_service_officer_makes_firms_and_asks_for_units(client, city):
    client.force_login(city.officer)
    page = client.get(reverse("visit-new")).content.decode()
    assert "enterprises:enterprise-find:many" in page
    assert "lead:person-find" not in page
    answer = client.post(
        reverse("pick-new", args=["unit"]), {"made-name": "新局", "made-area": city.county.pk}
    )
    assert "请联系本地区攻坚办或系统管理员" in answer.content.decode()
    assert not Unit.objects.filter(name="新局").exists()


def test_a_form_can_be_returned_to_without_registering(client, city):
    client.force_login(city.clerk)
    typed = {
        "kind": "VISIT",
        "title": "只看一眼",
        "area": city.county.pk,
        "starts_on": "2026-11-30",
        "lead_text": "某人",
    }
    _html, carried = asked(client, reverse("visit-new"), typed, "lead:person-find")
    page = client.post(reverse("visit-new"), carried | {"pick_back": "1"}).content.decode()
    assert 'value="只看一眼"' in page
    assert 'value="某人"' in page
    assert not Person.objects.filter(name="某人").exists()


def test_recent_choices_stand_first_and_alone_while_nothing_is_typed(client, city):
    client.force_login(city.clerk)
    units = [UnitFactory(name=f"安川市第{n}供水所", area=city.city) for n in "一二三"]
    note_chosen([units[2]], by=city.clerk, at=timezone.now())
    listed = lambda **q: re.findall(r'data-key="(\d+)"', client.get(reverse("unit-find"), q).content.decode())  # noqa: E731
    assert listed(q="") == [str(units[2].pk)]
    assert listed(q="供水所")[0] == str(units[2].pk)
    assert len(listed(q="供水所")) == 3
    client.force_login(city.county_clerk)
    assert listed(q="") == []


def test_what_a_form_was_carried_out_with_is_remembered(client, city):
    client.force_login(city.clerk)
    lead = PersonFactory(name="向明远")
    typed = {
        "kind": "VISIT",
        "title": "走访",
        "area": city.county.pk,
        "starts_on": "2026-11-30",
        "lead": lead.pk,
        "enterprises": [city.firm.pk],
    }
    assert client.post(reverse("visit-new"), typed).status_code == 302
    assert str(lead.pk) in client.get(reverse("person-find"), {"q": ""}).content.decode()
    assert str(city.firm.pk) in client.get(reverse("enterprise-find"), {"q": ""}).content.decode()
    assert not Problem.objects.exists()
