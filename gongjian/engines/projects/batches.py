"""Three batches (三个一批): how far projects turned from signed to full capacity, the four rates, the points of a quarter."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median

from gongjian.engines.forecast.pace import HUNDRED
from gongjian.engines.standings.library import read_scheme, shipped
from gongjian.engines.standings.scoring import points_of

CHAIN = ("signed", "started", "producing", "capacity")  # 签约 开工 投产 达效


@dataclass(frozen=True)
class Life:
    """The days a project reached the links of the chain; `dropped` with the reason it fell out for."""

    signed: date | None = None
    started: date | None = None
    producing: date | None = None
    capacity: date | None = None
    dropped: date | None = None
    reason: str = ""

    def reached(self, link: str, today: date) -> date | None:
        """The day it reached a link, or a later one where the day of this one was not kept; None if not by today."""
        days: list[date | None] = [getattr(self, later) for later in CHAIN[CHAIN.index(link) :]]
        return next((day for day in days if day is not None and day <= today), None)


@dataclass(frozen=True)
class Rate:
    """So many of so many; `per_cent` is None of none, which is not zero."""

    done: Decimal
    of: Decimal

    @property
    def per_cent(self) -> Decimal | None:
        """The exact share in per cent."""
        return self.done / self.of * HUNDRED if self.of else None


@dataclass(frozen=True)
class Turned:
    """From one link to the next: of those that reached the first how many reached the second, and the median days between."""

    link: str
    following: str
    rate: Rate
    days: float | None


def conversion(lives: Iterable[Life], *, today: date) -> tuple[Turned, ...]:
    """How far the chain turned by today; who dropped out stays counted in the links it had reached."""
    known, found = tuple(lives), list[Turned]()
    for link, following in pairwise(CHAIN):
        reached = [life for life in known if life.reached(link, today)]
        on = [life for life in reached if life.reached(following, today)]
        spans = [_days(life, link, following) for life in on]
        between = [span for span in spans if span is not None]
        rate = Rate(Decimal(len(on)), Decimal(len(reached)))
        found.append(Turned(link, following, rate, median(between) if between else None))
    return tuple(found)


def _days(life: Life, link: str, following: str) -> int | None:
    first, second = getattr(life, link), getattr(life, following)
    return (second - first).days if first and second else None


def cohorts(lives: Iterable[Life], *, today: date) -> dict[int, tuple[Turned, ...]]:
    """The same for the projects signed in each year, oldest first."""
    by_year: dict[int, list[Life]] = {}
    for life in lives:
        if life.signed and life.signed <= today:
            by_year.setdefault(life.signed.year, []).append(life)
    return {year: conversion(by_year[year], today=today) for year in sorted(by_year)}


def dropped_by_reason(lives: Iterable[Life], *, today: date) -> dict[str, int]:
    """How many fell out for which reason, most first; an empty reason is one that was not told."""
    return dict(
        Counter(life.reason for life in lives if life.dropped and life.dropped <= today).most_common()
    )


@dataclass(frozen=True)
class FourRates:
    """The four rates (四率) of a portfolio: started, invested, funds in place, completed in time."""

    started: Rate
    invested: Rate
    funds: Rate
    completed: Rate

    def below(self, wanted: Mapping[str, Decimal]) -> tuple[str, ...]:
        """Which are below what is wanted in per cent; an unknown one is not."""
        found = {key: getattr(self, key).per_cent for key in wanted}
        return tuple(key for key, rate in found.items() if rate is not None and rate < wanted[key])


WANTED = {  # 黑龙江, by 10 September, as reported; not compared with the document
    "started": Decimal(90),
    "invested": Decimal(80),
    "funds": Decimal(80),
    "completed": Decimal(100),
}


@dataclass(frozen=True)
class Points:
    """The points of a quarter by item of the scheme, exact; an item without a rate is None and the total with it."""

    items: Mapping[str, Decimal | None]

    @property
    def total(self) -> Decimal | None:
        """The sum, unknown while an item is."""
        known = [points for points in self.items.values() if points is not None]
        return sum(known, Decimal(0)) if len(known) == len(self.items) else None


def points(rates: Mapping[str, Decimal | None]) -> Points:
    """The points of five rates in per cent by the shipped scheme of `standings` (10, 30, 30, 20, 10), which the office can copy and edit."""
    scheme = read_scheme("three_batches", shipped()["three_batches"])
    found: dict[str, Decimal | None] = {}
    for item in scheme.items:
        rate = rates.get(item.key)
        found[item.key] = None if rate is None else points_of(scheme, item, rate, place=1)
    return Points(found)


def share_reached(numbers: Sequence[tuple[Decimal, Decimal]]) -> Rate:
    """Amounts done and planned of several projects as one rate: sums over sums, never a mean of rates."""
    return Rate(sum((done for done, _ in numbers), Decimal(0)), sum((of for _, of in numbers), Decimal(0)))
