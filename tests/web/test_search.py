"""One search: every kind by name, short name and initials anywhere, numbers open their record, and nobody finds what is out of sight."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.people.models import Unit
from gongjian.people.pinyin import firm_initials, person_initials, unit_initials
from gongjian.people.states import Role
from tests import scenes
from tests.factories import AccountFactory, EnterpriseFactory, PersonFactory, UnitFactory
from tests.web.test_pages import accounts, signed_in


@pytest.fixture
def world(db):
    return scenes.ledger(timezone.now() - timedelta(minutes=5))


def hits(client, text, *, typing=False):
    """(kind, name, address) of every hit."""
    headers = {"HX-Request": "true"} if typing else {}
    answer = client.get(reverse("search"), {"q": text}, headers=headers)
    assert answer.status_code == 200, text
    found = []
    for group in answer.context["groups"]:
        found += [(str(group.kind), hit.name, hit.url) for hit in group.hits]
    return found


@pytest.mark.parametrize("text", ["gaj", "sgaj", "SGAJ", "公安局"])
def test_a_unit_is_found_by_initials_anywhere(world, text):
    spelt = unit_initials("安川市公安局", "市公安局")
    unit = UnitFactory(name="安川市公安局", short_name="市公安局", area=world.city.city, initials=spelt)
    assert ("单位", unit.name, reverse("unit", args=[unit.pk])) in hits(signed_in(world.city.clerk), text)


@pytest.mark.parametrize("text", ["hygs", "恒远高速", "恒远", "yg"])
def test_a_firm_is_found_by_name_short_name_and_initials(world, text):
    names = {"name": "安川恒远高速装备有限公司", "short_name": "恒远高速"}
    spelt = firm_initials(*names.values())
    firm = EnterpriseFactory(**names, area=world.city.county, initials=spelt)
    assert ("企业", firm.name, reverse("enterprise", args=[firm.pk])) in hits(
        signed_in(world.city.clerk), text
    )


@pytest.mark.parametrize("text", ["oyxm", "yxm", "欧阳小敏"])
def test_a_person_is_found_with_the_post_that_tells_namesakes_apart(world, text):
    person = PersonFactory(name="欧阳小敏", initials=person_initials("欧阳小敏"))
    assert ("人员", person.name, reverse("person", args=[person.pk])) in hits(
        signed_in(world.city.clerk), text
    )
    director = world.city.director
    page = signed_in(world.city.clerk).get(reverse("search"), {"q": director.name}).content.decode()
    assert str(director.tenures.first().post) in page


def test_problems_visits_and_policies_are_told_apart(world):
    clerk = signed_in(world.city.clerk)
    kinds = {
        kind for kind, _name, _url in hits(clerk, str(world.city.firm.short_name or world.city.firm.name))
    }
    assert {"企业", "问题", "走访与会议"} <= kinds
    policy = world.payout.version.policy
    assert ("惠企政策", policy.name, reverse("policy", args=[policy.pk])) in hits(clerk, policy.name[:4])


@pytest.mark.parametrize("kind", ["problem", "assignment", "escalation"])
@pytest.mark.parametrize("write", [str, str.lower, lambda number: number.replace("-", " ")])
def test_a_number_opens_its_record(world, kind, write):
    row = {"problem": world.owed, "assignment": world.owed.assignment, "escalation": world.escalation}[kind]
    answer = signed_in(world.city.clerk).get(reverse("search"), {"q": write(row.number)})
    assert (answer.status_code, answer["Location"]) == (302, reverse(kind, args=[row.pk]))


@pytest.mark.parametrize("own", ["AC2025-00017", "临字3号", "WT2024-000001"])
def test_the_own_number_of_an_office_opens_its_problem(world, own):
    problem = world.owed
    type(problem).objects.filter(pk=problem.pk).update(own_number=own)
    answer = signed_in(world.city.clerk).get(reverse("search"), {"q": own.lower()})
    assert answer["Location"] == reverse("problem", args=[problem.pk])


def test_while_one_types_a_number_is_a_hit_and_no_jump(world):
    found = hits(signed_in(world.city.clerk), world.owed.number, typing=True)
    assert found[0] == ("编号", world.owed.number, reverse("problem", args=[world.owed.pk]))


def test_nobody_finds_what_is_out_of_sight(world):
    c = world.city
    stranger = signed_in(AccountFactory(role="CLERK", reads_area=c.other_county, writes_area=c.other_county))
    handler = signed_in(c.other_handler)
    for client in (stranger, handler):
        for text in (world.fresh.text[:6], world.fresh.number):
            assert not [hit for hit in hits(client, text) if hit[0] in {"问题", "编号"}], text
    assert not [hit for hit in hits(stranger, world.city.firm.name) if hit[0] in {"企业", "走访与会议"}]
    assert signed_in(world.enterprise).get(reverse("search"), {"q": "a"}).status_code == 403


@pytest.mark.parametrize("role", sorted({Role.CLERK, Role.HANDLER, Role.LEADER, Role.AUDITOR, Role.OFFICER}))
def test_every_hit_can_be_opened(world, role):
    client = signed_in(accounts(world)[role])
    for text in ("安川", "贷款", "a", "jr", world.city.director.name, "2026", "%", "_", "'", "\0x", "市"):
        for _kind, _name, url in hits(client, text):
            assert client.get(url, follow=True).status_code == 200, (text, url)


def test_a_list_with_more_opens_with_the_text_as_its_filter(world):
    Unit.objects.all().update(disabled_on=None)
    for n in range(9):
        UnitFactory(name=f"安川市第{n}督导组", area=world.city.city)
    page = signed_in(world.city.clerk).get(reverse("search"), {"q": "督导组"}).content.decode()
    assert f"{reverse('units')}?q=%E7%9D%A3%E5%AF%BC%E7%BB%84" in page
    assert (
        "没有搜到" in signed_in(world.city.clerk).get(reverse("search"), {"q": "查无此物"}).content.decode()
    )


def test_the_box_stands_in_the_head_of_every_page_and_asks_at_most_as_much_as_a_page(
    world, django_assert_max_num_queries
):
    clerk = signed_in(world.city.clerk)
    assert f'action="{reverse("search")}"' in clerk.get(reverse("units")).content.decode()
    assert "data-search" not in signed_in(world.enterprise).get(reverse("firm")).content.decode()
    with django_assert_max_num_queries(12):
        clerk.get(reverse("search"), {"q": "安川"})
