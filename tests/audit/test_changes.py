"""Every correction leaves the old and the new value of each field, readable, and hidden where a number is nobody's business."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from gongjian.assignments.escalation.services import name_superiors, set_thresholds
from gongjian.audit.changes import changed, field_changes
from gongjian.audit.models import Event
from gongjian.audit.queries import events_of, verify
from gongjian.enterprises import services as enterprises
from gongjian.notices import services as notices
from gongjian.people import services as people
from gongjian.people.accounts.services import delete_filter, save_filter, set_active
from gongjian.people.outside_systems import services as outside_systems
from gongjian.policies.versions.services import set_ceiling
from gongjian.visits import services as visits
from gongjian.visits.states import NoteHeading
from tests import scenes
from tests.factories import AT, TODAY, ApiSystemFactory, PersonFactory, PolicyFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return scenes.city()


def told(*, personal=True):
    return {
        change.label: (change.old, change.new)
        for change in field_changes(Event.objects.latest("seq"), personal=personal)
    }


def test_an_emptied_phone_can_be_read_in_the_trail(c):
    person = PersonFactory(name="沈明远", phone="138 1234 5678", note="已退休，电话 6512345")
    people.update_person(person, name="沈明远", phone="", note="", by=c.clerk, at=AT)
    assert told() == {"电话": ("138 1234 5678", "—"), "备注": ("已退休，电话 6512345", "—")}
    assert told(personal=False) == {"电话": ("138****5678", "—"), "备注": ("已退休，电话 ****345", "—")}


def test_a_unit_and_an_area(c):
    facts = {"short_name": "金融局", "kind": "GOVERNMENT", "superior": c.other_bureau, "duties": "融资"}
    people.update_unit(c.bureau, name="安川市金融局", **facts, by=c.clerk, at=AT)
    assert told()["名称"][1] == "安川市金融局"
    assert told()["上级单位"] == ("—", c.other_bureau.name)
    assert told()["性质"][1] not in {"", "GOVERNMENT"}
    people.update_area(
        c.county,
        name=c.county.name,
        short_name="新简称",
        stat_code="",
        functional=True,
        note="",
        order=7,
        by=c.administrator,
        at=AT,
    )
    assert told()["简称"][1] == "新简称"
    assert told()["功能区（无行政区划）"] == ("否", "是")
    assert told()["官方排序"][1] == "7"
    people.disable_unit(UnitFactory(area=c.city), on=TODAY, by=c.administrator, at=AT)
    assert told() == {"停用日期": ("—", TODAY.isoformat())}


def test_a_term_that_ends_and_a_pairing(c):
    tenure = people.appoint(PersonFactory(), unit=c.bureau, title="科长", since=None, by=c.clerk, at=AT)
    people.end_tenure(tenure, until=TODAY, by=c.clerk, at=AT)
    assert told() == {"免职日期": ("—", TODAY.isoformat())}
    pairing = enterprises.add_pairing(
        c.firm, person=c.director, kind="OFFICER", since=None, by=c.clerk, at=AT
    )
    enterprises.end_pairing(pairing, until=TODAY, by=c.clerk, at=AT)
    assert told() == {"结束": ("—", TODAY.isoformat())}


def test_a_firm(c):
    enterprises.update_firm(
        c.firm,
        address="中州路1号",
        above_designated_size=True,
        founded_on=date(2001, 2, 3),
        status="STOPPED",
        by=c.clerk,
        at=AT,
    )
    assert told()["地址"] == ("—", "中州路1号")
    assert told()["规上企业"] == ("—", "是")
    assert told()["成立日期"] == ("—", "2001-02-03")
    assert "STOPPED" not in told()["经营状态"]


def test_a_visit_with_its_stops_and_notes(c):
    visit = visits.plan(
        kind="VISIT",
        title="走访",
        area=c.county,
        starts_on=TODAY,
        ends_on=TODAY,
        enterprises=[c.firm],
        by=c.clerk,
        at=AT,
    )
    stop = visit.stops.get()
    for text in ("订单增加", ""):
        visits.record_stop(stop, result="NOTHING", notes={NoteHeading.MARKET: text}, by=c.clerk, at=AT)
    assert list(told().values()) == [("订单增加", "—")]


def test_settings_of_the_office(c):
    thresholds = {"reminder_before": 1, "supervision_after": 2, "interview_after": 9}
    set_thresholds(**thresholds, by=c.administrator, at=AT)
    set_thresholds(**(thresholds | {"interview_after": 5}), by=c.administrator, at=AT)
    assert list(told().values()) == [("9", "5")]
    name_superiors([c.bureau], supervision=c.director, interview=None, by=c.administrator, at=AT)
    assert ("—", c.director.name) in told().values()
    hours = {"starts": time(20), "ends": time(7), "digest_at": time(8), "working_days_only": True}
    notices.set_quiet_hours(**hours, by=c.administrator, at=AT)
    notices.set_quiet_hours(
        **(hours | {"digest_at": time(9), "working_days_only": False}), by=c.administrator, at=AT
    )
    assert set(told().values()) == {("08:00:00", "09:00:00"), ("是", "否")}


def test_a_channel_keeps_its_secret(c):
    channel = notices.add_channel(
        name="群",
        kind="WECOM",
        address="wecombot://first-secret-1111",
        unit=c.bureau,
        by=c.administrator,
        at=AT,
    )
    notices.update_channel(
        channel, name="新群", address="wecombot://other-secret-2222", by=c.administrator, at=AT
    )
    assert told() == {"名称": ("群", "新群"), "地址": ("••••1111", "••••2222")}
    assert "secret" not in str(Event.objects.latest("seq").data)
    notices.switch_channel(channel, active=False, by=c.administrator, at=AT)
    assert told() == {"启用": ("是", "否")}


def test_accounts_filters_and_systems(c):
    set_active(c.handler, active=False, by=c.administrator, at=AT)
    assert told() == {"启用": ("是", "否")}
    for query in ("light=RED", "light=YELLOW"):
        saved = save_filter(c.clerk, page="problem-ledger", name="红灯", query=query, at=AT)
    assert told() == {"条件": ("light=RED", "light=YELLOW")}
    delete_filter(saved, by=c.clerk, at=AT)
    assert told() == {"条件": ("light=YELLOW", "—")}
    system = ApiSystemFactory(area=c.city, keeper="李工 13812345678", per_minute=60)
    outside_systems.update_system(
        system, pushes=system.pushes, keeper="", per_minute=90, by=c.administrator, at=AT
    )
    assert told(personal=False) == {"对方联系人": ("李工 138****5678", "—"), "每分钟次数上限": ("60", "90")}


def test_a_ceiling(c):
    policy = PolicyFactory()
    for amount in (Decimal("100.50"), None):
        set_ceiling(policy, amount=amount, by=c.clerk, at=AT)
    assert list(told().values()) == [("100.5", "—")]  # without needless noughts


def test_a_long_text_is_kept_by_the_lines_that_differ(c):
    lines = [f"第{n}行的内容" for n in range(300)]
    kept = changed(
        c.firm, {"address": "\n".join(lines)}, {"address": "\n".join([*lines[:50], "改了", *lines[51:]])}
    )
    assert kept["values"] == {"address": ["第50行的内容", "改了"]}
    emptied = changed(c.firm, {"address": "\n".join(lines)}, {"address": ""})
    assert emptied["values"]["address"][0] == "\n".join(lines)


def test_an_event_of_a_record_that_is_no_more_is_still_read(c):
    gone = Event(subject_kind="gone.record", data={"values": {"甲": ["1", "2"], "乙": "odd"}, "notes": "odd"})
    assert [(change.label, change.old, change.new) for change in field_changes(gone, personal=True)] == [
        ("甲", "1", "2")
    ]
    assert field_changes(Event(subject_kind="people.person", data={}), personal=True) == []


def test_the_chain_holds_with_every_kind_of_value(c):
    enterprises.update_firm(
        c.firm, founded_on=TODAY - timedelta(1), above_designated_size=False, by=c.clerk, at=AT
    )
    assert verify() is None
    assert events_of(c.firm).count() == 1
