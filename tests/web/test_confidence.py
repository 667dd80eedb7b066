"""The confidence survey on the page: opening, answering as a firm, closing, results, Excel; and what an answer leaves behind."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from gongjian.audit.models import Event, UsedForm
from gongjian.indicators.models import ConfidenceSurvey, SealedAnswer
from tests import scenes
from tests.factories import ConfidenceResultFactory, EnterpriseAccountFactory, EnterpriseFactory
from tests.web.test_pages import signed_in


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def desk(c):
    return signed_in(c.clerk)


def opened(c, desk, number=9):
    """A round, and the pages of firms that may answer it."""
    rows = [EnterpriseFactory(name=f"第{n}钢铁厂", industry="钢铁", area=c.county) for n in range(number)]
    form = desk.get(reverse("confidence-open")).context["form"]
    facts = {"quarter": form.fields["quarter"].choices[0][0], "until": "2026-12-20"}
    assert desk.post(reverse("confidence-open"), facts).status_code == 302
    return [signed_in(EnterpriseAccountFactory(enterprise=firm).account) for firm in rows]


def answer(firm, now="1", expected="0"):
    key = firm.get(reverse("firm-survey")).context["csrf_token"]
    assert key
    return firm.post(
        reverse("firm-survey"), {"now": now, "expected": expected, "form_key": "a" * 32}, follow=True
    )


def test_from_opening_to_the_result_in_a_workbook(c, desk):
    pages = opened(c, desk)
    assert "去作答" in pages[0].get(reverse("firm")).content.decode()
    for firm in pages[:6]:
        assert "已收到" in answer(firm).content.decode()
    assert "去作答" not in pages[0].get(reverse("firm")).content.decode()
    shown = desk.get(reverse("confidence")).content.decode()
    assert "已有 6 家作答" in shown
    assert "140.0" not in shown  # nothing is told while it runs
    survey = ConfidenceSurvey.objects.get()
    assert desk.get(reverse("confidence-round", args=[survey.pk])).status_code == 404
    page = desk.post(reverse("confidence-close", args=[survey.pk]), follow=True).content.decode()
    assert "140.0" in page  # 0.4 x 200 + 0.6 x 100
    assert "较为景气" in page
    book = load_workbook(BytesIO(desk.get(reverse("confidence-export", args=[survey.pk])).content))
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert {"全部企业", "信心指数", 140} <= set(cells)


def test_an_answer_on_the_page_leaves_no_event_and_no_digest_of_what_was_typed(c, desk):
    firm, *_others = opened(c, desk)
    before = (Event.objects.count(), UsedForm.objects.count())
    answer(firm)
    assert (Event.objects.count(), UsedForm.objects.count(), SealedAnswer.objects.count()) == (*before, 1)
    again = answer(firm)
    assert (again.status_code, SealedAnswer.objects.count()) == (422, 1)
    assert "已经作答" in again.content.decode()


@pytest.mark.parametrize(
    "typed", [{"now": "", "expected": "0"}, {"now": "2", "expected": "0"}, {"now": "1", "expected": "x"}]
)
def test_what_is_no_answer_is_not_taken(c, desk, typed):
    firm, *_others = opened(c, desk)
    assert firm.post(reverse("firm-survey"), typed).status_code == 422
    assert not SealedAnswer.objects.exists()


def test_without_a_round_a_firm_is_told_so(c):
    firm = signed_in(EnterpriseAccountFactory(enterprise=c.firm).account)
    assert "没有正在进行" in firm.get(reverse("firm-survey")).content.decode()
    assert answer(firm).status_code == 422


def test_only_the_city_office_sees_the_buttons(c, desk):
    opened(c, desk)
    county = signed_in(c.county_clerk)
    assert (
        reverse("confidence-close", args=[ConfidenceSurvey.objects.get().pk])
        in desk.get(reverse("confidence")).content.decode()
    )
    assert "结束调查" not in county.get(reverse("confidence")).content.decode()
    assert county.get(reverse("confidence-open")).status_code == 409


def test_a_round_with_too_few_answers_says_so(c, desk):
    pages = opened(c, desk)
    answer(pages[0])
    survey = ConfidenceSurvey.objects.get()
    page = desk.post(reverse("confidence-close", args=[survey.pk]), follow=True).content.decode()
    assert "不公布结果" in page
    assert "不公布结果" in desk.get(reverse("confidence")).content.decode()


def test_groups_told_together_and_changes_within_the_margin(c, desk):
    earlier = ConfidenceResultFactory(survey__area=c.city, survey__quarter="2026-04-01", index="124.0")
    survey = ConfidenceResultFactory(survey__area=c.city).survey
    ConfidenceResultFactory(survey=survey, kind="SECTOR", name="")
    page = desk.get(reverse("confidence-round", args=[survey.pk])).content.decode()
    assert "其他（合并）" in page
    assert "+2.0" in page
    assert "误差以内" in page
    assert earlier.survey.quarter != survey.quarter
