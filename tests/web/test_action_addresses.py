"""An action visited by its address leads to its page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.people.states import Role
from gongjian.policies.verdicts import results_in_memory
from gongjian.web.rights import PUBLIC, SIGNED_IN, SYSTEMS, matrix
from tests import scenes
from tests.factories import AT
from tests.web.test_pages import accounts, arguments, signed_in

GONE = {"payout-bulk": "asks for nothing and shows the list"}


@pytest.fixture
def world(db):
    made = scenes.ledger(AT)
    results_in_memory.results_on(timezone.localdate())
    return made


@pytest.mark.parametrize("role", sorted(SIGNED_IN))
def test_no_address_ends_in_a_bare_refusal(world, role):
    client, wanted = signed_in(accounts(world)[role]), arguments(world, role)
    led = 0
    for name, roles in matrix().items():
        if (role not in roles and roles != PUBLIC) or roles == SYSTEMS or name == "sign-out":
            continue
        address = reverse(name, args=wanted[name])
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, (name, answer.status_code, answer.redirect_chain)
        led += bool(answer.redirect_chain)
    assert led


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
        assert (answer.status_code, answer["Location"]) == (302, reverse(page, args=[number])), route


def test_a_stranger_is_asked_to_sign_in(world, client):
    answer = client.get(reverse("hand-over", args=[world.fresh.pk]))
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


def test_signing_out_is_still_a_press(world):
    client = signed_in(accounts(world)[Role.CLERK])
    client.get(reverse("sign-out"))
    assert client.get(reverse("today")).status_code == 200
