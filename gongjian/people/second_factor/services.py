"""Turning the second factor on and off, and taking its codes."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.people import perms
from gongjian.people.attempts import services as attempts
from gongjian.people.events import PeopleEvent
from gongjian.people.models import Account, SecondFactor
from gongjian.people.second_factor import rules
from gongjian.people.second_factor.queries import factor_of
from gongjian.people.sessions.services import end_others
from gongjian.people.states import Guard


@transaction.atomic
def turn_on(account: Account, *, secret: str, code: str, keep: str | None, at: datetime) -> list[str]:
    """Take the app whose first code this is; returns the recovery codes, which nothing can show again.

    The account's other sessions, which began with the password alone, end; the one with the key `keep` stays.
    """
    if factor_of(account) is not None:
        raise Refused(_("两步验证已经开启。换手机请先关闭，再重新开启。"))
    step = _step(secret, code, at=at, ahead=rules.TOLD)
    codes = rules.new_recovery_codes()
    digests = [rules.digest_of(each, account=account.pk) for each in codes]
    SecondFactor.objects.create(account=account, secret=secret, last_step=step, recovery=digests, since=at)
    record(PeopleEvent.FACTOR_ON, subject=account, by=account, at=at, username=account.username)
    end_others(account, keep=keep, at=at)
    return codes


def take_code(account: Account, *, code: str, address: str, at: datetime) -> None:
    """Accept a code of the phone or a recovery code, each once; refuses it otherwise. Wrong ones are counted."""
    keys = {Guard.SECOND_FACTOR: str(account.pk), Guard.SIGN_IN_ADDRESS: address}
    if attempts.used_up(keys, at=at):
        raise Refused(_("验证码不对的次数太多。请半小时后再试，或请系统管理员解除锁定。"))
    typed = rules.bare(code)
    try:
        (_take_time_code if rules.is_time_code(typed) else _take_recovery_code)(account, typed, at=at)
    except Refused:
        attempts.count_all(keys, at=at)
        raise
    attempts.forget(Guard.SECOND_FACTOR, str(account.pk))


def renew_recovery_codes(account: Account, *, code: str, address: str, at: datetime) -> list[str]:
    """New recovery codes for whoever has the phone, or one of the old codes; the old ones end."""
    take_code(account, code=code, address=address, at=at)
    return _renew(account, at=at)


def turn_off(account: Account, *, password: str, code: str, address: str, at: datetime) -> None:
    """Turn the second factor off for whoever knows the password and has the phone or a recovery code."""
    if not account.check_password(password):
        attempts.count(Guard.SECOND_FACTOR, str(account.pk), at=at)
        raise Refused(_("密码不对，请重新输入；忘记了请找系统管理员重置。"), field="password")
    take_code(account, code=code, address=address, at=at)
    _remove(account, at=at)


@transaction.atomic
def reset_factor(account: Account, *, by: Account | None, at: datetime) -> None:
    """Take away the second factor of somebody who has lost phone and recovery codes; the password stays as it is."""
    perms.check_keep_accounts(by)
    factor = factor_of(account)
    if factor is None:
        raise Refused(_("账号%(name)s没有开启两步验证。") % {"name": account.username})
    factor.delete()
    attempts.forget(Guard.SECOND_FACTOR, str(account.pk))
    record(PeopleEvent.FACTOR_RESET, subject=account, by=by, at=at, username=account.username)


@transaction.atomic
def _renew(account: Account, *, at: datetime) -> list[str]:
    codes = rules.new_recovery_codes()
    factor = _kept(account)
    factor.recovery = [rules.digest_of(each, account=account.pk) for each in codes]
    factor.save(update_fields=["recovery"])
    record(PeopleEvent.RECOVERY_CODES_RENEWED, subject=account, by=account, at=at, username=account.username)
    return codes


@transaction.atomic
def _remove(account: Account, *, at: datetime) -> None:
    _kept(account).delete()
    record(PeopleEvent.FACTOR_OFF, subject=account, by=account, at=at, username=account.username)


def _take_time_code(account: Account, typed: str, *, at: datetime) -> None:
    """A code counts once: the step it was shown in, and every earlier one, is over with it.

    A phone that is slow is told so; one that is fast is not, since its codes will be right later.
    """
    factor = _kept(account)
    step = _step(factor.secret, typed, at=at, used=factor.last_step)
    if not SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step):
        raise Refused(_("这个验证码已经用过。请等手机上换出下一个再输入。"), field="code")


@transaction.atomic
def _take_recovery_code(account: Account, typed: str, *, at: datetime) -> None:
    factor = _kept(account)
    digest = rules.digest_of(typed, account=account.pk)
    if digest not in factor.recovery:
        raise Refused(_("验证码或恢复码不对。恢复码每个只能用一次，用过的请划掉，换一个再试。"), field="code")
    factor.recovery = [each for each in factor.recovery if each != digest]
    factor.save(update_fields=["recovery"])
    left = len(factor.recovery)
    facts = {"username": account.username, "left": left}
    record(PeopleEvent.RECOVERY_CODE_USED, subject=account, by=account, at=at, **facts)


def _kept(account: Account) -> SecondFactor:
    """The row, locked until the transaction ends where there is one."""
    factor = SecondFactor.objects.filter(account=account)
    if connection.in_atomic_block:
        factor = factor.select_for_update()
    found = factor.first()
    if found is None:
        raise Refused(_("两步验证已经关闭。请重新登录。"))
    return found


def _step(secret: str, typed: str, *, at: datetime, ahead: int = rules.TOLERANCE, used: int = 0) -> int:
    """The step of a code; refuses one of another time, and says whose clock differs where that can be told."""
    code = rules.bare(typed)
    off = None
    if rules.is_time_code(code):
        off = rules.steps_off(secret, code, at=at, back=rules.TOLD, ahead=ahead)
    now = localtime(at)
    if off is None:
        sentence = _(
            "验证码不对。请输入手机上正在显示的验证码。服务器现在是%(now)s；手机时间与它不同，请先把手机设为自动校时。"
        )
        raise Refused(sentence % {"now": f"{now:%H:%M:%S}"}, field="code")
    step = rules.step_of(at) + off
    if abs(off) > rules.TOLERANCE and step > used:
        phone = now + timedelta(seconds=off * rules.STEP)
        sentence = _(
            "时间对不上：按这个验证码，手机上约是%(phone)s，服务器是%(now)s。请把手机设为自动校时；手机时间没有错，请告诉系统管理员校准服务器的时钟。"
        )
        raise Refused(sentence % {"phone": f"{phone:%H:%M}", "now": f"{now:%H:%M}"}, field="code")
    return step
