"""Events of the bulletins room."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class BulletinEvent(EventName):
    """What can happen to a bulletin."""

    MADE = "bulletin.made", _("编制%(kind)s第 %(issue)s 期，%(numbers)s 个数字，数据截至 %(as_of)s")
    EDITED = "bulletin.edited", _("修改%(kind)s第 %(issue)s 期，存为第 %(version)s 版：%(changed)s")
    RESTORED = "bulletin.restored", _("%(kind)s第 %(issue)s 期恢复到第 %(back_to)s 版，存为第 %(version)s 版")
    SIGNED = "bulletin.signed", _("核签%(kind)s第 %(issue)s 期")
    ISSUED = "bulletin.issued", _("印发%(kind)s第 %(issue)s 期")
    TEMPLATE_TAKEN = "bulletin.template_taken", _("%(kind)s改用本办模板“%(name)s”")
    TEMPLATE_WITHDRAWN = "bulletin.template_withdrawn", _("%(kind)s停用本办模板“%(name)s”，改回内置格式")
