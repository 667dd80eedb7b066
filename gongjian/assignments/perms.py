"""Who may make which move, by the table of moves and the account's part in the assignment."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongjian.assignments.models import Assignment, Support
from gongjian.assignments.states import (
    ENDED,
    MOVE,
    MOVES,
    PROXY_LABELS,
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
    if account.role == Role.LEADER and reads(account, assignment.area):
        own.add(Party.LEADER)
    if account.role in OF_UNITS and account.unit_id == assignment.lead_unit_id:
        own.add(Party.HANDLER)  # an office may owe something itself
    return own


OF_UNITS = (Role.HANDLER, Role.CLERK)
UNIT_PARTIES = frozenset({Party.HANDLER, Party.SUPPORTER})


def acts_for_unit(
    account: Account | None, assignment: Assignment, verb: str, support: Unit | None = None
) -> bool:
    """Whether the account would make this move only as the office, for the unit that owes it (代办)."""
    if verb not in PROXY_LABELS:
        return False
    mine = parties(account, assignment) | ({Party.SUPPORTER} if _supports(account, support) else set())
    theirs = UNIT_PARTIES & set((SUPPORT_MOVE.get(verb) or MOVE[verb]).parties)
    return Party.OFFICE in mine and not mine & theirs


def _supports(account: Account | None, unit: Unit | None) -> bool:
    return (
        account is not None and unit is not None and account.role in OF_UNITS and account.unit_id == unit.pk
    )


def proxy_barred(assignment: Assignment, unit: Unit) -> bool:
    """Whether the office may not act for this unit: it has an account of its own and the regime does not allow it."""
    if assignment.regime is not None and assignment.regime.proxy_allowed:
        return False
    return unit.accounts.filter(is_active=True, role__in=OF_UNITS).exists()


def _check_proxy(assignment: Assignment, unit: Unit, label: object) -> None:
    if proxy_barred(assignment, unit):
        raise Refused(
            _(
                "%(unit)s有自己的账号，%(move)s要由它自己做，不能代办。请用“催办”提醒，或在时限制度里写明可以代办。"
            )
            % {"unit": unit, "move": label}
        )


def check_assign(account: Account, area: Area) -> None:
    """Refused unless the account is a clerk or a leader of the area."""
    allowed = account.role == Role.CLERK and writes(account, area)
    if not allowed and not (account.role == Role.LEADER and reads(account, area)):
        raise Refused(_("只有%(area)s攻坚办或带队领导可以交办。请把情况告诉攻坚办。") % {"area": area})


def check_move(account: Account | None, assignment: Assignment, verb: str) -> None:
    """Raises Refused when the state, the party or the bar on acting for the unit does not allow the move."""
    _check_table(account, assignment, verb)
    if acts_for_unit(account, assignment, verb):
        _check_proxy(assignment, assignment.lead_unit, MOVE[verb].label)


can_move = passes(check_move)


def _check_table(account: Account | None, assignment: Assignment, verb: str) -> None:
    move = MOVE[verb]
    if assignment.state not in move.sources:
        raise Refused(
            _("这件事现在是“%(state)s”，不能%(move)s。请刷新页面看最新情况。")
            % {"state": assignment.get_state_display(), "move": move.label}
        )
    if not parties(account, assignment) & set(move.parties):
        who_may: list[Party] = [party for party in move.parties if party != Party.SYSTEM] or [Party.SYSTEM]
        who = _("、").join(str(party.label) for party in who_may)
        raise Refused(_("%(move)s要由%(who)s来做，您的账号不在其中。") % {"move": move.label, "who": who})


_in_table = passes(_check_table)


@dataclass(frozen=True)
class Moves:
    """The moves an account may make now: in its own right, for the unit (代办), and those barred since the unit has an account."""

    own: list[Move]
    proxy: list[Move]
    barred: list[Move]


def moves_for(account: Account, assignment: Assignment) -> list[Move]:
    """The moves this account may make now, in the order of the table."""
    offered = offered_moves(account, assignment)
    return [move for move in MOVES if move in offered.own or move in offered.proxy]


def offered_moves(account: Account, assignment: Assignment) -> Moves:
    """The moves this account may make now, for its buttons."""
    extension_asked = assignment.extension_until is not None
    hidden = {"ask_extension"} if extension_asked else {"grant_extension", "refuse_extension"}
    if assignment.objections:
        hidden.add("object_to")
    hidden.add("recompute_due")
    may = [move for move in MOVES if move.verb not in hidden and _in_table(account, assignment, move.verb)]
    proxy = [move for move in may if acts_for_unit(account, assignment, move.verb)]
    own = [move for move in may if move not in proxy]
    if proxy and proxy_barred(assignment, assignment.lead_unit):
        return Moves(own, [], proxy)
    return Moves(own, proxy, [])


def check_support(account: Account, assignment: Assignment, support: Support, verb: str) -> None:
    """Refused when the state, the party or the bar on acting for a unit does not allow this move of a supporting unit."""
    _check_support_table(account, assignment, support, verb)
    move = SUPPORT_MOVE[verb]
    if acts_for_unit(account, assignment, move.verb, support.unit):
        _check_proxy(assignment, owes(assignment, support, verb), move.label)


def owes(assignment: Assignment, support: Support, verb: str) -> Unit:
    """The unit whose move this is: the supporting unit, or the lead unit that judges its answer."""
    return support.unit if Party.SUPPORTER in SUPPORT_MOVE[verb].parties else assignment.lead_unit


def _check_support_table(account: Account, assignment: Assignment, support: Support, verb: str) -> None:
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
    if _supports(account, support.unit):
        mine.add(Party.SUPPORTER)
    if not mine & set(move.parties):
        who = _("、").join(str(party.label) for party in move.parties)
        raise Refused(_("%(move)s要由%(who)s来做，您的账号不在其中。") % {"move": move.label, "who": who})


can_support = passes(check_support)


_in_support_table = passes(_check_support_table)


@dataclass(frozen=True)
class SupportMoves:
    """The moves an account may make now on one supporting unit: in its own right, and for a unit (代办)."""

    own: list[SupportMove]
    proxy: list[SupportMove]


def support_moves_for(account: Account, assignment: Assignment, support: Support) -> list[SupportMove]:
    """The moves this account may make now on one supporting unit, in the order of the table."""
    offered = offered_support_moves(account, assignment, support)
    return [move for move in SUPPORT_MOVES if move in offered.own or move in offered.proxy]


def offered_support_moves(account: Account, assignment: Assignment, support: Support) -> SupportMoves:
    """The moves this account may make now on one supporting unit, for its buttons."""
    may = [move for move in SUPPORT_MOVES if _in_support_table(account, assignment, support, move.verb)]
    proxy = [move for move in may if acts_for_unit(account, assignment, move.verb, support.unit)]
    barred = {
        unit.pk: proxy_barred(assignment, unit)
        for unit in {owes(assignment, support, move.verb) for move in proxy}
    }
    return SupportMoves(
        own=[move for move in may if move not in proxy],
        proxy=[move for move in proxy if not barred[owes(assignment, support, move.verb).pk]],
    )


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
        raise Refused(_("只有市攻坚办或系统管理员可以维护工作日历、时限制度和督办阶梯。"))


can_keep_calendar = passes(check_calendar)
