"""A bulk action can be undone from Today, the lists and the record until its time is up."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.problems import services as problems
from gongjian.problems.bulk.rules import UNDO_WITHIN
from samples.html_forms import form_to
from tests import scenes
from tests.factories import AT
from tests.web.people.signed_in import as_, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return scenes.ledger(AT)


def done(world, *, ago):
    at = timezone.now() - ago
    return problems.categorise_many([world.fresh], category="LAND", by=world.city.clerk, at=at)


def pages(world):
    return [
        reverse("today"),
        reverse("problem-ledger"),
        reverse("triage"),
        reverse("problem", args=[world.fresh.pk]),
    ]


def test_it_is_told_with_the_time_left_and_undone_from_each_page(world):
    bulk = done(world, ago=timedelta(minutes=3))
    client, action = as_(world.city.clerk), reverse("bulk-undo", args=[bulk.pk])
    for address in pages(world):
        page = text(client.get(address))
        assert form_to(page, action), address
        assert "6 分钟内还可以整批撤销" in page, address
    client.post(action, form_to(text(client.get(reverse("today"))), action).filled())
    bulk.refresh_from_db()
    assert bulk.undone_at is not None
    assert action not in text(client.get(reverse("today")))


def test_after_its_time_it_is_gone(world):
    bulk = done(world, ago=UNDO_WITHIN + timedelta(seconds=1))
    client = as_(world.city.clerk)
    for address in pages(world):
        assert reverse("bulk-undo", args=[bulk.pk]) not in text(client.get(address)), address


def test_only_one_s_own_and_only_on_its_own_records(world):
    bulk = done(world, ago=timedelta(minutes=1))
    action = reverse("bulk-undo", args=[bulk.pk])
    assert action not in text(as_(world.city.clerk).get(reverse("problem", args=[world.owed.pk])))
    for other in (world.city.leader, world.city.handler, world.city.county_clerk):
        assert action not in text(as_(other).get(reverse("today")))
