"""Events of complaints. One without a name carries no account."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class ComplaintEvent(EventName):
    """What can happen to a complaint."""

    MADE = "complaint.made", _("收到投诉建议（%(kind)s）：%(text)s")
    REOPENED = "complaint.reopened", _("不同意答复，第%(round)s次办理：%(reason)s")
    DUE_RECOUNTED = "complaint.due_recounted", _("放假安排公布，答复时限由%(before)s重算为%(due)s")
    ANSWERED = "complaint.answered", _("答复投诉建议，%(outcome)s：%(answer)s")
