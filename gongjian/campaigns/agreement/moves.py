"""A move on a target written down and folded into its state and its amount, by the rules of the engine."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.campaigns.models import Target, TargetMove
from gongjian.campaigns.states import MoveKind, Side, TargetState
from gongjian.engines.cascade import negotiation as engine
from gongjian.engines.cascade.exact import BadCascade
from gongjian.people.models import Account


def standing_of(target: Target) -> engine.Standing:
    """Where all moves of a target have led."""
    return engine.fold([_typed(move) for move in target.moves.select_related("made_by").order_by("pk")])


def _typed(move: TargetMove) -> engine.Move:
    by, at, amount = move.made_by.username, move.made_at, move.amount or Decimal(0)
    match move.kind:
        case MoveKind.PROPOSED:
            return engine.Proposed(amount, by, at)
        case MoveKind.COUNTERED:
            return engine.Countered(amount, move.reason, by, at)
        case MoveKind.AGREED:
            return engine.Agreed(engine.Side(move.side), by, at)
        case MoveKind.SIGNED:
            return engine.Signed(by, at)
        case _:
            return engine.Reopened(move.reason, by, at)


def make_move(
    target: Target,
    kind: MoveKind,
    *,
    side: Side,
    amount: Decimal | None = None,
    reason: str = "",
    by: Account,
    at: datetime,
) -> Target:
    """Make one move on a locked target; raises Refused for one that is not open now. The caller records the event."""
    move = TargetMove(
        target=target, kind=kind, side=side, amount=amount, reason=reason, made_by=by, made_at=at
    )
    try:
        standing = engine.make(standing_of(target), _typed(move))
    except BadCascade as bad:
        raise Refused(_in_words(bad, target)) from bad
    move.save()
    target.state = TargetState(standing.state.value)
    target.value = target.value if standing.in_force is None else standing.in_force
    target.save(update_fields=["state", "value"])
    return target


def _in_words(bad: BadCascade, target: Target) -> str:
    state = target.get_state_display()
    return {
        "not_their_turn": _("现在轮到对方答复。请等对方回复，或改一个数值。"),
        "reason": _("请写理由。"),
        "order": _("有人刚刚动过这个目标。请刷新页面再办。"),
    }.get(bad.code) or _("目标现在是“%(state)s”，不能这样办。请刷新页面。") % {"state": state}
