"""Units of quantities (计量单位): what is measured and in which power of ten. Values are kept in the base of the kind."""

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Unit:
    """`dims`: what is measured, as (base, exponent); `power`: one of the unit is 10^power of the base.

    `ratio`: a share or a growth rate; a bare number beside it must be below 1 (0.05) or carry its sign (5%).
    """

    name: str
    dims: tuple[tuple[str, int], ...]
    power: int = 0
    ratio: bool = False

    def fits(self, other: "Unit") -> bool:
        """Whether both measure the same; 万元 fits 元."""
        return self.dims == other.dims

    @property
    def factor(self) -> Fraction:
        """How much of the base one of the unit is."""
        return Fraction(10) ** self.power


ONE = Unit("", ())
RATIO = Unit("%", (), -2, ratio=True)


@cache
def _table() -> dict[str, tuple[str, int]]:
    data = tomllib.loads((Path(__file__).resolve().parent / "units.toml").read_text(encoding="utf-8"))
    return {name: (entry["of"], entry["power"]) for name, entry in data.items()}


def known_units() -> tuple[str, ...]:
    """Names a quantity may carry."""
    return tuple(_table())


def unit_named(name: str) -> Unit | None:
    """The unit of that name, `元/千瓦时` included; None if nothing is known of it."""
    if name in ("", "%"):
        return RATIO if name else ONE
    top, _, bottom = name.partition("/")
    if top not in _table() or (bottom and bottom not in _table()):
        return None
    of, power = _table()[top]
    unit = Unit(name, ((of, 1),) if of else (), power)
    if not bottom:
        return unit
    under, less = _table()[bottom]
    return times(unit, Unit(bottom, ((under, -1),), -less), name=name)


def unit_of_fact(name: str) -> Unit:
    """The unit of a fact; a name nobody knows is a kind of its own."""
    return unit_named(name) or Unit(name, ((name, 1),))


def times(left: Unit, right: Unit, *, name: str = "") -> Unit:
    """The unit of a product."""
    dims = dict(left.dims)
    for base, exponent in right.dims:
        dims[base] = dims.get(base, 0) + exponent
    kept = tuple(sorted((b, e) for b, e in dims.items() if e))
    if not name and kept == left.dims:
        return Unit(left.name, kept, left.power, ratio=left.ratio)
    if not name and kept == right.dims:
        return Unit(right.name, kept, right.power, ratio=right.ratio)
    return Unit(name or _spell(kept), kept, left.power + right.power if name else 0)


def _spell(dims: tuple[tuple[str, int], ...]) -> str:
    """How a composed unit is written."""
    top = "·".join(base for base, exponent in dims if exponent > 0)
    bottom = "·".join(base for base, exponent in dims if exponent < 0)
    return f"{top or 1}/{bottom}" if bottom else top


def per(unit: Unit) -> Unit:
    """One over the unit."""
    return Unit("", tuple((base, -exponent) for base, exponent in unit.dims), -unit.power)
