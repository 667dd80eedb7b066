"""Who may make which move: the table of moves and the party an account is."""

from django.utils.translation import gettext as _

from gongjian.assignments.models import Assignment
from gongjian.assignments.states import MOVE, MOVES, Move, Party
from gongjian.audit import Refused
from gongjian.people.models import Account, Area
from gongjian.people.queries import reads, writes
from gongjian.people.states import Role


def parties(account: Account | None, assignment: Assignment, *, verb: str = "") -> set[Party]:
    """What the account is to this assignment; None is the system itself."""
    if account is None:
        return {Party.SYSTEM}
    found = set()
    if account.role == Role.CLERK and writes(account, assignment.area):
        found.add(Party.OFFICE)
    elif account.role == Role.CLERK and account.unit_id == assignment.lead_unit_id:
        found.add(Party.HANDLER)  # a lower office that owes something does not check itself
    if account.role == Role.LEADER and reads(account, assignment.area):
        found.add(Party.LEADER)
    if account.role == Role.HANDLER and account.unit_id is not None:
        helps = verb == "report" and assignment.supporting_units.filter(pk=account.unit_id).exists()
        if account.unit_id == assignment.lead_unit_id or helps:
            found.add(Party.HANDLER)
    return found


def check_assign(account: Account, area: Area) -> None:
    """A clerk of the area, or a leader of it, hands over."""
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
    if not parties(account, assignment, verb=verb) & set(move.parties):
        who = "、".join(str(party.label) for party in move.parties if party != Party.SYSTEM)  # data
        raise Refused(_("%(move)s要由%(who)s来做，您的账号不在其中。") % {"move": move.label, "who": who})


def can_move(account: Account | None, assignment: Assignment, verb: str) -> bool:
    """The same rule as a question."""
    try:
        check_move(account, assignment, verb)
    except Refused:
        return False
    return True


def moves_for(account: Account, assignment: Assignment) -> list[Move]:
    """The buttons this account gets."""
    asked = assignment.extension_until is not None
    hidden = {"ask_extension"} if asked else {"grant_extension", "refuse_extension"}
    if assignment.objections:
        hidden.add("object_to")
    hidden.add("recompute_due")
    return [move for move in MOVES if move.verb not in hidden and can_move(account, assignment, move.verb)]


def check_calendar(account: Account) -> None:
    """A clerk of the whole city, or the administrator, keeps the calendar."""
    root = account.role == Role.CLERK and account.writes_area is not None and account.writes_area.depth == 1
    if not root and account.role != Role.ADMINISTRATOR:
        raise Refused(_("只有市攻坚办或系统管理员可以维护工作日历。"))
