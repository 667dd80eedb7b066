"""Choices of the visit book."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VisitKind(TextChoices):
    """A visit to firms, or a kind of meeting (类型)."""

    VISIT = "VISIT", _("走访调研")
    RALLY = "RALLY", _("动员会")
    CADRE = "CADRE", _("三级干部会")
    ECONOMIC = "ECONOMIC", _("经济工作会")
    SEMINAR = "SEMINAR", _("座谈会")
    SECTOR = "SECTOR", _("行业会")
    COORDINATION = "COORDINATION", _("调度会")
    COMMENDATION = "COMMENDATION", _("表彰会")
    SIGNING = "SIGNING", _("签约仪式")
    GROUNDBREAKING = "GROUNDBREAKING", _("开工仪式")
    OTHER = "OTHER", _("其他活动")


RALLIES = (VisitKind.RALLY, VisitKind.CADRE)  # meetings at which an area takes its targets on, and pledges


class VisitState(TextChoices):
    """Whether a visit is planned, done or cancelled (状态)."""

    PLANNED = "PLANNED", _("计划中")
    DONE = "DONE", _("已完成")
    CANCELLED = "CANCELLED", _("已取消")


class DayPart(TextChoices):
    """Part of the day (时段)."""

    ALL_DAY = "", _("全天")
    MORNING = "MORNING", _("上午")
    AFTERNOON = "AFTERNOON", _("下午")
    EVENING = "EVENING", _("晚上")


class StopResult(TextChoices):
    """The result of the visit at one firm (走访结果). Having nothing to report is a full result."""

    OPEN = "", _("待记录")
    PROBLEMS = "PROBLEMS", _("有问题诉求")
    NOTHING = "NOTHING", _("已走访，无问题")
    NOT_FOUND = "NOT_FOUND", _("未找到企业")


class NoteHeading(TextChoices):
    """Headings of a note (记录要点).

    The last three of a visit's nine headings are the problems and their hand-over.
    """

    PLANNING = "PLANNING", _("规划布局")
    BUILDING = "BUILDING", _("建设周期")
    EQUIPMENT = "EQUIPMENT", _("装备水平")
    MARKET = "MARKET", _("市场行情")
    PRODUCTION = "PRODUCTION", _("生产经营")
    PRODUCT = "PRODUCT", _("产品性能")
    DIFFICULTY = "DIFFICULTY", _("困难问题")
    ON_THE_SPOT = "ON_THE_SPOT", _("现场交办")
    TIME_LIMIT = "TIME_LIMIT", _("解决时限")
    STATEMENT = "STATEMENT", _("讲话要求")
    HONOUR = "HONOUR", _("表彰情况")
    OTHER = "OTHER", _("其他")


NINE = (
    NoteHeading.PLANNING,
    NoteHeading.BUILDING,
    NoteHeading.EQUIPMENT,
    NoteHeading.MARKET,
    NoteHeading.PRODUCTION,
    NoteHeading.PRODUCT,
    NoteHeading.DIFFICULTY,
    NoteHeading.ON_THE_SPOT,
    NoteHeading.TIME_LIMIT,
)
WRITTEN = NINE[:6]  # written as text; under the other three, problems are recorded one by one
