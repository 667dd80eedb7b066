"""Two waves of the same problem in the invented city: one settled by a measure some weeks ago, one of the last days."""

from datetime import datetime, timedelta
from functools import partial

from gongjian.assignments import services as assignments
from gongjian.assignments.states import Outcome
from gongjian.enterprises.models import Enterprise
from gongjian.invented_city import wordings
from gongjian.invented_city.visit_rounds import VisitRounds
from gongjian.problems import services as problems
from gongjian.problems.common_problems import services as common_problems
from gongjian.problems.models import CommonProblem, Problem
from gongjian.problems.states import Category, Channel, Satisfaction, WordMethod

SETTLED, FRESH = 12, 9  # problems of each wave
HEARD, LANDS = 62, 40  # days ago
ROADS = "{road}白天禁行大货车，原料进厂只能等到晚上{a}点以后，每天耽误半天"
POWER = "近期{road}一带频繁停电，一周停了{a}次，事先没有通知，{machine}重启一次报废一炉料"


class Waves:
    """Problems that many firms raise in the same weeks."""

    def __init__(self, rounds: VisitRounds) -> None:
        self.rounds, self.world, self.dice = rounds, rounds.world, rounds.dice
        self.settled: list[Problem] = []

    def plan(self) -> int:
        """Put both waves on the agenda; returns how many problems they bring."""
        at, agenda = self.world.at, self.rounds.agenda
        begin = at - timedelta(days=HEARD)
        for n in range(SETTLED):
            agenda.put(
                agenda.office_hour(begin + timedelta(days=n / 3)),
                partial(self._record_complaint, ROADS, n, "LOGISTICS"),
            )
        agenda.put(agenda.office_hour(begin + timedelta(days=6)), self._settle)
        for n in range(FRESH):
            moment = min(agenda.office_hour(at - timedelta(days=5 - n / 2)), at - timedelta(minutes=90 - n))
            agenda.put(moment, partial(self._record_complaint, POWER, n, "UTILITIES"))
        return SETTLED + FRESH

    def _record_complaint(self, wording: str, n: int, category: str, at: datetime) -> None:
        county = self.world.counties[n % 3]
        firm: Enterprise = self.dice.choice(self.rounds.by_county[county.pk])
        slots = wordings.slots()
        text = self.world.say(
            wording,
            a=self.dice.choice((2, 3, 4)) if wording == POWER else 9,
            road=self.world.say(slots["road"][0]),
            machine=self.world.say(self.dice.choice(slots["machine"])),
        )
        problem = problems.record(
            enterprise=firm,
            text=text,
            category=Category(category),
            channel=Channel.FIRM,
            raised_by=self.world.name(),
            by=self.world.clerks[county.pk],
            at=at,
        )
        if wording == ROADS:
            self.settled.append(problem)

    def _settle(self, at: datetime) -> None:
        unit = self.world.units[self.world.city.pk, "police"]
        common = common_problems.confirm(
            self.settled, title=self.world.say("货车白天禁行影响原料进厂"), by=self.world.clerk, at=at
        )
        common = common_problems.take_measure(
            common,
            lead_unit=unit,
            responsible_person=self.world.heads[unit.pk][0],
            regime=self.rounds.world.regime,
            grade=self.rounds.world.regime.grades[-1]["key"],
            task=self.world.say("优化货车禁行时段，统一核发保供企业通行证"),
            by=self.world.clerk,
            at=at + timedelta(minutes=5),
        )
        self.rounds.agenda.after(at, 2, partial(self._work, common))

    def _work(self, common: CommonProblem, at: datetime) -> None:
        handler = self.world.handlers[self.world.units[self.world.city.pk, "police"].pk]
        assert common.assignment is not None  # noqa: S101  the measure has just been taken
        task = assignments.accept(common.assignment, by=handler, at=at)
        text = self.world.say("出台货车分时段通行办法，为保供企业核发一年期通行证。")
        assignments.resolve(
            task, outcome=Outcome.SOLVED, text=text, by=handler, at=at + timedelta(minutes=20)
        )
        lands = self.world.at - timedelta(days=LANDS)
        self.rounds.agenda.put(self.rounds.agenda.office_hour(lands), partial(self._land, common))

    def _land(self, common: CommonProblem, at: datetime) -> None:
        result = self.world.say(
            "货车分时段通行办法已施行：保供企业凭一年期通行证，白天九点至十六点可进厂。到市公安局窗口当日办结。"
        )
        common_problems.land(common, result=result, by=self.world.clerk, at=at)
        self.rounds.agenda.after(at, 1, partial(self._announce, common))

    def _announce(self, common: CommonProblem, at: datetime) -> None:
        """Inform all firms of the measure; most agree, one does not, one does not answer."""
        clerk, members = self.world.clerk, list(common.members.order_by("pk"))
        assert common.assignment is not None  # noqa: S101  it has landed
        answers = {"replied": "YES", "contacted": "YES", "solved": "YES"}
        assignments.pass_check(common.assignment, note="", answers=answers, by=clerk, at=at)
        common_problems.record_told(common, members, by=clerk, at=at)
        for n, member in enumerate(members[1:]):
            unhappy = n == 0
            problems.give_word(
                member,
                method=WordMethod.CALL_BACK,
                said_by=self.world.name(),
                by=clerk,
                at=at + timedelta(minutes=n),
                satisfaction=Satisfaction.DISSATISFIED if unhappy else Satisfaction.SATISFIED,
                note=self.world.say("我厂门前一段仍按老办法禁行。") if unhappy else "",
            )
