"""Takes registrations back (撤销登记), many of a kind together, as long as nothing hangs on them. The events keep what they were."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongjian.audit.dependents import TOGETHER, check_nothing_hangs_together
from gongjian.audit.services import WhatHappened, record, record_together
from gongjian.enterprises import perms
from gongjian.enterprises.events import EnterpriseEvent
from gongjian.enterprises.models import Contact, Enterprise, EnterpriseAccount, Pairing
from gongjian.people.models import Account
from gongjian.people.perms import check_keep_accounts


@transaction.atomic
def take_back_together(rows: Sequence[Enterprise | Contact | Pairing], *, by: Account, at: datetime) -> None:
    """Remove records of one kind that should not have been registered; refused, and none is removed, once anything hangs on one."""
    firms = [row if isinstance(row, Enterprise) else row.enterprise for row in rows]
    for area in {firm.area for firm in firms}:
        perms.check_keep(by, area)
    check_nothing_hangs_together(rows)
    told = [
        WhatHappened(
            EnterpriseEvent.REGISTRATION_TAKEN_BACK,
            firm,
            {"what": str(row._meta.verbose_name), "name": str(row)},
        )
        for row, firm in zip(rows, firms, strict=True)
    ]
    record_together(told, by=by, at=at)
    for first in range(0, len(rows), TOGETHER):
        keys = [row.pk for row in rows[first : first + TOGETHER]]
        type(rows[0])._default_manager.filter(pk__in=keys).delete()


@transaction.atomic
def take_back_link(link: EnterpriseAccount, *, by: Account, at: datetime) -> None:
    """Let an account speak for its firm no more."""
    check_keep_accounts(by)
    what, name = str(link._meta.verbose_name), link.account.username
    firm = link.enterprise
    record(EnterpriseEvent.REGISTRATION_TAKEN_BACK, subject=firm, by=by, at=at, what=what, name=name)
    link.delete()
