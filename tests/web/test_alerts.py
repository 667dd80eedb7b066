"""Alerts on the page: the list, one click to a task, a row of the rules changed."""

from datetime import date

import pytest
from django.urls import reverse

from gongjian.alerts.models import AlertRule, AlertTask
from gongjian.people.states import UnitKind
from tests import scenes
from tests.factories import AlertRuleFactory, FigureFactory, IndicatorFactory, TenureFactory, UnitFactory
from tests.web.test_pages import signed_in


@pytest.fixture
def c(db):
    return scenes.city()


def fallen(c, value=9):
    one = IndicatorFactory(name="社会消费品零售总额")
    for month, each in ((date(2025, 10, 1), 10), (date(2026, 10, 1), value)):
        FigureFactory(indicator=one, area=c.county, month=month, value=each, batch__recorded_by=c.clerk)
    AlertRuleFactory(threshold=0, light="RED")
    return one


def test_one_click_hands_an_alert_over_and_the_list_shows_its_task(c, django_assert_max_num_queries):
    one, desk = fallen(c), signed_in(c.clerk)
    office = UnitFactory(name="临河区攻坚办", kind=UnitKind.OFFICE, area=c.county)
    TenureFactory(post__unit=office, post__is_principal=True)
    with django_assert_max_num_queries(12):
        page = desk.get(reverse("alerts")).content.decode()
    assert "同比变差 10%" in page
    address = reverse("alert-hand-over", args=[f"CHANGE-{one.pk}-{c.county.pk}-0-202610"])
    assert address in page
    answer = desk.post(address, {})
    task = AlertTask.objects.get().assignment
    assert answer["Location"] == reverse("assignment", args=[task.pk])
    assert "临河区 社会消费品零售总额 2026年10月：同比变差 10%" in task.task
    page = desk.get(reverse("alerts")).content.decode()
    assert reverse("assignment", args=[task.pk]) in page
    assert "一键交办" not in page
    again = desk.post(address, {})
    assert again.status_code == 422
    assert AlertTask.objects.count() == 1


def test_without_an_office_the_form_asks_who_and_nothing_is_handed_over(c):
    one, desk = fallen(c), signed_in(c.clerk)
    address = reverse("alert-hand-over", args=[f"CHANGE-{one.pk}-{c.county.pk}-0-202610"])
    answer = desk.post(address, {})
    assert answer.status_code == 422
    assert not AlertTask.objects.exists()
    typed = {"task": "分析原因", "lead_unit": str(c.bureau.pk), "responsible_person": str(c.director.pk)}
    assert desk.post(address, {**typed, "working_days": "3"}).status_code == 302
    assert desk.get(reverse("alert-hand-over", args=["CHANGE-1-1-0-209901"])).status_code == 404
    assert signed_in(c.leader).get(address).status_code == 403


def test_a_row_of_the_rules_is_changed_and_a_new_one_added(c):
    fallen(c)
    desk, row = signed_in(c.clerk), AlertRule.objects.get()
    facts = {"scheme": "本办", "measure": "CHANGE", "comparison": "UNDER", "threshold": "-20", "light": "RED"}
    facts |= {"follow_up": "分析", "document": "本办自定", "order": "1", "in_force": "on"}
    edit = reverse("rule-edit", args=[row.pk])
    page = desk.get(edit).content.decode()
    version = page.split('name="version" value="')[1].split('"')[0] if 'name="version"' in page else ""
    assert desk.post(edit, facts | {"version": version}).status_code == 302
    assert "同比变差" not in desk.get(reverse("alerts")).content.decode()
    assert desk.post(reverse("alert-rule-new"), facts | {"threshold": "abc"}).status_code == 422
    assert desk.post(reverse("alert-rule-new"), facts | {"threshold": "-5"}).status_code == 302
    assert "小于 -5" in desk.get(reverse("alert-rules")).content.decode()
    assert signed_in(c.county_clerk).get(edit).status_code in {302, 409, 403}
