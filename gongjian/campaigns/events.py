"""Events of the campaigns room."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class CampaignEvent(EventName):
    """What can happen to a campaign."""

    ADDED = "campaign.added", _("新增攻坚行动%(name)s")
    BATTLE_ADDED = "campaign.battle_added", _("新增%(name)s")
