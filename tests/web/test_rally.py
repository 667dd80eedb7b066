"""The meeting room of a rally: pledges area by area, the minutes in Word."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.audit import Refused
from gongjian.campaigns import services as campaigns
from gongjian.visits.models import Pledge
from gongjian.visits.pledges import services as pledges
from tests import scenes
from tests.factories import (
    BattleFactory,
    IndicatorFactory,
    NoteFactory,
    TenureFactory,
    UnitFactory,
    VisitFactory,
)
from tests.web.test_pages import signed_in

DAY = date(2026, 2, 1)


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def head(c):
    """The head of the county's office."""
    office = UnitFactory(name="临河区攻坚办", kind="OFFICE", area=c.county)
    return TenureFactory(post__unit=office, post__is_principal=True).person


@pytest.fixture
def parts(c, at):
    """The county's and the other county's target of the year."""
    battle = BattleFactory(campaign__area=c.city, name="消费提振攻坚战", lead_unit=c.bureau)
    retail = IndicatorFactory(key="retail", name="社会消费品零售总额", english="Retail sales")
    battle.indicators.set([retail])
    facts = {"indicator": retail, "year": 2026, "horizon": "FULL_YEAR"}
    whole = campaigns.add_target(battle, area=c.city, **facts, value=Decimal(380), by=c.clerk, at=at)
    campaigns.pass_on(whole, {c.county: Decimal(250), c.other_county: Decimal(130)}, by=c.clerk, at=at)
    return list(whole.children.order_by("area__path"))


@pytest.fixture
def rally(c):
    return VisitFactory(
        area=c.city,
        kind="RALLY",
        title="动员大会",
        state="DONE",
        starts_on=DAY,
        ends_on=DAY,
        place="会议中心",
    )


@pytest.fixture
def room(c, head, parts, rally):
    """City, the county office's head, the county's target, the rally."""
    return c, head, parts[0], rally


def paper_text(file):
    document = Document(BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([line.text for line in document.paragraphs] + cells)


def test_a_pledge_is_a_task_and_stands_in_the_minutes(room, django_assert_max_num_queries):
    c, head, part, rally = room
    desk = signed_in(c.clerk)
    NoteFactory(visit=rally, heading="STATEMENT", speaker=head, text="拼出高起步")
    with django_assert_max_num_queries(12):
        page = desk.get(reverse("rally", args=[rally.pk])).content.decode()
    assert "临河区" in page  # the first area below that waits
    assert f'value="{head.pk}"' in page
    assert "已下达，待回复" in page
    facts = {
        "area": c.county.pk,
        "target": part.pk,
        "words": "全区上下拼抢干，全年超额完成",
        "lead_unit": head.tenures.get().post.unit_id,
        "responsible_person": head.pk,
    }
    to = reverse("rally-pledge", args=[rally.pk])
    assert desk.post(to, facts | {"words": " "}).status_code == 422
    answer = desk.post(to, facts)
    assert answer.status_code == 302, answer.content.decode()
    task = Assignment.objects.get()
    assert [task.source, task.due_on, task.area] == ["BATTLE", date(2026, 12, 31), c.county]
    assert desk.post(to, facts).status_code == 422  # once a meeting
    assert Pledge.objects.count() == 1
    with django_assert_max_num_queries(12):
        assert "会上表态" in desk.get(reverse("target", args=[part.pk])).content.decode()
    assert 'data-label="已表态" class="number">' in desk.get(reverse("target-coverage")).content.decode()
    assert reverse("rally", args=[rally.pk]) in desk.get(reverse("visit", args=[rally.pk])).content.decode()
    text = paper_text(desk.get(reverse("rally-minutes", args=[rally.pk])).content)
    for told in (
        "动员大会纪要",
        "拼出高起步",
        "250",
        "全区上下拼抢干",
        "2026年12月31日",
        "没有表态的：北岭区",
    ):
        assert told in text
    assert "会上记下表态1条，来自地区1个" in text


def test_what_was_pledged_stays_when_the_target_changes(room, at):
    c, _head, part, rally = room
    said = {"words": "保证完成", "lead_unit": c.bureau, "responsible_person": c.director}
    one = pledges.record_pledge(rally, target=part, **said, by=c.clerk, at=at)
    campaigns.change_target(part, value=Decimal(260), reason="上级调整", by=c.clerk, at=at)
    one.refresh_from_db()
    assert [one.amount, one.state] == [250, "PROPOSED"]
    assert "250" in paper_text(signed_in(c.clerk).get(reverse("rally-minutes", args=[rally.pk])).content)
    assignments.withdraw(one.task.assignment, reason="记错了", by=c.clerk, at=at)
    pledges.record_pledge(rally, target=part, **said, by=c.clerk, at=at)  # said again, rightly
    assert Pledge.objects.count() == 2


def test_what_is_no_pledge(c, parts, rally, at):
    said = {"words": "保证完成", "lead_unit": c.bureau, "responsible_person": c.director, "by": c.clerk}
    seminar = VisitFactory(area=c.city, kind="SEMINAR", starts_on=DAY, ends_on=DAY)
    elsewhere = VisitFactory(area=c.other_county, kind="CADRE", starts_on=DAY, ends_on=DAY)
    for visit, why in ((seminar, "只有动员会"), (elsewhere, "不在北岭区")):
        with pytest.raises(Refused, match=why):
            pledges.record_pledge(visit, target=parts[0], **said, at=at)
    with pytest.raises(Refused, match="已经过完"):
        pledges.record_pledge(rally, target=parts[0], **said, at=at.replace(year=2027))
    desk = signed_in(c.clerk)
    assert desk.get(reverse("rally", args=[seminar.pk])).status_code == 404
    empty = VisitFactory(area=c.city, kind="RALLY", starts_on=date(2025, 2, 1), ends_on=date(2025, 2, 1))
    assert "没有可以表态的" in desk.get(reverse("rally", args=[empty.pk])).content.decode()
    assert "没有记下表态" in paper_text(desk.get(reverse("rally-minutes", args=[empty.pk])).content)


def test_a_meeting_is_about_targets_whose_span_is_not_over(room, c, parts, at):
    _c, _head, part, _rally = room
    facts = {"indicator": part.indicator, "year": 2026, "horizon": "Q1"}
    for area in (c.city, c.county):
        campaigns.add_target(part.battle, area=area, **facts, value=Decimal(60), by=c.clerk, at=at)
    for day, offered in ((DAY, 2), (date(2026, 4, 1), 1)):
        held = VisitFactory(area=c.city, kind="RALLY", starts_on=day, ends_on=day)
        page = (
            signed_in(c.clerk).get(reverse("rally", args=[held.pk]) + f"?area={c.county.pk}").content.decode()
        )
        assert f"0/{offered}</span>" in page
        assert page.count("data-row") == offered
