"""A survey on the page: opened by the office, answered by a firm, told once it is closed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gongjian.audit.models import UsedForm
from gongjian.confidence.models import BallotBox, ConfidenceSurvey
from tests import scenes
from tests.factories import TODAY, EnterpriseAccountFactory
from tests.web.test_pages import signed_in


@pytest.fixture
def c(db):
    return scenes.city()


def test_a_survey_from_the_office_to_the_firms_and_back(c):
    firms = [EnterpriseAccountFactory(enterprise__area=c.county).account for _ in range(5)]
    desk = signed_in(c.clerk)
    facts = {"name": "四季度企业信心调查", "area": c.city.pk}
    facts |= {"opens_on": f"{TODAY}", "closes_on": f"{TODAY + timedelta(days=3)}"}
    address = desk.post(reverse("survey-new"), facts)["Location"]
    for who in firms:
        portal = signed_in(who)
        assert "四季度企业信心调查" in portal.get(reverse("firm-survey")).content.decode()
        assert portal.post(reverse("firm-survey"), {"now": "GOOD"}).status_code == 422
        assert portal.post(reverse("firm-survey"), {"now": "GOOD", "expected": "FAIR"}).status_code == 302
        assert "已经答过" in portal.get(reverse("firm-survey")).content.decode()
    keys = UsedForm.objects.filter(by_id__in=[who.pk for who in firms])
    assert not keys.exists()  # a kept digest of what a firm typed would give its answer away
    assert len(BallotBox.objects.get().marks) == 5
    running = desk.get(address).content.decode()
    assert "已答 5 家" in running
    assert "140.0" not in running
    days = {"opens_on": TODAY - timedelta(days=9), "closes_on": TODAY - timedelta(days=1)}
    ConfidenceSurvey.objects.update(**days)
    assert "140.0" in desk.get(address).content.decode()
    assert "现在没有调查" in signed_in(firms[0]).get(reverse("firm-survey")).content.decode()
    assert ConfidenceSurvey.objects.count() == 1
