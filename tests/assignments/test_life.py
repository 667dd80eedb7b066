"""Random lives under every preset, by every party, with bad arguments now and then.

Each move goes through or is refused exactly as a second, independent computation says; after it the row equals a
replay and that computation, and the light is the same in Python, in SQL and counted by hand.
"""

import os
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongjian.assignments import perms, services
from gongjian.assignments.calendar.queries import current_calendar
from gongjian.assignments.escalation.services import run_ladder
from gongjian.assignments.lights.queries import light_filter, with_light
from gongjian.assignments.models import AnnouncedYear, Assignment, Regime
from gongjian.assignments.projection import columns
from gongjian.assignments.queries import history, snapshot_of, stored_event
from gongjian.assignments.states import MOVES, Light, Source
from gongjian.audit import Refused
from gongjian.audit.models import Event
from gongjian.audit.queries import verify
from gongjian.engines.clock.lights import light
from gongjian.engines.clock.what_if import replay_under_rule
from gongjian.engines.workdays.announcements import dump_notice, package_years
from gongjian.engines.workdays.calendar import Holiday, YearNotice
from tests import scenes
from tests.assignments.doing import colleague
from tests.engines.clock.naive import TABLE, Shadow
from tests.engines.clock.naive_calendar import EDITED, forget, take_off, usually_works, works

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
PARTS, LIVES = 4, int(os.environ.get("GONGJIAN_SEQUENCES", "300")) // 4
ENOUGH = 100  # lives after which every state has been seen
MONTH = 31
EDITS = 0.02  # share of steps before which the calendar is edited
USUAL = {  # what tends to come next, so that lives get somewhere
    "ASSIGNED": ("accept", "accept", "accept", "object_to", "reassign", "hold", "withdraw", "remind"),
    "OBJECTED": ("overrule", "reassign", "remind"),
    "IN_PROGRESS": (
        "change_person",
        "report",
        "ask_extension",
        "grant_extension",
        "refuse_extension",
        "hold",
        "resolve",
        "resolve",
        "reassign",
    ),
    "ON_HOLD": ("resume",),
    "RESOLVED": ("pass_check", "pass_check", "return_", "reopen"),
    "CHECKED": ("close", "close", "reopen"),
    "CLOSED": ("reopen",),
    "WITHDRAWN": ("accept",),
}


class Life:
    """One assignment in the engine and its shadow."""

    def __init__(self, city: scenes.City, regimes: list[Regime | None], random: Random) -> None:
        self.city, self.random, self.edited = city, random, False
        self.now = datetime(2004, 1, 5, tzinfo=SHANGHAI) + timedelta(
            days=random.randrange(8390), minutes=5 * random.randrange(288)
        )
        regime = random.choice(regimes)
        grade = random.choice(regime.grades) if regime else None
        rule = grade["checkpoints"] if grade and len(grade["checkpoints"]) > 1 else []
        rule = rule or (grade["checkpoints"] if grade and grade["checkpoints"][-1]["span"] != "DATE" else [])
        dated = not rule or rule[-1]["span"] == "DATE"
        due = self.near(0, MONTH) if dated or random.random() < 0.2 else None
        self.shadow = Shadow(city.bureau.pk, city.director.pk, rule, self.now, due)
        self.people = {city.director: city.bureau, city.other_director: city.other_bureau}
        self.people |= {colleague(unit): unit for unit in (city.bureau, city.other_bureau)}
        self.shadow.units = {person.pk: unit.pk for person, unit in self.people.items()}
        self.row = services.assign(
            source=Source.PROBLEM,
            task="协调贷款",
            area=city.county,
            lead_unit=city.bureau,
            supporting_units=[city.office],
            responsible_person=city.director,
            regime=regime,
            grade=grade["key"] if grade else "",
            due=due,
            on_the_spot=False,
            by=city.clerk,
            at=self.now,
        )

    def near(self, least: int, most: int) -> date:
        return self.now.date() + timedelta(days=self.random.randint(least, most))

    def actor(self, verb):
        """Somebody, more often than not somebody who may; with what he is to the matter now."""
        city, unit = self.city, self.shadow.unit
        if self.random.random() < 0.5:
            if TABLE[verb][1] == "unit":
                return (city.handler if unit == city.bureau.pk else city.other_handler), "unit"
            return city.clerk, "office"
        return self.random.choice(
            [
                (city.county_clerk, "office"),
                (city.leader, "leader"),
                (city.handler, "unit" if unit == city.bureau.pk else "nobody"),
                (city.other_handler, "unit" if unit == city.other_bureau.pk else "nobody"),
                (city.officer, "nobody"),
                (city.auditor, "nobody"),
                (None, "system"),
            ]
        )

    def given(self, verb: str) -> Any:
        """Arguments of a move, now and then bad ones."""
        random = self.random
        words = "" if random.random() < 0.05 else "写明"
        to = random.choice(
            [(self.city.bureau, self.city.director), (self.city.other_bureau, self.city.other_director)]
        )
        maybe = self.near(-3, MONTH) if random.random() < 0.3 else None
        return {
            "object_to": {"reason": words},
            "overrule": {"reason": words},
            "reassign": {"lead_unit": to[0], "responsible_person": to[1], "reason": words, "due": maybe},
            "take_over": {"lead_unit": to[0], "responsible_person": to[1], "reason": words},
            "change_person": {"responsible_person": random.choice(list(self.people)), "reason": words},
            "report": {"text": words},
            "ask_extension": {
                "until": self.shadow.due + timedelta(days=random.randint(-2, MONTH)),
                "reason": words,
            },
            "refuse_extension": {"reason": words},
            "hold": {"reason": words},
            "resolve": {"outcome": random.choice(["SOLVED", "EXPLAINED", "DEFERRED"]), "text": words},
            "return_": {"reason": words},
            "reopen": {"reason": words, "due": maybe},
            "withdraw": {"reason": words},
        }.get(verb, {})

    def step(self) -> None:
        """Some time passes; somebody tries something; both sides must agree on whether and on what it did."""
        random = self.random
        self.now += timedelta(
            days=random.choice([0, 0, 1, 1, 2, 3, 5, 9, 30]), minutes=5 * random.randrange(60)
        )
        verb = random.choice(USUAL[self.shadow.state] if random.random() < 0.7 else list(TABLE))
        (by, party), given = self.actor(verb), self.given(verb)
        self.shadow.now = self.now
        allowed = self.shadow.allows(verb, party, given, self.now.date())
        try:
            getattr(services, verb)(self.row, **given, by=by, at=self.now)
        except Refused as refusal:
            refused = refusal.sentence
        else:
            refused = ""
            self.shadow.do(verb, given, self.now)
        assert allowed == (not refused), f"{verb} by {party} with {given}: {refused}"
        assert not refused or refused.endswith("。")

    def edit_holidays(self) -> None:
        """The office adopts another notice for this year or the next: two more days off, in two steps."""
        year = self.now.year + self.random.randint(0, 1)
        known = {notice.year: notice for notice in package_years()}.get(year)
        days = {self.now.date() + timedelta(days=self.random.randint(-9, 60)) for _n in range(2)}
        days = {day for day in days if day.year == year and usually_works(day) and day.weekday() < 5}
        off = tuple(Holiday(f"临时放假{n}", day, day) for n, day in enumerate(sorted(days)))
        holidays = (*known.holidays, *off) if known else off
        if not holidays:
            return
        notice = YearNotice(year, "测试文号", True, holidays, known.make_up_days if known else ())
        AnnouncedYear.objects.filter(year=year).delete()  # of another life, which may have been lived later
        row = services.propose_year(dump_notice(notice), by=self.city.administrator, at=self.now)
        services.adopt_year(row, by=self.city.administrator, at=self.now)
        take_off(year, days)
        self.edited = True

    def tick(self) -> None:
        """The scheduler, now and then: what it takes is what was counted by hand, and a second run takes nothing."""
        if self.random.random() < 0.5:
            return
        if works(self.now.date()):
            self.shadow.climb(self.now.date())
        run_ladder(at=self.now)
        events = Event.objects.count()
        run_ladder(at=self.now)
        assert Event.objects.count() == events

    def check_ladder(self) -> None:
        """Each step once and in order, as counted by hand."""
        rows = list(self.row.escalations.order_by("pk").values_list("cycle", "step"))
        assert [step for _cycle, step in rows] == [step for _cycle, step in self.shadow.climbed]
        assert len(set(rows)) == len(rows)

    def check(self) -> None:
        """Row = replay = shadow; light in Python = in SQL = counted by hand."""
        today = self.near(-5, MONTH)
        self.row = with_light(Assignment.objects.filter(pk=self.row.pk), today).get()
        stored = {name: getattr(self.row, name) for name in self.shadow.columns()}
        assert stored == self.shadow.columns()
        snapshot = snapshot_of(self.row)
        assert stored == columns(snapshot)
        if not self.edited:  # its own events once more, every due counted anew, give the same
            story_ = [stored_event(e.name, e.data, e.at, e.by_name) for e in history(self.row)]
            assert replay_under_rule(story_, rule=None, calendar=current_calendar()) == snapshot
        row: Any = self.row
        said = light(
            state=row.state,
            warn_on=row.next_warn_on,
            due_on=row.next_due_on,
            grave_on=row.next_grave_on,
            resolved_on=row.resolved_on,
            today=today,
        )
        assert {said, row.light} == {self.shadow.light(today)}
        assert Assignment.objects.filter(light_filter([Light(said)], today), pk=row.pk).exists()


def test_the_second_computation_knows_every_move():
    assert {m.verb for m in MOVES} - set(TABLE) == {"recompute_due"}
    assert all(set(m.sources) == TABLE[m.verb][0] for m in MOVES if m.verb in TABLE)


@pytest.mark.slow(60)
@pytest.mark.parametrize("part", range(PARTS))
def test_lives_at_random(part):
    EDITED.clear()
    forget()
    city, random = scenes.city(), Random(part)
    services.load_regimes(by=None, at=datetime(2026, 11, 24, tzinfo=SHANGHAI))
    Regime.objects.update(in_library=False)
    regimes: list[Regime | None] = [None, *Regime.objects.all()]
    reached = set()
    for _number in range(LIVES):
        life = Life(city, regimes, random)
        life.check()
        for _step in range(random.randint(2, 14)):
            if random.random() < EDITS:
                life.edit_holidays()
                life.check()
            life.step()
            life.tick()
            life.check()
            life.check_ladder()
            reached.add(life.shadow.state)
    assert LIVES < ENOUGH or len(reached) == len(USUAL)
    assert LIVES < ENOUGH or AnnouncedYear.objects.exists()
    assert verify() is None
    EDITED.clear()
    forget()


@pytest.mark.slow
def test_buttons_agree_with_the_moves_that_go_through():
    """Whoever is offered a move is not refused it for his role or the state."""
    city, random = scenes.city(), Random(99)
    for _number in range(20):
        life = Life(city, [None], random)
        for _step in range(10):
            life.step()
            life.check()
            by, party = life.actor(random.choice(list(TABLE)))
            if by is None:
                continue
            offered = {m.verb for m in perms.moves_for(by, life.row)}
            may = {
                v
                for v, (states, who) in TABLE.items()
                if life.shadow.state in states and party in who.split()
            }
            wish = {"grant_extension", "refuse_extension"} if life.shadow.wish is None else {"ask_extension"}
            asked = {"object_to"} if life.shadow.objections else set()
            assert offered == may - wish - asked
