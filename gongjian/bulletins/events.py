"""Events of the bulletins room."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class BulletinEvent(EventName):
    """What can happen to a bulletin."""

    MADE = "bulletin.made", _("编制%(kind)s第 %(issue)s 期，%(numbers)s 个数字，数据截至 %(as_of)s")
    ISSUED = "bulletin.issued", _("印发%(kind)s第 %(issue)s 期")
