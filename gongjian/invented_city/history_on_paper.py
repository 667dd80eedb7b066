"""The ledger of the invented city on paper: the same words, odds and mistakes, without living it; and wordings kept apart.

For: trying the suggestion of who should handle it on a ledger of any length in seconds, and on wordings nobody learnt from.
"""

import tomllib
from dataclasses import dataclass
from random import Random

from django.utils.translation import gettext as _

from gongjian.audit import Refused
from gongjian.engines.likeness.training import Case
from gongjian.invented_city import wordings as phrasing
from gongjian.invented_city.life_of_a_problem import ASTRAY, LOCAL, LOCAL_OF_CITY, OBJECTS_ASTRAY
from gongjian.invented_city.visit_rounds import ORIGINS, filed
from gongjian.invented_city.world import HERE, SEED, load
from gongjian.people.models import Area, Unit
from gongjian.people.states import AreaLevel
from gongjian.problems.states import Origin
from gongjian.problems.suggested_units.history import with_category
from gongjian.problems.suggested_units.lines_of_work import HandledProblem, LinesOfWork, read_lines

HELD_OUT = HERE / "held_out"
TIMES = (
    25  # how often each wording kept apart is said, each time with other gaps, slips, places and categories
)


@dataclass(frozen=True)
class Paper:
    """Units of the invented city by area and department, with the dice."""

    dice: Random
    lines: LinesOfWork
    units: dict[tuple[int, str], Unit]
    counties: tuple[Area, ...]
    city: Area
    products: tuple[str, ...]

    def past(self, said: phrasing.Said, *, slips: float) -> HandledProblem:
        """One matter handed over; `slips` is the share of hand-overs that go astray."""
        dice = self.dice
        county, origin = dice.choice(self.counties), dice.choice(ORIGINS)
        local = dice.random() < (LOCAL_OF_CITY if origin == Origin.CITY else LOCAL)
        rightly = self._unit(county, said.matter.unit, local=local)
        astray = dice.random() < slips
        stays_wrong = astray and dice.random() >= OBJECTS_ASTRAY
        wrong = dice.choice(phrasing.slots()["confused"][said.matter.unit])
        unit = self._unit(county, wrong, local=local) if stays_wrong else rightly
        text = with_category(said.text, filed(dice, said.matter.category))
        line, stayed = self.lines.line_of[unit.pk], stays_wrong or not astray
        return HandledProblem(Case(text, line), unit.pk, unit.area.depth, origin, county.path, stayed)

    def _unit(self, county: Area, key: str, *, local: bool) -> Unit:
        own = self.units.get((county.pk, key)) if local else None
        return own or self.units[self.city.pk, key]


def paper(seed: int) -> Paper:
    """The places and units of this instance, when it is the invented city."""
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
    return Paper(Random(seed), lines, units, counties, city, products)


def history(cases: int) -> list[HandledProblem]:
    """So many matters in order of time, as the city would hand them over."""
    made = paper(SEED)
    return [
        made.past(
            phrasing.say(made.dice, progress=n / cases, product=made.dice.choice(made.products)), slips=ASTRAY
        )
        for n in range(cases)
    ]


def held_out(name: str) -> list[tuple[str, str, HandledProblem]]:
    """Register, wording and case: every wording of a file kept apart, said many times; the unit is always the right one."""
    path = HELD_OUT / f"{name}.toml"
    if not path.is_file():
        names = "、".join(sorted(one.stem for one in HELD_OUT.glob("*.toml")))
        raise Refused(
            _("没有名为“%(name)s”的留出说法。可用的有：%(names)s。") % {"name": name, "names": names}
        )
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    made, matters = paper(data.pop("seed")), {one.key: one for one in phrasing.matters()}
    return [
        (register, wording, made.past(_spoken(made, matters[key], wording), slips=0))
        for register, wordings in data.items()
        for key, wording in wordings.items()
        for _n in range(TIMES)
    ]


def _spoken(made: Paper, matter: phrasing.Matter, wording: str) -> phrasing.Said:
    text = phrasing.fill(made.dice, matter, wording, made.dice.choice(made.products))
    return phrasing.Said(matter, wording, phrasing.spoil(made.dice, text))
