"""Events of schemes, excuses, published standings and commendations."""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName


class StandingsEvent(EventName):
    """What can happen to a scheme, an excuse, published standings or a commendation."""

    DRAFTED = "scheme.drafted", _("起草评分方案%(scheme)s第%(number)s版")
    EDITED = "scheme.edited", _("修改评分方案%(scheme)s第%(number)s版：%(changed)s")
    PROPOSED = "scheme.proposed", _("评分方案%(scheme)s第%(number)s版送审签")
    SIGNED = "scheme.signed", _("审签评分方案%(scheme)s第%(number)s版，自%(month)s起执行")
    SENT_BACK = "scheme.sent_back", _("退回评分方案%(scheme)s第%(number)s版：%(reason)s")
    EXCUSED = "standings.excused", _("登记%(area)s %(month)s 不可抗力：%(reason)s")
    PUBLISHED = "standings.published", _("发布%(scheme)s %(month)s 排名，%(areas)s 个地区")
    COMMENDATION_DRAFTED = "commendation.drafted", _("起草表彰%(title)s")
    LINE_ADDED = "commendation.line_added", _("表彰%(title)s加入%(line)s：%(merit)s")
    LINE_REMOVED = "commendation.line_removed", _("表彰%(title)s去掉%(line)s")
    OPENED = "commendation.opened", _("表彰%(title)s开始公示，到%(until)s止")
    OBJECTED = "commendation.objected", _("对表彰%(title)s的%(line)s提出异议：%(text)s")
    OBJECTION_ANSWERED = "commendation.answered", _("答复对%(line)s的异议：%(verdict)s，%(answer)s")
    CONFIRMED = "commendation.confirmed", _("确认表彰%(title)s，%(lines)s 个对象")
    DROPPED = "commendation.dropped", _("撤销表彰%(title)s：%(reason)s")
