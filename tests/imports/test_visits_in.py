"""The visit book of earlier years comes in: rows of one day are one visit, notes stay with their firm, and it is taken back as a whole."""

import re
from datetime import date

import pytest

from gongjian.audit import Refused
from gongjian.audit.queries import events_of, verify
from gongjian.imports import services as imports
from gongjian.imports.models import ImportBatch
from gongjian.imports.states import RowOutcome
from gongjian.visits import services as visits
from gongjian.visits.models import Note, Stop, Visit
from tests import scenes
from tests.books import book
from tests.factories import EnterpriseFactory, PersonFactory
from tests.imports.steps import seen, take_in, written

pytestmark = pytest.mark.django_db

HEADS = ["序号", "走访时间", "走访领导", "陪同人员", "走访企业", "接待人", "企业经营情况", "存在问题"]


@pytest.fixture
def city():
    made = scenes.city()
    EnterpriseFactory(name="安川永固建材有限公司", short_name="永固建材", area=made.other_county)
    return made


def ledger(*rows, heads=HEADS):
    return book(["2025年走访台账", *[None] * (len(heads) - 1)], heads, *rows)


TWO = (
    [1, "3月5日", "陆川平（局长）", "温以宁、无此人", "恒岳机械", "赵六", "订单饱满", "缺流动资金"],
    [2, "2025.3.5", "陆川平", None, "永固建材", None, "停产检修", "无"],
)


def test_rows_of_one_day_and_leader_are_one_visit(city, at):
    done = written("VISITS", ledger(*TWO), by=city.clerk, at=at)
    visit = Visit.objects.get()
    assert done.counts == {"CREATED": 2}
    assert (visit.title, visit.state, visit.lead) == ("陆川平走访企业", "DONE", city.director)
    assert (visit.starts_on, visit.ends_on) == (date(2025, 3, 5), date(2025, 3, 5))
    assert [person.name for person in visit.participants.all()] == ["温以宁"]
    assert [(s.enterprise.short_name, s.result, s.received_by) for s in visit.stops.all()] == [
        ("恒岳机械", "PROBLEMS", "赵六"),
        ("永固建材", "NOTHING", ""),
    ]


def test_notes_stay_with_their_firm_and_nobody_is_made_for_having_come_along(city, at):
    written("VISITS", ledger(*TWO), by=city.clerk, at=at)
    first, second = Stop.objects.order_by("order")
    said = {note.heading: note.text for note in first.notes.all()}
    assert said == {"PRODUCTION": "订单饱满", "DIFFICULTY": "缺流动资金", "OTHER": "参加人员：无此人"}
    assert [note.text for note in second.notes.all()] == ["停产检修"]


def test_the_trail_says_that_it_was_imported(city, at):
    written("VISITS", ledger(*TWO), by=city.clerk, at=at)
    assert [str(event) for event in events_of(Visit.objects.get()).order_by("seq")] == [
        "从台账导入：陆川平走访企业（2025-03-05）",
        "从台账导入走访企业安川市恒岳机械有限公司：有问题诉求",
        "从台账导入走访企业安川永固建材有限公司：已走访，无问题",
    ]
    assert verify() is None


def test_the_same_file_twice_changes_nothing(city, at):
    written("VISITS", ledger(*TWO), by=city.clerk, at=at)
    again = take_in("VISITS", ledger(*TWO), by=city.clerk, at=at)
    assert {plan.outcome for plan in seen(again, city.clerk, at).plans} == {RowOutcome.UNCHANGED}


def test_a_batch_is_taken_back_until_somebody_has_gone_on(city, at):
    batch = written("VISITS", ledger(*TWO), by=city.clerk, at=at)
    visit = Visit.objects.get()
    visits.add_note(visit, heading="OTHER", text="补记", by=city.clerk, at=at)
    with pytest.raises(Refused, match="已有人接着做了"):
        imports.undo(batch, by=city.clerk, at=at)
    batch = written(
        "VISITS", ledger([1, "4月6日", None, None, "恒岳机械", None, None, None]), by=city.clerk, at=at
    )
    imports.undo(ImportBatch.objects.get(pk=batch.pk), by=city.clerk, at=at)
    assert list(Visit.objects.all()) == [visit]
    assert not Note.objects.exclude(visit=visit).exists()


MEETINGS = ["日期", "类型", "会议名称", "地点", "参会企业", "状态"]


def test_meetings_without_firms_and_firms_in_one_cell(city, at):
    rows = (
        ["2025-4-1", "动员会", "春季攻势动员会", "市民中心", None, "已完成"],
        ["2025-4-2", "座谈会", "装备制造座谈会", None, "恒岳机械、永固建材", "已完成"],
        ["2025-4-3", "座谈", "建材座谈会", None, None, "取消"],
    )
    heads = [*MEETINGS[:4], "企业", MEETINGS[5]]
    done = written("VISITS", ledger(*rows, heads=heads), by=city.clerk, at=at)
    assert done.counts == {"CREATED": 3}
    assert list(Visit.objects.order_by("starts_on").values_list("kind", "state")) == [
        ("RALLY", "DONE"),
        ("SEMINAR", "DONE"),
        ("SEMINAR", "CANCELLED"),
    ]
    assert Visit.objects.get(title="装备制造座谈会").stops.count() == 2


def test_a_firm_that_was_left_out_joins_its_visit_later(city, at):
    heads = ["日期", "名称", "企业名称"]
    first = ["2025-4-2", "装备制造调研", "恒岳机械"]
    written("VISITS", ledger(first, heads=heads), by=city.clerk, at=at)
    batch = written(
        "VISITS", ledger(first, ["2025-4-2", "装备制造调研", "永固建材"], heads=heads), by=city.clerk, at=at
    )
    assert batch.counts == {"CREATED": 1, "UNCHANGED": 1}
    assert Visit.objects.get().stops.count() == 2
    imports.undo(ImportBatch.objects.get(pk=batch.pk), by=city.clerk, at=at)
    assert Visit.objects.get().stops.count() == 1


def test_unknown_firms_and_leaders_are_asked_once(city, at):
    PersonFactory(name="陆川平")
    rows = [[n, f"5月{n}日", "陆川平", None, "没有的公司", None, None, None] for n in (1, 2)]
    batch = take_in("VISITS", ledger(*rows), by=city.clerk, at=at)
    names = {(name.kind.value, name.name, len(name.rows)) for name in seen(batch, city.clerk, at).unknown}
    assert names == {("FIRM", "没有的公司", 2), ("PERSON", "陆川平", 2)}
    imports.decide_all_names(batch, do="CREATE", by=city.clerk, at=at)
    imports.write(batch, by=city.clerk, at=at)
    assert Visit.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({1: "5月"}, "看不出|不是日期|只写到月"),
        ({1: None}, "没有写日期"),
        ({1: "2025-3-5至3-6、3-8"}, "一段时间|不是日期"),
        ({1: "2025-3-6至3-5"}, "早于|之前"),
        ({4: None}, "没有写企业名称，也没有写活动名称"),
        ({1: "2031-1-1"}, "日期"),
    ],
)
def test_what_is_wrong_is_said(city, at, said, why):
    row = [said.get(n, cell) for n, cell in enumerate(TWO[0])]
    batch = take_in("VISITS", ledger(row, TWO[1]), by=city.clerk, at=at)
    refused = [plan for plan in seen(batch, city.clerk, at).plans if plan.outcome == RowOutcome.REFUSED]
    assert len(refused) == 1
    assert re.search(why, refused[0].sentence)
