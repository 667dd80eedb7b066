"""Units and their posts on screen."""

import pytest
from django.urls import reverse

from gongjian.people import services as people
from gongjian.people.models import Tenure, Unit
from tests.factories import AT, UnitFactory
from tests.web.people.signed_in import as_, text

pytestmark = pytest.mark.django_db


def unit_facts(area, **more):
    facts = {"area": area.pk, "name": "安川市工业和信息化局", "short_name": "市工信局", "kind": "DEPARTMENT"}
    return facts | {"superior_text": "", "duties": "工业运行"} | more


def test_a_unit_is_added_and_found_by_initials(scene):
    client = as_(scene.clerk)
    answer = client.post(reverse("unit-new"), unit_facts(scene.city, superior_text="攻坚办"))
    made = Unit.objects.get(name="安川市工业和信息化局")
    assert answer.headers["Location"] == reverse("unit", args=[made.pk])
    assert made.superior == scene.office
    found = client.get(reverse("units"), {"q": "sgxj"}).context["page"].object_list
    assert list(found) == [made]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"name": "安川市金融工作局"}, "已有单位“安川市金融工作局”"),
        ({"superior_text": "没有这个局"}, "没有找到“没有这个局”。"),
        ({"name": " "}, "请填写“名称”。"),
    ],
)
def test_a_unit_that_cannot_be_is_refused_and_nothing_typed_is_lost(scene, more, sentence):
    answer = as_(scene.clerk).post(reverse("unit-new"), unit_facts(scene.city, **more))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "工业运行" in text(answer)


def test_a_unit_page_shows_posts_holders_and_accounts(scene):
    page = text(as_(scene.leader).get(reverse("unit", args=[scene.bureau.pk])))
    assert "陆川平" in page
    assert scene.handler.name in page
    assert reverse("account", args=[scene.handler.pk]) not in page
    assert "停用这个单位" not in page
    assert "空缺" not in page


def test_a_post_nobody_holds_is_shown_as_vacant(scene):
    tenure = Tenure.objects.get(person=scene.director)
    people.end_tenure(tenure, until=AT.date().replace(year=2025), by=scene.clerk, at=AT)
    page = text(as_(scene.clerk).get(reverse("unit", args=[scene.bureau.pk])))
    assert "空缺" in page


def test_units_are_narrowed_by_area_kind_and_use(scene):
    theirs = UnitFactory(area=scene.county, name="临河区发改局", kind="GOVERNMENT")
    client = as_(scene.clerk)

    def listed(**asked):
        return list(client.get(reverse("units"), asked).context["page"].object_list)

    assert listed(area=scene.county.pk) == [theirs]
    assert listed(kind="OFFICE") == [scene.office]
    assert listed(use="disabled") == []
    people.disable_unit(theirs, on=AT.date().replace(year=2025), by=scene.clerk, at=AT)
    assert listed(use="disabled") == [theirs]
    assert theirs not in listed()
    assert theirs in listed(use="all")
    assert listed(kind="NOTHING", area="x")


def test_a_unit_is_corrected(scene):
    client = as_(scene.clerk)
    url = reverse("unit-edit", args=[scene.bureau.pk])
    facts = {"name": "安川市地方金融局", "short_name": "市金融局", "kind": "DEPARTMENT"}
    assert client.post(url, facts).status_code == 302
    again = client.post(url, facts | {"superior": scene.bureau.pk, "superior_text": "市金融局"})
    assert again.status_code == 422
    assert "上级单位不能是它自己" in text(again)
    assert "修改单位安川市地方金融局：名称" in text(client.get(reverse("unit", args=[scene.bureau.pk])))


def test_a_unit_is_disabled_from_a_day_on(scene):
    client, url = as_(scene.clerk), reverse("unit-disable", args=[scene.bureau.pk])
    wrong = client.post(url, {"on": "某天"})
    assert wrong.status_code == 422
    assert "请填写有效的日期" in text(wrong)
    assert 'value="某天"' in text(wrong)
    done = client.post(url, {"on": "2025-01-01"}, follow=True)
    assert "已停用安川市金融工作局" in text(done)
    assert "停用这个单位" not in text(done)
