"""Events of the visit book."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class VisitEvent(EventName):
    """What can happen to an entry of the visit book."""

    PLANNED = "visit.planned", _("列入计划：%(title)s（%(starts_on)s）")
    CHANGED = "visit.changed", _("更正：%(changed)s")
    STOP_ADDED = "visit.stop_added", _("添加企业%(firm)s")
    NOTED = "visit.noted", _("记录%(heading)s：%(text)s")
    STOP_RECORDED = "visit.stop_recorded", _("%(firm)s：%(result)s")
    FINISHED = "visit.finished", _("走访完成，企业%(firms)s家")
    CANCELLED = "visit.cancelled", _("取消：%(reason)s")
    TAKEN_BACK = "visit.taken_back", _("收回录入：%(title)s（%(starts_on)s）。%(reason)s")
    NOTE_TAKEN_BACK = "visit.note_taken_back", _("收回记录：%(text)s。%(reason)s")
