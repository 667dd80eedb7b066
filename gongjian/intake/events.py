"""Events of the intake room."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class IntakeEvent(EventName):
    """What can happen to a report and its drafts."""

    TAKEN_IN = "article.taken_in", _("录入来稿《%(title)s》，得到 %(drafts)s 条草稿")
    EDITED = "draft.edited", _("修改草稿：%(changed)s")
    CONFIRMED = "draft.confirmed", _("确认草稿，写入台账：%(what)s")
    DROPPED = "draft.dropped", _("舍弃草稿")
    RESTORED = "draft.restored", _("恢复舍弃的草稿")
    PICKED = "draft.picked", _("把“%(name)s”对到名册里的%(what)s")
    REGISTERED = "draft.registered", _("新建“%(name)s”")
    NEW_TAKEN_BACK = "draft.new_taken_back", _("收回新建的%(names)s")
    NEW_KEPT = "draft.new_kept", _("新建的%(names)s已有别处用到，留在名册")
    UNDONE = "draft.undone", _("撤销确认，收回：%(what)s")
