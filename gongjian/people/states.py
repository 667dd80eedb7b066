"""The choice lists of the people room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AreaLevel(TextChoices):
    """Level of an area (层级).

    ZONE is a functional unit: a development zone that governs but is no division.
    """

    CITY = "CITY", _("市")
    COUNTY = "COUNTY", _("县（市、区）")
    ZONE = "ZONE", _("开发区")
    TOWNSHIP = "TOWNSHIP", _("乡镇（街道）")


class UnitKind(TextChoices):
    """What a unit is (单位性质)."""

    OFFICE = "OFFICE", _("攻坚办")
    GOVERNMENT = "GOVERNMENT", _("党委政府")
    DEPARTMENT = "DEPARTMENT", _("部门")
    SUPERVISION = "SUPERVISION", _("督查机构")
    OTHER = "OTHER", _("其他单位")


class Role(TextChoices):
    """What an account is for (角色). One account, one role."""

    CLERK = "CLERK", _("攻坚办工作人员")
    LEADER = "LEADER", _("领导")
    HANDLER = "HANDLER", _("承办单位经办人")
    OFFICER = "OFFICER", _("首席服务官")
    ENTERPRISE = "ENTERPRISE", _("企业")
    AUDITOR = "AUDITOR", _("审计监督")
    ADMINISTRATOR = "ADMINISTRATOR", _("系统管理员")
    SYSTEM = "SYSTEM", _("外部系统")


class SystemKind(TextChoices):
    """What an outside system is (系统类型)."""

    HOTLINE = "HOTLINE", _("12345热线")
    SUPERIOR = "SUPERIOR", _("上级平台")
    PLATFORM = "PLATFORM", _("其他平台")


class Guard(TextChoices):
    """What the tries are counted by (限次对象)."""

    WORD_BROWSER = "WORD_BROWSER", _("输入评价码的浏览器")
    WORD_CODE = "WORD_CODE", _("评价码前半段")
    WORD_ADDRESS = "WORD_ADDRESS", _("输入评价码的地址")
    SIGN_IN_ADDRESS = "SIGN_IN_ADDRESS", _("登录失败的地址")
    SIGN_IN_NAME = "SIGN_IN_NAME", _("登录失败的登录名")
    SECOND_FACTOR = "SECOND_FACTOR", _("输入验证码的账号")
    SYSTEM_CALL = "SYSTEM_CALL", _("外部系统调用")
