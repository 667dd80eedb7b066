"""The tree of a target: who holds how much of it, and what each area has not passed on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from gongjian.engines.cascade.exact import BadCascade, add, less
from gongjian.engines.cascade.splitting import by_share


@dataclass(frozen=True)
class Target:
    """What one area holds: `amount` is None until it was told (unknown is not zero), `owner` answers for it.

    `gap_owner` is who took over what the areas below lack; without one it is the owner.
    """

    area: str
    parent: str | None
    owner: str
    amount: Decimal | None = None
    gap_owner: str = ""


@dataclass(frozen=True)
class Gap:
    """What an area's parts lack of its target, and who answers for it; negative when too much was passed on (层层加码).

    `amount` is None while the area itself has no target. `missing` are the parts that have none: their share is in the gap.
    """

    area: str
    amount: Decimal | None
    owner: str
    missing: tuple[str, ...]

    @property
    def is_closed(self) -> bool:
        """Whether everything is passed on, to the last digit."""
        return self.amount == 0 and not self.missing


@dataclass(frozen=True)
class Tree:
    """The targets of a whole and its areas, in the order given. Never changed: each verb gives a new tree, the old one is history.

    Raises BadCascade unless there is one root, every parent is there, no area stands twice or in a circle, and each has an owner.
    """

    targets: tuple[Target, ...]

    def __post_init__(self) -> None:
        """Check what every other function relies on."""
        for target in self.targets:
            _check_target(target)
        seen = set(self.by_area)
        if len(seen) < len(self.targets):
            areas = [target.area for target in self.targets]
            raise BadCascade("twice", area=next(area for area in areas if areas.count(area) > 1))
        roots = [target for target in self.targets if target.parent is None]
        if len(roots) != 1:
            raise BadCascade("root", count=len(roots))
        for target in self.targets:
            if target.parent is not None and target.parent not in seen:
                raise BadCascade("no_parent", area=target.area, parent=target.parent)
        if lost := seen - {target.area for target in self.downward()}:
            raise BadCascade("circle", areas=", ".join(sorted(lost)))

    @cached_property
    def by_area(self) -> dict[str, Target]:
        """Area -> its target."""
        return {target.area: target for target in self.targets}

    @cached_property
    def below(self) -> dict[str, list[Target]]:
        """Area -> the targets of the areas directly below it; areas without any are left out."""
        found: dict[str, list[Target]] = {}
        for target in self.targets:
            if target.parent is not None:
                found.setdefault(target.parent, []).append(target)
        return found

    @property
    def root(self) -> Target:
        """The target of the whole."""
        return next(target for target in self.targets if target.parent is None)

    def __getitem__(self, area: str) -> Target:
        """The target of an area. Raises BadCascade when it is not in the tree."""
        if area not in self.by_area:
            raise BadCascade("unknown", area=area)
        return self.by_area[area]

    def downward(self) -> list[Target]:
        """Every target, a parent before its parts."""
        found = [self.root]
        for target in found:  # the list grows while it is walked
            found.extend(self.below.get(target.area, ()))
        return found

    def above(self, area: str) -> list[str]:
        """The areas above one, the nearest first."""
        chain: list[str] = []
        parent = self[area].parent
        while parent is not None:
            chain.append(parent)
            parent = self[parent].parent
        return chain

    def with_amounts(self, amounts: Mapping[str, Decimal | None]) -> "Tree":
        """The tree with other amounts for the areas named. Raises BadCascade for an area that is not in it."""
        for area in amounts:
            self[area]
        return Tree(
            tuple(replace(target, amount=amounts.get(target.area, target.amount)) for target in self.targets)
        )

    def with_gap_owner(self, area: str, owner: str) -> "Tree":
        """The tree in which somebody took over an area's gap. Raises BadCascade when nobody is named."""
        self[area]
        if not owner.strip():
            raise BadCascade("no_owner", area=area)
        return Tree(
            tuple(
                replace(target, gap_owner=owner) if target.area == area else target for target in self.targets
            )
        )

    def gap(self, area: str) -> Gap:
        """What the areas below one lack of its target. Raises BadCascade when there are none below it."""
        target, parts = self[area], self.below.get(area)
        if not parts:
            raise BadCascade("no_parts", area=area)
        amount = None
        if target.amount is not None:
            amount = less(target.amount, add(part.amount for part in parts if part.amount is not None))
        missing = tuple(part.area for part in parts if part.amount is None)
        return Gap(area, amount, target.gap_owner or target.owner, missing)

    def gaps(self) -> list[Gap]:
        """The gaps that are open, the whole's first."""
        every = (self.gap(target.area) for target in self.downward() if target.area in self.below)
        return [gap for gap in every if not gap.is_closed]


def _check_target(target: Target) -> None:
    if not target.owner.strip():
        raise BadCascade("no_owner", area=target.area)
    if target.amount is not None and not target.amount.is_finite():
        raise BadCascade("not_finite", area=target.area, amount=target.amount)


def cascade(tree: Tree, bases: Mapping[str, Decimal | None], *, unit: Decimal) -> Tree:
    """The whole's target passed down to the last area by share of last year's figures, level by level (逐级分解).

    `bases` maps every area below the root to last year's figure. Raises BadCascade as `by_share`, and when the root has no target.
    """
    if tree.root.amount is None:
        raise BadCascade("missing_base", areas=tree.root.area)
    amounts: dict[str, Decimal] = {tree.root.area: tree.root.amount}
    for target in tree.downward():
        parts = tree.below.get(target.area, ())
        if parts:
            of_parts = {part.area: bases.get(part.area) for part in parts}
            amounts |= by_share(amounts[target.area], of_parts, unit=unit).parts
    return tree.with_amounts(amounts)


def close_gap(
    tree: Tree, area: str, bases: Mapping[str, Decimal | None], *, fixed: Iterable[str] = (), unit: Decimal
) -> Tree:
    """An area's gap spread over its parts by share, those `fixed` (signed already) left as they are.

    Raises BadCascade when a part or the area has no target yet, when every part is fixed, and as `by_share`.
    """
    gap, kept = tree.gap(area), set(fixed)
    if gap.amount is None or gap.missing:
        raise BadCascade("missing_base", areas=", ".join(gap.missing) or area)
    free = {part.area: bases.get(part.area) for part in tree.below[area] if part.area not in kept}
    if not free:
        raise BadCascade("nobody_left", area=area, owner=gap.owner)
    added = by_share(gap.amount, free, unit=unit).parts
    return tree.with_amounts(
        {part: add((tree[part].amount or Decimal(0), more)) for part, more in added.items()}
    )
