"""An action visited by its address leads to its page."""

from urllib.parse import urljoin

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.people.states import Role
from gongjian.policies.verdicts import results_in_memory
from gongjian.web.rights import PUBLIC, SIGNED_IN, SYSTEMS, matrix
from tests import scenes
from tests.factories import AT
from tests.web.test_pages import accounts, arguments, signed_in
from tests.web.walked_pages import by_role, walked

GONE = {"payout-bulk": "asks for nothing and shows the list"}


@pytest.fixture
def world(db):
    made = scenes.ledger(AT)
    results_in_memory.results_on(timezone.localdate())
    return made


@by_role(SIGNED_IN)
def test_no_address_ends_in_a_bare_refusal(world, role):
    client, ends = signed_in(accounts(world)[role]), {}
    for page in walked(client, role, arguments(world, role)):
        roles = matrix()[page.route]
        if (role not in roles and roles != PUBLIC) or roles == SYSTEMS:
            continue
        if page.location and page.location not in ends:
            ends[page.location] = client.get(urljoin(page.address, page.location), follow=True).status_code
        status = ends[page.location] if page.location else page.status
        assert status == 200, (page.route, page.status, page.location, status)
    assert ends


def test_an_action_leads_to_the_record_it_belongs_to(world):
    client = signed_in(world.city.clerk)
    for route, args, page, number in (
        ("stop-record", [world.stop.pk], "visit", world.stop.visit_id),
        ("draft-decide", [world.article.drafts.first().pk], "article", world.article.pk),
        ("assignment-move", [world.owed.assignment_id, "remind"], "assignment", world.owed.assignment_id),
        ("attach", ["problem", world.owed.pk], "problem", world.owed.pk),
        ("attachment-remove", [world.file.pk], "problem", world.file.subject_id),
        ("tenure-end", [world.tenure.pk], "person", world.tenure.person_id),
        ("pairing-end", [world.pairing.pk], "enterprise", world.pairing.enterprise_id),
        ("market-end", [world.introduction.need_id], "market-firm", world.introduction.need.enterprise_id),
    ):
        answer = client.get(reverse(route, args=args))
        place = answer["Location"].partition("#")[0]
        assert (answer.status_code, place) == (302, reverse(page, args=[number])), route


def test_a_stranger_is_asked_to_sign_in(world, client):
    answer = client.get(reverse("hand-over", args=[world.fresh.pk]))
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


def test_signing_out_is_still_a_press(world):
    client = signed_in(accounts(world)[Role.CLERK])
    client.get(reverse("sign-out"))
    assert client.get(reverse("today")).status_code == 200
