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
    IMPORTED = "visit.imported", _("从台账导入：%(title)s（%(starts_on)s）")
    FIRM_IMPORTED = "visit.firm_imported", _("从台账导入走访企业%(firm)s：%(result)s")
    IMPORT_TAKEN_BACK = "visit.import_taken_back", _("撤销导入：%(title)s（%(starts_on)s）")
    TAKEN_BACK = "visit.taken_back", _("收回录入：%(title)s（%(starts_on)s）。%(reason)s")
    NOTE_TAKEN_BACK = "visit.note_taken_back", _("收回记录：%(text)s。%(reason)s")
    PLEDGED = "visit.pledged", _("%(who)s表态：%(what)s（任务 %(number)s）")
