"""Who should handle it, on the page: shown with its reason, taken by one button, nothing handed over silently."""

import pytest
from django.urls import reverse

from gongjian.problems import services as problems
from tests import scenes
from tests.factories import AT, VisitFactory


@pytest.fixture
def c(db, settings, tmp_path):
    settings.HOME = tmp_path
    c = scenes.city()
    for unit, text in ((c.bureau, "贷款续贷、融资担保"), (c.other_bureau, "用工招聘、社会保险")):
        unit.duties = text
        unit.save()
    return c


@pytest.fixture
def problem(c):
    return problems.record(enterprise=c.firm, text="银行贷款到期要续贷", by=c.clerk, at=AT)


def test_the_form_shows_units_with_probability_and_words(client, c, problem, django_assert_max_num_queries):
    client.force_login(c.clerk)
    client.get(reverse("problem", args=[problem.pk]))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("problem", args=[problem.pk])).content.decode()
    assert f'value="{c.bureau.pk}:{c.director.pk}"' in page
    assert "%</span>" in page
    assert "尚无历史交办" in page
    assert f'name="lead_unit" value="{c.bureau.pk}"' not in page


def test_taking_one_fills_the_form_and_keeps_what_was_typed(client, c, problem):
    client.force_login(c.clerk)
    typed = {
        "take": f"{c.bureau.pk}:{c.director.pk}",
        "task": "协调<续贷>",
        "due": "2026-12-30",
        "limit": "",
        "supporting_units": str(c.other_bureau.pk),
        "back": "/visits/1/",
    }
    page = client.post(reverse("suggestion-take", args=[problem.pk]), typed)
    text = page.content.decode()
    assert page.status_code == 200
    assert f'name="lead_unit" value="{c.bureau.pk}"' in text
    assert f'name="responsible_person" value="{c.director.pk}"' in text
    assert "协调&lt;续贷&gt;" in text
    assert "2026-12-30" in text
    assert f'name="supporting_units" value="{c.other_bureau.pk}"' in text
    assert 'name="back" value="/visits/1/"' in text
    problem.refresh_from_db()
    assert problem.assignment is None


def test_nonsense_is_taken_as_nothing_and_no_page_outside_is_returned_to(client, c, problem):
    client.force_login(c.clerk)
    page = client.post(reverse("suggestion-take", args=[problem.pk]), {"take": "x", "back": "//else.where/"})
    assert page.status_code == 200
    assert "else.where" not in page.content.decode()


def test_the_visit_page_suggests_for_each_waiting_problem(client, c):
    visit = VisitFactory(area=c.city)
    visit.stops.create(enterprise=c.firm)
    problems.record(enterprise=c.firm, text="贷款续贷", visit=visit, by=c.clerk, at=AT)
    client.force_login(c.clerk)
    page = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert f'value="{c.bureau.pk}:{c.director.pk}"' in page
