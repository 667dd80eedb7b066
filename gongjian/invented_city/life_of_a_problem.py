"""The life of one problem in the invented city, from hand-over to the evaluation by the firm."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gongjian.assignments import services as assignments
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import Outcome
from gongjian.invented_city.agenda import Agenda
from gongjian.invented_city.wordings import Matter, slots
from gongjian.invented_city.world import World
from gongjian.people.models import Account, Area, Unit
from gongjian.problems import services as problems
from gongjian.problems.models import Problem
from gongjian.problems.states import Origin, Satisfaction, WordMethod

LOCAL, LOCAL_OF_CITY = 0.9, 0.15  # share handled by the county's own bureau, for county and city matters
ASTRAY = 0.1  # share of first hand-overs that go to a wrong unit
OBJECTS, OBJECTS_ASTRAY = 0.03, 0.8  # share of units that object, when rightly and when wrongly chosen
PROGRESS = (
    "已与企业见面，正在会商解决方案。",
    "已上门核实情况，提出初步办理意见。",
    "已召开协调会，明确下一步分工。",
    "已联系企业补充材料，正在办理。",
)
OPINIONS = (
    "无不同意见，需要我单位出具的材料两日内提供。",
    "建议由牵头单位组织现场会商，我单位派人参加。",
    "该事项符合现行规定，我单位已在系统中办理完毕。",
)
RESULTS = {
    Outcome.SOLVED: "已协调落实，企业反映的事项得到解决。",
    Outcome.EXPLAINED: "已向企业说明政策规定和办理条件。",
    Outcome.DEFERRED: "条件暂不具备，已列入下一步计划并告知企业。",
}


@dataclass
class Life:
    """One problem and the people involved; each method is a step that plans the next."""

    world: World
    agenda: Agenda
    matter: Matter
    problem: Problem
    county: Area
    assignment: Assignment = field(init=False)
    rightly: Unit = field(init=False)

    @property
    def clerk(self) -> Account:
        """The clerk of the county."""
        return self.world.clerks[self.county.pk]

    @property
    def handler(self) -> Account:
        """The handler of the lead unit."""
        return self.world.handlers[self.assignment.lead_unit_id]

    def answer(self, at: datetime) -> None:
        """Answer the problem on the spot."""
        problems.answer_on_the_spot(
            self.problem,
            answer=self.world.say("现场说明了政策和办理流程，企业表示明白。"),
            by=self.clerk,
            at=at,
        )

    def hand_over(self, at: datetime) -> None:
        """Hand the problem over to the bureau of the county if it has one, else to that of the city."""
        world, dice, key = self.world, self.world.dice, self.matter.unit
        local = dice.random() < (LOCAL_OF_CITY if self.problem.origin == Origin.CITY else LOCAL)
        self.rightly = self._unit(key, local=local)
        astray = dice.random() < ASTRAY
        unit = self._unit(dice.choice(slots()["confused"][key]), local=local) if astray else self.rightly
        regime = world.regime
        self.assignment = problems.hand_over(
            self.problem,
            lead_unit=unit,
            responsible_person=dice.choice(world.heads[unit.pk]),
            supporting_units=self._helpers(unit),
            copied_to=[world.units[world.city.pk, "supervision"]] if dice.random() < 0.15 else (),
            task=self.world.say(self.matter.task),
            regime=regime,
            grade=regime.grades[0 if dice.random() < 0.8 else -1]["key"],
            on_the_spot=self.problem.visit_id is not None
            and at - self.problem.recorded_at < timedelta(hours=8),
            by=self.clerk,
            at=at,
        )
        if dice.random() < (OBJECTS_ASTRAY if astray else OBJECTS):
            self.agenda.after(at, 0.4, self.object_to)
        else:
            self.agenda.after(at, dice.uniform(0, 1.8), self.accept)

    def _unit(self, key: str, *, local: bool) -> Unit:
        """The bureau of the county if it has one and the matter is local, else that of the city."""
        units, city = self.world.units, self.world.city
        own = units.get((self.county.pk, key)) if local else None
        return own or units[city.pk, key]

    def _helpers(self, lead: Unit) -> list[Unit]:
        """Now and then, one or two other bureaus of the same area as supporting units."""
        dice, place = self.world.dice, lead.area_id
        if dice.random() > 0.14:
            return []
        near = [
            unit
            for (area, key), unit in self.world.units.items()
            if area == place
            and unit != lead
            and unit.pk in self.world.handlers
            and key not in ("office", "supervision")
        ]
        return dice.sample(near, k=min(len(near), dice.choice((1, 1, 2))))

    def support(self, at: datetime) -> None:
        """Supporting units accept or reply; some are late, some forget."""
        for request in self.assignment.supports.filter(replied_on__isnull=True).select_related("unit"):
            handler, luck = self.world.handlers[request.unit_id], self.world.dice.random()
            if luck < 0.25:
                assignments.accept_support(self.assignment, unit=request.unit, by=handler, at=at)
            elif luck < 0.9:
                text = self.world.say(self.world.dice.choice(OPINIONS))
                assignments.reply_support(self.assignment, unit=request.unit, text=text, by=handler, at=at)

    def object_to(self, at: datetime) -> None:
        """The unit objects that the problem is not its business."""
        reason = self.world.say("该事项主要职责不在我单位，建议由行业主管部门牵头。")
        self.assignment = assignments.object_to(self.assignment, reason=reason, by=self.handler, at=at)
        self.agenda.after(at, 0.5, self.settle)

    def settle(self, at: datetime) -> None:
        """The office rejects the objection or hands the problem over to another unit."""
        if self.assignment.lead_unit_id == self.rightly.pk:
            self.assignment = assignments.overrule(
                self.assignment, reason=self.world.say("按职责清单应由你单位牵头。"), by=self.clerk, at=at
            )
        else:
            self.assignment = assignments.reassign(
                self.assignment,
                lead_unit=self.rightly,
                responsible_person=self.world.heads[self.rightly.pk][0],
                reason=self.world.say("异议成立，按职责清单改由{unit}牵头。", unit=self.rightly),
                by=self.clerk,
                at=at,
            )
        self.agenda.after(at, 0.6, self.accept)

    def accept(self, at: datetime) -> None:
        """The unit accepts; most act quickly, some delay."""
        dice = self.world.dice
        self.assignment = assignments.accept(self.assignment, by=self.handler, at=at)
        first = dice.uniform(1, 3.5)
        if self.assignment.supports.exists():
            self.agenda.after(at, dice.uniform(0.5, 4), self.support)
        self.agenda.after(at, first, self.report)
        luck = dice.random()
        if luck < 0.03:
            self.agenda.after(at, 2, self.hold)
        elif luck < 0.07:
            self.agenda.after(at, 1.5, self.extend)
        days = dice.lognormvariate(1.45, 0.55) if luck < 0.74 else dice.uniform(12, 80)
        self.agenda.after(at, first + days, self.resolve)

    def report(self, at: datetime) -> None:
        """The unit reports first progress."""
        self.assignment = assignments.report(
            self.assignment, text=self.world.say(self.world.dice.choice(PROGRESS)), by=self.handler, at=at
        )

    def hold(self, at: datetime) -> None:
        """The problem is put on hold until a higher level decides."""
        reason = self.world.say("需等待上级部门批复，批复到达后恢复办理。")
        self.assignment = assignments.hold(self.assignment, reason=reason, by=self.clerk, at=at)
        if self.world.dice.random() < 0.6:
            self.agenda.after(at, self.world.dice.uniform(10, 40), self.resume)

    def resume(self, at: datetime) -> None:
        """The work is resumed."""
        self.assignment = assignments.resume(self.assignment, by=self.clerk, at=at)
        self.agenda.after(at, self.world.dice.uniform(2, 8), self.resolve)

    def extend(self, at: datetime) -> None:
        """The unit applies for an extension."""
        self.assignment.refresh_from_db()
        until = current_calendar().add(self.assignment.due_on, 5)
        reason = self.world.say("需与银行、企业三方会商，时间不足。")
        self.assignment = assignments.ask_extension(
            self.assignment, until=until, reason=reason, by=self.handler, at=at
        )
        if self.world.dice.random() < 0.8:
            self.agenda.after(at, 0.5, self.grant)

    def grant(self, at: datetime) -> None:
        """The office grants the extension."""
        self.assignment = assignments.grant_extension(self.assignment, by=self.clerk, at=at)

    def resolve(self, at: datetime) -> None:
        """The unit reports the problem resolved."""
        self.assignment.refresh_from_db()
        outcome = self.world.dice.choices(list(RESULTS), (80, 15, 5))[0]
        self.assignment = assignments.resolve(
            self.assignment, outcome=outcome, text=self.world.say(RESULTS[outcome]), by=self.handler, at=at
        )
        self.agenda.after(at, self.world.dice.uniform(0.3, 4), self.check)

    def check(self, at: datetime) -> None:
        """The office checks the result."""
        dice = self.world.dice
        if dice.random() < 0.05:
            reason = self.world.say("办理情况说明过于笼统，请补充具体措施和结果。")
            self.assignment = assignments.return_(self.assignment, reason=reason, by=self.clerk, at=at)
            self.agenda.after(at, dice.uniform(2, 5), self.resolve)
        else:
            answers = {"replied": "YES", "contacted": "YES"}
            answers["solved"] = "YES" if self.assignment.outcome == Outcome.SOLVED else "NO"
            self.assignment = assignments.pass_check(
                self.assignment, note="", answers=answers, by=self.clerk, at=at
            )
            self.agenda.after(at, dice.uniform(0.3, 5), self.word)

    def word(self, at: datetime) -> None:
        """The firm evaluates the result (评价)."""
        dice = self.world.dice
        satisfaction = dice.choices(list(Satisfaction), (78, 14, 8))[0]
        unhappy = satisfaction == Satisfaction.DISSATISFIED
        self.problem.refresh_from_db()
        problems.give_word(
            self.problem,
            method=dice.choice((WordMethod.CALL_BACK, WordMethod.SIGNED_SLIP)),
            satisfaction=satisfaction,
            said_by=self.world.name(),
            note=self.world.say("说是解决了，实际还没有落实到位。") if unhappy else "",
            by=self.clerk,
            at=at,
        )
        if unhappy:
            self.agenda.after(at, dice.uniform(2, 9), self.resolve)
        else:
            self.agenda.after(at, dice.uniform(0, 2), self.close)

    def close(self, at: datetime) -> None:
        """The office closes the problem."""
        self.problem.refresh_from_db()
        problems.close(self.problem, by=self.clerk, at=at)
