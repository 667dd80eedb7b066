"""Events of attachments; they stand in the story of the record the file belongs to."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class AttachmentEvent(EventName):
    """A file came, a file was taken away."""

    ATTACHED = "attachment.added", _("附上“%(name)s”（%(size)s）")
    DETACHED = "attachment.removed", _("撤下附件“%(name)s”：%(reason)s")
