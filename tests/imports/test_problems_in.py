"""Last year's problem ledger comes in with its states: days kept, marked as imported, out of rates where it lacks what they need."""

import io
from datetime import date

import openpyxl
import pytest
from django.utils import timezone
from stdnum.cn import uscc

from gongjian.assignments import services as assignments
from gongjian.assignments.models import Assignment
from gongjian.assignments.projection import columns
from gongjian.assignments.queries import history, snapshot_of
from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.audit.queries import events_of, verify
from gongjian.enterprises.models import Enterprise
from gongjian.imports import services as imports
from gongjian.imports.models import ImportBatch
from gongjian.imports.states import RowOutcome
from gongjian.ledgers.problems.workbook import problem_workbook
from gongjian.notices.models import Notice
from gongjian.people.queries import within
from gongjian.problems import services as problems
from gongjian.problems.closing_quality.queries import cohort, total_figures
from gongjian.problems.ledger_on_a_day.queries import problems_on
from gongjian.problems.models import FirmWord, Problem
from gongjian.problems.queries import search
from samples.office.problems import HEADS
from tests import scenes
from tests.books import book
from tests.factories import TenureFactory
from tests.imports.steps import OPEN, row, seen, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return scenes.city()


def written(city, at, *rows):
    file = book(["安川市企业问题台账", *[None] * (len(HEADS) - 1)], HEADS, *rows)
    batch = take_in("PROBLEMS", file, by=city.clerk, at=at, name="问题台账.xlsx")
    return imports.write(batch, by=city.clerk, at=at)


def test_a_closed_problem_keeps_its_days(city, at):
    done = written(city, at, row())
    problem = Problem.objects.get()
    task = problem.assignment
    assert done.counts == {"CREATED": 1}
    assert timezone.localdate(problem.recorded_at) == date(2025, 3, 3)
    assert problem.number.startswith("WT2025-")
    assert timezone.localdate(task.handed_over_at) == date(2025, 3, 4)
    assert (task.due_on, task.resolved_on, task.closed_on) == (
        date(2025, 3, 14),
        date(2025, 3, 11),
        date(2025, 3, 13),
    )
    assert (task.state, task.outcome, task.lead_unit, task.lacks) == ("CLOSED", "SOLVED", city.bureau, "")
    word = FirmWord.objects.get()
    assert (word.satisfaction, timezone.localdate(word.at)) == ("SATISFIED", date(2025, 3, 12))


@pytest.mark.parametrize("number", ["AC2025-00017", "2025临-8", "３１", "WT2025-000099"])
def test_the_number_of_the_office_is_kept_wherever_the_number_is_shown(city, at, number):
    written(city, at, row(问题编号=number), row(问题描述="用电负荷不足"))
    kept, other = Problem.objects.order_by("pk")
    shown = number.replace("３１", "31")
    assert (kept.number, other.number) == (shown, f"WT2025-{other.pk:06d}")
    assert list(search(Problem.objects.all(), shown)) == [kept]
    file = problem_workbook(Problem.objects.all(), words="", as_of=at, today=timezone.localdate(at))
    assert shown in [cell.value for cell in openpyxl.load_workbook(io.BytesIO(file)).active["B"]]


@pytest.mark.parametrize("said", [{}, {"企业是否满意": None, "回访时间": None}, OPEN])
def test_no_sentence_of_the_trail_ends_in_a_dash(city, at, said):
    written(city, at, row(**said))
    assert not any(str(event).endswith("—") for event in events_of(Problem.objects.get()))


def test_the_trail_says_that_it_was_imported_and_when(city, at):
    written(city, at, row())
    problem = Problem.objects.get()
    event = events_of(problem).order_by("seq").first()
    assert (event.name, event.at) == ("problem.imported", at)
    assert (
        str(event)
        == "从台账导入：流动资金贷款到期，续贷手续慢（收集于2025-03-03），企业评价满意（2025-03-12）"
    )
    (task_event,) = history(problem.assignment)
    assert str(task_event).startswith("从台账导入：2025-03-04交办给安川市金融工作局，责任人陆川平")
    assert verify() is None


def test_the_row_of_a_matter_is_what_its_events_say(city, at):
    written(
        city,
        at,
        row(),
        row(问题描述="用电负荷不足", **OPEN),
    )
    for task in Assignment.objects.all():
        for name, value in columns(snapshot_of(task)).items():
            assert getattr(task, name) == value, name


def test_nobody_is_told_of_what_is_long_past(city, at):
    before = Notice.objects.count()
    written(city, at, row())
    assert Notice.objects.count() == before


def test_an_open_matter_goes_on_from_where_it_stood(city, at):
    written(
        city,
        at,
        row(**OPEN),
    )
    task = Assignment.objects.get()
    assert task.state == "IN_PROGRESS"
    assignments.report(task, text="银行正在审查", by=city.handler, at=at)
    assignments.resolve(task, outcome="SOLVED", text="已放款", by=city.handler, at=at)
    task.refresh_from_db()
    assert task.state == "RESOLVED"


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ({"办理时限": None}, "due"),
        ({"是否解决": None}, "outcome"),
        ({"解决时间": None}, "resolved_on"),
        ({"办理时限": "无", "是否解决": "/"}, "due,outcome"),
    ],
)
def test_what_lacks_something_is_kept_out_of_rates(city, at, said, lacks):
    written(city, at, row(), row(问题描述="用工缺口三十人", **said))
    kept = Assignment.objects.exclude(lacks="").get()
    assert kept.lacks == lacks
    rows = cohort(Problem.objects.filter(within(city.city)), first=date(2025, 1, 1), last=date(2025, 12, 31))
    figures = total_figures(rows, today=timezone.localdate(at))
    assert (figures.numbers["handed"], figures.numbers["on_time"], figures.numbers["owed"]) == (1, 1, 1)
    assert Problem.objects.count() == 2


def test_a_problem_without_a_unit_waits_or_was_answered(city, at):
    nobody = {
        "牵头": None,
        "责任人": None,
        "交办时间": None,
        "办理时限": None,
        "企业是否满意": None,
        "回访时间": None,
    }
    written(
        city,
        at,
        row(**nobody, 问题描述="想了解出口退税", 是否解决="解释说明", 是否销号=None, 销号时间=None),
        row(
            **nobody, 问题描述="厂区道路积水", 是否解决="未解决", 解决时间=None, 是否销号="否", 销号时间=None
        ),
    )
    answered, waiting = Problem.objects.order_by("pk")
    assert (answered.answered_on, answered.answer) == (date(2025, 3, 11), "已续贷300万元")
    assert (waiting.answered_on, waiting.assignment) == (None, None)


def test_the_same_ledger_twice_changes_nothing(city, at):
    file = book(HEADS, row(), row(问题描述="用电负荷不足"))
    batch = take_in("PROBLEMS", file, by=city.clerk, at=at)
    imports.write(batch, by=city.clerk, at=at)
    before = Event.objects.count()
    again = take_in("PROBLEMS", file, by=city.clerk, at=at)
    assert {plan.outcome for plan in seen(again, city.clerk, at).plans} == {RowOutcome.UNCHANGED}
    with pytest.raises(Refused, match="没有可以写入的行"):
        imports.write(again, by=city.clerk, at=at)
    assert Event.objects.count() == before + 1


def test_an_import_of_problems_is_taken_back_as_a_whole(city, at):
    batch = written(city, at, row(), row(问题描述="用电负荷不足"))
    imports.undo(ImportBatch.objects.get(pk=batch.pk), by=city.clerk, at=at)
    assert (Problem.objects.count(), Assignment.objects.count(), FirmWord.objects.count()) == (0, 0, 0)
    assert verify() is None


def test_nothing_is_taken_back_once_the_unit_has_gone_on(city, at):
    batch = written(
        city,
        at,
        row(),
        row(问题描述="用电负荷不足", **OPEN),
    )
    assignments.report(Assignment.objects.get(state="IN_PROGRESS"), text="在办", by=city.handler, at=at)
    with pytest.raises(Refused, match="导入后又有人办过"):
        imports.undo(ImportBatch.objects.get(pk=batch.pk), by=city.clerk, at=at)
    assert Problem.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"收集时间": None, "交办时间": None}, "没有写收集时间，也没有交办时间"),
        ({"解决时间": None, "销号时间": None, "是否销号": "否"}, "已解决的要写解决时间"),
        ({"是否解决": "正在解决"}, "写了还没有解决，又写了解决时间"),
        ({"是否销号": "否"}, "写了没有销号，又写了销号时间"),
        ({"解决时间": "2025.3.1"}, "解决时间早于交办时间"),
        ({"销号时间": "2025.3.5"}, "销号时间早于解决时间"),
        ({"交办时间": "2025.3.1"}, "交办时间早于收集时间"),
        ({"办理时限": "2025.2.1"}, "办理时限早于交办时间"),
        ({"牵头": None}, "有交办时间，没有牵头单位"),
        ({"问题类别": "生产要素"}, "“生产要素”不在可填的内容里"),
        ({"收集时间": "2025年3月"}, "只写到月"),
        ({"解决时间": "2025-2-30"}, "没有“2025-2-30”这一天"),
        ({"问题描述": None}, "没有写问题描述"),
    ],
)
def test_a_contradiction_is_refused_with_its_reason(city, at, said, why):
    file = book(HEADS, row(**said))
    batch = take_in("PROBLEMS", file, by=city.clerk, at=at)
    (plan,) = seen(batch, city.clerk, at).plans
    assert plan.outcome == RowOutcome.REFUSED
    assert why in plan.sentence


def test_unknown_firms_units_and_persons_are_one_list(city, at):
    file = book(
        HEADS,
        row(企业名称="安川新来有限公司"),
        row(企业名称="安川新来有限公司", 问题描述="用电", 责任人="钱江"),
        row(问题描述="用地", 牵头="市没有局", 责任人="李明"),
    )
    batch = take_in("PROBLEMS", file, by=city.clerk, at=at)
    names = {(name.kind.value, name.name) for name in seen(batch, city.clerk, at).unknown}
    people = {("PERSON", "钱江"), ("PERSON", "李明")}
    assert names == {("FIRM", "安川新来有限公司"), ("UNIT", "市没有局")} | people
    imports.decide_all_names(batch, do="CREATE", by=city.clerk, at=at)
    done = imports.write(batch, by=city.clerk, at=at)
    assert done.counts == {"CREATED": 3}
    assert Problem.objects.filter(enterprise__name="安川新来有限公司").count() == 2


@pytest.mark.parametrize(
    ("name", "asks"),
    [
        ("恒岳机械", False),
        ("安川市恒岳机械有限公司", False),
        ("恒岳机械有限责任公司", False),
        ("安川永固建材有限公司", True),
        ("白川科创建材有限责任公司", True),
        ("恒业机械", True),
    ],
)
def test_a_code_and_a_name_of_two_firms_are_a_question(city, at, name, asks):
    code = "91410500MA44WBQY1"
    code += uscc.calc_check_digit(code)
    Enterprise.objects.filter(pk=city.firm.pk).update(credit_code=code)
    batch = take_in("PROBLEMS", book(HEADS, row(企业名称=name, 统一社会=code)), by=city.clerk, at=at)
    compared = seen(batch, city.clerk, at)
    assert [n.name for n in compared.unknown] == ([name] if asks else [])
    if asks:
        assert f"信用代码在企业库里是“{city.firm.name}”" in compared.plans[0].sentence
        assert compared.unknown[0].near[0][0] == city.firm.pk
        decision = {compared.unknown[0].key: {"do": "MATCH", "pk": city.firm.pk}}
        imports.decide_names(batch, decisions=decision, by=city.clerk, at=at)
    imports.write(batch, by=city.clerk, at=at)
    assert Problem.objects.get().enterprise == city.firm


def test_a_row_without_a_person_asks_for_the_principal(city, at):
    file = book(HEADS, row(责任人=None))
    batch = take_in("PROBLEMS", file, by=city.clerk, at=at)
    (plan,) = seen(batch, city.clerk, at).plans
    assert (plan.outcome, plan.sentence) == (RowOutcome.DOUBT, "没有写责任人：记在一把手陆川平名下请勾选")
    imports.confirm_rows(batch, rows=[plan.place], by=city.clerk, at=at)
    imports.write(batch, by=city.clerk, at=at)
    assert Assignment.objects.get().responsible_person == city.director


def test_supporting_units_of_an_ended_matter_owe_nothing(city, at):
    TenureFactory(post__unit=city.office, post__title="科员")
    written(city, at, row(配合="安川市人力资源局"))
    (support,) = Assignment.objects.get().supports.all()
    assert (support.unit, support.state) == (city.other_bureau, "REPLIED")


def test_the_ledger_of_an_earlier_day_does_not_know_it_yet(city, at):
    written(city, at, row())
    rows = Problem.objects.all()
    assert problems_on(rows, date(2026, 1, 1)) == {}
    assert {on_day.state for on_day in problems_on(rows, timezone.localdate(at)).values()} == {"CLOSED"}


def test_an_imported_problem_is_not_taken_for_one_recorded_here(city, at):
    one = problems.record(enterprise=city.firm, text="记录在案", by=city.clerk, at=at)
    with pytest.raises(Refused, match="导入后又有人办过"):
        problems.take_back_imports([one], by=city.clerk, at=at)


def test_the_ledger_exported_and_imported_again_is_equal_cell_by_cell(city, at):
    written(city, at, row(), row(问题描述="用电负荷不足", 配合="安川市人力资源局"))
    first = problem_workbook(Problem.objects.order_by("pk"), words="", as_of=at, today=timezone.localdate(at))
    again = take_in("PROBLEMS", first, by=city.clerk, at=at)
    assert {plan.outcome for plan in seen(again, city.clerk, at).plans} == {RowOutcome.UNCHANGED}
    imports.undo(ImportBatch.objects.get(state="WRITTEN"), by=city.clerk, at=at)
    imports.write(ImportBatch.objects.get(pk=again.pk), by=city.clerk, at=at)
    second = problem_workbook(
        Problem.objects.order_by("pk"), words="", as_of=at, today=timezone.localdate(at)
    )
    assert without_numbers(second) == without_numbers(first)


def without_numbers(file):
    """The cells of a ledger, but for the numbers that rows of a database have."""
    grid = [
        list(cells) for cells in openpyxl.load_workbook(io.BytesIO(file)).active.iter_rows(values_only=True)
    ]
    return [[cell for n, cell in enumerate(cells) if n != 1] for cells in grid]
