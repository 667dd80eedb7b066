"""Events of the campaigns room."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class CampaignEvent(EventName):
    """What can happen to a campaign, a battle or a target."""

    ADDED = "campaign.added", _("新增攻坚行动%(name)s")
    BATTLE_ADDED = "campaign.battle_added", _("新增%(name)s")
    BATTLE_CHANGED = "campaign.battle_changed", _("修改%(name)s：%(changed)s")
    TARGET_SET = "target.set", _("下达目标：%(target)s %(value)s")
    TARGET_CHANGED = "target.changed", _("目标%(target)s由 %(old)s 改为 %(value)s，理由：%(reason)s")
    TARGET_WITHDRAWN = "target.withdrawn", _("撤销目标%(target)s，理由：%(reason)s")
    TARGET_COUNTERED = "target.countered", _("对目标%(target)s提出异议，建议 %(value)s，理由：%(reason)s")
    TARGET_AGREED = "target.agreed", _("认可目标%(target)s %(value)s")
    TARGET_SIGNED = "target.signed", _("签订责任书：%(target)s %(value)s")
    GAP_TAKEN_OVER = "target.gap_taken_over", _("目标%(target)s的缺口由%(unit)s承担")
    TASK_ASSIGNED = "campaign.task_assigned", _("%(name)s交办%(unit)s任务 %(number)s：%(task)s")
    AREAS_MERGED = (
        "areas.merged",
        _("%(others)s自%(on)s起并入%(area)s：重新确定 %(targets)s 个目标，重算 %(figures)s 个数据"),
    )
    AREA_DIVIDED = (
        "area.divided",
        _("%(area)s自%(on)s起划出%(others)s：重新确定 %(targets)s 个目标，重算 %(figures)s 个数据"),
    )
    BOUNDARIES_TAKEN_BACK = "areas.taken_back", _("撤回区划调整：%(area)s、%(others)s，理由：%(reason)s")
