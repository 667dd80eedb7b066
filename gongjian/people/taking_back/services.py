"""Takes a registration back (撤销登记), as long as nothing hangs on it. The event keeps what it was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.dependents import check_nothing_hangs
from gongjian.audit.services import record
from gongjian.people import perms
from gongjian.people.events import PeopleEvent
from gongjian.people.models import Account, Area, Person, Post, Tenure, Unit


@transaction.atomic
def take_back(kept: Area | Unit | Person | Post | Tenure, *, by: Account | None, at: datetime) -> None:
    """Remove a record that should not have been registered; refused once anything hangs on it."""
    _check_keep(kept, by)
    if isinstance(kept, Area) and kept.numchild:
        raise Refused(_("地区“%(name)s”下面还有地区，不能撤销。请先处理下面的地区。") % {"name": kept})
    check_nothing_hangs(kept)
    record(
        PeopleEvent.TAKEN_BACK, subject=kept, by=by, at=at, what=str(kept._meta.verbose_name), name=str(kept)
    )
    kept.delete()


@transaction.atomic
def take_back_account(account: Account, *, by: Account, at: datetime) -> None:
    """Remove an account nobody has signed in with; refused once anything hangs on it."""
    perms.check_keep_accounts(by)
    if account.last_login is not None:
        raise Refused(
            _("账号“%(username)s”已经有人登录过，不能撤销。不再用的请停用。") % {"username": account.username}
        )
    check_nothing_hangs(account)
    what = str(account._meta.verbose_name)
    record(PeopleEvent.TAKEN_BACK, subject=account, by=by, at=at, what=what, name=account.username)
    account.delete()


def _check_keep(kept: Area | Unit | Person | Post | Tenure, by: Account | None) -> None:
    if isinstance(kept, Person):
        perms.check_keep_person(by, kept)
    elif isinstance(kept, Area):
        perms.check_keep_people(by, kept)
    elif isinstance(kept, Unit):
        perms.check_keep_people(by, kept.area)
    else:
        perms.check_keep_people(by, (kept if isinstance(kept, Post) else kept.post).unit.area)
