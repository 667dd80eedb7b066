"""Choices of indicators and figures."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Nature(TextChoices):
    """How months of an indicator hang together (性质)."""

    FLOW = "FLOW", _("流量（逐月相加）")
    STOCK = "STOCK", _("存量（期末数）")
    RATE = "RATE", _("比率（不能相加）")


class Direction(TextChoices):
    """Which way an indicator is better (方向)."""

    MORE = "MORE", _("越高越好")
    LESS = "LESS", _("越低越好")


class Column(TextChoices):
    """Whose figure it is (口径): reported to the office, or accepted by the statistics bureau."""

    REPORTED = "REPORTED", _("调度数")
    OFFICIAL = "OFFICIAL", _("统计数")


class Via(TextChoices):
    """How figures came in (录入方式)."""

    FORM = "FORM", _("页面填报")
    PASTE = "PASTE", _("粘贴表格")
    FILE = "FILE", _("上传文件")


class BatchState(TextChoices):
    """How far a batch of figures is (进展): only a large sheet, worked through beside the requests, is anything but done."""

    READING = "READING", _("读表中")
    WRITING = "WRITING", _("写入中")
    DONE = "DONE", _("已读入")
    FAILED = "FAILED", _("没有读入")


class Answer(TextChoices):
    """What the clerk said of an odd figure (答复)."""

    OPEN = "OPEN", _("待答复")
    KEPT = "KEPT", _("属实，采用")
    DROPPED = "DROPPED", _("有误，不用")


class ReturnState(TextChoices):
    """Where a monthly return stands (月报状态)."""

    OPEN = "OPEN", _("填报中")
    HANDED_UP = "HANDED_UP", _("已上报")
    APPROVED = "APPROVED", _("已审核，锁定")
    SENT_BACK = "SENT_BACK", _("已退回")


class Now(IntegerChoices):
    """How a firm says its business is (经营现状)."""

    GOOD = 1, _("良好")
    SAME = 0, _("一般")
    BAD = -1, _("不佳")


class Expected(IntegerChoices):
    """How a firm expects its business to be next quarter (经营预期)."""

    BETTER = 1, _("好转")
    SAME = 0, _("持平")
    WORSE = -1, _("变差")


class GroupKind(TextChoices):
    """Of which firms a result of the survey is (分组)."""

    ALL = "ALL", _("全部企业")
    SECTOR = "SECTOR", _("行业")
    AREA = "AREA", _("地区")


class Band(TextChoices):
    """Where a confidence index lies (景气区间)."""

    LOW = "LOW", _("不景气")
    MIDDLE = "MIDDLE", _("临界")
    MILD = "MILD", _("相对景气")
    FAIR = "FAIR", _("较为景气")
    HIGH = "HIGH", _("高度景气")
