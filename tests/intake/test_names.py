"""A printed name becomes a record only when the clerk says so, one at a time: a guess never becomes a fact."""

import pytest

from gongjian.audit import Refused
from gongjian.audit.queries import events_of
from gongjian.campaigns.models import Campaign
from gongjian.enterprises.models import Contact, Enterprise
from gongjian.intake import services
from gongjian.intake.models import Draft
from gongjian.intake.registers.queries import NameBook
from gongjian.intake.registers.rules import holds, is_firm_post
from gongjian.people.models import Area, Person, Post, Tenure, Unit
from gongjian.visits.models import Visit
from tests import scenes
from tests.factories import AT, AreaFactory, PersonFactory, TenureFactory, UnitFactory
from tests.intake.drafts import made

MASTER = (Area, Unit, Person, Post, Tenure, Enterprise, Contact, Campaign)


@pytest.fixture
def c(db):
    return scenes.city()


def confirm(c, one, picks=None):
    """What was written; whatever the kind."""
    return services.confirm_as_typed(one, values={}, picks=picks, by=c.clerk, at=AT)


def master():
    return [model.objects.count() for model in MASTER]


ODD = [
    {"lead": "青石区委副书记", "people": "宛知白、闻笛"},
    {"lead": "许怀远", "enterprises": "青石区委副书记、区供电公司"},
    {"enterprises": "滨江东路、云岭温泉中心、某镇", "people": "县四套班子领导"},
    {"lead": "恒岳机械董事长", "enterprises": "安川市恒岳机械有限公司二期项目"},
    {"people": "秦望舒；乔木森，柳成荫", "unit": "临河区", "title": "“十大攻坚战”誓师大会"},
]


@pytest.mark.parametrize("values", ODD)
def test_confirming_makes_no_master_record(c, values):
    before = master()
    visit = confirm(c, made(c, **values))
    assert master() == before
    printed = [name for key in ("lead", "people", "enterprises") for name in values.get(key, "").split("、")]
    note = visit.notes.get()
    assert note.heading == "OTHER"
    for name in printed:
        for one in name.replace("；", "，").split("，"):
            assert one in note.text
    assert (visit.lead, visit.stops.count(), visit.participants.count()) == (None, 0, 0)


@pytest.mark.parametrize("kind", ["PERSON", "STATEMENT", "HONOUR", "PROBLEM", "COMMITMENT"])
def test_no_other_kind_makes_one_either(c, kind):
    event = made(c, title="座谈会", type="seminar")
    confirm(c, event)
    before, about = master(), str(event.order)
    values = {
        "PERSON": {"name": "许怀远", "posts": "区长"},
        "STATEMENT": {"speaker": "许怀远", "text": "要抓落实", "about": about},
        "HONOUR": {"recipient": "青禾家俬", "honour": "先进单位", "about": about},
        "PROBLEM": {"text": "用工难", "enterprise": "青禾家俬", "category": "LABOUR", "about": about},
        "COMMITMENT": {"text": "六月底前修好路", "by": "许怀远", "to": "区交通局"},
    }[kind]
    one = made(c, kind, **values)
    if kind in {"PERSON", "PROBLEM", "COMMITMENT"}:
        with pytest.raises(Refused, match="请"):
            confirm(c, one)
    else:
        confirm(c, one)
    assert master() == before


def test_known_names_are_found_and_the_rest_is_left(c):
    mayor = PersonFactory(name="沈若谷")
    one = made(c, lead="沈若谷", people="沈若谷、宛知白", enterprises="恒岳机械、青禾家俬")
    visit = confirm(c, one)
    assert (visit.lead, [stop.enterprise for stop in visit.stops.all()]) == (mayor, [c.firm])
    assert visit.notes.get().text == "报道中写到、名册里没有的人员：宛知白；企业：青禾家俬"
    one.refresh_from_db()
    assert one.fields["left"]["value"] == "宛知白、青禾家俬"


def test_new_enters_that_one_name_and_nothing_beside_it(c):
    one = made(c, lead="许怀远", people="陶知行", enterprises="青禾家俬、北山曲轴", unit="临河区")
    firm = services.register_name(one, field="enterprises", name="北山曲轴", by=c.clerk, at=AT)
    assert (firm.name, firm.area) == ("北山曲轴", c.county)
    assert not Enterprise.objects.filter(name="青禾家俬").exists()
    before = Person.objects.count()
    person = services.register_name(one, field="people", name="陶知行", by=c.clerk, at=AT)
    assert Person.objects.count() == before + 1
    visit = confirm(c, one)
    assert (list(visit.participants.all()), visit.stops.get().enterprise, visit.lead) == (
        [person],
        firm,
        None,
    )
    assert [e.name for e in events_of(one).order_by("seq")] == ["draft.registered"] * 2 + ["draft.confirmed"]


def test_what_is_known_or_not_printed_is_not_entered_anew(c):
    PersonFactory(name="沈若谷")
    one = made(c, lead="沈若谷", enterprises="恒岳机械")
    for field, name, sentence in (
        ("lead", "沈若谷", "不用新建"),
        ("enterprises", "恒岳机械", "不用新建"),
        ("lead", "别的人", "没有“别的人”"),
        ("enterprises", "沈若谷", "没有“沈若谷”"),
    ):
        with pytest.raises(Refused, match=sentence):
            services.register_name(one, field=field, name=name, by=c.clerk, at=AT)


def test_a_picked_record_counts_wherever_the_name_is_printed(c):
    meant, other = PersonFactory(name="沈若谷"), PersonFactory(name="沈若谷")
    one = made(c, lead="沈若谷", people="沈若谷", enterprises="恒岳")
    picks = {("lead", "沈若谷"): meant, ("enterprises", "恒岳"): c.firm}
    visit = confirm(c, one, picks)
    assert (visit.lead, visit.stops.get().enterprise) == (meant, c.firm)
    assert other not in visit.participants.all()
    assert not visit.notes.exists()


def test_a_pick_belongs_to_its_name_and_goes_with_it(c):
    meant = PersonFactory(name="许怀远")
    one = made(c, lead="许远")
    services.pick_records(one, {("lead", "许远"): meant}, by=c.clerk, at=AT)
    services.update_draft(one, values={"lead": "宛知白"}, by=c.clerk, at=AT)
    one.refresh_from_db()
    assert [name.name for name in NameBook([one], c.clerk).unmatched(one)] == ["宛知白"]


def test_a_person_known_in_another_post_is_not_taken_for_the_one_printed(c):
    person = PersonFactory(name="许怀远")
    made(c, "PERSON", name="许怀远", posts="青禾家俬董事长", conflict="登记册中许怀远的职务为“市长”")
    one = made(c, lead="许怀远")
    visit = confirm(c, one)
    assert visit.lead is None
    assert "许怀远" in visit.notes.get().text
    again = made(c, lead="许怀远", date_start="2026-11-18")
    picks = {("lead", "许怀远"): person}
    assert confirm(c, again, picks).lead == person


FIRM_POSTS = [
    "恒岳机械董事长",
    "总经理",
    "青禾家俬有限公司负责人",
    "农商行行长",
    "云端数科创始人",
    "首席执行官",
    "法定代表人",
]
GOVERNMENT_POSTS = [
    "市委书记",
    "县委常委",
    "副县长",
    "镇长",
    "区供电公司党委书记",
    "市金融局局长",
    "管委会主任",
]


@pytest.mark.parametrize("post", FIRM_POSTS)
def test_a_firms_boss_never_gets_a_post_of_the_city(c, post):
    seat = UnitFactory(area=c.city, kind="GOVERNMENT", name="安川市党委政府", short_name="安川市党委政府")
    PersonFactory(name="秦望舒")
    one = made(c, "PERSON", name="秦望舒", posts=post)
    assert is_firm_post(post)
    for unit in (seat, c.bureau):
        with pytest.raises(Refused, match="企业里的职务"):
            services.register_post(one, title=post, unit=unit, by=c.clerk, at=AT)
    confirm(c, one)
    assert not Tenure.objects.filter(person__name="秦望舒").exists()


@pytest.mark.parametrize("post", GOVERNMENT_POSTS)
def test_a_post_is_entered_at_the_unit_the_clerk_chose(c, post):
    assert not is_firm_post(post)
    one = made(c, "PERSON", name="秦望舒", posts=post)
    with pytest.raises(Refused, match="请先把姓名对到名册"):
        services.register_post(one, title=post, unit=c.bureau, by=c.clerk, at=AT)
    person = services.register_name(one, field="name", name="秦望舒", by=c.clerk, at=AT)
    tenure = services.register_post(one, title=post, unit=c.bureau, by=c.clerk, at=AT)
    assert (tenure.person, tenure.post.unit, tenure.post.title) == (person, c.bureau, post)
    with pytest.raises(Refused, match="没有“不在这里”"):
        services.register_post(one, title="不在这里", unit=c.bureau, by=c.clerk, at=AT)
    assert confirm(c, one) == person


def test_a_printed_post_and_one_on_record():
    assert holds("市长", "安川市市长")
    assert holds("临河区委书记", "区委书记")
    assert not holds("副市长", "书记")


@pytest.mark.parametrize(
    ("unit", "name"),
    [("安川市临河区", "临河区"), ("临河区（高新区）", "临河区"), ("北岭区", "北岭区"), ("", "安川市")],
)
def test_the_lowest_area_printed_is_meant(c, unit, name):
    assert confirm(c, made(c, unit=unit)).area.name == name


def test_an_area_that_is_not_known_or_twice_there_is_asked_for(c):
    for parent in (c.county, c.other_county):
        AreaFactory(name="石桥镇", parent=parent, level="TOWNSHIP")
    for unit, sentence in (("石桥镇", "多个地区叫"), ("无名县", "没有找到地区"), ("立市", "没有找到地区")):
        with pytest.raises(Refused, match=sentence):
            confirm(c, made(c, unit=unit))
    assert not Visit.objects.exists()
    assert Draft.objects.filter(state="PENDING").count() == 3


def test_of_namesakes_the_one_in_office_is_proposed(c):
    PersonFactory(name="沈若谷")
    mayor = PersonFactory(name="沈若谷")
    TenureFactory(person=mayor, post__unit=c.bureau, post__title="市长")
    assert confirm(c, made(c, lead="沈若谷")).lead == mayor


def test_a_problem_is_recorded_at_its_visit(c):
    event = made(c, enterprises="恒岳机械")
    one = made(c, "PROBLEM", text="变压器容量不够", enterprise="恒岳机械", about=str(event.order))
    with pytest.raises(Refused, match="问题类别"):
        confirm(c, one)
    services.update_draft(one, values={"category": "UTILITIES"}, by=c.clerk, at=AT)
    with pytest.raises(Refused, match="先确认它所属"):
        confirm(c, one)
    visit = confirm(c, event)
    problem = confirm(c, one)
    assert (problem.visit, problem.enterprise, problem.category) == (visit, c.firm, "UTILITIES")
    assert visit.stops.get().result == "PROBLEMS"


@pytest.mark.parametrize(
    ("kept", "printed"),
    [("古丽娜尔·艾山", "古丽娜尔•艾山"), ("阿依古丽·买买提", "阿依古丽．买买提"), ("沈 若谷", "沈若谷")],
)
def test_a_name_written_otherwise_is_the_same_name(c, kept, printed):
    person = PersonFactory(name=kept)
    assert confirm(c, made(c, lead=printed)).lead == person


@pytest.mark.parametrize("printed", ["安川市恒岳机械有限公司", "恒岳 机械", "恒岳机械"])
def test_a_firm_written_otherwise_is_the_same_firm(c, printed):
    assert confirm(c, made(c, enterprises=printed)).stops.get().enterprise == c.firm
