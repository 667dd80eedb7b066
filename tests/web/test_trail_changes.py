"""The trail shows old and new; telephone numbers only to those who keep the registers."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.people import services as people
from tests import scenes
from tests.factories import PersonFactory
from tests.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    made = scenes.ledger(timezone.now())
    person = PersonFactory(name="沈明远", phone="138 1234 5678")
    people.update_person(person, name="沈明远", phone="", note="退休", by=made.city.clerk, at=timezone.now())
    return made.city, person


def test_who_keeps_the_register_reads_the_number_that_was_emptied(world):
    city, person = world
    page = signed_in(city.clerk).get(reverse("person", args=[person.pk])).content.decode()
    assert "<del>138 1234 5678</del>" in page
    assert "<ins>退休</ins>" in page


def test_the_auditor_reads_that_it_changed_and_not_the_number(world):
    page = signed_in(world[0].auditor).get(reverse("audit"), {"q": "沈明远"}).content.decode()
    assert "<del>138****5678</del>" in page
    assert "138 1234 5678" not in page
