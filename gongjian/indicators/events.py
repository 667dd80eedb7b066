"""Events of indicators, figures and monthly returns."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class IndicatorEvent(EventName):
    """What can happen to an indicator, a figure or a monthly return."""

    ADDED = "indicator.added", _("新增指标%(indicator)s")
    CHANGED = "indicator.changed", _("修改指标%(indicator)s：%(changed)s")
    ENTERED = (
        "figures.entered",
        _("%(via)s：写入 %(written)s 个数据，%(asked)s 个待答复，%(faults)s 处未写入"),
    )
    SHEET_RECEIVED = "figures.sheet_received", _("收到数据表，在后台读入：%(via)s %(file)s")
    SHEET_GIVEN_UP = "figures.sheet_given_up", _("数据表 %(file)s 没有读入：%(why)s")
    RESTATED = (
        "figure.restated",
        _("更正%(indicator)s %(area)s %(month)s %(column)s：%(old)s 改为 %(new)s，理由：%(reason)s"),
    )
    ANSWERED = (
        "figure.answered",
        _("答复%(indicator)s %(area)s %(month)s 的疑问（%(value)s）：%(answer)s %(note)s"),
    )
    HANDED_UP = "return.handed_up", _("上报%(area)s %(month)s %(column)s")
    APPROVED = "return.approved", _("审核%(area)s %(month)s %(column)s，数据锁定")
    SENT_BACK = "return.sent_back", _("退回%(area)s %(month)s %(column)s：%(reason)s")
    SURVEY_OPENED = "survey.opened", _("发起%(quarter)s信心调查，截止 %(until)s，调查 %(asked)s 家企业")
    SURVEY_CLOSED = "survey.closed", _("结束%(quarter)s信心调查：%(asked)s 家企业中 %(answered)s 家作答")
