"""Who may answer and reopen a complaint."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.complaints.models import Complaint
from gongjian.complaints.queries import ANSWERERS
from gongjian.people.models import Account
from gongjian.people.queries import reads
from gongjian.people.states import Role


def check_answer(account: Account, complaint: Complaint) -> None:
    """Raise Refused unless the account is a clerk or auditor of the area and the complaint is unanswered.

    Whoever made the complaint, belongs to its unit or answered it before may not answer it.
    """
    if complaint.answered_on is not None:
        raise Refused(_("这条投诉建议已经答复。投诉人不同意可以写明理由重开。"))
    if account.role not in ANSWERERS or not reads(account, complaint.area):
        raise Refused(_("投诉建议由攻坚办或审计监督人员答复。"))
    if complaint.made_by_id == account.pk:
        raise Refused(_("自己提的投诉建议要由别人答复。"))
    if complaint.about_unit_id is not None and complaint.about_unit_id == account.unit_id:
        raise Refused(_("被投诉单位不能自己答复。请由审计监督人员答复。"))
    if complaint.earlier.filter(answered_by=account).exists():
        raise Refused(_("上一次是您答复的，投诉人不同意。请由别人答复。"))


def check_reopen(account: Account | None, complaint: Complaint) -> None:
    """The complainant (None: whoever holds the receipt code) or an auditor of the area reopens an answered complaint."""
    if complaint.answered_on is None:
        raise Refused(_("还没有答复，不用重开。"))
    watches = account is not None and account.role == Role.AUDITOR and reads(account, complaint.area)
    if account is not None and complaint.made_by_id != account.pk and not watches:
        raise Refused(_("只有投诉人和审计监督人员可以重开。匿名的请用查询码。"))


can_reopen = passes(check_reopen)


can_answer = passes(check_answer)
