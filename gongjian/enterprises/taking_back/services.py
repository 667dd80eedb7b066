"""Takes a registration back (撤销登记), as long as nothing hangs on it. The event keeps what it was."""

from datetime import datetime

from django.db import transaction

from gongjian.audit.dependents import check_nothing_hangs
from gongjian.audit.services import record
from gongjian.enterprises import perms
from gongjian.enterprises.events import EnterpriseEvent
from gongjian.enterprises.models import Contact, Enterprise, EnterpriseAccount, Pairing
from gongjian.people.models import Account
from gongjian.people.perms import check_keep_accounts


@transaction.atomic
def take_back(kept: Enterprise | Contact | Pairing, *, by: Account, at: datetime) -> None:
    """Remove a record that should not have been registered; refused once anything hangs on it."""
    firm = kept if isinstance(kept, Enterprise) else kept.enterprise
    perms.check_keep(by, firm.area)
    check_nothing_hangs(kept)
    what, name = str(kept._meta.verbose_name), str(kept)
    record(EnterpriseEvent.REGISTRATION_TAKEN_BACK, subject=firm, by=by, at=at, what=what, name=name)
    kept.delete()


@transaction.atomic
def take_back_link(link: EnterpriseAccount, *, by: Account, at: datetime) -> None:
    """Let an account speak for its firm no more."""
    check_keep_accounts(by)
    what, name = str(link._meta.verbose_name), link.account.username
    firm = link.enterprise
    record(EnterpriseEvent.REGISTRATION_TAKEN_BACK, subject=firm, by=by, at=at, what=what, name=name)
    link.delete()
