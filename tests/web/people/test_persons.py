"""Persons on screen."""

import pytest
from django.urls import reverse

from gongjian.people import services as people
from gongjian.people.models import Person, Tenure
from tests.factories import AT, PersonFactory
from tests.web.people.signed_in import as_, text

pytestmark = pytest.mark.django_db


def test_persons_are_found_by_initials_unit_and_title(scene):
    people.update_person(scene.director, name="陆川平", phone="", note="", by=scene.clerk, at=AT)
    client = as_(scene.handler)

    def listed(**asked):
        return list(client.get(reverse("persons"), asked).context["page"].object_list)

    assert listed(q="lcp") == [scene.director]
    assert listed(q="川平") == [scene.director]
    assert listed(post="市金融局") == [scene.director]
    assert set(listed(post="局长")) == {scene.director, scene.other_director}
    page = text(client.get(reverse("persons"), {"q": "lcp"}))
    assert "市金融局局长" in page
    assert "新增人员" not in page


def test_a_namesake_is_pointed_out_once(scene):
    client, facts = as_(scene.clerk), {"name": "陆川平", "phone": "13800000000", "note": "另一位"}
    assert "another" not in client.get(reverse("person-new")).context["form"].fields
    answer = client.post(reverse("person-new"), facts)
    assert answer.status_code == 422
    assert "已有同名人员：" in text(answer)
    assert ">陆川平（市金融局局长）</a>" in text(answer)
    assert 'value="13800000000"' in text(answer)
    assert client.post(reverse("person-new"), facts | {"another": "on"}).status_code == 302
    assert Person.objects.filter(name="陆川平").count() == 2


def test_a_namesake_without_a_post_is_told_by_the_note(scene):
    PersonFactory(name="周敏", note="已退休")
    PersonFactory(name="赵强")
    client = as_(scene.clerk)
    assert "（已退休）" in text(client.post(reverse("person-new"), {"name": "周敏"}))
    assert "（没有职务）" in text(client.post(reverse("person-new"), {"name": "赵强"}))


def test_a_person_is_corrected_without_being_a_namesake_of_himself(scene):
    url = reverse("person-edit", args=[scene.director.pk])
    assert as_(scene.clerk).post(url, {"name": "陆川平", "phone": "1", "note": ""}).status_code == 302
    assert as_(scene.clerk).post(url, {"name": "", "phone": "2"}).status_code == 422


def test_a_second_principal_waits_until_the_first_has_left(scene):
    client, person = as_(scene.clerk), PersonFactory(name="周敏")
    url = reverse("person-appoint", args=[person.pk])
    facts = {"unit_text": "市金融局", "title": "局长", "is_principal": "on", "since": "2026-11-20"}
    answer = client.post(url, facts)
    assert answer.status_code == 422
    assert "一把手现在是陆川平" in text(answer)
    assert 'value="2026-11-20"' in text(answer)
    tenure = Tenure.objects.get(person=scene.director)
    end = reverse("tenure-end", args=[tenure.pk])
    wrong = client.post(end, {f"end{tenure.pk}-until": ""})
    assert wrong.status_code == 422
    assert "请选择“免职日期”。" in text(wrong)
    assert client.post(end, {f"end{tenure.pk}-until": "2026-11-19"}).status_code == 302
    assert client.post(end, {f"end{tenure.pk}-until": "2026-11-19"}).status_code == 404
    done = client.post(url, facts, follow=True)
    assert "周敏任局长。" in text(done)
    assert "在任" in text(done)


def test_a_clerk_of_one_county_appoints_nobody_elsewhere(scene):
    client, person = as_(scene.county_clerk), PersonFactory()
    answer = client.post(
        reverse("person-appoint", args=[person.pk]), {"unit_text": "市金融局", "title": "副局长"}
    )
    assert answer.status_code == 422
    assert "只有本地区攻坚办" in text(answer)
    page = text(client.get(reverse("person", args=[scene.director.pk])))
    assert "记录免职" not in page
