"""Signing in in two steps: turned on, asked for, demanded, lost and reset."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from gongjian.audit.models import Event
from gongjian.cli.main import main
from gongjian.people.accounts.services import change_password
from gongjian.people.attempts.limits import LIMITS
from gongjian.people.models import SecondFactor, Session
from gongjian.people.second_factor import rules
from gongjian.people.sessions.services import unlock
from gongjian.people.states import Guard, Role
from tests.factories import AccountFactory, ApiSystemFactory, SecondFactorFactory

pytestmark = pytest.mark.django_db
PASSWORD = "一次性 right-word-7"
SPARE = "abcd-efgh-jkmn"


@pytest.fixture(autouse=True)
def clock():
    """Codes change by the clock: it stands still, and is moved on by hand."""
    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False) as standing:
        yield standing


@pytest.fixture
def account():
    clerk = AccountFactory(username="zhoumin", name="周敏", role=Role.CLERK)
    clerk.set_password(PASSWORD)
    clerk.save()
    return clerk


@pytest.fixture
def factor(account):
    return SecondFactorFactory(
        account=account, recovery=[rules.digest_of(SPARE, account=account.pk)], since=timezone.now()
    )


def now_shown(factor, steps=0):
    return rules.code_of(factor.secret, rules.step_of(timezone.now()) + steps)


def sign_in(client, **more):
    return client.post(reverse("sign-in"), {"username": "zhoumin", "password": PASSWORD, **more})


def second(client, code):
    return client.post(reverse("second-step"), {"code": code})


def text(answer):
    return answer.content.decode()


def turn_on(client):
    """The secret as the page shows it, and the answer to its first code."""
    page = text(client.get(reverse("second-factor")))
    secret = re.findall(r'class="token">([A-Z2-7 ]+)<', page)[0].replace(" ", "")
    code = rules.code_of(secret, rules.step_of(timezone.now()))
    return page, secret, client.post(reverse("second-factor"), {"code": code})


def test_it_is_turned_on_with_a_picture_and_a_code_and_shows_recovery_codes_once(client, account):
    phone = Client()
    sign_in(phone)
    sign_in(client)
    page, secret, answer = turn_on(client)
    assert "<svg" in page
    assert "style=" not in page[page.index("<svg") : page.index("</svg>")]
    codes = re.findall(r"<code>([a-z2-9-]{14})</code>", text(answer))
    assert (answer.status_code, len(codes), "no-store" in answer["Cache-Control"]) == (200, 10, True)
    again = text(client.get(reverse("second-factor")))
    assert not any(code in again for code in codes)
    assert phone.get(reverse("own-sessions")).status_code == 302, "signed in by the password alone"
    kept = repr([*Event.objects.values(), *SecondFactor.objects.values("recovery")])
    assert not any(word in kept for word in (secret, *codes))
    client.post(reverse("sign-out"))
    sign_in(client)
    assert second(client, codes[0].upper().replace("-", "  ")).status_code == 302


def test_no_session_before_the_second_step(client, account, factor):
    answer = sign_in(client, next="/components/")
    assert (answer.url, Session.objects.count()) == (reverse("second-step"), 0)
    assert client.get("/components/").status_code == 302
    done = second(client, now_shown(factor))
    assert (done.url, client.get("/components/").status_code) == ("/components/", 200)
    assert "已登录（两步）" in text(client.get(reverse("own-sessions")))


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_off_by_one_step(client, factor, steps, taken):
    sign_in(client)
    assert (second(client, now_shown(factor, steps)).status_code == 302) is taken


def test_a_code_and_every_earlier_one_counts_once(client, account, factor, clock):
    code, before = now_shown(factor), now_shown(factor, -1)
    sign_in(client)
    second(client, code)
    for used in (code, before):
        other = Client()
        sign_in(other)
        assert "已经用过" in text(second(other, used))
    clock.shift(timedelta(seconds=rules.STEP))
    sign_in(other)
    assert second(other, now_shown(factor)).status_code == 302


def test_a_recovery_code_counts_once(client, account, factor):
    sign_in(client)
    assert second(client, SPARE).status_code == 302
    used = Event.objects.get(name="account.recovery_code_used")
    assert used.data["left"] == 0
    other = Client()
    sign_in(other)
    assert "每个只能用一次" in text(second(other, SPARE))


def test_a_wrong_clock_is_told(client, account, factor):
    sign_in(client)
    assert "服务器现在是" in text(second(client, "000000"))
    assert "请告诉系统管理员校准服务器" in text(second(client, now_shown(factor, -10)))
    assert "验证码不对" in text(second(client, now_shown(factor, 10))), (
        "it will be right later: nothing is told"
    )


def test_wrong_codes_are_limited_told_and_unlocked(client, account, factor, clock):
    sign_in(client)
    assert [second(client, "000000").status_code for _n in range(5)] == [422] * 4 + [429]
    assert second(client, now_shown(factor)).status_code == 429
    for n in range(LIMITS[Guard.SECOND_FACTOR].most - 5):
        other = Client(REMOTE_ADDR=f"10.0.1.{n}")
        sign_in(other)
        second(other, "000000")
    fresh = Client(REMOTE_ADDR="10.0.2.1")
    sign_in(fresh)
    assert "次数太多" in text(second(fresh, now_shown(factor)))
    unlock(account, by=None, at=timezone.now())
    assert second(fresh, now_shown(factor)).status_code == 302
    assert "验证码未通过" in text(fresh.get(reverse("own-sessions")))


def test_the_second_step_waits_five_minutes_and_for_this_password(client, account, factor, clock):
    sign_in(client)
    clock.shift(timedelta(minutes=6))
    assert "请重新登录" in text(second(client, now_shown(factor)))
    sign_in(client)
    change_password(account, old=PASSWORD, new="Qingshan-7788-he", at=timezone.now())
    assert "请重新登录" in text(second(client, now_shown(factor)))
    assert Session.objects.count() == 0


@override_settings(SECOND_FACTOR_ROLES=frozenset({"CLERK"}))
def test_a_role_that_must_have_it_turns_it_on_first(client, account):
    sign_in(client)
    led = client.get("/components/")
    assert led.url == f"{reverse('second-factor')}?next=%2Fcomponents%2F"
    assert "先开启两步验证" in text(client.post("/components/", {"text": "写好的"}))
    assert client.get(reverse("own-sessions")).status_code == 302
    assert turn_on(client)[2].status_code == 200
    assert client.get("/components/").status_code == 200


@override_settings(SECOND_FACTOR_ROLES=frozenset(Role))
def test_outside_systems_go_on_with_their_token(client):
    system = ApiSystemFactory(token="gj_tokenx")
    SecondFactorFactory(account=system.account)
    asked = client.get("/api/v2/requests.json", headers={"Authorization": "Bearer gj_tokenx"})
    assert asked.status_code not in {302, 401, 403}


def test_it_is_turned_off_by_password_and_code_and_recovery_codes_renewed(client, account, factor, clock):
    client.force_login(account, backend="gongjian.web.session.Backend")
    fresh = client.post(reverse("recovery-codes"), {"code": now_shown(factor)})
    assert len(re.findall(r"<code>", text(fresh))) == 10
    clock.shift(timedelta(seconds=rules.STEP))
    code, off = now_shown(factor), reverse("factor-off")
    assert "密码不对" in text(client.post(off, {"password": "x", "code": code}))
    assert client.post(off, {"password": PASSWORD, "code": "123456"}).status_code == 422
    assert client.post(off, {"password": PASSWORD, "code": code}).status_code == 302
    assert not SecondFactor.objects.exists()


def test_a_lost_one_is_reset_by_administrator_and_from_the_machine(client, account, factor, capsys):
    boss = AccountFactory(role=Role.ADMINISTRATOR)
    client.force_login(boss, backend="gongjian.web.session.Backend")
    assert "重置两步验证" in text(client.get(reverse("account", args=[account.pk])))
    client.post(reverse("account-factor-reset", args=[account.pk]))
    assert Event.objects.latest("seq").name == "account.factor_reset"
    SecondFactorFactory(account=account)
    assert main(["account", "reset-factor", "zhoumin"]) == 0
    assert not SecondFactor.objects.exists()
    assert main(["account", "reset-factor", "zhoumin"]) == 1
    assert "没有开启两步验证" in capsys.readouterr().err


def test_the_roles_that_must_have_it_are_words_that_exist(monkeypatch):
    from gongjian.conf import options

    assert set(options.ROLES) == set(Role) - {Role.SYSTEM}
    monkeypatch.setenv("GONGJIAN_SECOND_FACTOR", "clerk, ADMINISTRATOR")
    assert options.roles("SECOND_FACTOR") == {"CLERK", "ADMINISTRATOR"}
    monkeypatch.setenv("GONGJIAN_SECOND_FACTOR", "CLERKS")
    with pytest.raises(ValueError, match="CLERKS"):
        options.roles("SECOND_FACTOR")
