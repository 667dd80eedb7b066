"""Choices of the problem ledger."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProblemKind(TextChoices):
    """What kind of thing the firm said (类型)."""

    DIFFICULTY = "DIFFICULTY", _("问题")
    WISH = "WISH", _("诉求")
    SUGGESTION = "SUGGESTION", _("建议")


class Category(TextChoices):
    """Subject of a problem (问题类别), as the problem ledgers of the province name them.

    UNFILED (待归类): nobody has said which; a doubt to be answered, never counted under "other".
    """

    FINANCE = "FINANCE", _("融资")
    LABOUR = "LABOUR", _("用工")
    LAND = "LAND", _("用地")
    APPROVAL = "APPROVAL", _("审批")
    ENVIRONMENT = "ENVIRONMENT", _("环保")
    MARKET = "MARKET", _("市场")
    LOGISTICS = "LOGISTICS", _("物流")
    UTILITIES = "UTILITIES", _("水电气")
    POLICY = "POLICY", _("政策")
    LEGACY = "LEGACY", _("历史遗留")
    OTHER = "OTHER", _("其他")
    UNFILED = "UNFILED", _("待归类")


FILED = [choice for choice in Category.choices if choice[0] != Category.UNFILED]  # what a person may choose


class Channel(TextChoices):
    """How a problem came to the office (收集渠道)."""

    VISIT = "VISIT", _("走访")
    SEMINAR = "SEMINAR", _("座谈")
    PLATFORM = "PLATFORM", _("平台")
    HOTLINE = "HOTLINE", _("12345热线")
    SUPERIOR = "SUPERIOR", _("上级交办")
    FIRM = "FIRM", _("企业自报")


class Origin(TextChoices):
    """The level of government a problem belongs to (问题层级)."""

    PROVINCE = "PROVINCE", _("省级")
    CITY = "CITY", _("市级")
    COUNTY = "COUNTY", _("县级")
    TOWNSHIP = "TOWNSHIP", _("乡级")


class WordMethod(TextChoices):
    """How the firm gave its word (评价方式)."""

    SIGNED_SLIP = "SIGNED_SLIP", _("签字交办单")
    CODE = "CODE", _("一次性评价码")
    CALL_BACK = "CALL_BACK", _("电话回访")
    ACCOUNT = "ACCOUNT", _("企业账号")


class Satisfaction(TextChoices):
    """How satisfied the firm is with the result (满意度)."""

    SATISFIED = "SATISFIED", _("满意")
    BASICALLY = "BASICALLY", _("基本满意")
    DISSATISFIED = "DISSATISFIED", _("不满意")


class CommonState(TextChoices):
    """The state of a common problem (共性问题状态)."""

    CONFIRMED = "CONFIRMED", _("已确认")
    MEASURE = "MEASURE", _("措施办理中")
    LANDED = "LANDED", _("措施已落地")
    DISMISSED = "DISMISSED", _("不是共性问题")


class Consent(TextChoices):
    """What a member firm says of a common measure (成员企业表态).

    APART: it was dissatisfied, its problem is handled on its own.
    """

    CONFIRMED = "CONFIRMED", _("已认可")
    SILENT = "SILENT", _("未表态")
    APART = "APART", _("不认可，单独重办")
    OBJECTING = "OBJECTING", _("不认可")


class CallBackResult(TextChoices):
    """Whether a call reached the firm (回访结果)."""

    REACHED = "REACHED", _("已接通")
    NOT_REACHED = "NOT_REACHED", _("未接通")
