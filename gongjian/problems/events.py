"""Events of the problem ledger. What happens to an assignment is recorded with the assignment."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class ProblemEvent(EventName):
    """What can happen to a problem."""

    RECORDED = "problem.recorded", _("记录问题：%(text)s")
    IMPORTED = (
        "problem.imported",
        _("从台账导入：%(text)s（收集于%(on)s）"),
        (
            "satisfaction_word",
            _("从台账导入：%(text)s（收集于%(on)s），企业评价%(satisfaction_word)s（%(said_on)s）"),
        ),
    )
    IMPORT_TAKEN_BACK = "problem.import_taken_back", _("撤销导入：%(text)s")
    EDITED = "problem.edited", _("更正问题：%(changed)s")
    WITHDRAWN = "problem.withdrawn", _("收回记录的问题：%(text)s。%(reason)s")
    ANSWERED = "problem.answered", _("现场答复：%(answer)s")
    DECLINED = "problem.declined", _("不予受理：%(reason)s")
    HANDED_OVER = "problem.handed_over", _("开出交办单%(number)s")
    TAKEN_BACK = "problem.taken_back", _("撤销交办，可重新交办")
    CODE_ISSUED = "problem.code_issued", _("发出一次性评价码，%(until)s前有效")
    WORD_GIVEN = "problem.word_given", _("企业评价%(satisfaction)s（%(method)s，%(said_by)s）%(note)s")
    PUSHED = "problem.pushed", _("%(system)s推送，对方编号%(external_number)s")
    PUSHED_AGAIN = "problem.pushed_again", _("%(system)s按对方编号%(external_number)s更新")
    CLOSED = "problem.closed", _("经企业评价，销号")
    CALL_BACKS_DRAWN = (
        "call_backs.drawn",
        _("抽样回访：%(area)s%(first)s至%(last)s销号的%(population)s个中抽%(size)s个，种子%(seed)s"),
    )
    CALLED_BACK = "problem.called_back", _("抽样回访：%(result)s %(note)s")
    BULK_DONE = "bulk.done", _("批量%(verb)s，%(done)s个成功，%(refused)s个未处理")
    BULK_UNDONE = "bulk.undone", _("撤销批量%(verb)s")
    COMMON_CONFIRMED = "common.confirmed", _("确认共性问题，含%(count)s个问题")
    COMMON_DISMISSED = "common.dismissed", _("判定不是共性问题：%(reason)s")
    COMMON_RENAMED = "common.renamed", _("标题改为%(title)s")
    COMMON_JOINED = "common.joined", _("并入%(numbers)s")
    COMMON_SPLIT = "common.split", _("移出%(numbers)s")
    COMMON_MEASURE = "common.measure", _("统一交办给%(unit)s（%(number)s），覆盖%(count)s个问题")
    COMMON_TOLD = "common.told", _("登记已告知%(firms)s家企业")
    COMMON_PARTED = "common.parted", _("%(firm)s不认可，%(numbers)s单独重办（%(number)s）：%(reason)s")
    COMMON_CLOSED = (
        "common.closed",
        _("措施销号：%(total)s家成员企业，%(confirmed)s家认可，%(silent)s家未表态，%(apart)s家单独重办"),
    )
    CLOSED_SILENT = "problem.closed_silent", _("共性措施达到认可比例，随同销号；企业未表态，留在抽样回访范围")
    COMMON_LANDED = "common.landed", _("措施落地，系统内告知%(firms)s家企业：%(result)s")
