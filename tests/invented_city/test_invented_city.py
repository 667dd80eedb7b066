"""A small invented city, made by the same generator: alive on its day, whole, the same again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import Count
from django.utils import timezone

from gongjian.assignments import services as assignments
from gongjian.assignments.lights.queries import light_counts
from gongjian.assignments.models import Assignment
from gongjian.assignments.states import Light
from gongjian.audit import Refused
from gongjian.audit.queries import verify
from gongjian.bulletins.models import Bulletin
from gongjian.cli import demo
from gongjian.enterprises.models import Enterprise, Fact
from gongjian.indicators.models import ConfidenceResult, SealedAnswer
from gongjian.intake.models import Draft
from gongjian.invented_city import accounts, city, outside_systems, world
from gongjian.people.models import Account, Area
from gongjian.people.states import Role
from gongjian.problems.models import Problem
from gongjian.visits.models import Visit
from gongjian.visits.queries import visits_on
from tests.factories import AT, AccountFactory

SMALL = replace(world.SIZES["demo"], firms=60, visits=40, problems=120, days=70)


@pytest.mark.slow
def test_the_city_is_alive_and_whole(db, settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setitem(world.SIZES, "small", SMALL)
    assignments.load_regimes(by=None, at=AT)
    told: list[str] = []
    assert not accounts.is_finished()
    city.build(size="small", at=AT, tell=told.append)
    today = timezone.localdate(AT)
    assert accounts.is_finished()
    assert told
    assert Enterprise.objects.count() == SMALL.firms
    assert Problem.objects.filter(pushed=None, sent_as=None).count() == SMALL.problems
    assert Problem.objects.exclude(sent_as=None).count() == 3
    assert Problem.objects.exclude(pushed=None).count() == len(outside_systems.CALLED_IN)
    assert Visit.objects.count() >= SMALL.visits
    assert Area.objects.filter(level="COUNTY").count() == 9
    assert set(Account.objects.values_list("role", flat=True)) == set(Role.values)
    months = (
        Fact.objects.filter(key="营业收入", period_kind="MONTH").values("enterprise").annotate(n=Count("pk"))
    )
    assert max(row["n"] for row in months) == 24
    states = set(Assignment.objects.values_list("state", flat=True))
    assert {"ASSIGNED", "IN_PROGRESS", "RESOLVED", "CLOSED"} <= states
    lights = light_counts(Problem.objects.all(), today, prefix="assignment__")
    assert min(lights[light] for light in (Light.GREEN, Light.YELLOW, Light.RED)) > 0
    assert visits_on(Visit.objects.all(), today).exists()
    assert visits_on(Visit.objects.all(), today + timedelta(2)).exists()
    assert Draft.objects.filter(state="PENDING").count() >= 5
    assert Bulletin.objects.get().issued_at
    assert ConfidenceResult.objects.filter(kind="ALL").count() == 2  # of two rounds, a third is open
    assert SealedAnswer.objects.values("survey").distinct().count() == 1
    assert verify() is None
    for role in ("clerk", "leader", "admin"):
        assert f"\t{role}" in accounts.passwords_table()


@pytest.mark.django_db
def test_half_a_city_is_not_gone_on_with():
    AccountFactory()
    with pytest.raises(Refused, match="FRESH=yes"):
        demo._only_once()
