"""Why a figure was not taken, and what is odd about one, in sentences that say what to do."""

from django.utils.translation import gettext as _

from gongjian.enterprises.facts.rules import Jump
from gongjian.indicators.figures.services import OUTLIER
from gongjian.indicators.figures.states import Unwritten
from gongjian.indicators.models import FigureQuestion
from gongjian.indicators.reading.cells import Fault, Why
from gongjian.web.indicators.months import month_in_words
from gongjian.web.templatetags.figures import figure


def place_in_words(fault: Fault) -> str:
    """Where a cell stands: 表1 第3行第2列."""
    facts = {"sheet": fault.place.sheet, "row": fault.place.row, "column": fault.place.column}
    if fault.place.sheet:
        return _("%(sheet)s 第%(row)s行第%(column)s列") % facts
    return _("第%(row)s行第%(column)s列") % facts


def why_not_taken(fault: Fault) -> str:
    """Why a cell was not written, and what to do."""
    return {
        Why.NO_NUMBER: _("“%(shown)s”不是数字。请改成数字，没有数据请留空。"),
        Why.NO_VALUE: _("单元格是公式或出错，没有存下结果。请重算保存，或粘贴为数值。"),
        Why.TOO_LARGE: _("“%(shown)s”太大了。请核对数字和计量单位。"),
        Why.WRONG_UNIT: _("“%(shown)s”的单位和指标的计量单位对不上。请换算后再填。"),
        Why.NO_INDICATOR: _("看不出是哪个指标。请在表头写指标名称，或在页面上选指标。"),
        Why.NO_AREA: _("看不出是哪个地区。请写地区名称，或在页面上选地区。"),
        Why.NO_MONTH: _("看不出是哪个月。请在表里写月份，或在页面上选月份。"),
        Why.NO_COLUMN: _("看不出是调度数还是统计数。请在页面上选口径。"),
        Why.SAID_TWICE: _("表头和行里说的不一致。请核对这一格属于哪个地区、指标、月份。"),
        Why.UNKNOWN_NAME: _("不认得“%(shown)s”。请按指标目录和地区名称改正。"),
        Why.NO_HEADINGS: _("没有找到表头。请连同写有地区、指标或月份的表头一起粘贴。"),
        Unwritten.NOT_YOURS: _("不是您地区的数据，由当地攻坚办录入。"),
        Unwritten.DERIVED: _("这是计算指标，由系统算出，不用填。"),
        Unwritten.DISABLED: _("这个指标已停用。"),
        Unwritten.JANUARY: _("这个指标 1-2 月合并，请填在 2 月。"),
        Unwritten.FUTURE: _("这个月还没有到。请核对月份。"),
        Unwritten.HANDED_UP: _("这个月的月报已经上报。请上级退回后再改。"),
        Unwritten.LOCKED: _("这个月的月报已经审核锁定。请到这个数据的页面写明理由更正。"),
        Unwritten.TWICE: _("同一个数据在表里写了两次，数值不同（%(shown)s）。请只留一个。"),
    }[fault.why] % {"shown": fault.shown}  # type: ignore[index]  # both kinds of reasons are texts


def oddness(question: FigureQuestion) -> str:
    """What is odd about a figure, in a sentence."""
    facts = {
        "value": figure(question.value),
        "known": figure(question.known_value),
        "month": month_in_words(question.known_month) if question.known_month else "",
    }
    return {
        Jump.MORE: _("%(value)s 比 %(month)s 的 %(known)s 大了很多倍。"),
        Jump.LESS: _("%(value)s 只有 %(month)s 的 %(known)s 的一小部分。"),
        Jump.UNIT_MORE: _("%(value)s 约为 %(month)s 的 %(known)s 的一万倍，是不是单位填错了？"),
        Jump.UNIT_LESS: _("%(value)s 约为 %(month)s 的 %(known)s 的万分之一，是不是单位填错了？"),
        Jump.SIGN: _("%(value)s 与 %(month)s 的 %(known)s 正负相反。"),
        Jump.FROM_ZERO: _("%(month)s 为 0，这次是 %(value)s。"),
        Jump.TO_ZERO: _("%(month)s 为 %(known)s，这次是 0。没有数据请留空。"),
        OUTLIER: _("第一次填的 %(value)s 与其他地区的中间值 %(known)s 相差悬殊，是不是单位填错了？"),
    }[question.jump] % facts
