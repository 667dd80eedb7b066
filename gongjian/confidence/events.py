"""Events of the confidence room. An answer leaves none: the trail says who did what and when."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class ConfidenceEvent(EventName):
    """What can happen to a survey."""

    OPENED = "confidence.opened", _("开展%(survey)s，调查企业%(asked)s家")
