"""What is known of an area for one item, and the value that is compared, with the guards against a value that was made to look good."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from gongjian.engines.standings.schemes import FULL, Item, Lens, Scheme

FEWEST_MONTHS = 4  # from so many months on one of them can be told from the usual
Entrant = int | str


class Note(StrEnum):
    """What a reader should know of a value."""

    MISSING = "MISSING"
    NO_BASE = "NO_BASE"
    NO_TARGET = "NO_TARGET"
    SMALL = "SMALL"  # too small to be compared
    FIRST_BASE = "FIRST_BASE"  # the base was lowered later: the first one counts
    FIRST_TARGET = "FIRST_TARGET"
    ONE_OFF = "ONE_OFF"  # one month's leap counts like the other months
    CORRECTED = "CORRECTED"  # a figure behind it was corrected


@dataclass(frozen=True)
class Reading:
    """What is known. `now` and `before`: amounts by month, this year and last; of a rate or a stock only the last counts.

    `before_first` and `target_first`: as first stated. `people`: for PER_HEAD. `count`: what stands behind a rate. `error`: the
    standard deviation by which the amount (or rate) is usually corrected. `step`: what a usual month brings, in the same unit.
    """

    now: tuple[Decimal, ...] = ()
    before: tuple[Decimal, ...] = ()
    before_first: tuple[Decimal, ...] = ()
    target: Decimal | None = None
    target_first: Decimal | None = None
    people: Decimal | None = None
    count: Decimal | None = None
    error: Decimal = Decimal(0)
    step: Decimal | None = None
    corrected: bool = False

    @property
    def amount(self) -> Decimal | None:
        """This year so far; None where it is unknown."""
        return sum(self.now, Decimal(0)) if self.now else None


Readings = Mapping[Entrant, Mapping[str, Reading]]


@dataclass(frozen=True)
class Value:
    """What is compared. `shown`: as it is printed; `plain`: as it would be without guards; `slope`: its rise per unit of amount.

    `compared` is `shown` rounded to the digits of the item, of a share the amount itself: who has more has the larger share.
    """

    compared: Decimal | None
    shown: Decimal | None = None
    plain: Decimal | None = None
    slope: Decimal = Decimal(0)
    notes: tuple[Note, ...] = ()

    @property
    def small(self) -> bool:
        """Whether it is too small to be compared."""
        return Note.SMALL in self.notes


def value_of(scheme: Scheme, item: Item, reading: Reading | None, *, whole: Decimal | None = None) -> Value:
    """The value of an area in an item; `whole` is the amount of all areas together, for SHARE."""
    if reading is None or reading.amount is None:
        return Value(None, notes=(Note.MISSING,))
    corrected = (Note.CORRECTED,) if reading.corrected else ()
    if item.lens in {Lens.OUTSIDE, Lens.QUALITY}:
        made = Value(reading.now[-1], reading.now[-1], reading.now[-1], Decimal(1))
    elif item.lens == Lens.SHARE:
        amount = reading.amount
        share = amount / whole * FULL if whole else None
        made = Value(amount, share, share, Decimal(1))
    else:
        made = _of_base(scheme, item, reading, reading.amount)
    small = (Note.SMALL,) if _too_small(item, reading, made) else ()
    compared = made.compared
    if compared is not None and item.lens != Lens.SHARE:
        compared = rounded(compared, item.digits)
    return Value(compared, made.shown, made.plain, made.slope, (*made.notes, *small, *corrected))


def rounded(number: Decimal, digits: int) -> Decimal:
    """The number to so many digits, halves to even as Decimal does."""
    return number.quantize(Decimal(1).scaleb(-digits))


def _of_base(scheme: Scheme, item: Item, reading: Reading, amount: Decimal) -> Value:
    """A value that is an amount beside a base: last year's, the target, the people."""
    lacks = Note.NO_TARGET if item.lens == Lens.COMPLETION else Note.NO_BASE
    base, plain_base, notes = _base(scheme, item, reading)
    if base is None or base <= 0:
        return Value(None, notes=(lacks,))
    if item.lens == Lens.PER_HEAD:
        return Value(amount / base, amount / base, amount / base, 1 / base)
    counted = amount
    if item.lens == Lens.GROWTH and scheme.one_off is not None:
        counted = _without_one_off(reading, scheme.one_off)
        notes = (*notes, Note.ONE_OFF) if counted != amount else notes
    less = FULL if item.lens == Lens.GROWTH else Decimal(0)
    value = counted / base * FULL - less
    plain = amount / plain_base * FULL - less if plain_base else value
    return Value(value, value, plain, FULL / base, notes)


def _base(
    scheme: Scheme, item: Item, reading: Reading
) -> tuple[Decimal | None, Decimal | None, tuple[Note, ...]]:
    """What an amount is measured against, what it would be without the guard, and whether the guard was needed."""
    if item.lens == Lens.PER_HEAD:
        return reading.people, reading.people, ()
    if item.lens == Lens.COMPLETION:
        stated, first, note = reading.target, reading.target_first, Note.FIRST_TARGET
    else:
        before = reading.before if len(reading.before) == len(reading.now) else ()
        stated = sum(before, Decimal(0)) if before else None
        first = sum(reading.before_first, Decimal(0)) if reading.before_first else None
        note = Note.FIRST_BASE
    if scheme.first_base and stated is not None and first is not None and first > stated:
        return first, stated, (note,)
    return stated, stated, ()


def _without_one_off(reading: Reading, times: Decimal) -> Decimal:
    """The amount of the year with the one month that leapt counted as the others grew."""
    now, before = reading.now, reading.before
    if len(now) < FEWEST_MONTHS or len(before) != len(now):
        return sum(now, Decimal(0))
    gains = [this - last for this, last in zip(now, before, strict=True)]
    leap = max(range(len(gains)), key=gains.__getitem__)
    others = [number for number in range(len(gains)) if number != leap]
    usual = median([abs(gains[number]) for number in others])
    if gains[leap] <= 0 or gains[leap] <= times * usual:
        return sum(now, Decimal(0))
    grown = median([now[number] / before[number] for number in others if before[number] > 0] or [Decimal(1)])
    kept = min(now[leap], before[leap] * grown)
    return sum((now[number] for number in others), Decimal(0)) + kept


def _too_small(item: Item, reading: Reading, made: Value) -> bool:
    """Whether what stands behind the value is less than the item asks for; a count that is not known is too small as well."""
    if item.least_base is None or made.compared is None:
        return False
    if item.lens == Lens.GROWTH:
        return sum(reading.before, Decimal(0)) < item.least_base
    return reading.count is None or reading.count < item.least_base
