"""Confirming together takes what is sure and without doubt, and says of the rest why it stays."""

from datetime import date

import pytest

from gongjian.intake import services
from gongjian.intake.models import Article
from gongjian.intake.rules import SURE, far, nearest
from gongjian.people.models import Person
from gongjian.visits.models import Visit
from tests import scenes
from tests.factories import AT, AreaFactory, PersonFactory, TenureFactory, VisitFactory
from tests.intake.drafts import made


@pytest.fixture
def c(db):
    found = scenes.city()
    mayor = PersonFactory(name="沈若谷")
    TenureFactory(person=mayor, post__unit=found.bureau, post__title="安川市市长")
    return found


def left(c):
    """What one bulk confirmation leaves: the reasons by name."""
    done, stayed = services.confirm_sure(Article.objects.get(), by=c.clerk, at=AT)
    return done, {one.name: "".join(one.reasons) for one in stayed}


def test_what_is_known_and_sure_is_taken(c):
    made(c, lead="沈若谷", enterprises="恒岳机械", unit="临河区")
    made(c, "PERSON", name="沈若谷", posts="市长")
    made(c, "MEETING", type="seminar", title="座谈会", date_start="2026-11-18")
    assert left(c) == (3, {})
    assert Visit.objects.count() == 2


DOUBTFUL = [
    ({"lead": "许怀远"}, "人员名册里没有“许怀远”"),
    ({"people": "沈若谷、宛知白"}, "人员名册里没有“宛知白”"),
    ({"enterprises": "恒岳机械、青禾家俬"}, "企业名册里没有“青禾家俬”"),
    ({"enterprises": "区供电公司"}, "企业名册里没有“区供电公司”"),
    ({"date_start": ""}, "没有写明日期"),
    ({"date_start": "XXXX-11-19"}, "不完整"),
    ({"date_start": "2026-11-XX"}, "不完整"),
    ({"date_start": "2025-11-19"}, "对不上"),
    ({"date_start": "2026-09-01"}, "对不上"),
    ({"date_start": "2026-11-21"}, "对不上"),
    ({"date_start": "2026-12-31"}, "还没有到"),
    ({"unit": "无名县"}, "没有找到地区"),
    ({"unit": "石桥镇"}, "多个地区叫“石桥镇”"),
    ({"title": "誓师大会", "type": "mobilisation", "date_start": "2026-11-17"}, "当天已有“誓师大会”"),
    ({"lead": "沈若谷", "date_start": "2026-11-17"}, "可能是同一件事"),
    ({"enterprises": "恒岳机械", "date_start": "2026-11-16"}, "可能是同一件事"),
]


@pytest.mark.parametrize(("values", "why"), DOUBTFUL)
def test_a_draft_with_any_doubt_is_left_with_its_reason(c, values, why):
    for parent in (c.county, c.other_county):
        AreaFactory(name="石桥镇", parent=parent, level="TOWNSHIP")
    mayor = Person.objects.get(name="沈若谷")
    VisitFactory(
        area=c.city, title="誓师大会", starts_on=date(2026, 11, 17), ends_on=date(2026, 11, 17), lead=mayor
    )
    stopped = VisitFactory(
        area=c.city, title="别的", starts_on=date(2026, 11, 15), ends_on=date(2026, 11, 16)
    )
    stopped.stops.create(enterprise=c.firm)
    one = made(c, **values)
    done, reasons = left(c)
    assert done == 0
    assert why in "".join(reasons.values())
    one.refresh_from_db()
    assert one.state == "PENDING"
    assert Visit.objects.count() == 2


def test_a_cancelled_entry_is_no_twin(c):
    VisitFactory(
        area=c.city,
        title="座谈会",
        starts_on=date(2026, 11, 19),
        ends_on=date(2026, 11, 19),
        state="CANCELLED",
    )
    made(c, "MEETING", title="座谈会", type="seminar")
    assert left(c) == (1, {})


def test_two_drafts_of_one_visit_are_not_both_taken(c):
    made(c, lead="沈若谷", enterprises="恒岳机械")
    made(c, lead="沈若谷", place="恒岳机械")
    done, reasons = left(c)
    assert done == 1
    assert "可能是同一件事" in "".join(reasons.values())


@pytest.mark.parametrize("name", ["市长", "沈若谷"])
def test_people_the_register_does_not_know_so_are_left(c, name):
    if name == "市长":
        made(c, "PERSON", name="沈若谷", posts="市长、市人大代表")
    else:
        made(c, "PERSON", name="沈若谷", posts="青禾家俬董事长", conflict="登记册中沈若谷的职务为“市长”")
    done, reasons = left(c)
    assert done == 0
    assert ("名册里没有这个职务：市人大代表" if name == "市长" else "登记册中") in reasons["沈若谷"]


def test_what_is_not_sure_is_left(c):
    made(c, lead="沈若谷", confidence=SURE - 1)
    assert left(c) == (0, {"沈若谷": f"把握 {SURE - 1}%，不到 {SURE}%。"})


def test_an_entry_that_cannot_be_written_is_left_with_its_sentence(c):
    made(c, "MEETING", title="跨月活动", date_end="2026-12-31")
    done, reasons = left(c)
    assert done == 0
    assert "最多跨 31 天" in reasons["跨月活动"]


def test_requirements_problems_and_words_are_never_taken_together(c):
    for kind, values in (
        ("STATEMENT", {"text": "要抓落实", "speaker": "沈若谷"}),
        ("HONOUR", {"recipient": "恒岳机械", "honour": "先进"}),
        ("PROBLEM", {"text": "用工难", "enterprise": "恒岳机械"}),
        ("COMMITMENT", {"text": "修好路", "to": "市金融局"}),
    ):
        made(c, kind, **values)
    assert left(c) == (0, {})
    assert Article.objects.get().drafts.filter(state="PENDING").count() == 4


NEAREST = [
    ("XXXX-11-19", date(2026, 11, 20), "2026-11-19"),
    ("XXXX-11-20", date(2026, 11, 20), "2026-11-20"),
    ("XXXX-12-30", date(2026, 1, 5), "2025-12-30"),
    ("XXXX-01-24", date(2020, 12, 5), "2020-01-24"),
    ("XXXX-12-04", date(2020, 12, 5), "2020-12-04"),
    ("XXXX-02-29", date(2026, 3, 5), "XXXX-02-29"),
    ("XXXX-02-29", date(2025, 1, 5), "2024-02-29"),
    ("XXXX-XX-30", date(2026, 1, 5), "XXXX-XX-30"),
    ("2024-11-19", date(2026, 11, 20), "2024-11-19"),
]


@pytest.mark.parametrize(("written", "anchor", "found"), NEAREST)
def test_a_day_without_a_year_is_the_nearest_before(written, anchor, found):
    assert nearest(written, anchor) == found


def test_a_day_is_far_after_publication_or_two_months_before():
    published = date(2026, 11, 20)
    assert [far(date(2026, *day), published) for day in ((11, 20), (9, 21), (9, 20), (11, 21))] == [
        False,
        False,
        True,
        True,
    ]


def test_without_a_day_of_publication_the_year_is_proposed_and_doubted(c):
    text = "临河区召开三级干部会议\n12月20日，临河区召开三级干部会议，沈若谷出席会议并讲话。"
    article = services.take_in(text=text, area=c.city, by=c.clerk, at=AT)
    one = article.drafts.get(kind="MEETING")
    cell = one.fields["date_start"]
    assert (cell["value"], cell["without_year"]) == ("2025-12-20", "12-20")
    assert "没有年份，按最近的一次推算" in left(c)[1]["三级干部会议"]


def test_the_day_of_publication_that_the_report_prints_is_kept(c):
    text = "来源：安川日报 发布时间：2026-11-18\n临河区召开三级干部会议\n11月17日，临河区召开三级干部会议。"
    article = services.take_in(text=text, area=c.city, by=c.clerk, at=AT)
    assert article.published_on == date(2026, 11, 18)
    assert article.drafts.get(kind="MEETING").fields["date_start"]["value"] == "2026-11-17"
