"""A scheme (评分方案): its items, how each gives points, what ties and gaps mean, its lists and its guards. Pure data."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class BadScheme(Exception):
    """A scheme that cannot be used; `why` is a word for it, `item` the key of the item it is about, or empty."""

    def __init__(self, why: str, item: str = "") -> None:
        super().__init__(f"{why} {item}".strip())
        self.why, self.item = why, item


class Lens(StrEnum):
    """From which side an item looks at an area (视角)."""

    GROWTH = "GROWTH"  # this year so far against last year, %
    SHARE = "SHARE"  # of all areas together, %
    PER_HEAD = "PER_HEAD"
    OUTSIDE = "OUTSIDE"  # a place among areas outside, as it was published
    QUALITY = "QUALITY"  # a rate as it is
    COMPLETION = "COMPLETION"  # of the target, %


FIVE_LENSES = (Lens.GROWTH, Lens.SHARE, Lens.PER_HEAD, Lens.OUTSIDE, Lens.QUALITY)


class Method(StrEnum):
    """How an item gives points (计分办法)."""

    LADDER = "LADDER"  # 争先进位: full for the best, a step less for every place after it
    TARGET = "TARGET"  # 目标完成: full or nothing
    PROPORTION = "PROPORTION"  # so much of full as of 100 is reached


class Tie(StrEnum):
    """What follows two that stand equal (并列)."""

    SKIP = "SKIP"  # 1, 1, 3
    KEEP = "KEEP"  # 1, 1, 2


class Missing(StrEnum):
    """What an area without a figure is (缺数据)."""

    UNRANKED = "UNRANKED"  # it has no place, and says what is missing
    NOTHING = "NOTHING"  # no points for the item


class Lists(StrEnum):
    """Which lists a scheme draws up (红黑榜)."""

    NONE = "NONE"
    GUARDED = "GUARDED"  # red: over target and among the first; black: under target and among the last
    COUNTED = "COUNTED"  # red: first in so many items; black: last in so many


FULL = Decimal(100)


@dataclass(frozen=True)
class Item:
    """One line of a scheme. `key` names the indicator; the same indicator may stand in two lenses.

    `less`: less is better. `least_base`: below it an area is too small to be compared here: of GROWTH last year's amount, else the
    count behind the rate. `reach`: on a ladder, points only from this value on, `reach_points` at least (`added`: on top of the
    ladder). `digits`: to how many digits values are compared. `effort`: how hard an office holds a usual month's progress to be.
    """

    key: str
    points: Decimal
    lens: Lens = Lens.QUALITY
    method: Method = Method.LADDER
    less: bool = False
    least_base: Decimal | None = None
    reach: Decimal | None = None
    reach_points: Decimal = Decimal(0)
    added: bool = False
    digits: int = 2
    effort: Decimal = Decimal(1)

    @property
    def name(self) -> tuple[str, Lens]:
        """What tells it from the other items of its scheme."""
        return self.key, self.lens

    @property
    def full(self) -> Decimal:
        """The most points it can give."""
        return self.points + (self.reach_points if self.added else 0)

    @property
    def wanted(self) -> Decimal:
        """The value from which TARGET gives its points and PROPORTION all of them."""
        return FULL if self.reach is None else self.reach


@dataclass(frozen=True)
class Scheme:
    """A scheme: items and what holds for all of them.

    `step`: per cent of full marks a place costs. `first_base`: growth and completion are measured against the base and the target
    as first stated where a later statement is lower. `one_off`: a month whose gain over last year is so many times the usual gain
    of the other months counts as they do. `least_group`: groups in which fewer areas can be compared get no places. `listed`: how many from each end a
    guarded list looks at, or in how many items an area is first or last. `fair`: who met the target or was excused is never black.
    `bonus`: for the first places, where every one of `bonus_needs` (an item, its least value) is met; told beside the total.
    """

    key: str
    items: tuple[Item, ...]
    step: Decimal = Decimal(5)
    tie: Tie = Tie.SKIP
    missing: Missing = Missing.UNRANKED
    least_group: int = 3
    first_base: bool = True
    one_off: Decimal | None = None
    lists: Lists = Lists.NONE
    listed: int = 3
    fair: bool = True
    bonus: tuple[Decimal, ...] = ()
    bonus_needs: tuple[tuple[str, Decimal], ...] = ()
    digits: int = 2

    def __post_init__(self) -> None:
        """Refuse what cannot be scored."""
        if not any(item.points for item in self.items):
            raise BadScheme("no_points")
        names = [item.name for item in self.items]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise BadScheme("twice", twice[0])
        if not 0 <= self.step <= FULL:
            raise BadScheme("step")
        if self.lists == Lists.GUARDED and not any(item.lens == Lens.COMPLETION for item in self.items):
            raise BadScheme("no_target")
        for item in self.items:
            _check(item)

    @property
    def full(self) -> Decimal:
        """The most points an area can have, without a bonus."""
        return sum((item.full for item in self.items), Decimal(0))


def _check(item: Item) -> None:
    if item.points < 0 or item.reach_points < 0 or item.effort <= 0:
        raise BadScheme("points", item.key)
    if item.method == Method.PROPORTION and (item.less or item.wanted <= 0 or item.lens == Lens.SHARE):
        raise BadScheme("proportion", item.key)
    if item.lens == Lens.SHARE and item.method == Method.TARGET:
        raise BadScheme("share", item.key)
