"""The pages of major projects: who reads the name of a firm, what a form keeps, what the workbook says."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests import scenes
from tests.factories import AccountFactory, ProjectFactory
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
