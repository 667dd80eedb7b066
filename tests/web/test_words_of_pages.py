"""What was wrong on pages when they were looked at: a word in the other language, a code, a dead link, an empty table."""

import re
from datetime import date
from decimal import Decimal
from unittest.mock import Mock

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from gongjian.web.alerts.forms import RuleForm
from gongjian.web.alerts.sentences import why
from gongjian.web.templatetags.figures import cell_words
from tests import scenes
from tests.factories import (
    AccountFactory,
    AlertRuleFactory,
    AreaFactory,
    BattleFactory,
    ConfidenceResultFactory,
    EnterpriseFactory,
    FigureFactory,
    IndicatorFactory,
    ProblemFactory,
    VisitFactory,
)
from tests.web.test_pages import signed_in


@pytest.fixture
def c(db):
    return scenes.city()


def read(desk, name, *args, asked=""):
    answer = desk.get(reverse(name, args=args) + asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_names_of_areas_and_sectors_stay_as_they_were_typed(c):
    survey = ConfidenceResultFactory(survey__area=c.city).survey
    for kind, name in (("AREA", "临河区"), ("SECTOR", "钢铁")):
        ConfidenceResultFactory(survey=survey, kind=kind, name=name)
    desk = signed_in(c.clerk)
    desk.cookies["django_language"] = "en"
    page = read(desk, "confidence-round", survey.pk)
    assert "<b>临河区</b>" in page
    assert "<b>钢铁</b>" in page


@pytest.mark.parametrize(("months", "told"), [(1, "1 month running"), (3, "3 months running")])
def test_one_month_is_no_months(months, told):
    alert = Mock(value=Decimal(months), rule=Mock(measure="MONTHS_LATE"), indicator=Mock(nature="FLOW"))
    with translation.override("en"):
        assert told in why(alert)


@pytest.mark.parametrize(
    ("kept", "told"),
    [("一季度!R2C13", "一季度第 2 行第 13 列"), ("!R2C2", "第 2 行第 2 列"), ("", ""), ("手工", "手工")],
)
def test_a_cell_is_told_in_words(kept, told):
    assert cell_words(kept) == told


def test_a_threshold_is_written_without_noughts(db):
    rule = AlertRuleFactory(threshold=Decimal("10.0000"))
    assert RuleForm(initial={"threshold": rule.threshold})["threshold"].value() == "10"
    assert RuleForm({"threshold": "10.50"})["threshold"].value() == "10.50"


def test_pages_of_the_printed_notices_open_without_a_day(c):
    assert timezone.localdate().isoformat() in read(signed_in(c.clerk), "inbox-list", asked="?page=2")


def test_a_problem_leads_to_no_visit_that_would_not_open(c):
    town = AreaFactory(name="石门镇", level="TOWNSHIP", parent=c.county)
    visit = VisitFactory(area=c.county, title="走访恒岳机械等企业")
    problem = ProblemFactory(area=town, enterprise=EnterpriseFactory(area=town), visit=visit)
    here = AccountFactory(role="CLERK", reads_area=town, writes_area=town)
    seen = read(signed_in(here), "problem", problem.pk)
    assert reverse("visit", args=[visit.pk]) not in seen
    assert "走访恒岳机械等企业" not in seen
    assert reverse("visit", args=[visit.pk]) in read(signed_in(c.clerk), "problem", problem.pk)


def test_a_board_and_a_month_without_numbers_say_so(c):
    battle = BattleFactory(campaign__area=c.city)
    battle.indicators.set([IndicatorFactory()])
    assert "还没有目标" in read(signed_in(c.clerk), "campaigns")
    assert "这个月还没有数据" in read(signed_in(c.clerk), "indicators")


def test_defaults_are_no_filters_in_use(c):
    IndicatorFactory()
    assert "用了" not in read(signed_in(c.clerk), "figure-entry")


def test_readers_see_no_column_of_acts_they_lack(c):
    one = IndicatorFactory()
    for month, value in ((date(2025, 10, 1), 10), (date(2026, 10, 1), 9)):
        FigureFactory(indicator=one, area=c.county, month=month, value=value, batch__recorded_by=c.clerk)
    AlertRuleFactory(threshold=0, light="RED")
    assert ">办理</th>" in read(signed_in(c.clerk), "alerts")
    assert ">办理</th>" not in read(signed_in(c.auditor), "alerts")
    assert ">办理</th>" in read(signed_in(c.clerk), "figure-returns")
    assert ">办理</th>" not in read(signed_in(c.auditor), "figure-returns")


def test_a_refused_form_says_how_many_and_leads_to_each_field(c):
    answer = signed_in(c.clerk).post(reverse("problem-new"), {"text": "要保留的话"})
    page = answer.content.decode()
    assert answer.status_code == 422
    told = page[page.index('class="errors"') :].split("</ul>")[0]
    links = re.findall(r'href="#([^"]+)"', told)
    assert f"有 {len(links)} 处需要修改，已填内容都在。" in told
    assert links
    assert all(f'id="{link}"' in page for link in links)
    assert "要保留的话" in page
