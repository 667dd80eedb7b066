"""Two thousand lives of random moves on random days: projection, replay, SQL and an independent telling agree at each step."""

import contextlib
import os
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from gongjian.assignments import queries
from gongjian.assignments import services as engine
from gongjian.assignments.models import Assignment
from gongjian.assignments.projecting import columns
from gongjian.assignments.states import MOVE
from gongjian.audit import Refused
from tests.assignments.oracle import Life, Owed, count
from tests.factories import RegimeFactory
from tests.scenes import city

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEQUENCES = int(os.environ.get("GONGJIAN_SEQUENCES", "2000"))
SLICES = 8  # so that two workers share the work
ZONE = ZoneInfo("Asia/Shanghai")


TABLE = {"ask": "ask_extension", "grant": "grant_extension", "refuse": "refuse_extension"}


class Undo(Exception):
    """Rolls one life back."""


def regimes():
    def made(*checkpoints):
        listed = [
            {"key": str(n), "name": f"节点{n}", "met_by": m, "span": s, "amount": a}
            for n, (m, s, a) in enumerate(checkpoints)
        ]
        return RegimeFactory(grades=[{"key": "g", "name": "一般", "checkpoints": listed}])

    return [
        made(("accept", "WORKING_DAYS", 1), ("report", "WORKING_DAYS", 3), ("resolve", "WORKING_DAYS", 7)),
        made(("accept", "CALENDAR_DAYS", 1), ("report", "CALENDAR_DAYS", 3), ("resolve", "CALENDAR_DAYS", 7)),
        made(("report", "WORKING_DAYS", 5), ("resolve", "CALENDAR_DAYS", 30)),
    ]


class Runner:
    """One life, lived in the engine and on paper."""

    def __init__(self, dice, scene, regime):
        self.dice, self.c = dice, scene
        self.day = date(2026, 1, 5) + timedelta(days=dice.randrange(250))
        rule = regime.grades[0]["checkpoints"]
        self.row = engine.assign(
            source="PROBLEM", task="协调", area=scene.county, lead_unit=scene.bureau, responsible_person=scene.director,
            regime=regime, grade="g", on_the_spot=True, by=scene.clerk, at=self.at,
        )  # fmt: skip
        self.life = Life(self.day, [Owed(p["met_by"], (p["span"], p["amount"])) for p in rule])

    @property
    def at(self):
        return datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=ZONE)

    @property
    def handler(self):
        return self.c.handler if self.row.lead_unit_id == self.c.bureau.pk else self.c.other_handler

    def step(self):
        self.day += timedelta(days=self.dice.choice((0, 0, 1, 1, 2, 3, 5, 9)))
        likely = sorted(verb for verb in MOVES if self.life.state in MOVE[TABLE.get(verb, verb)].sources)
        verb = self.dice.choice(likely if likely and self.dice.random() < 0.85 else sorted(MOVES))
        by, life = {"by": self.c.clerk, "at": self.at}, self.life
        try:
            MOVES[verb](self, life, by)
        except Refused:
            assert not _sure(verb, life), (verb, life)
        self.check()

    def check(self):
        stored = Assignment.objects.get(pk=self.row.pk)
        replayed = columns(queries.snapshot_of(stored))
        assert {name: getattr(stored, name) for name in replayed} == replayed
        life = self.life
        assert (stored.state, stored.round, stored.next_due_on, stored.due_on) == (
            life.state,
            life.round,
            life.next.due,
            life.owed[-1].due,
        )
        for ahead in (0, self.dice.randrange(25)):
            today = self.day + timedelta(days=ahead)
            shown = queries.reading(stored, today)
            in_sql = queries.with_light(Assignment.objects.filter(pk=stored.pk), today).get().light
            assert shown.light == in_sql == queries.readings([stored], today)[0].light == life.light(today), (
                today,
                life,
            )
            assert Assignment.objects.filter(
                queries.light_filter([shown.light], today), pk=stored.pk
            ).exists()


def _sure(verb, life):
    """Moves the engine must not refuse: right state, and no limit of its own."""
    free = {"accept": {"ASSIGNED"}, "report": {"IN_PROGRESS"}, "resolve": {"IN_PROGRESS"}, "pass_check": {"RESOLVED"}, "close": {"CHECKED"},
            "return_": {"RESOLVED"}, "reopen": {"RESOLVED", "CHECKED", "CLOSED"}, "hold": {"ASSIGNED", "IN_PROGRESS"}, "resume": {"ON_HOLD"}}  # fmt: skip
    return life.state in free.get(verb, set())


def accept(run, life, by):
    run.row = engine.accept(run.row, by=run.handler, at=run.at)
    life.state = "IN_PROGRESS"
    life.meet("accept", every=True)


def object_to(run, life, by):
    run.row = engine.object_to(run.row, reason="不归我管", by=run.handler, at=run.at)
    life.state = "OBJECTED"


def overrule(run, life, by):
    run.row = engine.overrule(run.row, reason="归你管", **by)
    life.state = "ASSIGNED"


def reassign(run, life, by):
    other = run.c.other_bureau if run.row.lead_unit_id == run.c.bureau.pk else run.c.bureau
    run.row = engine.reassign(
        run.row, lead_unit=other, responsible_person=run.c.other_director, reason="换人", **by
    )
    life.state, life.asked, life.dispatches = "ASSIGNED", None, life.dispatches + 1


def report(run, life, by):
    run.row = engine.report(run.row, text="在办", by=run.handler, at=run.at)
    life.meet("report", every=False)


def ask(run, life, by):
    until = run.row.due_on + timedelta(days=run.dice.randrange(-1, 12))
    run.row = engine.ask_extension(run.row, until=until, reason="要时间", by=run.handler, at=run.at)
    assert until > life.owed[-1].due
    assert count(run.day, life.owed[-1].due) >= 1
    life.asked = until


def grant(run, life, by):
    run.row = engine.grant_extension(run.row, **by)
    life.extend()


def refuse(run, life, by):
    run.row = engine.refuse_extension(run.row, reason="抓紧", **by)
    life.asked = None


def hold(run, life, by):
    run.row = engine.hold(run.row, reason="等批复", **by)
    life.state, life.held = "ON_HOLD", run.day


def resume(run, life, by):
    run.row = engine.resume(run.row, **by)
    life.resume(run.day)


def resolve(run, life, by):
    run.row = engine.resolve(run.row, outcome="SOLVED", text="办好了", by=run.handler, at=run.at)
    life.state, life.resolved, life.asked = "RESOLVED", run.day, None


def pass_check(run, life, by):
    run.row = engine.pass_check(run.row, **by)
    life.state = "CHECKED"


def return_(run, life, by):
    run.row = engine.return_(run.row, reason="不够", **by)
    life.state, life.resolved = "IN_PROGRESS", None


def close(run, life, by):
    run.row = engine.close(run.row, **by)
    life.state = "CLOSED"
    for one in life.owed:
        one.met = True


def reopen(run, life, by):
    run.row = engine.reopen(run.row, reason="不满意", **by)
    life.reopen(run.day)


def withdraw(run, life, by):
    if run.dice.random() < 0.8:
        raise Refused("not this time")
    run.row = engine.withdraw(run.row, reason="错交", **by)
    life.state = "WITHDRAWN"


def remind(run, life, by):
    run.row = engine.remind(run.row, text="抓紧", **by)


MOVES = {
    f.__name__: f
    for f in (
        accept,
        object_to,
        overrule,
        reassign,
        report,
        ask,
        grant,
        refuse,
        hold,
        resume,
        resolve,
        pass_check,
        return_,
        close,
        reopen,
        withdraw,
        remind,
    )
}


def _live(dice, scene, rules, reached):
    run = Runner(dice, scene, dice.choice(rules))
    for _n in range(dice.randrange(5, 14)):
        run.step()
        reached.add(run.life.state)


@pytest.mark.parametrize("part", range(SLICES))
def test_random_lives_agree_with_an_independent_telling(part):
    scene, rules = city(), regimes()
    reached = set()
    for seed in range(part, SEQUENCES, SLICES):
        with contextlib.suppress(Undo), transaction.atomic():
            _live(Random(seed), scene, rules, reached)
            raise Undo
    assert len(reached) >= 6
