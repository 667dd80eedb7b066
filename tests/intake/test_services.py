"""From a report to the ledger: nothing is written before a clerk confirms it, each draft once."""

from datetime import date
from typing import Any

import pytest

from gongjian.assignments.models import Assignment
from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.enterprises.models import Enterprise
from gongjian.intake import perms, services
from gongjian.intake.models import Article
from gongjian.intake.queries import drafts_of, visible_to
from gongjian.people.models import Person, Tenure, Unit
from gongjian.visits.models import Note, Visit
from tests import scenes
from tests.factories import AT, EnterpriseFactory, PersonFactory, TenureFactory, UnitFactory

TEXT = """安川打响“七大攻坚战”
2月18日上午，安川市产业突围“七大攻坚战”动员大会在市会议中心召开。市委书记陆承远出席会议并讲话，市委副书记、市长沈若谷主持会议。
陆承远强调，“开局就要冲刺、起步就要快跑，把每一天都当作决战日来过”。
会上，12家企业被授予“突出贡献企业”称号。
当日下午，临河区召开三级干部会议，市委常委、临河区委书记梅志恒作动员讲话。梅志恒要求，各镇街、各部门要在3个工作日内完成项目清单梳理。
2月19日，沈若谷到安川市恒岳机械有限公司走访调研，听取企业意见。"""


@pytest.fixture
def c(db):
    return scenes.city()


@pytest.fixture
def article(c):
    return services.take_in(
        text=TEXT, source="安川日报", published_on=date(2026, 2, 20), area=c.city, by=c.clerk, at=AT
    )


def draft(article, kind, n=0):
    return list(article.drafts.filter(kind=kind).order_by("order"))[n]


def confirm(c, one, **values):
    if values:
        services.update_draft(one, values=values, by=c.clerk, at=AT)
    return services.confirm_draft(one, by=c.clerk, at=AT)


def ledger():
    return [m.objects.count() for m in (Visit, Note, Assignment, Person, Tenure, Enterprise, Unit)]


def test_reading_writes_drafts_and_nothing_else(c):
    before = ledger()
    made = services.take_in(text=TEXT, area=c.city, published_on=date(2026, 2, 20), by=c.clerk, at=AT)
    assert ledger() == before
    assert made.title == "安川打响“七大攻坚战”"
    kinds = set(made.drafts.values_list("kind", flat=True))
    assert {"MEETING", "VISIT", "PERSON", "STATEMENT", "COMMITMENT", "HONOUR"} <= kinds
    assert [event.name for event in events_of(made)] == ["article.taken_in"]


def test_every_value_stands_beside_the_sentence_it_came_from(article):
    for draft in drafts_of(article):
        for name, cell in draft.fields.items():
            if "sentence" in cell:
                assert cell["sentence"] in TEXT, name
                assert 0 < cell["confidence"] <= 100


def test_the_same_report_is_taken_in_once(c, article):
    with pytest.raises(Refused, match="已在2026-11-24录入过"):
        services.take_in(text=f"\n{TEXT} ", area=c.city, by=c.clerk, at=AT)
    services.take_in(text=TEXT, area=c.county, by=c.clerk, at=AT)


@pytest.mark.parametrize(("text", "sentence"), [(" \n", "没有正文"), ("长" * 500_001, "超过 500000 字")])
def test_a_text_that_cannot_be_read_is_refused(c, text, sentence):
    with pytest.raises(Refused, match=sentence):
        services.take_in(text=text, area=c.city, by=c.clerk, at=AT)


def test_a_text_with_no_event_is_kept_with_what_there_is(c):
    made = services.take_in(text="今天天气很好，没有什么可说的。", area=c.city, by=c.clerk, at=AT)
    assert not made.drafts.exists()
    assert list(visible_to(c.clerk)) == [made]


def test_only_clerks_of_the_area_take_in_and_decide(c, article):
    for who in (c.leader, c.handler, c.county_clerk, c.auditor):
        with pytest.raises(Refused, match="攻坚办工作人员可以录入来稿"):
            services.take_in(text="别的", area=c.city, by=who, at=AT)
        assert not perms.can_decide(who, article.drafts.first())
    assert perms.can_decide(c.clerk, article.drafts.first())


def test_a_meeting_is_written_into_the_visit_book_as_held(c, article):
    visit = confirm(c, draft(article, "MEETING"))
    assert (visit.kind, visit.state, visit.starts_on) == ("RALLY", "DONE", date(2026, 2, 18))
    assert visit.lead is None
    assert "人员：陆承远、沈若谷" in visit.notes.get().text
    one = draft(article, "MEETING")
    assert (one.state, one.result_kind, one.result_id) == ("CONFIRMED", "visits.visit", visit.pk)
    with pytest.raises(Refused, match="不能再改"):
        services.confirm_draft(one, by=c.clerk, at=AT)


def test_a_meeting_of_a_county_lands_in_that_county(c, article):
    assert confirm(c, draft(article, "MEETING", 1)).area == c.county


def test_a_visit_finds_the_firm_it_knows(c, article):
    before = Enterprise.objects.count()
    visit = confirm(c, draft(article, "VISIT"))
    assert [stop.enterprise for stop in visit.stops.all()] == [c.firm]
    assert Enterprise.objects.count() == before
    assert "走访" in visit.title


def test_namesakes_are_not_guessed_and_stay_as_printed(c, article):
    for _n in range(2):
        PersonFactory(name="沈若谷")
        EnterpriseFactory(short_name="新星材料", area=c.county)
    visit = confirm(c, draft(article, "VISIT"), people="", enterprises="新星材料")
    assert (visit.lead, visit.stops.count()) == (None, 0)
    assert visit.notes.get().text == "报道中写到、名册里没有的人员：沈若谷；企业：新星材料"


def test_of_namesakes_the_one_in_office_is_meant(c, article):
    PersonFactory(name="沈若谷")
    mayor = PersonFactory(name="沈若谷")
    TenureFactory(person=mayor, post__unit=UnitFactory(area=c.city), post__title="市长")
    assert confirm(c, draft(article, "VISIT")).lead == mayor


@pytest.mark.parametrize(
    "case",
    [
        ({"date_start": ""}, "date_start", "没有写明日期"),
        ({"date_start": "2026-02"}, "date_start", "不完整"),
        ({"unit": "无名区"}, "unit", "没有找到地区"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_written(c, article, case):
    (values, field, sentence), before = case, ledger()
    with pytest.raises(Refused, match=sentence) as refusal:
        confirm(c, draft(article, "MEETING"), **values)
    assert refusal.value.field == field
    assert ledger() == before
    assert draft(article, "MEETING").state == "PENDING"


def test_a_bracket_after_an_area_does_not_hide_it(c, article):
    assert confirm(c, draft(article, "MEETING"), unit="北岭区（高新区）").area == c.other_county


def test_words_and_honours_stand_under_their_meeting(c, article):
    for kind in ("STATEMENT", "HONOUR"):
        with pytest.raises(Refused, match="请先确认它所属"):
            confirm(c, draft(article, kind))
    with pytest.raises(Refused, match="请先选定"):
        confirm(c, draft(article, "STATEMENT"), about="")
    for n in range(2):
        confirm(c, draft(article, "MEETING", n))
    about = str(draft(article, "MEETING").order)
    services.update_draft(draft(article, "STATEMENT"), values={"about": about}, by=c.clerk, at=AT)
    words, honour = confirm(c, draft(article, "STATEMENT")), confirm(c, draft(article, "HONOUR"))
    assert (words.heading, words.speaker) == ("STATEMENT", None)
    assert words.text.startswith("陆承远：")
    assert "突出贡献企业" in honour.text
    assert "：" in honour.text


def test_a_commitment_becomes_an_assignment_once_it_has_the_four_fields(c, article):
    one = draft(article, "COMMITMENT")
    with pytest.raises(Refused, match="责任单位、责任人和时限"):
        confirm(c, one)
    facts = {"task": "完成项目清单梳理", "lead_unit": c.bureau, "responsible_person": c.director}
    made = services.confirm_commitment(one, **facts, due=date(2026, 12, 1), by=c.clerk, at=AT)
    assert (made.source, made.due_on) == ("PROMISE", date(2026, 12, 1))
    with pytest.raises(Refused, match="不能再改"):
        services.confirm_commitment(one, **facts, due=date(2026, 12, 1), by=c.clerk, at=AT)


def test_what_the_clerk_types_is_certain_and_keeps_its_sentence(c, article):
    one = draft(article, "MEETING")
    sentence = one.fields["date_start"]["sentence"]
    edited = services.update_draft(
        one, values={"date_start": "2026-02-17", "place": "大礼堂"}, by=c.clerk, at=AT
    )
    cell = edited.fields["date_start"]
    assert (cell["value"], cell["confidence"], cell["by"], cell["sentence"]) == (
        "2026-02-17",
        100,
        "clerk",
        sentence,
    )
    before = len(list(events_of(one)))
    services.update_draft(edited, values={"place": " 大礼堂 "}, by=c.clerk, at=AT)
    assert len(list(events_of(one))) == before


def test_a_dropped_draft_comes_back(c, article):
    one = draft(article, "HONOUR")
    services.drop_draft(one, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="不能再改"):
        services.confirm_draft(one, by=c.clerk, at=AT)
    assert services.restore_draft(one, by=c.clerk, at=AT).state == "PENDING"
    with pytest.raises(Refused, match="不用恢复"):
        services.restore_draft(one, by=c.clerk, at=AT)


def test_the_list_says_how_many_wait(c, article):
    services.drop_draft(draft(article, "HONOUR"), by=c.clerk, at=AT)
    row: Any = visible_to(c.clerk).get()
    assert row.waiting == row.all_drafts - 1
    assert not visible_to(c.county_clerk).exists()
    assert Article.objects.count() == 1


def test_corrected_values_and_the_entry_are_written_together_or_not_at_all(c, article):
    one = draft(article, "MEETING")
    with pytest.raises(Refused, match="没有写明日期"):
        services.confirm_as_typed(one, values={"date_start": "", "title": "改过的会"}, by=c.clerk, at=AT)
    one.refresh_from_db()
    assert one.fields["title"]["value"] != "改过的会"
    assert list(events_of(one)) == []
    made = services.confirm_as_typed(one, values={"title": "改过的会"}, by=c.clerk, at=AT)
    assert str(made) == "改过的会"
    assert [event.name for event in events_of(one).order_by("seq")] == ["draft.edited", "draft.confirmed"]


def test_a_commitment_is_corrected_and_handed_over_in_one(c, article):
    one = draft(article, "COMMITMENT")
    facts = {"lead_unit": c.bureau, "responsible_person": c.director, "due": date(2026, 12, 20)}
    made = services.confirm_commitment_as_typed(
        one, values={"text": "完成清单"}, task="完成清单", **facts, by=c.clerk, at=AT
    )
    assert (made.task, made.lead_unit) == ("完成清单", c.bureau)
