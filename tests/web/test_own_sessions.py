"""Where one is signed in, how it ends, and what is written down of every try."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from gongjian.people.accounts.services import change_password
from gongjian.people.models import Session
from gongjian.people.states import Role
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
PASSWORD = "一次性 right-word-7"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/92.0.4515.107 Safari/537.36"


@pytest.fixture
def account():
    clerk = AccountFactory(username="zhoumin", name="周敏", role=Role.CLERK)
    clerk.set_password(PASSWORD)
    clerk.save()
    return clerk


def sign_in(client, password=PASSWORD, name="zhoumin", **place):
    return client.post(
        reverse("sign-in"),
        {"username": name, "password": password},
        headers={"User-Agent": CHROME},
        **place,
    )


def fail(times, **place):
    return [sign_in(Client(), "wrong", **place).status_code for _n in range(times)]


def still_in(client):
    return client.get(reverse("own-sessions")).status_code == 200


def test_wrong_passwords_lock_the_name_for_their_own_address_only(client, account):
    assert fail(6, REMOTE_ADDR="10.0.0.66")[-1] == 429
    assert sign_in(Client(), REMOTE_ADDR="10.0.0.66").status_code == 429
    assert sign_in(client, REMOTE_ADDR="10.0.0.5").status_code == 302


def test_tries_while_it_is_locked_do_not_lock_it_longer(account):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        fail(5)
        clock.shift(timedelta(minutes=25))
        assert fail(3) == [429] * 3
        clock.shift(timedelta(minutes=6))
        assert sign_in(Client()).status_code == 302


def test_a_name_tried_from_many_addresses_is_closed_to_all_of_them(client, account):
    for n in range(10):
        fail(5, REMOTE_ADDR=f"10.0.1.{n}")
    answer = sign_in(client, REMOTE_ADDR="10.0.2.1")
    assert (answer.status_code, "从多处登录失败" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("rest", "alive"), [([119], True), ([121], False), ([100] * 7, True), ([100] * 8, False)]
)
def test_a_session_ends_by_rest_and_by_age(client, account, rest, alive):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client)
        for minutes in rest:
            clock.shift(timedelta(minutes=minutes))
            found = still_in(client)
        assert found is alive


@override_settings(IDLE_MINUTES=5)
def test_an_office_sets_how_long_one_may_rest(client, account):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client)
        clock.shift(timedelta(minutes=6))
        assert not still_in(client)


def test_the_other_sessions_are_listed_and_ended_at_once(client, account):
    phone = Client()
    sign_in(client, REMOTE_ADDR="10.0.0.5")
    sign_in(phone, REMOTE_ADDR="10.0.0.9")
    page = client.get(reverse("own-sessions")).content.decode()
    assert all(text in page for text in ("10.0.0.5", "10.0.0.9", "Chrome 92 · Windows", "这一处"))
    assert "已结束其他1处登录" in client.post(reverse("end-other-sessions"), follow=True).content.decode()
    assert (still_in(client), still_in(phone)) == (True, False)


def test_nobody_ends_the_session_of_somebody_else(client, account):
    other = Client()
    other.force_login(AccountFactory(role=Role.CLERK), backend="gongjian.web.session.Backend")
    sign_in(client)
    client.post(reverse("end-other-sessions"))
    assert Session.objects.exclude(account=account).exists()


def test_a_new_password_ends_the_sessions_elsewhere(client, account):
    sign_in(client)
    change_password(account, old=PASSWORD, new="Qingshan-7788-he", at=timezone.now())
    assert not still_in(client)


def test_who_signs_in_is_told_of_the_tries_that_failed_since(client, account):
    sign_in(Client())
    fail(2)
    sign_in(client)
    assert "此后有2次登录未通过" in client.get(reverse("own-sessions")).content.decode()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_every_try_is_shown_to_who_watches(account, role):
    fail(2, REMOTE_ADDR="10.0.0.66")
    sign_in(Client(), REMOTE_ADDR="10.0.0.5")
    watcher = Client()
    watcher.force_login(AccountFactory(role=role), backend="gongjian.web.session.Backend")

    def rows(**chosen):
        return watcher.get(reverse("sign-ins"), chosen).content.decode().count('data-label="登录名"')

    assert (rows(), rows(outcome="failed"), rows(outcome="taken"), rows(address="10.0.0.5")) == (4, 2, 2, 1)
    assert (rows(username="zhou"), rows(username="nobody"), rows(since="2027-06-01")) == (3, 0, 0)


@pytest.mark.parametrize(
    "word",
    [
        "Gongjian2026!",
        "G0ngj1an@2026",
        "Admin@12345678",
        "攻坚2026攻坚2026",
        "zhoumin-20261202",
        "P@ssw0rd2026!!",
        "x" * 130,
    ],
)
def test_a_password_near_at_hand_is_refused_with_a_sentence(client, account, word):
    sign_in(client)
    given = {"old": PASSWORD, "new": word, "again": word}
    answer = client.post(reverse("password"), given)
    assert answer.status_code == 422
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_a_password_of_one_s_own_is_taken(client, account):
    sign_in(client)
    word = "Gongjian-baihe-4417"
    assert client.post(reverse("password"), {"old": PASSWORD, "new": word, "again": word}).status_code == 302
