"""Builds the invented city step by step, through the services of the product."""

import gc
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongjian.invented_city import (
    accounts,
    complaints,
    confidence,
    figures_of_areas,
    firm_figures,
    firms,
    introductions,
    meetings,
    office_desk,
    outside_systems,
    places,
    pledges_at_rally,
    policies,
    projects,
    raised_by_firms,
    standings_of_counties,
    supervision,
    targets_of_areas,
)
from gongjian.invented_city.instructions_and_samples import LeadersAndOffice
from gongjian.invented_city.language import CHINESE
from gongjian.invented_city.visit_rounds import VisitRounds
from gongjian.invented_city.waves_of_complaints import Waves
from gongjian.invented_city.world import World, new_world
from gongjian.people.models import Account
from gongjian.problems.suggested_units import model_file

BATCH = 400  # steps in one transaction, so that no change is ever without its event


@contextmanager
def _less_garbage_collection() -> Iterator[None]:
    """Collect garbage less often, since nearly all objects are kept."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@_less_garbage_collection()
def build(*, size: str, at: datetime, tell: Callable[[str], object], language: str = CHINESE) -> None:
    """Build the whole city as it is at `at`, in Chinese (zh) or English (en); `tell` is called with sentences of progress."""
    world = new_world(size=size, at=timezone.localtime(at), spoken=language)
    with transaction.atomic():
        places.build(world)
        supervision.build(world)
        office_desk.take_up_regime(world)
    tell(world.say("{n} 个县（市、区），{m} 个单位", n=len(world.counties), m=len(world.units)))
    with transaction.atomic():
        firms.build(world)
        firm_figures.build(world)
    tell(world.say("{n} 家企业，{m} 个月数据", n=len(world.firms), m=firms.months_of_figures(world.at)))
    _run_agenda(world, tell)
    with transaction.atomic():
        meetings.build(world)
        introductions.build(world)
        office_desk.build(world)
        firm_figures.import_workbook(world)
        policies.build(world)
        outside_systems.build(world)
        complaints.build(world)
        figures_of_areas.build(world)
        targets_of_areas.build(world)
        pledges_at_rally.build(world)
        standings_of_counties.build(world)
        firms.open_account(world)
        confidence.build(world)
        raised_by_firms.build(world)
        projects.build(world)
        _open_doors(world)
    model_file.rebuild()
    accounts.save_passwords(world)


def _run_agenda(world: World, tell: Callable[[str], object]) -> None:
    rounds = VisitRounds(world)
    planned = rounds.plan_visits() + Waves(rounds).plan()
    rounds.plan_reports(world.size.problems - planned)
    attention = LeadersAndOffice(world, rounds.agenda)
    attention.plan()
    supervision.plan_ladder(world, rounds.agenda)
    steps = rounds.agenda.run()
    last_told = world.start()
    while True:
        with transaction.atomic():
            moments = list(itertools.islice(steps, BATCH))
        if not moments:
            with transaction.atomic():
                attention.files()
            return
        if moments[-1] - last_told > timedelta(days=30):
            last_told = moments[-1]
            tell(world.say("走访、交办、办理到 {day}", day=f"{last_told:%Y-%m-%d}"))


def _open_doors(world: World) -> None:
    """Let the accounts shown sign in without changing the password; all others stay closed until they are reset."""
    shown = [username for _role, username, _password in world.passwords]
    Account.objects.filter(username__in=shown).update(must_change_password=False)
