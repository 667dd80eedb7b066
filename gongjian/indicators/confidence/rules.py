"""The confidence index (信心指数), how sure it is, and which groups may be shown. Pure; decimals; thresholds are data.

A firm answers two questions, each good (1), the same (0) or bad (-1): how business is now, how it will be. The index of a
question is (good % - bad %) x 100 + 100, from 0 to 200, 100 between; both together weigh 0.4 and 0.6.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gongjian.indicators.rules import thresholds

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ANSWERS = (1, 0, -1)
CELLS = tuple((now, expected) for now in ANSWERS for expected in ANSWERS)
MIDDLE, TENTH = Decimal(100), Decimal("0.1")
Z = Decimal("1.96")  # 95 %
QUARTERS = 4


def _data() -> dict[str, Any]:
    found: dict[str, Any] = thresholds()["confidence"]
    return found


def least() -> int:
    """How many answers a result needs to be shown."""
    return int(_data()["least"])


def weights() -> tuple[Decimal, Decimal]:
    """What now and what is expected weigh in the index."""
    return Decimal(str(_data()["now"])), Decimal(str(_data()["expected"]))


@dataclass(frozen=True)
class Shares:
    """One question: how many said good, the same, bad, and the index of it; None where nobody answered."""

    good: int
    same: int
    bad: int

    @property
    def index(self) -> Decimal | None:
        """(good % - bad %) x 100 + 100."""
        answered = self.good + self.same + self.bad
        return Decimal(self.good - self.bad) / answered * MIDDLE + MIDDLE if answered else None


@dataclass(frozen=True)
class Tally:
    """How many firms gave each pair of answers (now, expected), of how many that were asked."""

    counts: Mapping[tuple[int, int], int]
    asked: int = 0

    @property
    def answered(self) -> int:
        """How many firms answered."""
        return sum(self.counts.values())

    @property
    def hides_each(self) -> bool:
        """Whether it tells of no single firm what it said: enough answered, and either not all or not all the same."""
        said_alike = any(self.answered in (part.good, part.same, part.bad) for part in map(self.part, (0, 1)))
        return self.answered >= least() and not (said_alike and self.answered >= self.asked)

    def less(self, others: Iterable["Tally"]) -> "Tally":
        """What is left of it without some of its parts."""
        taken = added(others)
        counts = {cell: self.counts.get(cell, 0) - taken.counts[cell] for cell in CELLS}
        return Tally(counts, max(self.asked - taken.asked, sum(counts.values())))

    def part(self, question: int) -> Shares:
        """The answers to one question: 0 is now, 1 is expected."""
        found = [sum(n for cell, n in self.counts.items() if cell[question] == said) for said in ANSWERS]
        return Shares(*found)

    @property
    def index(self) -> Decimal | None:
        """The confidence index; None where nobody answered."""
        now, expected = (self.part(question).index for question in (0, 1))
        if now is None or expected is None:
            return None
        return weights()[0] * now + weights()[1] * expected

    @property
    def rate(self) -> Decimal | None:
        """The share of those asked that answered, in per cent; None where nobody was asked."""
        return Decimal(self.answered) / self.asked * 100 if self.asked else None

    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Between which values the index of all that were asked lies, 95 % sure, were those who answered drawn by lot.

        A Wilson interval of the mean answer. It counts as many answers as a yes-or-no question would need to scatter as
        these do, one best and one worst answer added, so that answers that are all the same prove no certainty; and it
        narrows as the answers come to be of all that were asked: when all have answered, the index is no estimate.
        """
        index, answered = self.index, self.answered
        if index is None:
            return None
        if answered >= self.asked > 0:
            return index, index
        size = self._as_if_yes_or_no()
        if self.asked:
            size *= Decimal(self.asked - 1) / (self.asked - answered)
        share = index / 200
        centre = (share + Z * Z / (2 * size)) / (1 + Z * Z / size)
        half = (share * (1 - share) / size + Z * Z / (4 * size * size)).sqrt() * Z / (1 + Z * Z / size)
        return max(Decimal(0), centre - half) * 200, min(Decimal(1), centre + half) * 200

    def _as_if_yes_or_no(self) -> Decimal:
        """How many yes-or-no answers would leave the mean as unsure as these answers do."""
        now, expected = weights()
        scale = now + expected
        values = [
            ((now * a + expected * b) / scale / 2 + Decimal("0.5"), n) for (a, b), n in self.counts.items()
        ]
        size = self.answered + 2
        mean = (sum((value * n for value, n in values), Decimal(0)) + 1) / size
        scatter = (sum((value * value * n for value, n in values), Decimal(0)) + 1) / size - mean * mean
        return self.answered * mean * (1 - mean) / scatter


def band(index: Decimal) -> str:
    """The word of the band in which an index lies, as `states.Band` has it."""
    if index == MIDDLE:
        return "MIDDLE"
    bands: Mapping[str, Any] = _data()["below"]
    return next(name for name, end in bands.items() if index < Decimal(str(end)) or name == "HIGH")


def tenths(value: Decimal | None) -> Decimal | None:
    """A value as it is shown, with one decimal."""
    return None if value is None else value.quantize(TENTH)


def split_shown(groups: Mapping[str, Tally]) -> tuple[list[str], list[str]]:
    """Which groups are shown, and which are told only together.

    A group with too few answers is not shown, nor one of which every firm answered and all the same, nor those without a name.
    And none may be had by taking what is shown from the whole: as long as those left out are too few together, the smallest
    that would be shown is left out with them.
    """
    order = sorted(groups, key=lambda name: (groups[name].answered, name))
    left_out = [name for name in order if not name or not groups[name].hides_each]
    shown = [name for name in order if name not in left_out]
    while shown and 0 < sum(groups[name].answered for name in left_out) < least():
        left_out.append(shown.pop(0))
    return shown, left_out


def added(tallies: Iterable[Tally]) -> Tally:
    """Several groups as one."""
    tallies = list(tallies)
    counts = {cell: sum(one.counts.get(cell, 0) for one in tallies) for cell in CELLS}
    return Tally(counts, sum(one.asked for one in tallies))


@dataclass(frozen=True)
class Paper:
    """What one firm answered, with the codes of its sector and its area; never the firm."""

    now: int
    expected: int
    sector: bytes
    area: bytes


NONCE, CODE = 12, 8  # bytes


def group_code(kind: str, name: str) -> bytes:
    """A short code of a group, of the same length whatever its name, so that no paper is told by its length."""
    return hashlib.blake2b(f"{kind}|{name}".encode(), digest_size=CODE).digest()


def mark_of(name: str, key: bytes) -> str:
    """A mark of a name that nobody without the key can make, and so nobody can try whose it is."""
    return hashlib.blake2b(name.encode(), key=key, digest_size=32).hexdigest()


def seal_paper(paper: Paper, key: bytes, draw: Callable[[int], bytes]) -> str:
    """A paper sealed by AES-256-GCM: drawn bytes, then what they and the key make of it; no two are alike."""
    plain = bytes((paper.now + 1, paper.expected + 1)) + paper.sector + paper.area
    nonce = draw(NONCE)
    return (nonce + _cipher(key).encrypt(nonce, plain, None)).hex()


def read_paper(text: str, key: bytes) -> Paper | None:
    """The paper; None with another key than it was sealed with, and where a single bit of it was altered."""
    from cryptography.exceptions import InvalidTag

    sealed = bytes.fromhex(text)
    try:
        plain = _cipher(key).decrypt(sealed[:NONCE], sealed[NONCE:], None)
    except (InvalidTag, ValueError):  # ValueError: cut so short that no drawn bytes are left
        return None
    codes = plain[2:]
    return Paper(plain[0] - 1, plain[1] - 1, codes[:CODE], codes[CODE:])


def _cipher(key: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(hashlib.blake2b(key, digest_size=32, person=b"paper").digest())


def quarter_name(day: date) -> str:
    """2026 Q4."""
    return f"{day.year} Q{quarter_of(day)}"


def quarter_of(day: date) -> int:
    """The quarter of a day, 1 to 4."""
    return (day.month - 1) // (12 // QUARTERS) + 1


def first_day(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, (quarter_of(day) - 1) * (12 // QUARTERS) + 1, 1)
