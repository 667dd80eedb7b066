"""Who may make which move, by the table of moves and the account's part in the assignment."""

from django.utils.translation import gettext as _

from gongjian.assignments.models import Assignment, Support
from gongjian.assignments.states import (
    ENDED,
    MOVE,
    MOVES,
    RUNNING,
    SUPPORT_MOVE,
    SUPPORT_MOVES,
    Move,
    Party,
    SupportMove,
)
from gongjian.audit import Refused, passes
from gongjian.people.models import Account, Area, Unit
from gongjian.people.queries import reads, writes
from gongjian.people.states import Role


def parties(account: Account | None, assignment: Assignment) -> set[Party]:
    """The parties this account is to the assignment; None stands for the system itself."""
    if account is None:
        return {Party.SYSTEM}
    own = set()
    if account.role == Role.CLERK and writes(account, assignment.area):
        own.add(Party.OFFICE)
    elif account.role == Role.CLERK and account.unit_id == assignment.lead_unit_id:
        own.add(Party.HANDLER)  # a lower office that owes something does not check itself
    if account.role == Role.LEADER and reads(account, assignment.area):
        own.add(Party.LEADER)
    if account.role == Role.HANDLER and account.unit_id == assignment.lead_unit_id:
        own.add(Party.HANDLER)
    return own


def check_assign(account: Account, area: Area) -> None:
    """Refused unless the account is a clerk or a leader of the area."""
    allowed = account.role == Role.CLERK and writes(account, area)
    if not allowed and not (account.role == Role.LEADER and reads(account, area)):
        raise Refused(_("只有%(area)s攻坚办或带队领导可以交办。请把情况告诉攻坚办。") % {"area": area})


def check_move(account: Account | None, assignment: Assignment, verb: str) -> None:
    """Raises Refused when the state or the party does not allow the move."""
    move = MOVE[verb]
    if assignment.state not in move.sources:
        raise Refused(
            _("这件事现在是“%(state)s”，不能%(move)s。请刷新页面看最新情况。")
            % {"state": assignment.get_state_display(), "move": move.label}
        )
    if not parties(account, assignment) & set(move.parties):
        who_may: list[Party] = [party for party in move.parties if party != Party.SYSTEM] or [Party.SYSTEM]
        who = "、".join(str(party.label) for party in who_may)
        raise Refused(_("%(move)s要由%(who)s来做，您的账号不在其中。") % {"move": move.label, "who": who})


can_move = passes(check_move)


def moves_for(account: Account, assignment: Assignment) -> list[Move]:
    """The moves this account may make now, for its buttons."""
    extension_asked = assignment.extension_until is not None
    hidden = {"ask_extension"} if extension_asked else {"grant_extension", "refuse_extension"}
    if assignment.objections:
        hidden.add("object_to")
    hidden.add("recompute_due")
    return [move for move in MOVES if move.verb not in hidden and can_move(account, assignment, move.verb)]


def check_support(account: Account, assignment: Assignment, support: Support, verb: str) -> None:
    """Refused when the state or the party does not allow this move of one supporting unit."""
    move = SUPPORT_MOVE[verb]
    if assignment.state not in RUNNING:
        raise Refused(
            _("这件事现在是“%(state)s”，协办环节已停。请刷新页面看最新情况。")
            % {"state": assignment.get_state_display()}
        )
    if support.state not in move.sources:
        raise Refused(
            _("%(unit)s现在是“%(state)s”，不能%(move)s。请刷新页面看最新情况。")
            % {"unit": support.unit, "state": support.get_state_display(), "move": move.label}
        )
    mine = parties(account, assignment)
    if account.unit_id == support.unit_id and account.role in (Role.HANDLER, Role.CLERK):
        mine.add(Party.SUPPORTER)
    if not mine & set(move.parties):
        who = "、".join(str(party.label) for party in move.parties)
        raise Refused(_("%(move)s要由%(who)s来做，您的账号不在其中。") % {"move": move.label, "who": who})


can_support = passes(check_support)


def support_moves_for(account: Account, assignment: Assignment, support: Support) -> list[SupportMove]:
    """The moves this account may make now on one supporting unit, for its buttons."""
    return [move for move in SUPPORT_MOVES if can_support(account, assignment, support, move.verb)]


def check_add_support(account: Account, assignment: Assignment) -> None:
    """Refused unless the account is of the office and the assignment is still running."""
    if assignment.state not in RUNNING:
        raise Refused(_("只有还在办理的事项可以增加协办单位。"))
    if Party.OFFICE not in parties(account, assignment):
        raise Refused(_("增加协办单位要由攻坚办来做。请把情况告诉攻坚办。"))


can_add_support = passes(check_add_support)


def check_attach(account: Account, assignment: Assignment) -> None:
    """Refused if the assignment has ended or the account (office, leader, unit) does not work on it."""
    if assignment.state in ENDED:
        raise Refused(_("这件事已经了结，不能再加附件。"))
    helps = account.role == Role.HANDLER and assignment.supports.filter(unit=account.unit_id).exists()
    if not helps and not parties(account, assignment):
        raise Refused(_("附件由攻坚办、领导、承办和协办单位添加。"))


can_attach = passes(check_attach)


def check_remind(account: Account, assignment: Assignment) -> None:
    """Refused unless the account may remind; a reminder may be taken back whatever has happened since."""
    if not parties(account, assignment) & set(MOVE["remind"].parties):
        raise Refused(_("催办要由攻坚办或领导来做，您的账号不在其中。"))


def check_instruct(account: Account, area: Area) -> None:
    """Refused unless the account is a leader who reads the area."""
    if account.role != Role.LEADER or not reads(account, area):
        raise Refused(_("批示由分管该地区的领导作出。攻坚办请用“交办”或“催办”。"))


def check_name_superior(account: Account, unit: Unit) -> None:
    """Refused unless the account is a clerk of the unit's area or the administrator."""
    clerk = account.role == Role.CLERK and writes(account, unit.area)
    if not clerk and account.role != Role.ADMINISTRATOR:
        raise Refused(_("只有%(area)s攻坚办或系统管理员可以指定督办领导。") % {"area": unit.area})


def check_calendar(account: Account) -> None:
    """Refused unless the account is a clerk of the whole city or the administrator."""
    root = account.role == Role.CLERK and account.writes_area is not None and account.writes_area.depth == 1
    if not root and account.role != Role.ADMINISTRATOR:
        raise Refused(_("只有市攻坚办或系统管理员可以维护工作日历。"))


can_keep_calendar = passes(check_calendar)
