"""Areas on screen."""

import pytest
from django.urls import reverse

from gongjian.audit.models import Event
from gongjian.people.models import Area
from tests.factories import AreaFactory
from tests.web.people.signed_in import as_, text

pytestmark = pytest.mark.django_db


def test_the_tree_shows_who_governs_and_where_statistics_count(scene):
    AreaFactory(
        name="安川经开区", level="ZONE", functional=True, parent=scene.city, stat_code="990102", order=9
    )
    AreaFactory(name="柳林镇", level="TOWNSHIP", parent=scene.county)
    answer = as_(scene.leader).get(reverse("areas"))
    shown = [(row["area"].name, row["parent"] and row["parent"].name) for row in answer.context["rows"]]
    assert shown == [
        ("安川市", None),
        ("临河区", "安川市"),
        ("柳林镇", "临河区"),
        ("北岭区", "安川市"),
        ("安川经开区", "安川市"),
    ]
    assert "功能区" in text(answer)
    assert "990102" in text(answer)
    assert reverse("area-edit", args=[scene.county.pk]) not in text(answer)


def area_facts(under, **more):
    facts = {"parent": under.pk, "name": "安川经开区", "short_name": "经开区", "level": "ZONE"}
    return facts | {"functional": "on", "stat_code": "990102", "order": "3", "note": ""} | more


def test_an_area_is_added_below_the_one_that_governs_it(scene):
    answer = as_(scene.clerk).post(reverse("area-new"), area_facts(scene.city), follow=True)
    made = Area.objects.get(name="安川经开区")
    assert "已新增经开区" in text(answer) or "已新增安川经开区" in text(answer)
    assert made.path[: -made.steplen] == scene.city.path
    assert (made.functional, made.stat_code, made.order) == (True, "990102", 3)
    assert Event.objects.latest("seq").name == "area.added"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"name": ""}, "请填写“名称”。"),
        ({"stat_code": "12"}, "统计用区划代码是 6、9 或 12 位数字。"),
        ({"parent": ""}, "请选择“由谁管”。"),
    ],
)
def test_an_area_that_is_not_whole_is_refused_and_nothing_typed_is_lost(scene, more, sentence):
    answer = as_(scene.clerk).post(reverse("area-new"), area_facts(scene.city, note="记着", **more))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'value="记着"' in text(answer)
    assert Area.objects.count() == 3


def test_a_clerk_adds_areas_only_below_his_own(scene):
    client = as_(scene.county_clerk)
    offered = client.get(reverse("area-new")).context["form"].fields["parent"].queryset
    assert list(offered) == [scene.county]
    assert client.post(reverse("area-new"), area_facts(scene.other_county)).status_code == 422
    facts = {"name": "改名", "short_name": "", "order": "0", "stat_code": "", "note": ""}
    answer = client.post(reverse("area-edit", args=[scene.other_county.pk]), facts)
    assert answer.status_code == 422
    assert "只有本地区攻坚办或系统管理员" in text(answer)
    assert client.post(reverse("area-edit", args=[scene.county.pk]), facts).status_code == 302
    scene.county.refresh_from_db()
    assert scene.county.name == "改名"
