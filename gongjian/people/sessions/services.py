"""Ending sessions, and forgetting old tries to sign in."""

from datetime import datetime, timedelta

from axes.models import AccessFailureLog, AccessLog
from axes.utils import reset
from django.db import transaction

from gongjian.audit.services import record
from gongjian.people import perms
from gongjian.people.attempts import services as attempts
from gongjian.people.events import PeopleEvent
from gongjian.people.models import Account, Session
from gongjian.people.sessions.queries import KEPT_DAYS
from gongjian.people.states import Guard


@transaction.atomic
def end_others(account: Account, *, keep: str | None, at: datetime) -> int:
    """End every session of the account but the one with the key `keep`; returns how many ended."""
    ended, _kinds = Session.objects.filter(account=account).exclude(session_key=keep or "").delete()
    if ended:
        record(
            PeopleEvent.SESSIONS_ENDED,
            subject=account,
            by=account,
            at=at,
            username=account.username,
            count=ended,
        )
    return ended


@transaction.atomic
def unlock(account: Account, *, by: Account | None, at: datetime) -> None:
    """Lift the lock after failed sign-ins at once, for every address."""
    perms.check_keep_accounts(by)
    attempts.forget(Guard.SIGN_IN_NAME, account.username.casefold())
    attempts.forget(Guard.SECOND_FACTOR, str(account.pk))
    if reset(username=account.username):
        record(PeopleEvent.ACCOUNT_UNLOCKED, subject=account, by=by, at=at, username=account.username)


def note_use(session: Session, *, at: datetime) -> None:
    """Note that the session was used; its rest counts from here."""
    Session.objects.filter(pk=session.pk).update(seen_at=at)


def forget_old(*, at: datetime) -> int:
    """Delete tries to sign in that are older than they have to be kept; returns how many."""
    before = at - timedelta(days=KEPT_DAYS)
    found, _kinds = AccessLog.objects.filter(attempt_time__lt=before).delete()
    failed, _kinds = AccessFailureLog.objects.filter(attempt_time__lt=before).delete()
    return int(found + failed)
