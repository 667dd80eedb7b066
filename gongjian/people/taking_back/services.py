"""Takes registrations back (撤销登记), many of a kind together, as long as nothing hangs on them. The events keep what they were."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.dependents import TOGETHER, check_nothing_hangs_together
from gongjian.audit.services import WhatHappened, record_together
from gongjian.people import perms
from gongjian.people.events import PeopleEvent
from gongjian.people.models import Account, Area, Person, Post, Tenure, Unit

Registration = Area | Unit | Person | Post | Tenure


@transaction.atomic
def take_back_together(rows: Sequence[Registration], *, of: Area, by: Account | None, at: datetime) -> None:
    """Remove records of one kind that should not have been registered; refused, and none is removed, once anything hangs on one.

    `of`: the area whose office has registered them; it keeps the persons who serve nowhere.
    """
    for area in {_kept_by(row) or of for row in rows}:
        perms.check_keep_people(by, area)
    for layer in _lowest_first(rows):
        _check_no_area_below(layer)
        check_nothing_hangs_together(layer)
        told = [
            WhatHappened(PeopleEvent.TAKEN_BACK, row, {"what": str(row._meta.verbose_name), "name": str(row)})
            for row in layer
        ]
        record_together(told, by=by, at=at)
        _delete(layer)


def _kept_by(row: Registration) -> Area | None:
    if isinstance(row, Area):
        return row
    if isinstance(row, Unit):
        return row.area
    if isinstance(row, Person):
        return None
    return (row if isinstance(row, Post) else row.post).unit.area


def _lowest_first(rows: Sequence[Registration]) -> Iterator[list[Registration]]:
    """The rows in layers: first those to which no other of them is subordinate."""
    left = list(rows)
    while left:
        above = {row.superior_id for row in left if isinstance(row, Unit)}
        deepest = max((row.depth for row in left if isinstance(row, Area)), default=0)
        layer = [
            row for row in left if (row.depth == deepest if isinstance(row, Area) else row.pk not in above)
        ] or left
        yield layer
        taken = {row.pk for row in layer}
        left = [row for row in left if row.pk not in taken]


def _check_no_area_below(rows: Sequence[Registration]) -> None:
    keys = [row.pk for row in rows if isinstance(row, Area)]
    if keys and (area := Area.objects.filter(pk__in=keys, numchild__gt=0).first()) is not None:
        raise Refused(_("地区“%(name)s”下面还有地区，不能撤销。请先处理下面的地区。") % {"name": area})


def _delete(rows: Sequence[Registration | Account]) -> None:
    for first in range(0, len(rows), TOGETHER):
        keys = [row.pk for row in rows[first : first + TOGETHER]]
        type(rows[0])._default_manager.filter(pk__in=keys).delete()


@transaction.atomic
def take_back_accounts(accounts: Sequence[Account], *, by: Account, at: datetime) -> None:
    """Remove accounts nobody has signed in with; refused, and none is removed, once anything hangs on one."""
    perms.check_keep_accounts(by)
    for account in accounts:
        if account.last_login is not None:
            raise Refused(
                _("账号“%(username)s”已经有人登录过，不能撤销。不再用的请停用。")
                % {"username": account.username}
            )
    check_nothing_hangs_together(accounts)
    told = [
        WhatHappened(
            PeopleEvent.TAKEN_BACK,
            account,
            {"what": str(account._meta.verbose_name), "name": account.username},
        )
        for account in accounts
    ]
    record_together(told, by=by, at=at)
    _delete(accounts)
