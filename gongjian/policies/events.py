"""Events of policies, of their versions and of payouts."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class PolicyEvent(EventName):
    """What can happen to a policy."""

    LOADED = "policy.loaded", _("装入政策%(name)s")
    OFFERED = "policy.offered", _("规则库有新文本，列为第%(number)s版待采用")
    ADOPTED = "policy.adopted", _("采用规则库的第%(number)s版，送审签")
    DRAFTED = "policy.drafted", _("起草政策%(name)s第%(number)s版")
    EDITED = "policy.edited", _("修改第%(number)s版")
    PROPOSED = "policy.proposed", _("第%(number)s版送审签")
    TAKEN_BACK = "policy.taken_back", _("撤回第%(number)s版继续修改")
    SIGNED = "policy.signed", _("审签第%(number)s版，%(since)s起施行")
    REFUSED = "policy.refused", _("退回第%(number)s版：%(reason)s")
    RETIRED = "policy.retired", _("停用第%(number)s版：%(reason)s")
    CUT = "policy.cut", _("第%(number)s版施行至%(until)s，由新版接替")
    CEILING_SET = "policy.ceiling_set", _("预算上限定为%(amount)s元")
    CEILING_LIFTED = "policy.ceiling_lifted", _("取消预算上限")
    NOTIFIED = "policy.notified", _("通知%(firms)s家企业：%(title)s")
    ASKED = "policy.asked", _("交办补数据：%(firm)s的%(fact)s")


class PayoutEvent(EventName):
    """What can happen to a payout."""

    APPLIED = "payout.applied", _("%(firm)s申报%(amount)s元")
    LISTED = "payout.listed", _("列入免申即享名单，%(firms)s家，共%(amount)s元")
    IMPORTED = "payout.imported", _("从台账导入：%(firm)s %(policy)s，%(state)s，%(amount)s元")
    IMPORT_TAKEN_BACK = "payout.import_taken_back", _("撤销导入：%(firm)s %(policy)s，%(amount)s元")
    APPROVED = "payout.approved", _("核准%(amount)s元")
    PAID = "payout.paid", _("%(day)s拨付%(amount)s元")
    RETURNED = "payout.returned", _("退回：%(reason)s")
