"""The ladder and the supervised list on screen."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.assignments.escalation.services import run_ladder
from gongjian.assignments.models import Ladder, Rung
from tests import scenes
from tests.assignments.doing import handed_over, moment
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def c(db):
    return scenes.city()


def as_(account):
    client = Client()
    client.force_login(account, backend="gongjian.web.session.Backend")
    return client


def text(answer):
    return answer.content.decode()


def test_faults_are_shown_and_mended(c):
    handed_over(c, due=date(2026, 12, 4))
    client = as_(c.clerk)
    page = text(client.get(reverse("ladder")))
    assert "1 个有在办事项的单位督办阶梯不完整" in page
    assert "没有指定督办领导" in page
    url = reverse("ladder-unit", args=[c.bureau.pk])
    wrong = client.post(url, {"supervision_text": "查无此人"})
    assert wrong.status_code == 422
    client.post(url, {"supervision": c.leader.person.pk, "interview": c.leader.person.pk})
    assert set(Rung.objects.values_list("step", "person")) == {
        ("SUPERVISION", c.leader.person.pk),
        ("INTERVIEW", c.leader.person.pk),
    }
    assert "没有配置问题" in text(client.get(reverse("ladder")))
    everything = client.get(reverse("ladder"), {"show": "all"})
    assert {one.unit for one in everything.context["page"].object_list} == {
        c.office,
        c.bureau,
        c.other_bureau,
    }
    found = client.get(reverse("ladder"), {"show": "all", "q": "金融"})
    assert [one.unit for one in found.context["page"].object_list] == [c.bureau]
    assert "贺远行" in text(client.get(url))


def test_thresholds_are_set_by_those_who_may(c):
    client, url = as_(c.clerk), reverse("ladder-days")
    days = {"reminder_before": 3, "supervision_after": 2, "interview_after": 6}
    assert client.post(url, days | {"interview_after": 2}).status_code == 422
    assert client.post(url, days).status_code == 302
    assert str(Ladder.objects.get()) == "3/2/6"
    assert "到期前 3 个工作日" in text(client.get(reverse("ladder")))
    assert as_(c.county_clerk).get(url).status_code == 409
    assert "更改阈值" not in text(as_(c.handler).get(reverse("ladder")))


def test_the_supervised_list_and_the_slip(c):
    a = handed_over(c, due=date(2026, 11, 26))
    Rung.objects.create(unit=c.bureau, step="SUPERVISION", person=c.leader.person)
    run_ladder(at=moment("2026-12-01"))
    client = as_(c.clerk)
    page = client.get(reverse("supervised"))
    assert [one.step for one, _reading in page.context["rows"]] == ["SUPERVISION"]
    assert len(client.get(reverse("supervised"), {"standing": "all"}).context["rows"]) == 2
    assert (
        len(client.get(reverse("supervised"), {"standing": "all", "step": "REMINDER"}).context["rows"]) == 1
    )
    assert not client.get(reverse("supervised"), {"q": "人社"}).context["rows"]
    slip = text(client.get(reverse("escalation", args=[a.escalations.get(step="SUPERVISION").pk])))
    assert "督办单" in slip
    assert "领导意见" in slip
    assert "贺远行" in slip
    mine = as_(c.leader).get(reverse("supervised"))
    assert [one.step for one, _reading in mine.context["rows"]] == ["SUPERVISION"]
    assert as_(c.other_handler).get(reverse("escalation", args=[a.escalations.first().pk])).status_code == 404


def test_lists_cost_the_same_however_long(c, django_assert_max_num_queries):
    for n in range(30):
        unit = UnitFactory(area=c.city, name=f"单位{n}")
        handed_over(c, due=date(2026, 11, 26), lead_unit=unit, person_reason="由金融局统一负责")
    run_ladder(at=moment("2026-12-15"))
    client = as_(c.clerk)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("supervised")).context["page"].paginator.count == 30
    with django_assert_max_num_queries(12):
        assert client.get(reverse("ladder")).status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(reverse("ladder"), {"show": "all"}).status_code == 200
