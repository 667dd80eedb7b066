"""What leaders and the office add: instructions on late matters, a sample of call-backs, a few attachments."""

import io
from datetime import date, datetime, timedelta
from functools import partial

from PIL import Image, ImageDraw

from gongjian.assignments import services as assignments
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.lights.queries import light_filter
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import OPEN, RUNNING, Light, Source, State
from gongjian.attachments.services import accept_file
from gongjian.invented_city.agenda import Agenda
from gongjian.invented_city.world import World
from gongjian.people.models import Account
from gongjian.problems import services as problems
from gongjian.problems.models import CallBack, Problem

INSTRUCTIONS = (
    ("请抓紧办结，3个工作日内报告结果。", 3),
    ("请说明超期原因和下一步打算，1个工作日内报告。", 1),
    ("请牵头会商，5个工作日内提出解决方案。", 5),
)
PLACES = ("厂区道路现场", "设备车间现场", "排水口现场", "仓库现场", "生产线现场")


class LeadersAndOffice:
    """The steps of leaders and the office on the agenda, and attachments at the end."""

    def __init__(self, world: World, agenda: Agenda) -> None:
        self.world, self.agenda = world, agenda
        self.leader = Account.objects.get(username="leader")

    def plan(self) -> None:
        """Plan instructions over the last days, one drawn sample and its calls."""
        now = self.world.at
        for days in (12, 9, 6, 5, 3, 2, 1):
            self.agenda.put(self.agenda.office_hour(now - timedelta(days=days)), self.instruct)
        self.agenda.put(self.agenda.office_hour(now - timedelta(days=14)), self.draw)

    def instruct(self, at: datetime) -> None:
        """The mayor gives an instruction on one of the late matters."""
        late = light_filter([Light.RED, Light.DARK_RED], at.date())
        rows = list(
            Assignment.objects.filter(late, state__in=RUNNING, source=Source.PROBLEM).order_by("pk")[:40]
        )
        if not rows:
            return
        row = self.world.dice.choice(rows)
        text, days = self.world.dice.choice(INSTRUCTIONS)
        due = current_calendar().add(at.date(), days)
        instruction = assignments.instruct(row, text=self.world.say(text), due=due, by=self.leader, at=at)
        handler = self.world.handlers.get(instruction.lead_unit_id)
        if handler is not None and self.world.dice.random() < 0.7:
            self.agenda.after(at, 0.4, lambda later: assignments.accept(instruction, by=handler, at=later))
            if self.world.dice.random() < 0.6:
                self.agenda.after(at, 2, lambda later: self._report(instruction, handler, later))

    def _report(self, instruction: Assignment, handler: Account, at: datetime) -> None:
        text = self.world.say("已按批示要求会商，办理结果见原交办件。")
        assignments.resolve(instruction, outcome="SOLVED", text=text, by=handler, at=at)

    def draw(self, at: datetime) -> None:
        """Draw twenty closed problems of the last two months, to be called over the next days."""
        first: date = at.date() - timedelta(days=60)
        sample = problems.draw_call_backs(
            area=self.world.city,
            first=first,
            last=at.date(),
            size=20,
            seed=self.world.say("开奖号 08 13 21 27"),
            by=self.world.clerk,
            at=at,
        )
        for call in sample.call_backs.order_by("position")[:17]:
            self.agenda.after(at, self.world.dice.uniform(1, 6), partial(self._call, call))

    def _call(self, call: CallBack, at: datetime) -> None:
        dice = self.world.dice
        if dice.random() < 0.15:
            note = self.world.say("两次未接")
            problems.record_call_back(call, result="NOT_REACHED", note=note, by=self.world.clerk, at=at)
            return
        satisfaction = dice.choices(("SATISFIED", "BASICALLY", "DISSATISFIED"), (76, 16, 8))[0]
        note = self.world.say("销号以后又出现同样的情况。") if satisfaction == "DISSATISFIED" else ""
        problems.record_call_back(
            call,
            result="REACHED",
            satisfaction=satisfaction,
            said_by=self.world.name(),
            note=note,
            by=self.world.clerk,
            at=at,
        )

    def files(self) -> None:
        """Attach small generated pictures to open and closed problems."""
        wanted = Problem.objects.filter(assignment__state__in=[*OPEN, State.CLOSED]).order_by("-pk")[:60]
        for n, problem in enumerate(self.world.dice.sample(list(wanted), k=12)):
            name = self.world.say(PLACES[n % len(PLACES)])
            at = self.world.at - timedelta(minutes=25)
            files = [accept_file(f"{name}.png", _picture(n))]
            if n % 4 == 0:
                files.append(accept_file(self.world.say("关于该事项办理意见的函.pdf"), _empty_pdf()))
            problems.attach(problem, files, by=self.world.clerk, at=at)


def _picture(number: int) -> bytes:
    """A generated picture of three buildings, as PNG."""
    picture = Image.new("RGB", (640, 480), "#dfe8f1")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 320, 640, 480), fill="#b9c4a9")
    for n in range(3):
        x, height = 60 + 190 * n, 90 + (number * 37 + n * 53) % 130
        pen.rectangle(
            (x, 320 - height, x + 130, 320), fill=("#8a949e", "#a9865b", "#6f8fb3")[(number + n) % 3]
        )
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _empty_pdf() -> bytes:
    """A minimal PDF of one empty page."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
