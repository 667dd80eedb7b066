"""The pages of major projects: who reads the name of a firm, what a form keeps, what the workbook says."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from gongjian.audit.queries import events_of
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.projects.states import Series
from tests import scenes
from tests.factories import AT, AccountFactory, ProblemFactory, ProjectFactory
from tests.web.page_records import project_of
from tests.web.test_pages import signed_in


@pytest.fixture
def c(db):
    return scenes.city()


def cells(answer):
    """All texts of the first sheet of a workbook."""
    sheet = load_workbook(BytesIO(answer.content)).active
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def test_a_firm_outside_the_readers_areas_is_named_nowhere(c):
    project = project_of(c)
    desk = AccountFactory(role="HANDLER", unit=c.bureau, reads_area=c.other_county)
    addresses = [reverse("project", args=[project.pk]), reverse("projects"), reverse("project-export")]
    for address in addresses:
        for account, seen in ((desk, False), (c.clerk, True)):
            answer = signed_in(account).get(address)
            assert answer.status_code == 200
            told = str(cells(answer)) if "export" in address else answer.content.decode()
            assert project.name in told
            if address != reverse("projects"):
                assert (c.firm.short_name in told or c.firm.name in told) == seen, (address, account)
    found = signed_in(desk).get(reverse("projects"), {"q": c.firm.name}).content.decode()
    assert project.name not in found


def test_who_may_not_open_the_firm_of_a_project_keeps_it_all_the_same(c):
    elsewhere = ProjectFactory(area=c.other_county, enterprise=c.firm)
    clerk = AccountFactory(role="CLERK", reads_area=c.other_county, writes_area=c.other_county)
    address = reverse("project-edit", args=[elsewhere.pk])
    client = signed_in(clerk)
    page = client.get(address).content.decode()
    assert c.firm.name not in page
    assert c.firm.short_name not in page
    client.post(address, {"name": "改过的名称", "area": c.other_county.pk, "kind": "NEW", "opened": ""})
    elsewhere.refresh_from_db()
    assert (elsewhere.name, elsewhere.enterprise) == ("改过的名称", c.firm)


def test_the_page_says_what_the_next_stage_wants_and_the_form_opens_there(c):
    project = project_of(c)
    client = signed_in(c.clerk)
    page = client.get(reverse("project", args=[project.pk])).content.decode()
    assert "实际开工日期" in page
    form = client.get(reverse("project-edit", args=[project.pk])).content.decode()
    assert form.count('<details class="panel" open>') == 3  # the first part, funds and days


def test_the_ledger_is_filtered_by_stage_and_counts_the_others_still(c):
    project = project_of(c)
    ProjectFactory(area=c.county, name="另一处园区")
    answer = signed_in(c.clerk).get(reverse("projects"), {"stage": "APPROVED"})
    assert [line[0] for line in answer.context["lines"]] == [project]
    assert [number for _stage, number in answer.context["stages"]] == [1, 1]


def recorded(c, client, project):
    """A blocker of the project, recorded by its page's own link."""
    page = client.get(reverse("problem-new"), {"project": project.pk})
    form = page.context["form"]
    assert (form["project"].value(), form["enterprise"].value()) == (project.pk, c.firm.pk)
    client.post(
        reverse("problem-new"),
        {"enterprise": c.firm.pk, "project": project.pk, "text": "红线外道路没有修通", "kind": "DIFFICULTY"}
        | {"category": "LAND", "channel": "FIRM", "origin": "COUNTY"},
    )
    return Problem.objects.get()


def test_a_blocker_is_a_problem_that_names_its_project(c):
    project, client = project_of(c), signed_in(c.clerk)
    problem = recorded(c, client, project)
    assert problem.project == project
    assert "红线外道路没有修通" in client.get(reverse("project", args=[project.pk])).content.decode()
    listed = client.get(reverse("projects"), {"blocked": "yes"}).context["lines"]
    assert [(line[0].name, line[0].waiting) for line in listed] == [(project.name, 1)]
    other = ProjectFactory(area=c.county, name="另一处园区")
    for asked, number in ((project, 1), (other, 0)):
        ledger = client.get(reverse("problem-ledger"), {"project": asked.pk})
        assert ledger.context["page"].paginator.count == number
    assert "红线外道路没有修通" in str(cells(client.get(reverse("project-export"))))


def test_a_problem_is_given_to_another_project_or_to_none_and_the_trail_says_so(c):
    problem, client = ProblemFactory(enterprise=c.firm, area=c.county), signed_in(c.clerk)
    project = project_of(c)
    for chosen in (project, project, None):
        client.post(reverse("problem-project", args=[problem.pk]), {"project": chosen.pk if chosen else ""})
        problem.refresh_from_db()
        assert problem.project == chosen
    assert [event.data["values"]["project"] for event in events_of(problem).order_by("seq")] == [
        [None, project.name],
        [project.name, None],
    ]
    wrong = client.post(reverse("problem-project", args=[problem.pk]), {"project_text": "没有这样的项目"})
    assert wrong.status_code == 422


def test_who_may_not_open_the_project_does_not_read_its_name_on_the_problem(c):
    project = ProjectFactory(area=c.other_county, name="北岭智能装备产业园")
    problem = ProblemFactory(enterprise=c.firm, area=c.county)
    problems.name_project(problem, project, by=c.clerk, at=AT)
    page = reverse("problem", args=[problem.pk])
    assert project.name in signed_in(c.clerk).get(page).content.decode()
    assert project.name not in signed_in(c.county_clerk).get(page).content.decode()


def test_a_month_is_entered_on_the_page_and_a_refused_one_keeps_what_was_typed(c):
    project, client = project_of(c), signed_in(c.clerk)
    address, today = reverse("project-invest", args=[project.pk]), timezone.localdate()
    month = f"{today:%Y-%m}"
    assert client.post(address, {"month": month, "reported": "640.5"}).status_code == 302
    page = client.get(reverse("project", args=[project.pk]))
    assert page.context["sums"][0][:2] == (Series.REPORTED, Decimal("640.5"))
    again = client.post(address, {"month": month, "reported": "700"})
    assert again.status_code == 422
    assert 'value="700"' in again.content.decode()
    assert "写明理由" in again.content.decode()
    empty = client.post(address, {"month": month})
    assert "请至少填一个数" in empty.content.decode()


def test_the_ledger_shows_lights_and_is_filtered_by_them(c):
    today = timezone.localdate()
    owed = ProjectFactory(
        area=c.county, name="拖着没开工的园区", start_planned_on=today - timedelta(days=150)
    )
    ProjectFactory(area=c.county, name="没有计划的园区")
    red = signed_in(c.clerk).get(reverse("projects"), {"light": "RED"})
    assert [line[0] for line in red.context["lines"]] == [owed]
    assert "红灯" in str(cells(signed_in(c.clerk).get(reverse("project-export"))))


def test_the_search_of_every_page_finds_projects_and_only_those_that_may_be_opened(c):
    project = project_of(c)
    other = AccountFactory(role="CLERK", reads_area=c.other_county, writes_area=c.other_county)
    for account, seen in ((c.clerk, True), (other, False)):
        answer = signed_in(account).get(reverse("search"), {"q": project.name[:4]}).content.decode()
        assert (reverse("project", args=[project.pk]) in answer) == seen
