"""How invented firms word their problems: hand-written wordings with slots, turns of speech and slips of the pen.

It uses no Django, so that benchmarks can make texts with known wordings.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from gongjian.invented_city.language import CHINESE, in_yuan, say

WORDINGS = Path(__file__).resolve().parent / "wordings"
AMOUNTS = (30, 60, 80, 120, 200, 300, 500, 800, 1200)
DAYS = (7, 10, 15, 20, 30, 45, 60, 90)
LATER_FROM = 0.8  # share of the time after which new wordings appear
LATER_SHARE = 0.3  # share of the new wordings among all from then on
OPENING, ENDING, TYPO, DROPPED, TWO_IN_ONE = 0.22, 0.22, 0.16, 0.1, 0.08


@dataclass(frozen=True)
class Matter:
    """One thing firms complain about: the unit in charge, the task, and its wordings (`later` ones appear towards the end)."""

    key: str
    category: str
    unit: str
    task: str
    kind: str
    figures: tuple[int, ...]
    texts: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True)
class SpokenMatter:
    """A matter as one firm words it; `wording` is the hand-written sentence behind `text`."""

    matter: Matter
    wording: str
    text: str


@cache
def matters() -> tuple[Matter, ...]:
    """All matters of the data files, in a fixed order."""
    matters = []
    for path in sorted(WORDINGS.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for n, entry in enumerate(data.get("matter", ())):
            matters.append(_matter(f"{path.stem}-{n + 1}", data["category"], entry))
    return tuple(matters)


def _matter(key: str, category: str, entry: dict[str, Any]) -> Matter:
    return Matter(
        key=key,
        category=category,
        unit=entry["unit"],
        task=entry["task"],
        kind=entry.get("kind", "DIFFICULTY"),
        figures=tuple(entry.get("a", AMOUNTS)),
        texts=tuple(entry["text"]),
        later=tuple(entry.get("later", ())),
    )


@cache
def slots() -> dict[str, Any]:
    """The words that fill the slots of wordings."""
    return tomllib.loads((WORDINGS / "slots.toml").read_text(encoding="utf-8"))


def speak(dice: Random, *, progress: float, product: str, spoken: str = CHINESE) -> SpokenMatter:
    """A random matter in the words of a firm; `progress` is the share of the whole time that has passed, 0 to 1."""
    matter = dice.choice(matters())
    new = matter.later and progress >= LATER_FROM and dice.random() < LATER_SHARE
    wording = dice.choice(matter.later if new else matter.texts)
    text = fill_slots(dice, matter, wording, product, spoken=spoken)
    if dice.random() < TWO_IN_ONE:
        other = dice.choice(matters())
        text += say(dice.choice(slots()["also"]), spoken)
        text += fill_slots(dice, other, dice.choice(other.texts), product, spoken=spoken)
    return SpokenMatter(matter, wording, add_slips(dice, text, spoken=spoken))


def fill_slots(dice: Random, matter: Matter, wording: str, product: str, *, spoken: str = CHINESE) -> str:
    """A wording with its slots filled."""
    names = {
        name: say(dice.choice(slots()[name]), spoken)
        for name in ("bank", "road", "machine", "part", "skill", "month")
    }
    text = say(wording, spoken).format(
        a=dice.choice(matter.figures), b=dice.choice(DAYS), product=product, **names
    )
    return in_yuan(text)


def typos(spoken: str) -> dict[str, str]:
    """What people write -> what they mean to write."""
    return dict(slots()["typo" if spoken == CHINESE else "typo_in_english"])


def add_slips(dice: Random, text: str, *, spoken: str = CHINESE) -> str:
    """The text as it reaches the ledger, with openings, endings, slips of the pen or a character missing."""
    data = slots()
    if dice.random() < OPENING:
        text = say(dice.choice(data["opening"]), spoken) + text
    if dice.random() < ENDING:
        text += say(dice.choice(data["ending"]), spoken)
    if dice.random() < TYPO:
        slips = [(right, wrong) for right, wrong in typos(spoken).items() if right in text]
        if slips:
            text = text.replace(*dice.choice(slips), 1)
    if dice.random() < DROPPED:
        at = dice.randrange(1, len(text) - 1)
        text = text[:at] + text[at + 1 :]
    return text
