"""A bulk action and an import of figures can be undone from Today, the lists and the record until its time is up."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.ledgers.fact_import import services as fact_import
from gongjian.problems import services as problems
from gongjian.problems.bulk.rules import UNDO_WITHIN
from samples.html_forms import form_to
from tests import scenes
from tests.factories import AT, FactBatchFactory
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


def imported(world, *, at):
    """An import of figures by the clerk, written at this moment."""
    batch = FactBatchFactory(area=world.city.county, uploaded_by=world.city.clerk, file=scenes.FACTS)
    return fact_import.write_workbook(batch, as_they_are=[], by=world.city.clerk, at=at)


def import_pages():
    return [reverse("today"), reverse("enterprise-register"), reverse("fact-imports")]


@pytest.mark.parametrize("n", range(3))
def test_an_import_of_today_is_undone_from_each_page(world, n):
    batch = imported(world, at=timezone.now())
    client, action, page = as_(world.city.clerk), reverse("batch-undo", args=[batch.pk]), import_pages()[n]
    assert client.post(action, form_to(text(client.get(page)), action).filled()).status_code == 302
    batch.refresh_from_db()
    assert batch.undone_at is not None
    for address in import_pages():
        assert action not in text(client.get(address)), address


def test_an_import_of_yesterday_is_undone_from_its_list_and_page_only(world):
    batch = imported(world, at=timezone.now() - timedelta(days=1))
    client, action = as_(world.city.clerk), reverse("batch-undo", args=[batch.pk])
    shown = {address: action in text(client.get(address)) for address in import_pages()}
    assert list(shown.values()) == [False, False, True]
    assert action in text(client.get(reverse("batch", args=[batch.pk])))


def test_an_import_of_somebody_else_is_not_told_on_today(world):
    batch = imported(world, at=timezone.now())
    action = reverse("batch-undo", args=[batch.pk])
    for other in (world.city.county_clerk, world.city.leader, world.city.officer):
        assert action not in text(as_(other).get(reverse("today"), follow=True))
