"""A problem that nobody has filed says so: it waits to be filed (待归类) and never counts under another category."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.intake.confirmation.services import write_problem
from gongjian.measures.measure import Scope
from gongjian.measures.queries import count, rows_of
from gongjian.problems import services as problems
from gongjian.problems.common_problems import queries as common_problems
from gongjian.problems.models import Problem
from gongjian.problems.outside_systems.services import PushedContent, push
from gongjian.problems.states import FILED, Category
from gongjian.problems.suggested_units.history import with_category
from tests import scenes
from tests.factories import (
    AT,
    TODAY,
    ApiSystemFactory,
    DraftFactory,
    EnterpriseAccountFactory,
    EnterpriseFactory,
    ProblemFactory,
)
from tests.web.test_pages import signed_in


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def system(c):
    return ApiSystemFactory(account=c.clerk)


def pushed(firm, category=Category.UNFILED, text="路面破损"):
    return PushedContent(external_number="RX-7", text=text, firm=firm, category=category)


def unfiled_of(account):
    return set(rows_of("unfiled", Scope(TODAY, account=account)))


def test_whatever_came_without_a_category_waits_to_be_filed(c, system):
    heard = problems.record(enterprise=c.firm, text="缺工", by=c.clerk, at=AT)
    by_interface = push(system, pushed(c.firm), at=AT).problem
    filed = problems.record(enterprise=c.firm, text="别的", category="OTHER", by=c.clerk, at=AT)
    assert unfiled_of(c.clerk) == {heard, by_interface}
    assert filed.category == "OTHER"
    assert count("unfiled", Scope(TODAY)).number == 2


def test_a_firm_s_own_problem_waits_to_be_filed(c):
    account = EnterpriseAccountFactory(enterprise=c.firm).account
    raised = problems.raise_own(text="停电要提前说", key="k1", by=account, at=AT)
    assert raised.is_unfiled
    assert unfiled_of(c.clerk) == {raised}


def test_a_draft_without_a_category_is_refused(c):
    draft = DraftFactory(
        kind="PROBLEM", fields={"text": {"value": "用工难"}, "enterprise": {"value": c.firm.name}}
    )
    with pytest.raises(Refused, match="请选一个问题类别"):
        write_problem(draft, by=c.clerk, at=AT)


@pytest.mark.parametrize("category", ["", "UNFILED", "WEATHER"])
def test_nobody_files_under_what_is_no_category(c, category):
    problem = problems.record(enterprise=c.firm, text="缺工", by=c.clerk, at=AT)
    with pytest.raises(Refused, match="请选一个问题类别"):
        problems.categorise_many([problem], category=category, by=c.clerk, at=AT)
    page = signed_in(c.clerk).post(
        reverse("problem-new"),
        {
            "enterprise": c.firm.pk,
            "text": "缺电",
            "kind": "WISH",
            "category": category,
            "channel": "VISIT",
            "origin": "CITY",
        },
    )
    assert page.status_code == 422
    assert not Problem.objects.filter(text="缺电").exists()


@pytest.mark.parametrize("category", [value for value, _label in FILED][:4])
def test_handing_over_asks_for_the_category_and_files_it(c, category):
    problem = problems.record(enterprise=c.firm, text="缺工", by=c.clerk, at=timezone.now())
    clerk = signed_in(c.clerk)
    due = (timezone.localdate() + timedelta(days=20)).isoformat()
    typed = {
        "task": "尽快解决",
        "lead_unit": c.bureau.pk,
        "responsible_person": c.director.pk,
        "limit": "",
        "due": due,
    }
    refused = clerk.post(reverse("hand-over", args=[problem.pk]), typed)
    assert refused.status_code == 422
    assert "交办前先归类" in refused.content.decode()
    clerk.post(reverse("hand-over", args=[problem.pk]), typed | {"category": category})
    problem.refresh_from_db()
    assert (problem.category, problem.assignment is not None) == (category, True)
    told = Event.objects.filter(name="problem.edited").latest("seq").data
    assert told["values"]["category"] == ["UNFILED", category]


def test_handing_many_over_asks_for_each_that_is_not_filed(c):
    at = timezone.now()
    loose = [problems.record(enterprise=c.firm, text=f"缺工{n}", by=c.clerk, at=at) for n in range(3)]
    filed = problems.record(enterprise=c.firm, text="缺地", category="LAND", by=c.clerk, at=at)
    rows = [*loose, filed]
    typed = {
        "verb": "hand_over",
        "rows": [row.pk for row in rows],
        "task": "",
        "lead_unit": c.bureau.pk,
        "limit": "",
        "responsible_person": c.director.pk,
        "due": (timezone.localdate() + timedelta(days=20)).isoformat(),
    } | {f"to-{row.pk}": "all" for row in rows}
    clerk, url = signed_in(c.clerk), reverse("problem-bulk")
    refused = clerk.post(url, typed)
    assert refused.status_code == 422
    assert refused.content.decode().count("交办前请选问题类别") >= 3
    later = typed | {
        f"to-{loose[2].pk}": "later",
        f"category-{loose[0].pk}": "LABOUR",
        f"category-{loose[1].pk}": "LAND",
    }
    assert clerk.post(url, later).status_code == 302
    assert [Problem.objects.get(pk=row.pk).category for row in rows] == ["LABOUR", "LAND", "UNFILED", "LAND"]


def test_the_page_of_a_problem_already_answered_files_it_at_one_press(c):
    problem = problems.record(enterprise=c.firm, text="缺工", by=c.clerk, at=AT)
    problems.answer_on_the_spot(problem, answer="已说明", by=c.clerk, at=AT)
    clerk = signed_in(c.clerk)
    page = clerk.get(reverse("problem", args=[problem.pk])).content.decode()
    assert "还没有归类" in page
    typed = {"verb": "categorise", "rows": problem.pk, "home": "problem", "category": "LABOUR"}
    answer = clerk.post(reverse("problem-bulk"), typed)
    assert answer["Location"] == reverse("problem", args=[problem.pk])
    problem.refresh_from_db()
    assert problem.category == "LABOUR"
    assert "还没有归类" not in clerk.get(reverse("problem", args=[problem.pk])).content.decode()


def test_a_push_without_a_category_never_takes_away_the_one_the_office_gave(c, system):
    problem = push(system, pushed(c.firm), at=AT).problem
    problems.update(problem, category="LAND", by=c.clerk, at=AT)
    push(system, pushed(c.firm, text="路面破损，雨天积水"), at=AT)
    problem.refresh_from_db()
    assert (problem.category, problem.text) == ("LAND", "路面破损，雨天积水")


def test_a_push_repeated_from_before_there_was_a_mark_is_known(c, system):
    problem = push(system, pushed(c.firm, Category.OTHER), at=AT).problem
    before = Event.objects.count()
    receipt = push(system, pushed(c.firm), at=AT)
    assert (receipt.is_new, receipt.problem) == (False, problem)
    assert Event.objects.count() == before


def test_to_be_filed_is_no_word_for_the_models_and_no_name_of_a_group(c):
    assert with_category("缺工", "UNFILED") == with_category("缺工", "OTHER") != with_category("缺工", "LAND")
    firms = [c.firm, EnterpriseFactory(area=c.county), EnterpriseFactory(area=c.county)]
    for firm, category in zip(firms, ("UNFILED", "UNFILED", "LOGISTICS"), strict=True):
        ProblemFactory(enterprise=firm, text="货车限行，原料进不了厂", category=category)
    assert common_problems.proposals(c.clerk, today=TODAY)[0].category_label == "物流"
