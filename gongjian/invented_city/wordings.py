"""How invented firms put their matters into words: hand-written wordings, gaps filled from data, speech and slips of the pen.

Knows no Django, so that the bench can make texts with known wordings.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

SAID = Path(__file__).resolve().parent / "wordings"
FIGURES = (30, 60, 80, 120, 200, 300, 500, 800, 1200)
DAYS = (7, 10, 15, 20, 30, 45, 60, 90)
LATER_FROM = 0.8  # share of the time after which new wordings come up
LATER_SHARE = 0.3  # share of the new wordings among all from then on
OPENING, ENDING, TYPO, DROPPED, TWO_IN_ONE = 0.22, 0.22, 0.16, 0.1, 0.08


@dataclass(frozen=True)
class Matter:
    """One thing firms complain of: who answers, what is asked for, and the ways of putting it."""

    key: str
    category: str
    unit: str
    task: str
    kind: str
    figures: tuple[int, ...]
    texts: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A matter as one firm put it; `wording` is the hand-written sentence behind it."""

    matter: Matter
    wording: str
    text: str


@cache
def matters() -> tuple[Matter, ...]:
    """All matters of the data files, in a fixed order."""
    found = []
    for path in sorted(SAID.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for n, entry in enumerate(data.get("matter", ())):
            found.append(_matter(f"{path.stem}-{n + 1}", data["category"], entry))
    return tuple(found)


def _matter(key: str, category: str, entry: dict[str, Any]) -> Matter:
    return Matter(
        key=key,
        category=category,
        unit=entry["unit"],
        task=entry["task"],
        kind=entry.get("kind", "DIFFICULTY"),
        figures=tuple(entry.get("a", FIGURES)),
        texts=tuple(entry["text"]),
        later=tuple(entry.get("later", ())),
    )


@cache
def slots() -> dict[str, Any]:
    """What fills the gaps."""
    return tomllib.loads((SAID / "slots.toml").read_text(encoding="utf-8"))


def say(dice: Random, *, progress: float, product: str) -> Said:
    """What some firm says at some time (`progress` from 0 to 1 through the whole time)."""
    matter = dice.choice(matters())
    new = matter.later and progress >= LATER_FROM and dice.random() < LATER_SHARE
    wording = dice.choice(matter.later if new else matter.texts)
    text = fill(dice, matter, wording, product)
    if dice.random() < TWO_IN_ONE:
        other = dice.choice(matters())
        text += dice.choice(slots()["also"]) + fill(dice, other, dice.choice(other.texts), product)
    return Said(matter, wording, spoil(dice, text))


def fill(dice: Random, matter: Matter, wording: str, product: str) -> str:
    """A wording with its gaps filled."""
    names = {
        name: dice.choice(slots()[name]) for name in ("bank", "road", "machine", "part", "skill", "month")
    }
    return wording.format(a=dice.choice(matter.figures), b=dice.choice(DAYS), product=product, **names)


def spoil(dice: Random, text: str) -> str:
    """As it reaches the ledger: openings, endings, slips, a character lost."""
    data = slots()
    if dice.random() < OPENING:
        text = dice.choice(data["opening"]) + text
    if dice.random() < ENDING:
        text += dice.choice(data["ending"])
    if dice.random() < TYPO:
        slips = [(right, wrong) for right, wrong in data["typo"].items() if right in text]
        if slips:
            text = text.replace(*dice.choice(slips), 1)
    if dice.random() < DROPPED:
        at = dice.randrange(1, len(text) - 1)
        text = text[:at] + text[at + 1 :]
    return text
