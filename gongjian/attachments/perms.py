"""Who may take a file away again; who may add one is the business of the record's own room."""

from django.utils.translation import gettext as _

from gongjian.attachments.models import Attachment
from gongjian.audit import Refused, passes
from gongjian.people.models import Account
from gongjian.people.states import Role


def check_detach(account: Account, attachment: Attachment) -> None:
    """Whoever added it, or the office; once."""
    if attachment.removed_at is not None:
        raise Refused(_("这个附件已经撤下。请刷新页面。"))
    if account.pk != attachment.added_by_id and account.role != Role.CLERK:
        raise Refused(_("附件由上传人或攻坚办撤下。请联系他们。"))


can_detach = passes(check_detach)
