"""The invented city, in a small size, is alive and whole on every kind of day."""

from dataclasses import replace

import pytest
from django.utils import timezone

from gongjian.assignments import services as assignments
from gongjian.assignments.lights.queries import light_counts
from gongjian.assignments.models import Assignment
from gongjian.audit.queries import verify
from gongjian.bulletins.models import Bulletin
from gongjian.enterprises.models import FactBatch
from gongjian.invented_city import city, world
from gongjian.policies.models import Payout
from gongjian.problems.models import Problem
from gongjian.visits.models import Visit
from gongjian.visits.queries import visits_on
from tests.days.moments import on_twelve_days

SMALL = replace(world.SIZES["demo"], firms=60, visits=24, problems=60, days=40)


@pytest.fixture
def small(db, settings, tmp_path, monkeypatch):
    """Name of a size that is soon built."""
    settings.HOME = tmp_path
    monkeypatch.setitem(world.SIZES, "small", SMALL)
    return "small"


@pytest.mark.slow(4)
@on_twelve_days
def test_the_city_is_alive(small, moment):
    now = timezone.now()
    assignments.load_regimes(by=None, at=now)
    city.build(size=small, at=now, tell=lambda _line: None)
    today = moment.date()
    assert Problem.objects.filter(pushed=None, sent_as=None).count() == SMALL.problems
    assert {"ASSIGNED", "IN_PROGRESS", "CLOSED"} <= set(Assignment.objects.values_list("state", flat=True))
    assert sum(light_counts(Problem.objects.all(), today, prefix="assignment__").values()) > 0
    assert visits_on(Visit.objects.all(), today).exists()
    assert Bulletin.objects.get().issued_at
    assert {"APPLIED", "PAID"} & set(Payout.objects.values_list("state", flat=True))
    assert FactBatch.objects.get(state="WRITTEN").new_count > 0
    assert not Problem.objects.filter(recorded_at__gt=now).exists()
    assert verify() is None
