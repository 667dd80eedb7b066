"""A firm, a person or a unit that is there already under another writing is pointed out before it is there twice."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.enterprises.models import Enterprise
from gongjian.people.models import Person, Unit
from tests import scenes
from tests.factories import EnterpriseFactory, PersonFactory
from tests.web.test_pages import signed_in

pytestmark = pytest.mark.django_db
NAME = "安川华星（集团）有限公司"


@pytest.fixture
def world():
    return scenes.ledger(timezone.now())


@pytest.fixture
def clerk(world):
    return signed_in(world.city.clerk)


def register(client, world, name, **more):
    facts = {"name": name, "area": world.city.county.pk, "status": "ACTIVE"} | more
    return client.post(reverse("enterprise-new"), facts)


@pytest.mark.parametrize(
    "written",
    [
        NAME,
        "安川华星(集团)有限公司",
        "安川 华星（集团） 有限公司",
        "安川华星〔集团〕有限公司\u200b",
        "安川华星（集团）有限公司 ",
    ],
)
def test_a_firm_written_otherwise_is_pointed_out_and_may_still_be_registered(world, clerk, written):
    known = EnterpriseFactory(name=NAME, area=world.city.county)
    answer = register(clerk, world, written, address="中州路1号")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="{reverse("enterprise", args=[known.pk])}">{NAME}（' in shown
    assert 'value="中州路1号"' in shown
    assert 'name="another"' in shown
    assert register(clerk, world, written, another="on").status_code == 302
    assert Enterprise.objects.filter(folded=known.folded).count() == 2


@pytest.mark.parametrize(
    "written",
    ["安川华星集团有限公司", "安川（华星）集团有限公司", "安川華星（集團）有限公司", "安川華星集團有限公司"],
)
def test_a_firm_that_may_be_another_is_asked_about_and_never_taken_for_it(world, clerk, written):
    known = EnterpriseFactory(name=NAME, area=world.city.county)
    answer = register(clerk, world, written)
    assert answer.status_code == 422
    assert f'href="{reverse("enterprise", args=[known.pk])}"' in answer.content.decode()
    assert register(clerk, world, written, another="on").status_code == 302
    assert Enterprise.objects.filter(folded=known.folded).count() == 1


def test_the_short_name_of_another_firm_counts(world, clerk):
    EnterpriseFactory(name="安川市恒远机械制造有限公司", short_name="恒远机械", area=world.city.county)
    assert register(clerk, world, "恒远 机械").status_code == 422


def test_a_new_name_asks_nothing(world, clerk):
    assert register(clerk, world, "安川市从未有过有限公司").status_code == 302
    assert 'name="another"' not in clerk.get(reverse("enterprise-new")).content.decode()


def test_a_merged_firm_is_no_namesake(world, clerk):
    EnterpriseFactory(name=NAME, area=world.city.county, merged_into=world.city.firm)
    assert register(clerk, world, NAME).status_code == 302


def test_a_firm_renamed_to_another_s_name_is_asked_and_one_that_keeps_its_name_is_not(world, clerk):
    EnterpriseFactory(name=NAME, area=world.city.county)
    mine = EnterpriseFactory(name="安川市旧名有限公司", area=world.city.county)
    facts = {"area": world.city.county.pk, "status": "ACTIVE"}
    address = reverse("enterprise-edit", args=[mine.pk])
    assert clerk.post(address, facts | {"name": "安川华星(集团)有限公司"}).status_code == 422
    assert clerk.post(address, facts | {"name": "安川市旧名 有限公司"}).status_code == 302


@pytest.mark.parametrize("written", ["阿卜杜•热合曼", "阿卜杜热合曼", "阿卜杜.热合曼", "阿卜杜 ・ 热合曼"])
def test_a_person_written_otherwise_is_found_and_pointed_out(world, written):
    known = PersonFactory(name="阿卜杜·热合曼")
    client = signed_in(world.city.administrator)
    assert "阿卜杜·热合曼" in client.get(reverse("person-find"), {"q": written}).content.decode()
    assert "阿卜杜·热合曼" in client.get(reverse("persons"), {"q": written}).content.decode()
    answer = client.post(reverse("person-new"), {"name": written})
    assert answer.status_code == 422
    assert f'href="{reverse("person", args=[known.pk])}"' in answer.content.decode()
    assert client.post(reverse("person-new"), {"name": written, "another": "on"}).status_code == 302
    assert Person.objects.filter(folded=known.folded).count() == 2


def test_a_person_is_found_by_the_reading_of_the_surname(world):
    client = signed_in(world.city.administrator)
    for name in ("曾国平", "翟明", "覃桂明", "尉迟敬"):
        client.post(reverse("person-new"), {"name": name})
    for letters, name in (
        ("zgp", "曾国平"),
        ("zm", "翟明"),
        ("qgm", "覃桂明"),
        ("tgm", "覃桂明"),
        ("ycj", "尉迟敬"),
    ):
        assert name in client.get(reverse("person-find"), {"q": letters}).content.decode()


def test_a_unit_of_the_same_place_written_otherwise_is_refused(world):
    unit = world.city.bureau
    client = signed_in(world.city.administrator)
    facts = {"area": unit.area_id, "name": f"{unit.name[:2]} {unit.name[2:]}", "kind": "DEPARTMENT"}
    answer = client.post(reverse("unit-new"), facts)
    assert answer.status_code == 422
    assert unit.name in answer.content.decode()
    assert Unit.objects.filter(folded__contains=f" {unit.name} ").count() <= 1


@pytest.mark.parametrize("typed", ["安川华星(集团)", "华星（集 团）", "安川华星〔集团〕有限公司"])
def test_the_register_finds_a_firm_however_it_is_typed(world, clerk, typed):
    EnterpriseFactory(name=NAME, area=world.city.county)
    for page in ("enterprise-register", "enterprise-find"):
        assert NAME in clerk.get(reverse(page), {"q": typed}).content.decode()


def test_a_code_is_found_and_refused_in_any_dress(world, clerk):
    code = "91410300MA45123450"
    firm = EnterpriseFactory(name="安川市代码有限公司", credit_code=code, area=world.city.county)
    for typed in ("91410300ma45 1234-50", "９１４１０３００ＭＡ４５１２３４５０", "MA45-123450"):
        assert firm.name in clerk.get(reverse("enterprise-find"), {"q": typed}).content.decode()
