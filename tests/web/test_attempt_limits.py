"""Limits of attempts on the pages: by what is guarded, loosely by address, right behind a proxy that hides addresses."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from gongjian.people.attempts import services as attempts
from gongjian.people.attempts.limits import LIMITS
from gongjian.people.models import AttemptCount
from gongjian.people.states import Guard, Role
from gongjian.web.client_address import client_address
from tests import scenes
from tests.factories import AT, AccountFactory

pytestmark = pytest.mark.django_db
PROXY = "10.1.1.1"  # the one address all seem to come from
WORD = {"satisfaction": "SATISFIED", "said_by": "高总", "note": ""}


@pytest.fixture
def ledger(db):
    return scenes.ledger(AT)


def used(guard, key):
    """All tries of a key but the last."""
    for _n in range(LIMITS[guard].most - 1):
        attempts.count(guard, key, at=timezone.now())


@pytest.mark.parametrize(
    ("proxies", "written", "address"),
    [
        (0, "", PROXY),
        (0, "9.9.9.9", PROXY),  # no proxy of ours: anybody can write the header
        (1, "7.7.7.7", "7.7.7.7"),
        (1, "9.9.9.9, 7.7.7.7", "7.7.7.7"),
        (2, "9.9.9.9, 7.7.7.7, 10.0.0.2", "7.7.7.7"),
        (2, "7.7.7.7", PROXY),
        (1, "", PROXY),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(settings, proxies, written, address):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": written})
    assert client_address(request) == address


def test_behind_one_address_wrong_codes_of_one_lock_nobody_else(ledger):
    one, other = Client(REMOTE_ADDR=PROXY), Client(REMOTE_ADDR=PROXY)
    for _n in range(12):
        last = one.post(reverse("word"), WORD | {"code": "ZZZZZZZZ"})
    assert "次数太多" in last.content.decode()
    answer = other.post(reverse("word"), WORD | {"code": ledger.code}, follow=True)
    assert "评价已收到" in answer.content.decode()


def test_the_count_is_kept_though_the_refused_try_left_nothing_else(ledger):
    Client(REMOTE_ADDR=PROXY).post(reverse("word"), WORD | {"code": "ZZZZZZZZ"})
    assert dict(AttemptCount.objects.values_list("guard", "count")) == {
        "WORD_BROWSER": 1,
        "WORD_CODE": 1,
        "WORD_ADDRESS": 1,
    }


def test_a_browser_that_keeps_nothing_is_limited_by_the_code_and_by_its_address(ledger):
    for _n in range(LIMITS[Guard.WORD_CODE].most + 1):
        last = Client(REMOTE_ADDR=PROXY).post(reverse("word"), WORD | {"code": "ZZZZ2345"})
    assert "次数太多" in last.content.decode()
    used(Guard.WORD_ADDRESS, "10.2.2.2")
    tries = [
        Client(REMOTE_ADDR="10.2.2.2").post(reverse("word"), WORD | {"code": code}).content.decode()
        for code in ("YYYY2345", "XXXX2345")
    ]
    assert ["次数太多" in answer for answer in tries] == [False, True]


def test_after_a_right_code_the_next_person_at_the_same_screen_begins_anew(ledger):
    screen = Client(REMOTE_ADDR=PROXY)
    for code in ["ZZZZZZZZ"] * 9 + [ledger.code] + ["YYYYZZZZ"] * 9:
        last = screen.post(reverse("word"), WORD | {"code": code}, follow=True)
        assert "次数太多" not in last.content.decode()


def signing_in(name, password, address=PROXY):
    return Client(REMOTE_ADDR=address).post(reverse("sign-in"), {"username": name, "password": password})


def test_behind_one_address_wrong_passwords_of_one_name_lock_no_other():
    for name in ("zhoumin", "liwei"):
        account = AccountFactory(username=name, role=Role.CLERK)
        account.set_password("right-word-7-heng")
        account.save()
    assert [signing_in("zhoumin", "wrong").status_code for _n in range(6)][4:] == [429, 429]
    assert signing_in("zhoumin", "right-word-7-heng").status_code == 429
    assert signing_in("liwei", "right-word-7-heng").status_code == 302


def test_an_address_that_tries_one_name_after_another_is_slowed(settings):
    settings.PROXIES = 1
    account = AccountFactory(username="liwei", role=Role.CLERK)
    account.set_password("right-word-7-heng")
    account.save()
    used(Guard.SIGN_IN_ADDRESS, PROXY)
    assert signing_in("nobody-1", "wrong").status_code == 422
    last = signing_in("liwei", "right-word-7-heng")
    assert last.status_code == 422
    assert "从您的网络地址登录失败的次数太多" in last.content.decode()
    assert signing_in("liwei", "right-word-7-heng", address="10.3.3.3").status_code == 302
