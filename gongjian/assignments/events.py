"""Events of an assignment and of the rules it runs under: their names and sentences.

What an assignment's event says is typed in `gongjian/engines/clock/events.py`; its data is enough to replay the assignment.
"""

from django.utils.translation import gettext_lazy as _

from gongjian.audit.events import EventName
from gongjian.engines.clock import events as clock


class AssignmentEvent(EventName):
    """The events of an assignment, each under the name of its kind in the clock."""

    HANDED_OVER = (
        clock.HandedOver.NAME,
        _("交办给%(unit)s，责任人%(person)s，办理时限%(due)s"),
        (
            "person_reason",
            _("交办给%(unit)s，责任人%(person)s（不在该单位任职：%(person_reason)s），办理时限%(due)s"),
        ),
    )
    IMPORTED = (
        clock.Imported.NAME,
        _(
            "从台账导入：%(since)s交办给%(unit)s，责任人%(person)s，办理时限%(due)s，办结%(resolved_on)s，销号%(closed_on)s"
        ),
    )
    ACCEPTED = (
        clock.Accepted.NAME,
        _("%(unit)s签收"),
        ("proxy", _("代%(unit)s签收（代办理由：%(proxy)s）")),
    )
    OBJECTED = (
        clock.Objected.NAME,
        _("%(unit)s提出异议：%(reason)s"),
        ("proxy", _("代%(unit)s提出异议：%(reason)s（代办理由：%(proxy)s）")),
    )
    OVERRULED = clock.Overruled.NAME, _("异议不成立：%(reason)s")
    REASSIGNED = (
        clock.Reassigned.NAME,
        _("改派给%(unit)s，责任人%(person)s：%(reason)s"),
        (
            "person_reason",
            _("改派给%(unit)s，责任人%(person)s（不在该单位任职：%(person_reason)s）：%(reason)s"),
        ),
    )
    TAKEN_OVER = (
        clock.TakenOver.NAME,
        _("由%(unit)s承接，责任人%(person)s：%(reason)s"),
        (
            "person_reason",
            _("由%(unit)s承接，责任人%(person)s（不在该单位任职：%(person_reason)s）：%(reason)s"),
        ),
    )
    PERSON_CHANGED = (
        clock.PersonChanged.NAME,
        _("责任人由%(before)s换为%(person)s：%(reason)s"),
        (
            "person_reason",
            _("责任人由%(before)s换为%(person)s（不在承办单位任职：%(person_reason)s）：%(reason)s"),
        ),
    )
    REPORTED = (
        clock.Reported.NAME,
        _("反馈进展：%(text)s"),
        ("proxy", _("代反馈进展：%(text)s（代办理由：%(proxy)s）")),
    )
    EXTENSION_ASKED = (
        clock.ExtensionAsked.NAME,
        _("申请延期至%(until)s：%(reason)s"),
        ("proxy", _("代申请延期至%(until)s：%(reason)s（代办理由：%(proxy)s）")),
    )
    EXTENSION_GRANTED = clock.ExtensionGranted.NAME, _("批准延期至%(until)s")
    EXTENSION_REFUSED = clock.ExtensionRefused.NAME, _("不予延期：%(reason)s")
    HELD = clock.Held.NAME, _("挂账：%(reason)s")
    RESUMED = clock.Resumed.NAME, _("恢复办理，挂账%(working_days)s个工作日，时限顺延至%(due)s")
    RESOLVED = (
        clock.Resolved.NAME,
        _("办结（%(outcome_word)s）：%(text)s"),
        ("proxy", _("代办结（%(outcome_word)s）：%(text)s（代办理由：%(proxy)s）")),
    )
    CHECK_PASSED = clock.CheckPassed.NAME, _("核查通过（%(answered)s）%(note)s")
    RETURNED = clock.Returned.NAME, _("核查退回：%(reason)s")
    CLOSED = clock.Closed.NAME, _("销号")
    REOPENED = clock.Reopened.NAME, _("重新交办，时限%(due)s：%(reason)s")
    WITHDRAWN = clock.Withdrawn.NAME, _("撤回交办：%(reason)s")
    REMINDED = clock.Reminded.NAME, _("催办 %(text)s")
    REMINDER_WITHDRAWN = clock.ReminderWithdrawn.NAME, _("撤回催办：%(reason)s")
    INSTRUCTED = clock.Instructed.NAME, _("%(leader)s批示：%(text)s（由%(unit)s%(person)s%(due)s前报告）")
    SUPPORT_ACCEPTED = (
        clock.SupportAccepted.NAME,
        _("协办单位%(unit)s签收"),
        ("proxy", _("代协办单位%(unit)s签收（代办理由：%(proxy)s）")),
    )
    SUPPORT_REPLIED = (
        clock.SupportReplied.NAME,
        _("协办单位%(unit)s答复：%(text)s"),
        ("proxy", _("代协办单位%(unit)s答复：%(text)s（代办理由：%(proxy)s）")),
    )
    SUPPORT_RETURNED = (
        clock.SupportReturned.NAME,
        _("退回协办单位%(unit)s，%(until)s前重新答复：%(reason)s"),
        (
            "proxy",
            _("代牵头单位退回协办单位%(unit)s，%(until)s前重新答复：%(reason)s（代办理由：%(proxy)s）"),
        ),
    )
    SUPPORT_ADDED = clock.SupportAdded.NAME, _("增加协办单位%(unit)s，%(until)s前答复")
    SUPPORT_RELEASED = clock.SupportReleased.NAME, _("解除协办单位%(unit)s：%(reason)s")
    ESCALATED = (
        clock.Escalated.NAME,
        _("%(step_word)s：“%(next)s”应于%(due)s前完成，通知%(unit)s"),
        ("person_id", _("%(step_word)s：“%(next)s”应于%(due)s前完成，通知%(unit)s %(to)s")),
    )
    DUE_RECOMPUTED = clock.DueRecomputed.NAME, _("放假安排公布，时限由%(before)s重算为%(due)s")


class PastMatterEvent(EventName):
    """What happens to an imported matter as a record, and not to the matter itself."""

    TAKEN_BACK = "assignment.import_taken_back", _("撤销导入的任务%(number)s")


class RuleEvent(EventName):
    """Events of regimes, of the ladder and of announced years."""

    REGIME_LOADED = "regime.loaded", _("装入时限制度%(name)s")
    LADDER_SET = (
        "ladder.set",
        _("升级阈值：到期前%(before)s个工作日催办，超期%(supervision)s个督办，超期%(interview)s个约谈"),
    )
    SUPERIORS_NAMED = "ladder.named", _("指定%(unit)s的督办领导%(supervision)s、约谈领导%(interview)s")
    REGIME_TAKEN_UP = "regime.taken_up", _("采用时限制度%(name)s，参照%(source)s")
    REGIME_PROPOSED = "regime.proposed", _("提交时限制度修改：%(name)s")
    REGIME_ADOPTED = "regime.adopted", _("启用时限制度%(name)s第%(version)s版")
    REGIME_SHUT = "regime.shut", _("停用时限制度%(name)s")
    REGIME_OPENED = "regime.opened", _("恢复使用时限制度%(name)s")
    YEAR_PROPOSED = "year.proposed", _("提交%(year)s年放假安排：%(document)s")
    YEAR_ADOPTED = "year.adopted", _("启用%(year)s年放假安排，重算%(recomputed)s项时限")
