"""Building the invented city, step by step, through the same services the product uses."""

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
    firm_figures,
    firms,
    introductions,
    meetings,
    office_desk,
    outside_systems,
    places,
    policies,
    raised_by_firms,
    supervision,
)
from gongjian.invented_city.instructions_and_samples import Attention
from gongjian.invented_city.visit_rounds import Rounds
from gongjian.invented_city.waves_of_complaints import Waves
from gongjian.invented_city.world import World, new_world
from gongjian.people.models import Account
from gongjian.problems.suggested_units import model_file

BATCH = 400  # steps a transaction: fast, and never a change without its event


@contextmanager
def _little_tidying() -> Iterator[None]:
    """What is made stays: to look through all of it for rubbish again and again takes time and finds none."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@_little_tidying()
def build(*, size: str, at: datetime, tell: Callable[[str], object]) -> None:
    """Make the whole city as it stands at `at`."""
    world = new_world(size=size, at=timezone.localtime(at))
    with transaction.atomic():
        places.build(world)
        supervision.build(world)
    tell(f"{len(world.counties)} 个县（市、区），{len(world.units)} 个单位")
    with transaction.atomic():
        firms.build(world)
        firm_figures.build(world)
    tell(f"{len(world.firms)} 家企业，{firms.months_told(world.at)} 个月数据")
    _live(world, tell)
    with transaction.atomic():
        meetings.build(world)
        introductions.build(world)
        office_desk.build(world)
        firm_figures.imported(world)
        policies.build(world)
        outside_systems.build(world)
        complaints.build(world)
        firms.open_account(world)
        raised_by_firms.build(world)
        _open_doors(world)
    model_file.rebuild()
    accounts.save(world)


def _live(world: World, tell: Callable[[str], object]) -> None:
    rounds = Rounds(world)
    planned = rounds.plan_visits() + Waves(rounds).plan()
    rounds.plan_reports(world.size.problems - planned)
    attention = Attention(world, rounds.agenda)
    attention.plan()
    supervision.plan(world, rounds.agenda)
    steps = rounds.agenda.run()
    told = world.start()
    while True:
        with transaction.atomic():
            done = list(itertools.islice(steps, BATCH))
        if not done:
            with transaction.atomic():
                attention.files()
            return
        if done[-1] - told > timedelta(days=30):
            told = done[-1]
            tell(f"走访、交办、办理到 {told:%Y-%m-%d}")


def _open_doors(world: World) -> None:
    """The shown accounts need no first change of password; every other account stays closed until it is reset."""
    shown = [username for _role, username, _password in world.passwords]
    Account.objects.filter(username__in=shown).update(must_change_password=False)
