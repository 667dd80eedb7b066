"""The state of the generator: random numbers, data, and the records built so far."""

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from gongjian.assignments.models import Regime
from gongjian.campaigns.models import Battle, Campaign
from gongjian.enterprises.models import Enterprise
from gongjian.invented_city import language
from gongjian.markets.rules import split_names
from gongjian.people.models import Account, Area, Person, Unit

HERE = Path(__file__).resolve().parent
SEED = 20230128


@dataclass(frozen=True)
class Size:
    """How many firms, visits, problems and days a city has."""

    firms: int
    visits: int
    problems: int
    days: int


SIZES = {
    "demo": Size(firms=600, visits=300, problems=800, days=100),
    "city": Size(firms=6000, visits=4000, problems=15000, days=250),
}


@dataclass
class World:
    """The city while it is built, with its areas, units, accounts and firms."""

    at: datetime
    size: Size
    dice: Random
    data: dict[str, Any]
    notes: dict[str, Any]
    language: str = language.CHINESE
    city: Area = field(init=False)
    root: Account = field(init=False)
    clerk: Account = field(init=False)
    campaign: Campaign = field(init=False)
    regime: Regime = field(init=False)
    counties: list[Area] = field(default_factory=list)
    townships: dict[int, list[Area]] = field(default_factory=dict)
    units: dict[tuple[int, str], Unit] = field(default_factory=dict)
    heads: dict[int, list[Person]] = field(default_factory=dict)
    handlers: dict[int, Account] = field(default_factory=dict)
    clerks: dict[int, Account] = field(default_factory=dict)
    leaders: dict[int, list[Person]] = field(default_factory=dict)
    officers: list[Person] = field(default_factory=list)
    firms: list[Enterprise] = field(default_factory=list)
    battles: dict[str, Battle] = field(default_factory=dict)
    passwords: list[tuple[str, str, str]] = field(default_factory=list)

    def start(self) -> datetime:
        """The moment at which the ledger begins."""
        return self.at - timedelta(days=self.size.days)

    def name(self) -> str:
        """A random invented name of a person."""
        names = self.data["names"]
        surname, given = str(self.dice.choice(names["surnames"])), str(self.dice.choice(names["given"]))
        return language.person(surname, given, self.language)

    def say(self, text: str, **facts: object) -> str:
        """A text of the city in its language, its named places filled."""
        said = language.say(text, self.language)
        return language.in_yuan(said.format(**facts)) if facts else said

    def place(self, name: str) -> str:
        """The name of a division in the language of the city."""
        return language.place(name, self.language)

    def first_of(self, goods: str) -> str:
        """The first of the goods a firm makes."""
        return split_names(goods)[0]

    def phone(self) -> str:
        """A phone number that belongs to nobody, since its prefix is not in use."""
        return f"100{self.dice.randrange(10**8):08d}"


def load(name: str) -> dict[str, Any]:
    """The content of a TOML file beside this module."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def new_world(*, size: str, at: datetime, spoken: str = language.CHINESE) -> World:
    """An empty world with a fixed seed, so that the same moment, size and language give the same city."""
    return World(
        at=at,
        size=SIZES[size],
        dice=Random(SEED),
        data=load("city.toml"),
        notes=language.say_all(load("notes.toml")["notes"], spoken),
        language=spoken,
    )
