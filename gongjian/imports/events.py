"""Events of the imports room."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class ImportEvent(EventName):
    """What can happen to an imported ledger."""

    TAKEN = "import.taken", _("上传%(kind)s台账%(file)s待确认")
    CHOSEN = "import.chosen", _("核对%(file)s：%(what)s")
    DROPPED = "import.dropped", _("放弃%(file)s，没有写入")
    WRITTEN = (
        "import.written",
        _("从%(file)s导入%(kind)s：新增%(created)s行，修改%(changed)s行，没有写入%(refused)s行"),
    )
    SLIPS = "import.slips", _("打印密码条：%(file)s的%(number)s个账号")
    UNDONE = "import.undone", _("整批撤销从%(file)s的导入：撤销新增%(removed)s项，恢复原值%(restored)s项")
