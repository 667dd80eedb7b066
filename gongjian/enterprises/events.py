"""Events of the enterprises room."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class EnterpriseEvent(EventName):
    """What can happen to a firm."""

    REGISTERED = "enterprise.registered", _("登记企业%(name)s")
    TAKEN_BACK = "enterprise.taken_back", _("收回登记的企业%(name)s。%(reason)s")
    CHANGED = "enterprise.changed", _("修改企业信息：%(changed)s")
    CONTACT_ADDED = "enterprise.contact_added", _("新增联系人%(name)s")
    PAIRED = "enterprise.paired", _("%(kind)s：%(person)s")
    PAIRING_ENDED = "enterprise.pairing_ended", _("结束%(kind)s：%(person)s")
    FACT_RECORDED = "enterprise.fact_recorded", _("%(key)s %(period)s：%(value)s%(unit)s（%(source)s）")
    FACT_CORRECTED = (
        "enterprise.fact_corrected",
        _("%(key)s %(period)s由%(before)s更正为%(value)s%(unit)s（%(source)s）"),
    )
    FACTS_IMPORTED = "enterprise.facts_imported", _("批量录入企业数据%(rows)s条（%(source)s）")
    BATCH_TAKEN = "enterprise.batch_taken", _("上传%(file)s待确认（%(source)s）")
    BATCH_DROPPED = "enterprise.batch_dropped", _("放弃%(file)s，没有写入")
    BATCH_WRITTEN = (
        "enterprise.batch_written",
        _("从%(file)s写入企业数据：新增%(new)s条，更正%(corrected)s条（%(source)s）"),
    )
    BATCH_UNDONE = (
        "enterprise.batch_undone",
        _("撤销从%(file)s导入的数据：删除%(removed)s条，恢复%(restored)s条，保留后来改过的%(kept)s条"),
    )
    CHOICE_WITHDRAWN = "enterprise.choice_withdrawn", _("%(key)s %(period)s不再指定采用%(source)s")
    SOURCE_CHOSEN = "enterprise.source_chosen", _("%(key)s %(period)s采用%(source)s的%(value)s：%(reason)s")
    QUALIFIED = "enterprise.qualified", _("取得%(name)s")
    MERGED = "enterprise.merged", _("并入重复企业%(name)s，移来%(moved)s条记录")
    MERGED_AWAY = "enterprise.merged_away", _("并入%(name)s")
    ACCOUNT_LINKED = "enterprise.account_linked", _("开通企业账号%(username)s")
    ASKED = "enterprise.asked", _("向企业问数：%(what)s %(period)s（再问的理由：%(reason)s）")
