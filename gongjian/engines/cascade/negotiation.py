"""A target is proposed, countered, agreed and signed: typed moves, folded to where it stands (目标协商)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from gongjian.engines.cascade.exact import BadCascade
from gongjian.engines.cascade.tree import Tree


class State(StrEnum):
    """Where the negotiation of one target stands."""

    OPEN = "OPEN"
    PROPOSED = "PROPOSED"
    COUNTERED = "COUNTERED"
    AGREED = "AGREED"
    SIGNED = "SIGNED"


class Side(StrEnum):
    """Who makes a move: the level that sets the target, or the one that will hold it."""

    ABOVE = "ABOVE"
    BELOW = "BELOW"


@dataclass(frozen=True)
class Proposed:
    """The level above names an amount (下达建议数)."""

    amount: Decimal
    by: str
    at: datetime


@dataclass(frozen=True)
class Countered:
    """The level below names another, with its reason (提出调整)."""

    amount: Decimal
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Agreed:
    """One side accepts the other's last amount (达成一致)."""

    side: Side
    by: str
    at: datetime


@dataclass(frozen=True)
class Signed:
    """The letter of responsibility is signed (签订责任书)."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Reopened:
    """A signed or agreed target is opened again with a reason (年中调整); what was agreed stays in force until the next agreement."""

    reason: str
    by: str
    at: datetime


Move = Proposed | Countered | Agreed | Signed | Reopened

# A move -> the states in which it may be made, and the state after it.
MOVES: dict[type[Move], tuple[frozenset[State], State]] = {
    Proposed: (frozenset({State.OPEN, State.PROPOSED, State.COUNTERED}), State.PROPOSED),
    Countered: (frozenset({State.PROPOSED, State.COUNTERED}), State.COUNTERED),
    Agreed: (frozenset({State.PROPOSED, State.COUNTERED}), State.AGREED),
    Signed: (frozenset({State.AGREED}), State.SIGNED),
    Reopened: (frozenset({State.AGREED, State.SIGNED}), State.OPEN),
}


@dataclass(frozen=True)
class Standing:
    """What all moves come to: the last offers, what was agreed, how many amounts were named."""

    state: State = State.OPEN
    proposed: Decimal | None = None
    countered: Decimal | None = None
    agreed: Decimal | None = None
    offers: int = 0
    last_at: datetime | None = None

    @property
    def in_force(self) -> Decimal | None:
        """The amount that counts now: what was agreed last, before that what was proposed; a counter alone changes nothing."""
        return self.proposed if self.agreed is None else self.agreed


def fold(moves: Sequence[Move]) -> Standing:
    """All moves of one target in their order. Raises BadCascade for a move that is not open, out of order, or without its reason."""
    standing = Standing()
    for move in moves:
        standing = make(standing, move)
    return standing


def make(standing: Standing, move: Move) -> Standing:
    """Where a target stands after one more move. Raises BadCascade as `fold`."""
    allowed, after = MOVES[type(move)]
    _check(standing, move, allowed)
    moved = replace(standing, state=after, last_at=move.at)
    match move:
        case Proposed():
            return replace(moved, proposed=move.amount, countered=None, offers=standing.offers + 1)
        case Countered():
            return replace(moved, countered=move.amount, offers=standing.offers + 1)
        case Agreed():
            offer = standing.proposed if standing.state is State.PROPOSED else standing.countered
            return replace(moved, agreed=offer)
        case _:
            return moved


def _check(standing: Standing, move: Move, allowed: frozenset[State]) -> None:
    name = type(move).__name__
    if standing.state not in allowed:
        raise BadCascade("move", move=name, state=standing.state)
    if standing.last_at is not None and move.at < standing.last_at:
        raise BadCascade("order", move=name)
    if isinstance(move, Countered | Reopened) and not move.reason.strip():
        raise BadCascade("reason", move=name)
    if not move.by.strip():
        raise BadCascade("no_owner", area=name)
    if isinstance(move, Proposed | Countered) and not move.amount.is_finite():
        raise BadCascade("not_finite", area=name, amount=move.amount)
    if isinstance(move, Agreed):
        offered_by = Side.ABOVE if standing.state is State.PROPOSED else Side.BELOW
        if move.side is offered_by:
            raise BadCascade("not_their_turn", side=offered_by)


def settle(tree: Tree, moves: Mapping[str, Sequence[Move]]) -> Tree:
    """The tree with the amounts in force for every area that negotiates; what then lacks above is that area's gap, owned by it.

    An area whose moves name no amount yet keeps what it has. Raises BadCascade as `fold`, and for an area that is not in the tree.
    """
    standings = {area: fold(own) for area, own in moves.items()}
    return tree.with_amounts(
        {area: standing.in_force for area, standing in standings.items() if standing.in_force is not None}
    )
