"""Events of superiors' templates."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class TemplateEvent(EventName):
    """What can happen to a superior's template."""

    KEPT = "template.kept", _("记住上级表样%(file)s的对应关系（%(ledger)s）")
    CHANGED = "template.changed", _("改了上级表样%(file)s的对应关系")
    FORGOTTEN = "template.forgotten", _("不再用上级表样%(file)s")
