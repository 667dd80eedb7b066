"""The visits in the invented city, and the problems that firms raise there or through other channels."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from random import Random

from gongjian.assignments.calendar.queries import current_calendar
from gongjian.enterprises.models import Enterprise
from gongjian.invented_city import wordings
from gongjian.invented_city.agenda import Agenda
from gongjian.invented_city.life_of_a_problem import Life
from gongjian.invented_city.world import World
from gongjian.people.models import Account, Area
from gongjian.problems import services as problems
from gongjian.problems.states import FILED, Category, Channel, Origin, ProblemKind
from gongjian.visits import services as visits
from gongjian.visits.models import Stop, Visit
from gongjian.visits.states import WRITTEN, DayPart, NoteHeading, StopResult, VisitKind

UNFILED, MISFILED = 0.12, 0.06  # share of problems filed under "other", and under a wrong category
GOODS_MENTIONED = 0.4  # share of stops whose notes mention goods
VISITED = ("{lead}走访{firm}", "{lead}走访{firm}等企业")
ON_VISITS = 0.6  # share of problems heard on visits
ORIGINS = (Origin.COUNTY, Origin.COUNTY, Origin.COUNTY, Origin.CITY, Origin.TOWNSHIP)


def filed_category(dice: Random, category: str) -> Category:
    """The category under which a problem is filed, which is not always the right one."""
    luck = dice.random()
    if luck < UNFILED:
        return Category.OTHER
    return (
        dice.choice([Category(value) for value, _label in FILED])
        if luck < UNFILED + MISFILED
        else Category(category)
    )


class VisitRounds:
    """Plans visits and reports on the agenda, and records the problems they bring."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.dice: Random = world.dice
        self.agenda = Agenda(until=world.at, dice=world.dice, calendar=current_calendar())
        self.by_county: dict[int, list[Enterprise]] = {}
        for firm in world.firms:
            county = next(c for c in world.counties if firm.area.path.startswith(c.path))
            self.by_county.setdefault(county.pk, []).append(firm)

    def plan_visits(self) -> int:
        """Put visits over the whole time on the agenda; returns how many problems they will bring."""
        size, dice = self.world.size, self.dice
        on_visits = round(size.problems * ON_VISITS)
        heard = Counter(dice.randrange(size.visits) for _n in range(on_visits))
        for n in range(size.visits):
            self.agenda.put(self._moment(n, size.visits), partial(self._visit, heard[n]))
        return on_visits

    def plan_reports(self, number: int) -> None:
        """Put so many problems on the agenda that reach the office by other channels."""
        for n in range(number):
            self.agenda.put(self._moment(n, number), self._report)

    def _moment(self, n: int, of: int) -> datetime:
        """The n-th of `of` moments spread over the whole time."""
        first = self.world.start() + timedelta(days=2)
        moment = first + (self.world.at - first) * ((n + self.dice.random()) / of)
        return min(
            self.agenda.office_hour(moment), self.world.at - timedelta(minutes=self.dice.randrange(60, 400))
        )

    def _visit(self, number: int, at: datetime) -> None:
        dice, world = self.dice, self.world
        county = dice.choice(world.counties)
        clerk = world.clerks[county.pk]
        firms = dice.sample(self.by_county[county.pk], k=dice.choice((1, 1, 2, 3)))
        visit = self._plan(county, firms, clerk, at)
        shares = Counter(dice.choice(firms) for _n in range(number))
        for stop in visit.stops.select_related("enterprise"):
            self._stop(stop, shares[stop.enterprise], clerk, at)
        for firm, share in shares.items():
            for n in range(share):
                self._record_problem(
                    firm, county=county, visit=visit, clerk=clerk, at=at + timedelta(minutes=n + 1)
                )
        visits.finish(visit, by=clerk, at=at + timedelta(minutes=30))

    def _plan(self, county: Area, firms: list[Enterprise], clerk: Account, at: datetime) -> Visit:
        dice, world = self.dice, self.world
        lead = dice.choice(world.leaders[county.pk])
        seminar = dice.random() < 0.15
        return visits.plan(
            kind=VisitKind.SEMINAR if seminar else VisitKind.VISIT,
            title=world.say("{area}企业座谈会", area=county.name)
            if seminar
            else world.say(VISITED[len(firms) > 1], lead=lead, firm=firms[0]),
            area=county,
            starts_on=at.date(),
            ends_on=at.date(),
            part=DayPart.MORNING if at.hour < 12 else DayPart.AFTERNOON,
            place=firms[0].area.name,
            lead=lead,
            participants=dice.sample(world.officers, k=2),
            enterprises=firms,
            campaign=world.campaign,
            by=clerk,
            at=at,
        )

    def _stop(self, stop: Stop, number: int, clerk: Account, at: datetime) -> None:
        missing = number == 0 and self.dice.random() < 0.06
        result = StopResult.NOT_FOUND if missing else StopResult.PROBLEMS if number else StopResult.NOTHING
        notes: dict[NoteHeading, str] = {}
        if not missing:
            for heading in self.dice.sample(WRITTEN, k=3):
                notes[heading] = self.dice.choice(self.world.notes[heading.value])
            if self.dice.random() < GOODS_MENTIONED:
                makes = self.world.first_of(stop.enterprise.makes)
                notes[NoteHeading.MARKET] = self.dice.choice(self.world.notes["GOODS"]).format(makes=makes)
        received_by = self.world.name() if notes else ""
        visits.record_stop(stop, result=result, received_by=received_by, notes=notes, by=clerk, at=at)

    def _report(self, at: datetime) -> None:
        county = self.dice.choice(self.world.counties)
        firm = self.dice.choice(self.by_county[county.pk])
        self._record_problem(firm, county=county, visit=None, clerk=self.world.clerks[county.pk], at=at)

    def _record_problem(
        self, firm: Enterprise, *, county: Area, visit: Visit | None, clerk: Account, at: datetime
    ) -> None:
        dice = self.dice
        progress = (at - self.world.start()) / (self.world.at - self.world.start())
        spoken = wordings.speak(
            dice, progress=progress, product=self.world.first_of(firm.makes), spoken=self.world.language
        )
        visit_channel = Channel.SEMINAR if visit and visit.kind == VisitKind.SEMINAR else Channel.VISIT
        problem = problems.record(
            enterprise=firm,
            text=spoken.text,
            kind=ProblemKind(spoken.matter.kind),
            category=filed_category(dice, spoken.matter.category),
            visit=visit,
            raised_by=self.world.name(),
            channel=visit_channel
            if visit
            else dice.choice((Channel.FIRM, Channel.HOTLINE, Channel.PLATFORM)),
            origin=dice.choice(ORIGINS),
            battle=self.world.battles.get(spoken.matter.unit),
            by=clerk,
            at=at,
        )
        life = Life(self.world, self.agenda, spoken.matter, problem, county)
        if dice.random() < 0.04:
            self.agenda.put(at + timedelta(minutes=5), life.answer)
        else:
            at_once = visit is not None and dice.random() < 0.8
            self.agenda.after(at, 0.0 if at_once else dice.uniform(0.5, 3), life.hand_over)
