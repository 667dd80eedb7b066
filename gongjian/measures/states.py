"""Choices of measures: what is counted, and of which days."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Counts(TextChoices):
    """The unit of count (计数单位): the record of which one row is one in the number."""

    PROBLEMS = "PROBLEMS", _("问题（个）")
    TASKS = "TASKS", _("任务（件）")
    COPIES = "COPIES", _("抄送任务（件）")
    SUPPORTS = "SUPPORTS", _("协办（件）")
    VISITS = "VISITS", _("走访和会议（次）")
    STOPS = "STOPS", _("走访企业（家次）")
    FIRMS = "FIRMS", _("企业（家）")
    DRAFTS = "DRAFTS", _("草稿（条）")
    COMPLAINTS = "COMPLAINTS", _("投诉建议（件）")
    NOTICES = "NOTICES", _("通知（条）")
    CALLS = "CALLS", _("抽样回访（次）")
    PAYOUTS = "PAYOUTS", _("兑现（笔）")
    INTRODUCTIONS = "INTRODUCTIONS", _("引荐（条）")
    ASKINGS = "ASKINGS", _("问询（次）")


class Days(TextChoices):
    """Which days a measure is about (时间范围)."""

    NOW = "NOW", _("当前：按打开那天的情况")
    PERIOD = "PERIOD", _("期间：两个日期之间发生的")
    BATCH = "BATCH", _("批次：两个日期之间交办的，按当前情况")
