"""Outside systems (外部系统): adding them, renewing and revoking their tokens, finding one by its token."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused, required_text
from gongjian.audit.changes import set_fields
from gongjian.audit.services import record
from gongjian.people import perms
from gongjian.people.attempts import services as attempts
from gongjian.people.events import PeopleEvent
from gongjian.people.models import Account, ApiSystem, Area
from gongjian.people.states import Guard, Role, SystemKind

PREFIX = "gj_"
LONGEST = timedelta(days=731)  # two years: a token that nobody renews expires
TAIL_LENGTH = 4
LONGEST_TOKEN = 200


def _new_token() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """The stored form of a token: its SHA-256 digest in hexadecimal.

    It has 256 random bits, so a plain digest is enough.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def add_system(
    *,
    name: str,
    kind: SystemKind | str,
    area: Area,
    pushes: bool,
    keeper: str = "",
    valid_until: date,
    per_minute: int = 120,
    by: Account | None,
    at: datetime,
) -> tuple[ApiSystem, str]:
    """Add an outside system for one area and everything below it.

    Returns the system with its token, which is not stored.
    """
    perms.check_keep_accounts(by)
    name = required_text(name, _("请填写系统名称。"), field="name")
    _check_until(valid_until, timezone.localdate(at))
    account = Account(
        username=f"system-{secrets.token_hex(6)}",
        name=name.strip()[:40],
        role=Role.SYSTEM,
        reads_area=area,
        writes_area=area if pushes else None,
        must_change_password=False,
        created_at=at,
    )
    account.set_unusable_password()
    account.save()
    token = _new_token()
    system = ApiSystem.objects.create(
        account=account,
        kind=kind,
        keeper=keeper.strip(),
        pushes=pushes,
        digest=digest_of(token),
        tail=token[-TAIL_LENGTH:],
        issued_at=at,
        valid_until=valid_until,
        per_minute=per_minute,
    )
    event_data = {
        "name": account.name,
        "area": area.name,
        "tail": system.tail,
        "until": valid_until.isoformat(),
    }
    record(PeopleEvent.SYSTEM_OPENED, subject=system, by=by, at=at, **event_data)
    return system, token


@transaction.atomic
def renew_token(
    system: ApiSystem, *, valid_until: date, by: Account | None, at: datetime
) -> tuple[ApiSystem, str]:
    """Replace a system's token, which stops working at once; returns the new one with the system.

    A revoked system works again.
    """
    perms.check_keep_accounts(by)
    _check_until(valid_until, timezone.localdate(at))
    system = _lock(system)
    token = _new_token()
    system.digest, system.tail, system.issued_at = digest_of(token), token[-TAIL_LENGTH:], at
    changes = set_fields(system, {"valid_until": valid_until, "revoked_at": None})
    system.save(update_fields=["digest", "tail", "issued_at", "valid_until", "revoked_at"])
    event_data = {
        "name": system.account.name,
        "tail": system.tail,
        "until": valid_until.isoformat(),
    } | changes
    record(PeopleEvent.TOKEN_RENEWED, subject=system, by=by, at=at, **event_data)
    return system, token


@transaction.atomic
def update_system(
    system: ApiSystem,
    *,
    pushes: bool,
    keeper: str,
    per_minute: int,
    by: Account,
    at: datetime,
) -> ApiSystem:
    """Change what a system may do. Its area stays: another area means another system."""
    perms.check_keep_accounts(by)
    system = _lock(system)
    changes = set_fields(system, {"pushes": pushes, "keeper": keeper.strip(), "per_minute": per_minute})
    system.save(update_fields=["pushes", "keeper", "per_minute"])
    system.account.writes_area = system.account.reads_area if pushes else None
    system.account.save(update_fields=["writes_area"])
    record(PeopleEvent.SYSTEM_CHANGED, subject=system, by=by, at=at, name=system.account.name, **changes)
    return system


@transaction.atomic
def revoke_system(system: ApiSystem, *, by: Account, at: datetime) -> ApiSystem:
    """Revoke a system's token, which stops working at once. What the system pushed in stays."""
    perms.check_keep_accounts(by)
    system = _lock(system)
    if system.revoked_at is not None:
        raise Refused(_("%(name)s的令牌已经吊销。要恢复请换发令牌。") % {"name": system.account.name})
    system.revoked_at = at
    system.save(update_fields=["revoked_at"])
    record(PeopleEvent.SYSTEM_REVOKED, subject=system, by=by, at=at, name=system.account.name)
    return system


def _lock(system: ApiSystem) -> ApiSystem:
    rows = ApiSystem.objects.select_for_update(of=("self",)).select_related("account__reads_area")
    return rows.get(pk=system.pk)


def _check_until(until: date, today: date) -> None:
    if until <= today:
        raise Refused(_("有效期要在今天以后。"), field="valid_until")
    if until > today + LONGEST:
        raise Refused(_("令牌最长两年有效，到期前换发即可。请改近一些。"), field="valid_until")


def system_by_token(token: str, *, today: date) -> ApiSystem | None:
    """The system a token belongs to; None unless the token is valid today and the account is enabled."""
    if not token.startswith(PREFIX) or len(token) > LONGEST_TOKEN:
        return None
    rows = ApiSystem.objects.select_related("account__reads_area", "account__writes_area")
    system = rows.filter(digest=digest_of(token), revoked_at__isnull=True, valid_until__gte=today).first()
    return system if system is not None and system.account.is_active else None


def count_use(system: ApiSystem, *, at: datetime) -> bool:
    """Count a call; returns False when this minute's calls are used up.

    No event is recorded: a call that writes records its own, and a call that reads changes nothing.
    """
    ApiSystem.objects.filter(pk=system.pk).update(last_used_at=at)
    return attempts.count(Guard.SYSTEM_CALL, str(system.pk), at=at) <= system.per_minute


def seconds_until_next_call(system: ApiSystem, *, at: datetime) -> int:
    """The seconds that a system must wait once it has used up its calls."""
    return attempts.seconds_left(Guard.SYSTEM_CALL, str(system.pk), at=at)
