"""Accounts from the machine itself: unlocked, reset, disabled, and told in the trail."""

import pytest
from axes.models import AccessAttempt
from django.utils import timezone

from gongjian.audit.models import Event
from gongjian.cli.main import main
from gongjian.people.models import Account
from gongjian.people.states import Role
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return AccountFactory(username="boss", name="林工", role=Role.ADMINISTRATOR)


def said(capsys):
    told = capsys.readouterr()
    return told.out + told.err


def test_the_only_administrator_is_unlocked_from_the_machine(boss, capsys):
    AccessAttempt.objects.create(
        username="boss",
        ip_address="10.0.0.66",
        user_agent="x",
        failures_since_start=9,
        attempt_time=timezone.now(),
    )
    assert main(["account", "unlock", "BOSS"]) == 0
    assert not AccessAttempt.objects.exists()
    assert Event.objects.latest("seq").name == "account.unlocked"
    assert "已解除账号boss的登录锁定" in said(capsys)


def test_a_new_one_time_password_is_printed_once(boss, capsys):
    assert main(["account", "reset", "boss"]) == 0
    password = said(capsys).split("一次性密码：")[1].split()[0]
    boss.refresh_from_db()
    assert boss.check_password(password)
    assert boss.must_change_password


def test_an_account_is_disabled_and_enabled(boss):
    for act, active in (("disable", False), ("enable", True)):
        assert main(["account", act, "boss"]) == 0
        assert Account.objects.get().is_active is active


def test_accounts_are_listed(boss, capsys):
    assert main(["account", "list"]) == 0
    assert "boss\t林工\t系统管理员\t在用\t没有登录过" in said(capsys)


@pytest.mark.parametrize(
    ("words", "sentence"), [(["unlock"], "请写明登录名"), (["reset", "nobody"], "没有登录名为“nobody”的账号")]
)
def test_what_is_missing_is_said(boss, capsys, words, sentence):
    assert main(["account", *words]) == 1
    assert sentence in said(capsys)
