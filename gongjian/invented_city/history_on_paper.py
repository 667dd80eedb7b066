"""Hand-overs of the invented city without building it: the same wordings, odds and mistakes; and held-out wordings.

For: testing the suggestion of units on a ledger of any length in seconds, and on wordings it was not trained with.
"""

import tomllib
from dataclasses import dataclass
from random import Random

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.engines.likeness.training import Case
from gongjian.invented_city import wordings as phrasing
from gongjian.invented_city.life_of_a_problem import ASTRAY, LOCAL, LOCAL_OF_CITY, OBJECTS_ASTRAY
from gongjian.invented_city.visit_rounds import ORIGINS, filed_category
from gongjian.invented_city.world import HERE, SEED, load
from gongjian.people.models import Area, Unit
from gongjian.people.states import AreaLevel
from gongjian.problems.states import Origin
from gongjian.problems.suggested_units.history import with_category
from gongjian.problems.suggested_units.lines_of_work import HandledProblem, LinesOfWork, read_lines

HELD_OUT = HERE / "held_out"
TIMES = (
    25  # how often each held-out wording is used, each time with other slots, slips, places and categories
)


@dataclass(frozen=True)
class CityOnPaper:
    """The units of the invented city by area and department, and the random numbers."""

    dice: Random
    lines: LinesOfWork
    units: dict[tuple[int, str], Unit]
    counties: tuple[Area, ...]
    city: Area
    products: tuple[str, ...]

    def hand_over_of(self, spoken: phrasing.SpokenMatter, *, slips: float) -> HandledProblem:
        """One matter handed over; `slips` is the share of hand-overs that go to a wrong unit."""
        dice = self.dice
        county, origin = dice.choice(self.counties), dice.choice(ORIGINS)
        local = dice.random() < (LOCAL_OF_CITY if origin == Origin.CITY else LOCAL)
        rightly = self._unit(county, spoken.matter.unit, local=local)
        astray = dice.random() < slips
        stays_wrong = astray and dice.random() >= OBJECTS_ASTRAY
        wrong = dice.choice(phrasing.slots()["confused"][spoken.matter.unit])
        unit = self._unit(county, wrong, local=local) if stays_wrong else rightly
        text = with_category(spoken.text, filed_category(dice, spoken.matter.category))
        line, stayed = self.lines.line_of[unit.pk], stays_wrong or not astray
        return HandledProblem(Case(text, line), unit.pk, unit.area.depth, origin, county.path, stayed)

    def _unit(self, county: Area, key: str, *, local: bool) -> Unit:
        own = self.units.get((county.pk, key)) if local else None
        return own or self.units[self.city.pk, key]


def city_on_paper(seed: int) -> CityOnPaper:
    """The areas and units of this instance; raises Refused when it is not the invented city."""
    data, lines = load("city.toml"), read_lines()
    by_name = {(unit.area_id, unit.name): unit for unit in lines.units.values()}
    city = Area.objects.filter(level=AreaLevel.CITY).first()
    counties = tuple(Area.objects.filter(level__in=(AreaLevel.COUNTY, AreaLevel.ZONE)))
    units = {
        (area.pk, entry["key"]): by_name[area.pk, area.name + entry["name"]]
        for area in (*counties, *([city] if city else ()))
        for entry in data["department"]
        if (area.pk, area.name + entry["name"]) in by_name
    }
    if city is None or not {(city.pk, entry["key"]) for entry in data["department"]} <= set(units):
        raise Refused(_("留出检验只能在虚构城市演示里做。请先运行 gongjian demo --no-serve。"))
    products = tuple(sorted({entry["makes"].partition("、")[0] for entry in data["industry"]}))
    return CityOnPaper(Random(seed), lines, units, counties, city, products)


def past_hand_overs(cases: int) -> list[HandledProblem]:
    """`cases` hand-overs in order of time, as the city would make them."""
    city = city_on_paper(SEED)
    return [
        city.hand_over_of(
            phrasing.speak(city.dice, progress=n / cases, product=city.dice.choice(city.products)),
            slips=ASTRAY,
        )
        for n in range(cases)
    ]


def held_out_cases(name: str) -> list[tuple[str, str, HandledProblem]]:
    """The hand-overs of every wording of a held-out file, several times, always to the right unit.

    Each is returned as (style of language, wording, hand-over).
    """
    path = HELD_OUT / f"{name}.toml"
    if not path.is_file():
        names = "、".join(sorted(matter.stem for matter in HELD_OUT.glob("*.toml")))
        raise Refused(
            _("没有名为“%(name)s”的留出说法。可用的有：%(names)s。") % {"name": name, "names": names}
        )
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    city, matters = city_on_paper(data.pop("seed")), {matter.key: matter for matter in phrasing.matters()}
    return [
        (register, wording, city.hand_over_of(_spoken_matter(city, matters[key], wording), slips=0))
        for register, wordings in data.items()
        for key, wording in wordings.items()
        for _n in range(TIMES)
    ]


def _spoken_matter(city: CityOnPaper, matter: phrasing.Matter, wording: str) -> phrasing.SpokenMatter:
    text = phrasing.fill_slots(city.dice, matter, wording, city.dice.choice(city.products))
    return phrasing.SpokenMatter(matter, wording, phrasing.add_slips(city.dice, text))
