"""Who should handle it, on the page: shown with its reason, taken by one button, nothing handed over silently."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.assignments.models import Assignment
from gongjian.problems import services as problems
from tests import scenes
from tests.factories import AT, VisitFactory
from tests.web.test_pages import signed_in


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


def bulk(client, rows, **facts):
    asked = {"verb": "hand_over", "home": "triage", "rows": [row.pk for row in rows]}
    return client.post(reverse("problem-bulk"), asked | facts, follow=True)


def test_many_are_handed_over_each_to_its_suggested_unit_or_all_to_one(client, c, problem):
    other = problems.record(enterprise=c.firm, text="招聘不到技工，社会保险怎么缴", by=c.clerk, at=AT)
    later = problems.record(enterprise=c.firm, text="厂门口的路", by=c.clerk, at=AT)
    rows = [problem, other, later]
    client.force_login(c.clerk)
    shown = bulk(client, rows).content.decode()
    first, second = f"{c.bureau.pk}:{c.director.pk}", f"{c.other_bureau.pk}:{c.other_director.pk}"
    assert f'<option value="{first}">' in shown
    assert "%</option>" in shown
    facts = {"task": "", "limit": "", "due": "2099-12-30", f"to-{later.pk}": "later"}
    filled = bulk(client, rows, likeliest="yes", **facts).content.decode()
    assert f'<option value="{first}" selected>' in filled
    assert f'<option value="{second}" selected>' in filled
    assert 'value="2099-12-30"' in filled
    wanted = facts | {"due": "2027-06-30", f"to-{problem.pk}": first, f"to-{other.pk}": "all"}
    missing = bulk(client, rows, **wanted)
    assert missing.status_code == 422
    assert "有 1 行交给统一的单位" in missing.content.decode()
    unit = {"lead_unit": c.other_bureau.pk, "responsible_person": c.other_director.pk}
    unfiled = bulk(client, rows, **wanted, **unit)
    assert unfiled.status_code == 422
    assert "交办前请选问题类别。" in unfiled.content.decode()
    wanted |= {f"category-{problem.pk}": "FINANCE", f"category-{other.pk}": "LABOUR"}
    done = bulk(client, rows, **wanted, **unit)
    assert done.redirect_chain[-1][0] == reverse("triage")
    assert "已处理 2 个问题" in done.content.decode()
    units = []
    for row in rows:
        row.refresh_from_db()
        units.append(row.assignment and (row.assignment.lead_unit, row.assignment.task))
    assert units == [(c.bureau, problem.text), (c.other_bureau, other.text), None]


def test_every_row_left_for_later_and_a_stale_suggestion_are_told(client, c, problem):
    client.force_login(c.clerk)
    facts = {"task": "", "limit": "", "due": "2027-06-30"}
    none = bulk(client, [problem], **facts, **{f"to-{problem.pk}": "later"})
    assert "至少给一行选单位" in none.content.decode()
    stale = bulk(client, [problem], **facts, **{f"to-{problem.pk}": "9:9"})
    assert "建议已经变了" in stale.content.decode()
    problem.refresh_from_db()
    assert problem.assignment is None


def test_a_person_of_another_unit_needs_a_reason_on_the_form_and_in_bulk(db):
    world = scenes.ledger(timezone.now() - timedelta(minutes=5))
    c, clerk = world.city, signed_in(world.city.clerk)
    there = reverse("hand-over", args=[world.fresh.pk])
    typed = {"task": "协调续贷", "lead_unit": c.bureau.pk, "responsible_person": c.other_director.pk}
    typed |= {"limit": "", "due": (timezone.localdate() + timedelta(days=9)).isoformat()}
    refused = clerk.post(there, typed)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "不是市金融局的人" in page
    assert "协调续贷" in page
    bulk = {"verb": "hand_over", "rows": [world.fresh.pk], f"to-{world.fresh.pk}": "all"} | typed
    clerk.post(reverse("problem-bulk"), bulk)
    world.fresh.refresh_from_db()
    assert world.fresh.assignment is None
    assert clerk.post(there, typed | {"person_reason": "专班统一负责"}).status_code == 302
    task = Assignment.objects.get(problems=world.fresh)
    assert task.responsible_person == c.other_director
    assert "专班统一负责" in clerk.get(reverse("problem", args=[world.fresh.pk])).content.decode()
    move = reverse("assignment-move", args=[task.pk, "change_person"])
    again = {"change_person-responsible_person": c.director.pk, "change_person-reason": "回到本单位"}
    assert clerk.post(move, again).status_code == 302
    task.refresh_from_db()
    assert task.responsible_person == c.director


def test_the_first_button_of_a_form_with_suggestions_is_its_main_one(db):
    world = scenes.ledger(timezone.now() - timedelta(minutes=5))
    page = signed_in(world.city.clerk).get(reverse("problem", args=[world.fresh.pk])).content.decode()
    form = page[page.index('class="hand-over"') :]
    first = form[form.index("<button") :]
    assert "formaction" not in first[: first.index(">")]
    assert "name=" not in first[: first.index(">")]
