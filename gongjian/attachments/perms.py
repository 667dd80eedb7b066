"""Who may remove an attachment; who may add one is decided by the room of the record."""

from django.utils.translation import gettext as _

from gongjian.attachments.models import Attachment
from gongjian.audit import Refused, passes
from gongjian.people.models import Account, Area
from gongjian.people.queries import writes
from gongjian.people.states import Role


def check_detach(account: Account, attachment: Attachment, area: Area) -> None:
    """Raise Refused unless the account added the file or is a clerk of the record's area, and the file is not yet removed."""
    if attachment.removed_at is not None:
        raise Refused(_("这个附件已经撤下。请刷新页面。"))
    clerk = account.role == Role.CLERK and writes(account, area)
    if account.pk != attachment.added_by_id and not clerk:
        raise Refused(_("附件由上传人或攻坚办撤下。请联系他们。"))


can_detach = passes(check_detach)
