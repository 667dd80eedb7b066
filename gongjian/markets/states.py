"""Choices of the local market."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Side(TextChoices):
    """Whether a firm makes a thing or buys it (供需)."""

    MAKES = "MAKES", _("生产")
    BUYS = "BUYS", _("采购")


class ProductSource(TextChoices):
    """Where the entry of a product comes from (来源)."""

    PAGE = "PAGE", _("企业资料")
    VISIT = "VISIT", _("走访记录")
    FIRM = "FIRM", _("企业自报")


class IntroductionResult(TextChoices):
    """The result of an introduction (对接结果)."""

    PENDING = "PENDING", _("待对接")
    CONTACTED = "CONTACTED", _("已联系")
    SAMPLED = "SAMPLED", _("已送样")
    ORDERED = "ORDERED", _("已成交")
    NOTHING = "NOTHING", _("未成")
