"""Events of attachments; they appear in the history of the record the file belongs to."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class AttachmentEvent(EventName):
    """What can happen to an attachment: it is added or removed."""

    ATTACHED = "attachment.added", _("附上“%(name)s”（%(size)s）")
    DETACHED = "attachment.removed", _("撤下附件“%(name)s”：%(reason)s")
