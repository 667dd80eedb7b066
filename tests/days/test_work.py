"""A day's work through the pages, from a report to the brief, on every day: all of it belongs to the day of the city."""

import io
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.models import Assignment, Regime
from gongjian.audit.queries import verify
from gongjian.bulletins.models import Bulletin
from gongjian.cli.tick import tick
from gongjian.complaints.models import Complaint
from gongjian.engines.paper.layouts import date_on_paper
from gongjian.engines.workdays.calendar import day_of_month
from gongjian.enterprises.models import Fact, FactBatch
from gongjian.intake import services as intake
from gongjian.intake.models import Article
from gongjian.notices.models import Sending
from gongjian.notices.states import SendingKind
from gongjian.problems.models import Problem
from gongjian.visits.models import Visit
from tests import scenes
from tests.books import book
from tests.days.moments import on, on_every_day
from tests.factories import ChannelFactory
from tests.papers.reading import plain
from tests.web.test_pages import signed_in

SOLVED = {"resolve-outcome": "SOLVED", "resolve-text": "已办好"}
CHECKED = {f"pass_check-{key}": "YES" for key in ("solved", "replied", "contacted", "satisfied")}


def wrong(answer):
    """What a form that came back complains of."""
    return re.findall(r'class="[^"]*(?:field-error|alert)[^"]*"[^>]*>\s*([^<]+)', answer.content.decode())


class Day:
    """The city on one day, everybody at a desk; what is posted must be taken."""

    def __init__(self):
        self.city = scenes.city()
        self.regime = scenes.adopted("13710-jz", at=timezone.now())
        self.today: date = timezone.localdate()
        self.clerk, self.handler = signed_in(self.city.clerk), signed_in(self.city.handler)

    def post(self, client, route, *args, **fields):
        answer = client.post(reverse(route, args=args), fields)
        assert answer.status_code == 302, (route, wrong(answer))
        return answer

    def move(self, client, task, verb, fields=None):
        self.post(client, "assignment-move", task.pk, verb, **(fields or {}))
        task.refresh_from_db()

    def shown(self, route, *args, **asked):
        answer = self.clerk.get(reverse(route, args=args), asked)
        assert answer.status_code == 200, route
        return answer.content

    def recorded(self, text):
        facts = {"kind": "DIFFICULTY", "category": "FINANCE", "channel": "FIRM", "origin": "COUNTY"}
        self.post(self.clerk, "problem-new", enterprise=self.city.firm.pk, text=text, **facts)
        return Problem.objects.get(text=text)

    def handed_over(self, problem, **limit):
        facts = {"lead_unit": self.city.bureau.pk, "responsible_person": self.city.director.pk}
        self.post(self.clerk, "hand-over", problem.pk, task="协调办理", **facts, **limit)
        problem.refresh_from_db()
        return problem.assignment


@pytest.fixture
def day(db):
    return Day()


@on_every_day
def test_a_report_of_the_day_is_a_visit_of_the_day(day, moment):
    text = scenes.REPORT.replace("2月18日", f"{moment.month}月{moment.day}日")
    day.post(day.clerk, "intake", text=text, published_on=day.today)
    again = day.clerk.post(reverse("intake"), {"text": text, "published_on": day.today})
    assert f"已在{day.today}录入过" in again.content.decode()
    meeting = Article.objects.get().drafts.get(kind="MEETING")
    assert meeting.fields["date_start"]["value"] == day.today.isoformat()
    intake.confirm_draft(meeting, by=day.city.clerk, at=timezone.now())
    made = Visit.objects.get()
    assert made.starts_on == moment.date()
    assert made.title in day.shown("today").decode()


@on_every_day
def test_a_problem_goes_all_its_way(day, moment):
    problem = day.recorded("续贷缺手续")
    regime = day.regime
    task = day.handed_over(problem, limit=f"{regime.pk}:{regime.grades[0]['key']}")
    assert task.due_on > day.today
    day.move(day.handler, task, "accept")
    day.move(day.handler, task, "report", {"report-text": "已上门核实"})
    day.move(day.handler, task, "resolve", SOLVED)
    day.move(day.clerk, task, "pass_check", CHECKED)
    word = {"method": "CALL_BACK", "said_by": "高总", "note": "已问"}
    day.post(day.clerk, "firm-word", problem.pk, satisfaction="DISSATISFIED", **word)
    task.refresh_from_db()
    assert (task.round, task.state) == (2, "IN_PROGRESS")
    day.move(day.handler, task, "resolve", SOLVED)
    day.move(day.clerk, task, "pass_check", CHECKED)
    day.post(day.clerk, "firm-word", problem.pk, satisfaction="SATISFIED", **word)
    day.post(day.clerk, "problem-close", problem.pk)
    task.refresh_from_db()
    assert (task.resolved_on, task.closed_on) == (moment.date(), moment.date())
    assert_papers_say_the_day(day, problem, moment)
    assert verify() is None


def assert_papers_say_the_day(day, problem, moment):
    """Slip, brief and ledger of a problem closed today."""
    assert problem.number == f"WT{moment:%Y}-{problem.pk:06d}"
    slip = plain(day.shown("slip-word", problem.pk))
    assert f"{moment:%Y-%m-%d}" in slip
    assert f"JB{moment:%Y}-{problem.assignment_id:06d}" in slip
    monday = day.today - timedelta(days=day.today.weekday())
    day.post(day.clerk, "bulletins", first=monday, last=day.today)
    paper = plain(day.shown("bulletin-file", Bulletin.objects.get().pk))
    for sentence in ("收集企业问题诉求1个", "经企业评价销号1个", date_on_paper(moment)):
        assert sentence in paper
    rows = sheet_of(day.shown("problem-export"))
    head = next(row for row in rows if "问题编号" in row)
    line = dict(zip(head, next(row for row in rows if problem.number in row), strict=True))
    assert (line["收集时间"], line["状态"]) == (moment.date(), "已销号")
    assert any(f"数据截至 {moment:%Y-%m-%d}" in str(cell) for row in rows for cell in row)


@on("half_past_midnight_of_a_year")
def test_a_number_with_the_year_of_greenwich_is_caught(day, monkeypatch):
    in_greenwich = property(lambda problem: f"WT{problem.recorded_at:%Y}-{problem.pk:06d}")
    monkeypatch.setattr(Problem, "number", in_greenwich)
    problem = day.recorded("电价偏高")
    with pytest.raises(AssertionError, match="WT2026"):
        assert_papers_say_the_day(day, problem, timezone.localtime())


def sheet_of(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@on_every_day
def test_limits_may_lie_a_year_ahead(day, moment):
    later = day_of_month(moment.year + 1, moment.month, moment.day)
    task = day.handed_over(day.recorded("厂区道路破损"), limit="", due=day.today + timedelta(days=30))
    day.move(day.handler, task, "accept")
    asked = {"ask_extension-until": later, "ask_extension-reason": "要等冻土化开"}
    day.move(day.handler, task, "ask_extension", asked)
    day.move(day.clerk, task, "grant_extension")
    assert task.due_on == later
    for regime in Regime.objects.all():
        day.shown("due-preview", limit=f"{regime.pk}:{regime.grades[0]['key']}")


@on_every_day
def test_figures_of_the_running_period_are_taken(day, moment):
    """This month and this day have begun in the city, whatever the day in Greenwich."""
    firm, month = day.city.firm, moment.date().replace(day=1)
    fact = {"fact-key": "用电量", "fact-source": "供电公司", "fact-value": "12"}
    for kind, period in (("MONTH", day.today), ("YEAR", day.today)):
        answer = {"fact-period_kind": kind, "fact-period": period}
        day.post(day.clerk, "enterprise-add", firm.pk, "fact", **fact, **answer)
    table = book(["企业名称", f"税收{moment.year}年{moment.month}月"], [firm.name, 7])
    file = SimpleUploadedFile("月报.xlsx", table)
    day.post(day.clerk, "fact-imports", file=file, source="税务部门")
    day.post(day.clerk, "batch-write", FactBatch.objects.get().pk)
    assert Fact.objects.filter(period=month, period_kind="MONTH").count() == 2
    day.shown("fact-sample")
    asked = {"kind": "MONTH", "last": day.today, "number": 14, "source": "企业月报", "keys": ["用电量"]}
    day.shown("fact-template", **{f"t-{name}": value for name, value in asked.items()})


@on_every_day
def test_a_complaint_is_owed_an_answer_in_working_days(day, moment):
    day.post(day.clerk, "complaint-new", kind="FORMS", text="同一张表一周要了三次")
    made = Complaint.objects.get()
    assert (made.made_on, made.number) == (moment.date(), f"TS{moment:%Y}-{made.pk:05d}")
    assert current_calendar().working_days_between(made.made_on, made.due_on) == 5
    assert made.number in day.shown("complaint", made.pk).decode()


@on_every_day
def test_the_ladder_and_the_digest_keep_to_working_days(db, moment):
    """A matter due three weeks ago: each step once, on working days alone; a digest a working day, after its hour."""
    with time_machine.travel(moment - timedelta(days=30)):
        day = Day()
        channel = ChannelFactory(account=None, unit=day.city.bureau)
        task = day.handed_over(day.recorded("电价偏高"), limit="", due=day.today + timedelta(days=9))
    works = current_calendar().is_working
    for back in range(29, -1, -1):
        with time_machine.travel(moment - timedelta(days=back)):
            tick(timezone.now())
    tick(timezone.now())
    steps = [(one.step, timezone.localdate(one.at)) for one in task.escalations.order_by("pk")]
    assert [step for step, _on in steps] == ["REMINDER", "SUPERVISION", "INTERVIEW"]
    assert all(works(on) for _step, on in steps)
    sent = Sending.objects.filter(channel=channel, kind=SendingKind.DIGEST).values_list("day", flat=True)
    assert all(works(on) for on in sent)
    assert len(sent) == len(set(sent))
    at_once = Sending.objects.filter(channel=channel, kind=SendingKind.AT_ONCE).values_list("day", flat=True)
    assert list(at_once) == [task.due_on], "what is due leaves on its day, a day off as well"
    assert Assignment.objects.get(pk=task.pk).escalations.first().number.startswith("DB")
    assert verify() is None
