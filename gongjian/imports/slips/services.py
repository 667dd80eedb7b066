"""Issues one-time passwords and makes the sheet of slips of them; the sheet is the only place where they stand."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.audit.services import record
from gongjian.engines.paper import cut_slips
from gongjian.imports.events import ImportEvent
from gongjian.imports.models import ImportBatch
from gongjian.imports.slips.queries import unused, without_slip
from gongjian.people.accounts.services import issue_passwords
from gongjian.people.models import Account


def print_slips(batch: ImportBatch, *, address: str, by: Account, at: datetime) -> bytes:
    """The sheet, as .docx, for the accounts of an import that never had a slip: each is printed once."""
    none = _("这批账号的密码条都已经印过，每个只印一次。没有收到的，到账号页重置，或重印还没登录过的。")
    return _sheet(batch, without_slip(batch), none=none, address=address, by=by, at=at)


def print_slips_again(batch: ImportBatch, *, address: str, by: Account, at: datetime) -> bytes:
    """New passwords, on new slips, for the accounts nobody has signed in with; what was printed before is void."""
    none = _("这批账号都已经登录过，没有要重印的。")
    return _sheet(batch, unused(batch), none=none, address=address, by=by, at=at)


def _sheet(
    batch: ImportBatch, rows: QuerySet[Account], *, none: str, address: str, by: Account, at: datetime
) -> bytes:
    """Issue the passwords, then draw the sheet: whoever writes meanwhile does not wait for the paper."""
    with transaction.atomic():
        waiting = list(rows)
        if not waiting:
            raise Refused(none)
        issued = issue_passwords(waiting, by=by, at=at)
        names = [account.username for account, _password in issued]
        facts = {"file": batch.file_name, "number": len(names), "names": names}
        record(ImportEvent.SLIPS, subject=batch, by=by, at=at, **facts)
    slips = [_slip(account, password, address) for account, password in issued]
    return cut_slips.slips_sheet(slips, title=_("一次性密码条"), on=timezone.localdate(at))


def _slip(account: Account, password: str, address: str) -> "cut_slips.CutSlip":
    link = getattr(account, "speaks_for", None)
    place = link.enterprise.name if link else account.unit.name if account.unit else ""
    lines = [
        (_("单位"), place),
        (_("角色"), str(account.get_role_display())),
        (_("登录地址"), address),
        (_("登录名"), account.username),
    ]
    return cut_slips.CutSlip(
        account.name,
        tuple((label, value) for label, value in lines if value),
        password,
        _("一次性密码，第一次登录后改成自己的。请交给本人，不要转发。"),
    )
