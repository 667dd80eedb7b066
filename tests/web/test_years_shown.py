"""Pages, sentences, sheets and papers show the year of a day that is not of this one."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gongjian.assignments.queries import reading
from gongjian.audit.wording import day_in_text
from gongjian.problems import services as problems
from gongjian.problems.hand_over_slip import slip_of
from gongjian.web.templatetags.gongjian import day_in_short
from tests import scenes
from tests.factories import AT, TODAY
from tests.problems.doing import hand_over
from tests.web.test_pages import signed_in

pytestmark = pytest.mark.django_db
LATE = date(2028, 2, 29)


@pytest.fixture
def owed():
    c = scenes.city()
    problem = problems.record(enterprise=c.firm, text="土地证办不下来", by=c.clerk, at=AT)
    hand_over(c, problem, due=LATE, grade="", supporting_units=[c.other_bureau])
    problem.refresh_from_db()
    return c, problem


def test_the_ledger_and_the_page_of_the_matter(owed):
    c, problem = owed
    ledger = signed_in(c.clerk).get(reverse("problem-ledger")).content.decode()
    assert "2028-02-29" in ledger
    page = signed_in(c.clerk).get(reverse("problem", args=[problem.pk])).content.decode()
    assert "2月29日" not in page.replace("2028年2月29日", "")


def test_the_reason_of_the_light(owed):
    _c, problem = owed
    assert "2028年2月29日" in reading(problem.assignment, TODAY).why
    assert "约定2月29日前完成" in reading(problem.assignment, date(2028, 2, 1)).why


def test_the_slip_names_the_year_of_a_day_of_another(owed):
    _c, problem = owed
    assert f"（{TODAY.year}-" not in slip_of(problem, today=TODAY).supporting_units
    assert f"（{TODAY.year}-" in slip_of(problem, today=date(2028, 2, 1)).supporting_units


@pytest.mark.parametrize("apart", [-400, -365, 365, 800])
def test_the_filter_of_templates(apart):
    day = TODAY + timedelta(days=apart)
    assert day_in_short(day) == day.isoformat()
    assert day_in_text(day, TODAY).startswith(str(day.year))
    assert day_in_short(None) == ""
