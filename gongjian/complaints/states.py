"""Choices of complaints."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ComplaintKind(TextChoices):
    """What a complaint is about (投诉类型)."""

    FORMS = "FORMS", _("重复填表报数")
    ASKING = "ASKING", _("多头索要材料")
    FORMALISM = "FORMALISM", _("形式主义、过度留痕")
    HANDLING = "HANDLING", _("办理推诿拖延")
    PRODUCT = "PRODUCT", _("系统不好用")
    OTHER = "OTHER", _("其他意见")


class ComplaintOutcome(TextChoices):
    """The conclusion of an answer (答复结论)."""

    ACCEPTED = "ACCEPTED", _("采纳")
    PARTLY = "PARTLY", _("部分采纳")
    EXPLAINED = "EXPLAINED", _("解释说明")


class ComplaintStatus(TextChoices):
    """The status of a complaint (状态), computed whenever it is read."""

    OPEN = "OPEN", _("待答复")
    LATE = "LATE", _("超期未答复")
    ANSWERED = "ANSWERED", _("已答复")
