"""Accounts (账号): adding, passwords, disabling, and the filters an account saves."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.changes import changed, set_fields
from gongjian.audit.services import record
from gongjian.audit.wording import source_word
from gongjian.people import perms
from gongjian.people.events import PeopleEvent
from gongjian.people.models import Account, Area, Person, SavedFilter, Unit
from gongjian.people.services import _named
from gongjian.people.sessions.services import unlock
from gongjian.people.states import Role

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that looks like another


PASSWORD_LENGTH = 12


def _one_time_password() -> str:
    """A password of twelve characters in three groups, to be read aloud and typed once."""
    letters = [secrets.choice(READABLE) for _n in range(PASSWORD_LENGTH)]
    return "-".join("".join(letters[n : n + 4]) for n in range(0, PASSWORD_LENGTH, 4))


class _OneTimeHasher(Argon2PasswordHasher):
    """Lighter than for a word somebody has thought up: twelve random letters withstand trying as they are.

    At the first sign-in the hash is renewed at full strength, and the password itself must be changed.
    """

    time_cost = 1
    memory_cost = 8 * 1024
    parallelism = 1


def _hashed(password: str | None) -> str:
    """The hash of a one-time password; None is one nobody can sign in with."""
    if password is None:
        return make_password(None)
    hasher = _OneTimeHasher()
    return hasher.encode(password, hasher.salt())


@transaction.atomic
def add_account(
    *,
    username: str,
    name: str,
    role: Role | str,
    person: Person | None,
    unit: Unit | None,
    reads_area: Area | None,
    writes_area: Area | None,
    by: Account | None,
    at: datetime,
) -> tuple[Account, str]:
    """Add an account; returns it with its one-time password, which must be changed at the first sign-in."""
    facts = {"person": person, "unit": unit, "reads_area": reads_area, "writes_area": writes_area}
    password = _one_time_password()
    account = _add(username, password, name=name, role=role, facts=facts, by=by, at=at)
    return account, password


@transaction.atomic
def add_account_without_password(
    *,
    username: str,
    name: str,
    role: Role | str,
    person: Person | None,
    unit: Unit | None,
    reads_area: Area | None,
    writes_area: Area | None,
    by: Account | None,
    at: datetime,
) -> Account:
    """Add an account nobody can sign in with before a password is issued (`issue_passwords`)."""
    facts = {"person": person, "unit": unit, "reads_area": reads_area, "writes_area": writes_area}
    return _add(username, None, name=name, role=role, facts=facts, by=by, at=at)


def _add(
    username: str,
    password: str | None,
    *,
    name: str,
    role: Role | str,
    facts: dict[str, Any],
    by: Account | None,
    at: datetime,
) -> Account:
    perms.check_keep_accounts(by)
    username = _named(username, field="username", ask=_("请填写登录名。"))
    if Account.objects.filter(username__iexact=username).exists():
        raise Refused(
            _("登录名“%(username)s”已有人使用。请换一个。") % {"username": username}, field="username"
        )
    if role == Role.HANDLER and facts["unit"] is None:
        raise Refused(_("承办单位经办人要选所在单位。"), field="unit")
    account = Account(
        username=username, name=_named(name), role=role, **facts, must_change_password=True, created_at=at
    )
    account.password = _hashed(password)
    account.save()
    label = source_word(Role(role).label)
    record(PeopleEvent.ACCOUNT_ADDED, subject=account, by=by, at=at, username=username, role=label)
    return account


@transaction.atomic
def issue_passwords(
    accounts: Sequence[Account], *, by: Account | None, at: datetime
) -> list[tuple[Account, str]]:
    """Give each of these accounts a one-time password and return it with the account; it is kept nowhere.

    An account whose holder has signed in already is left as it is.
    """
    perms.check_keep_accounts(by)
    issued = []
    for account in accounts:
        if account.last_login is not None:
            continue
        password = _one_time_password()
        account.password = _hashed(password)
        account.must_change_password = True
        account.save(update_fields=["password", "must_change_password"])
        record(PeopleEvent.PASSWORD_ISSUED, subject=account, by=by, at=at, username=account.username)
        issued.append((account, password))
    return issued


@transaction.atomic
def reset_password(account: Account, *, by: Account | None, at: datetime) -> str:
    """Give an account a new one-time password and return it; a lock after failed sign-ins is lifted too."""
    perms.check_keep_accounts(by)
    unlock(account, by=by, at=at)
    password = _one_time_password()
    account.password = _hashed(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    record(PeopleEvent.PASSWORD_RESET, subject=account, by=by, at=at, username=account.username)
    return password


def change_password(account: Account, *, old: str, new: str, at: datetime) -> Account:
    """Change the password of an account whose holder gives the old one; returns the account."""
    if not account.check_password(old):
        raise Refused(_("原密码不对。请重新输入；忘记了请联系系统管理员重置。"), field="old")
    if new == old:
        raise Refused(_("新密码不能与原密码相同。请换一个。"), field="new")
    try:
        validate_password(new, account)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), field="new") from error
    before = account.password
    account.set_password(new)
    account.must_change_password = False
    with transaction.atomic():
        if not Account.objects.select_for_update().filter(pk=account.pk, password=before).exists():
            raise Refused(_("密码刚刚在别处改过。请用新密码重新登录。"), field="old")
        account.save(update_fields=["password", "must_change_password"])
        record(PeopleEvent.PASSWORD_CHANGED, subject=account, by=account, at=at, username=account.username)
    return account


@transaction.atomic
def set_active(account: Account, *, active: bool, by: Account | None, at: datetime) -> Account:
    """Enable or disable an account. Nobody disables their own, so one administrator always stays."""
    perms.check_keep_accounts(by)
    if not active and by is not None and account.pk == by.pk:
        raise Refused(_("不能停用自己的账号。请由另一位系统管理员操作。"))
    changes = set_fields(account, {"is_active": active})
    account.save(update_fields=["is_active"])
    record(
        PeopleEvent.ACCOUNT_OPENED if active else PeopleEvent.ACCOUNT_SHUT,
        subject=account,
        by=by,
        at=at,
        username=account.username,
        **changes,
    )
    return account


@transaction.atomic
def save_filter(account: Account, *, page: str, name: str, query: str, at: datetime) -> SavedFilter:
    """Save a filter of a page under a name; a filter with the same name is overwritten."""
    name = _named(name, ask=_("请给筛选起个名。"))
    saved = SavedFilter.objects.filter(account=account, page=page, name=name[:40]).first()
    saved = saved or SavedFilter(account=account, page=page, name=name[:40])
    changes = set_fields(saved, {"query": query[:1000]})
    saved.save()
    record(PeopleEvent.FILTER_SAVED, subject=saved, by=account, at=at, name=name, **changes)
    return saved


@transaction.atomic
def delete_filter(saved: SavedFilter, *, by: Account, at: datetime) -> None:
    """Delete a saved filter."""
    changes = changed(saved, {"query": saved.query}, {"query": ""})
    record(PeopleEvent.FILTER_DELETED, subject=saved, by=by, at=at, name=saved.name, **changes)
    saved.delete()
