"""A commendation has evidence behind each line, takes objections, answers them, and is confirmed by another."""

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from docx import Document

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.indicators.models import Figure
from gongjian.standings import services as standings
from gongjian.standings.commendations import queries
from gongjian.standings.commendations.paper import certificate
from gongjian.standings.models import Commendation, CommendationLine
from tests.factories import AT
from tests.standings.scene import MONTH, compared

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 12, 1)
AFTER = AT + timedelta(days=8)


@pytest.fixture
def s():
    return compared()


def drafted(s, **changed):
    facts = {"title": "十月红旗奖", "basis": "安政〔2026〕8号", "area": s.c.city, "by": s.c.clerk, "at": AT}
    return standings.draft_commendation(**facts | changed)


def add(s, row, **changed):
    figure = Figure.objects.filter(indicator=s.retail, area=s.counties[3], month=MONTH).get()
    facts = {
        "area": s.counties[3],
        "unit": None,
        "merit": "社零增速第一",
        "publication": None,
        "figure": figure,
    }
    return standings.add_commended(row, **facts | {"by": s.c.clerk, "at": AT} | changed)


def opened(s):
    row = drafted(s)
    published = standings.publish(s.version.scheme, month=MONTH, by=s.c.clerk, at=AT)
    add(s, row)
    add(s, row, area=s.counties[2], publication=published, figure=None)
    return standings.open_to_objections(row, until=UNTIL, by=s.c.clerk, at=AT)


def test_nobody_is_on_a_list_without_evidence_nor_twice_nor_a_person(s):
    row = drafted(s)
    with pytest.raises(Refused, match="没有依据"):
        add(s, row, figure=None)
    with pytest.raises(Refused, match="一个地区"):
        add(s, row, area=None)
    with pytest.raises(Refused, match="一个地区"):
        add(s, row, unit=s.c.bureau)
    with pytest.raises(Refused, match="事迹"):
        add(s, row, merit=" ")
    line = add(s, row)
    with pytest.raises(Refused, match="已经在名单上"):
        add(s, row)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommendationLine.objects.filter(pk=line.pk).update(figure=None)
    assert {field.name for field in CommendationLine._meta.get_fields()}.isdisjoint({"person", "account"})
    standings.remove_commended(line, by=s.c.clerk, at=AT)
    with pytest.raises(Refused, match="名单是空的"):
        standings.open_to_objections(row, until=UNTIL, by=s.c.clerk, at=AT)


def test_a_list_is_open_long_enough_and_then_no_longer_changes(s):
    row = drafted(s)
    line = add(s, row)
    with pytest.raises(Refused, match="公示至少"):
        standings.open_to_objections(row, until=date(2026, 11, 28), by=s.c.clerk, at=AT)
    with pytest.raises(Refused, match="不在公示期"):
        standings.object_to(line, text="数据有误", by=s.c.county_clerk, at=AT)
    standings.open_to_objections(row, until=UNTIL, by=s.c.clerk, at=AT)
    with pytest.raises(Refused, match="不能再加减"):
        add(s, row, area=s.counties[2])
    with pytest.raises(Refused, match="不能再加减"):
        standings.remove_commended(line, by=s.c.clerk, at=AT)


def test_objections_are_answered_before_another_confirms_and_an_upheld_one_takes_the_line_off(s):
    row = opened(s)
    first, second = row.lines.all()
    one = standings.object_to(first, text="数据后来核减了", by=s.c.county_clerk, at=AT)
    with pytest.raises(Refused, match="没有结束"):
        standings.confirm(row, by=s.c.leader, at=AT)
    with pytest.raises(Refused, match="没有答复"):
        standings.confirm(row, by=s.c.leader, at=AFTER)
    with pytest.raises(Refused, match="当地攻坚办"):
        standings.answer_objection(one, verdict="UPHELD", answer="属实", by=s.c.county_clerk, at=AT)
    with pytest.raises(Refused, match="是否成立"):
        standings.answer_objection(one, verdict="", answer="属实", by=s.c.clerk, at=AT)
    standings.answer_objection(one, verdict="UPHELD", answer="属实，撤下", by=s.c.clerk, at=AT)
    with pytest.raises(Refused, match="答复过"):
        standings.answer_objection(one, verdict="REJECTED", answer="不属实", by=s.c.clerk, at=AT)
    with pytest.raises(Refused, match="两个人"):
        standings.confirm(row, by=s.c.clerk, at=AFTER)
    with pytest.raises(Refused, match="不在公示期"):
        standings.object_to(second, text="晚了", by=s.c.county_clerk, at=AFTER)
    done = standings.confirm(row, by=s.c.leader, at=AFTER)
    assert (done.state, done.confirmed_by) == ("CONFIRMED", s.c.leader)
    assert [(str(line), line.number) for line in done.lines.all()] == [("汾水县", None), ("平阳县", 1)]
    assert [str(line) for line in queries.honours(s.c.county_clerk)] == ["平阳县"]
    names = {event.name.partition(".")[2] for event in events_of(row)}
    assert names == {"drafted", "line_added", "opened", "objected", "answered", "confirmed"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Commendation.objects.filter(pk=row.pk).update(confirmed_by=s.c.clerk)


def test_evidence_tells_the_published_place_and_that_a_figure_was_corrected(s):
    row = opened(s)
    Figure.objects.filter(area=s.counties[3], month=MONTH, indicator=s.retail).update(superseded_at=AFTER)
    found = {str(one.line): (one.place, one.corrected) for one in queries.evidence_of(row)}
    assert found == {"汾水县": (None, True), "平阳县": (2, False)}


def test_the_numbers_of_certificates_go_on_through_a_year_and_the_certificate_says_what_for(s):
    for _round in range(2):
        standings.confirm(opened(s), by=s.c.leader, at=AFTER)
    numbers = [line.number for line in queries.honours(s.c.clerk).order_by("number")]
    assert numbers == [1, 2, 3, 4]
    line = queries.honours(s.c.clerk).get(number=3)
    paper = Document(io.BytesIO(certificate(line)))
    said = "\n".join(
        [p.text for p in paper.paragraphs] + [c.text for t in paper.tables for r in t.rows for c in r.cells]
    )
    for piece in (
        "荣誉证书",
        "2026年第3号",
        str(line),
        line.merit,
        "十月红旗奖",
        "安政〔2026〕8号",
        "安川市攻坚办",
    ):
        assert piece in said


def test_a_draft_is_seen_by_its_office_and_a_dropped_list_stays_readable_there(s):
    row = drafted(s)
    assert not queries.commendations_visible_to(s.c.county_clerk).exists()
    with pytest.raises(Refused, match="撤销理由"):
        standings.drop(row, reason="", by=s.c.clerk, at=AT)
    standings.drop(row, reason="名额改了", by=s.c.clerk, at=AT)
    with pytest.raises(Refused, match="请刷新"):
        standings.drop(row, reason="再来", by=s.c.clerk, at=AT)
    assert queries.commendations_visible_to(s.c.clerk).get() == row
    with pytest.raises(Refused, match="当地攻坚办"):
        drafted(s, by=s.c.county_clerk)
