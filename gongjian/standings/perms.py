"""Who may write a scheme, sign it, excuse an area and publish standings."""

from datetime import date

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.people.models import Account, Area
from gongjian.people.queries import reads, writes
from gongjian.people.states import Role
from gongjian.standings.models import Commendation, SchemeVersion
from gongjian.standings.states import (
    COMMENDATION_STEP,
    VERSION_STEP,
    VERSION_STEPS,
    CommendationState,
    Step,
    VersionState,
)


def check_keep(account: Account | None, area: Area) -> None:
    """Refuse unless the account is a clerk who writes for the whole area; None means the system itself, which may."""
    if account is not None and not (account.role == Role.CLERK and writes(account, area)):
        raise Refused(_("%(area)s的排名由当地攻坚办负责。请联系他们。") % {"area": area})


can_keep = passes(check_keep)


def signs(account: Account, area: Area) -> bool:
    """Whether the account may sign for an area at all: its clerks and its leaders."""
    if account.role == Role.LEADER:
        return reads(account, area)
    return account.role == Role.CLERK and writes(account, area)


def check_edit(account: Account, version: SchemeVersion) -> None:
    """Refuse unless the version is a draft the account may keep."""
    check_keep(account, version.scheme.area)
    if version.state != VersionState.DRAFT:
        raise Refused(
            _("第%(number)s版已经送审，不能再改。请退回后修改，或另起一版。") % {"number": version.number}
        )


can_edit = passes(check_edit)


def check_step(account: Account, version: SchemeVersion, verb: str) -> None:
    """Refuse unless the state allows the step; who signs or sends back is not who wrote it."""
    step, area = VERSION_STEP[verb], version.scheme.area
    if version.state not in step.sources:
        raise Refused(
            _("第%(number)s版现在是“%(state)s”，不能%(step)s。请刷新页面看最新情况。")
            % {"number": version.number, "state": version.get_state_display(), "step": step.label}
        )
    if not step.second_person:
        check_keep(account, area)
        return
    if not signs(account, area):
        raise Refused(_("%(step)s由%(area)s攻坚办或领导来做。") % {"step": step.label, "area": area})
    if version.written_by_id == account.pk:
        raise Refused(_("起草和审签要由两个人来做。请另一位同志来%(step)s。") % {"step": step.label})


can_step = passes(check_step)


def steps_for(account: Account, version: SchemeVersion) -> list[Step]:
    """The steps this account may take with the version, for its buttons."""
    return [step for step in VERSION_STEPS if can_step(account, version, step.verb)]


def check_commendation(account: Account, row: Commendation, verb: str) -> None:
    """Refuse unless the state allows the step and the account may take it; who confirms is not who drafted."""
    step = COMMENDATION_STEP[verb]
    if row.state not in step.sources:
        raise Refused(
            _("这份表彰现在是“%(state)s”，不能%(step)s。请刷新页面看最新情况。")
            % {"state": row.get_state_display(), "step": step.label}
        )
    if not step.second_person:
        check_keep(account, row.area)
    elif not signs(account, row.area):
        raise Refused(_("%(step)s由%(area)s攻坚办或领导来做。") % {"step": step.label, "area": row.area})
    elif row.written_by_id == account.pk:
        raise Refused(_("起草和确认要由两个人来做。请另一位同志来确认。"))


can_commendation = passes(check_commendation)


def check_draft(account: Account, row: Commendation) -> None:
    """Refuse unless the list is a draft the account may keep."""
    check_keep(account, row.area)
    if row.state != CommendationState.DRAFT:
        raise Refused(_("名单已经公示，不能再加减。有异议请走异议答复。"))


can_draft = passes(check_draft)


def check_object(row: Commendation, *, today: date) -> None:
    """Refuse outside the days of objection."""
    until = row.objections_until
    if row.state != CommendationState.OPEN or until is None or today > until:
        raise Refused(_("不在公示期，不能提异议。"))


can_object = passes(check_object)
