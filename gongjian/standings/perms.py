"""Who may write a scheme, sign it, excuse an area and publish standings."""

from django.utils.translation import gettext as _

from gongjian.audit import Refused, passes
from gongjian.people.models import Account, Area
from gongjian.people.queries import reads, writes
from gongjian.people.states import Role
from gongjian.standings.models import SchemeVersion
from gongjian.standings.states import VERSION_STEP, VERSION_STEPS, Step, VersionState


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
