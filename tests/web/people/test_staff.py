"""One form for unit, person, post and account: at most nine inputs, a new unit only where 新建 was chosen."""

import re

import pytest
from django.urls import reverse

from gongjian.people.models import Account, Person, Unit
from tests.web.people.signed_in import as_

pytestmark = pytest.mark.django_db
FACTS = {"name": "周敏", "title": "局长", "phone": "0372-1234567"}


def post(client, **facts):
    return client.post(reverse("staff-new"), FACTS | facts)


def test_the_form_has_at_most_nine_inputs(scene):
    for account in (scene.administrator, scene.clerk):
        page = as_(account).get(reverse("staff-new")).content.decode()
        form = page[page.index('data-autosave="units"') : page.index("</form>", page.index("data-autosave"))]
        seen = re.sub(r"<noscript>.*?</noscript>", "", form, flags=re.DOTALL)
        inputs = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*>', seen)
        assert 0 < len(inputs) <= 9, inputs


def test_a_new_unit_its_person_and_account_in_one_go(scene):
    answer = post(
        as_(scene.administrator),
        unit="new",
        unit_text="市大数据局",
        area=scene.city.pk,
        duties="数据共享",
        role="HANDLER",
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "zhoumin" in page
    assert "再登记一位" in page
    unit = Unit.objects.get(name="市大数据局")
    assert unit.duties == "数据共享"
    assert Account.objects.get(username="zhoumin").unit == unit


def test_a_name_that_was_only_typed_makes_nothing(scene):
    answer = post(as_(scene.administrator), unit_text="市没有局", area=scene.city.pk)
    assert answer.status_code == 422
    assert "没有找到“市没有局”" in answer.content.decode()
    assert "周敏" in answer.content.decode()
    assert not Unit.objects.filter(name="市没有局").exists()
    assert not Person.objects.filter(name="周敏").exists()


def test_a_unit_found_by_initials_in_the_middle_of_its_name_is_taken(scene):
    unit = Unit.objects.create(name="市公安局", area=scene.city, initials="sgaj")
    answer = post(as_(scene.administrator), unit_text="gaj", area=scene.city.pk)
    assert answer.headers["Location"] == reverse("unit", args=[unit.pk])
    assert Person.objects.get(name="周敏").tenures.get().post.unit == unit


def test_what_was_chosen_as_new_comes_back_with_the_form(scene):
    answer = post(as_(scene.administrator), unit="new", unit_text="市大数据局", area=scene.city.pk, title="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<input type="hidden" name="unit" value="new">' in page
    assert 'value="市大数据局"' in page


def test_a_new_name_that_is_there_already_is_that_unit(scene):
    post(as_(scene.administrator), unit="new", unit_text=scene.bureau.name, area=scene.city.pk)
    assert Unit.objects.filter(name=scene.bureau.name).count() == 1
    assert Person.objects.get(name="周敏").tenures.get().post.unit == scene.bureau


def test_a_namesake_is_pointed_out_once(scene):
    Person.objects.create(name="周敏", initials="zm", folded="周敏")
    client, facts = as_(scene.administrator), {"unit": scene.bureau.pk}
    page = post(client, **facts).content.decode()
    assert "已有同名人员" in page
    assert post(client, **facts, another="on").status_code == 302
    assert Person.objects.filter(name="周敏").count() == 2


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"username": "zm"}, "请选账号的角色"),
        ({"role": "CLERK", "username": "周敏"}, "登录名只用字母"),
    ],
)
def test_a_form_that_cannot_be_says_why(scene, facts, why):
    answer = post(as_(scene.administrator), unit=scene.bureau.pk, **facts)
    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_the_other_units_of_the_city_are_not_the_county_s(scene):
    answer = post(as_(scene.county_clerk), unit=scene.bureau.pk)
    assert answer.status_code == 422
