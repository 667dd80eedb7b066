"""Units of quantities (计量单位): what is measured and by which power of ten. Values are kept in the base of the kind."""

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class MeasureUnit:
    """`dims`: what is measured, as (base, exponent); `power`: one of the unit is 10^power of the base.

    `ratio`: a share or a growth rate; a bare number beside it must be below 1 (0.05) or carry its sign (5%).
    """

    name: str
    dims: tuple[tuple[str, int], ...]
    power: int = 0
    ratio: bool = False

    def fits(self, other: "MeasureUnit") -> bool:
        """Whether both measure the same kind of quantity, as 万元 and 元 do."""
        return self.dims == other.dims

    @property
    def factor(self) -> Fraction:
        """The size of this unit in the base unit of its kind."""
        return Fraction(10) ** self.power


NO_UNIT = MeasureUnit("", ())
RATIO = MeasureUnit("%", (), -2, ratio=True)


@cache
def _table() -> dict[str, tuple[str, int]]:
    data = tomllib.loads((Path(__file__).resolve().parent / "units.toml").read_text(encoding="utf-8"))
    return {name: (entry["of"], entry["power"]) for name, entry in data.items()}


def known_units() -> tuple[str, ...]:
    """All unit names a quantity may carry."""
    return tuple(_table())


def unit_named(name: str) -> MeasureUnit | None:
    """The unit of that name, including composed ones such as `元/千瓦时`; None if it is unknown."""
    if name in ("", "%"):
        return RATIO if name else NO_UNIT
    top, _, bottom = name.partition("/")
    if top not in _table() or (bottom and bottom not in _table()):
        return None
    of, power = _table()[top]
    unit = MeasureUnit(name, ((of, 1),) if of else (), power)
    if not bottom:
        return unit
    divisor, divisor_power = _table()[bottom]
    return times(unit, MeasureUnit(bottom, ((divisor, -1),), -divisor_power), name=name)


def unit_of_fact(name: str) -> MeasureUnit:
    """The unit of a fact; an unknown name becomes a kind of its own."""
    return unit_named(name) or MeasureUnit(name, ((name, 1),))


def times(left: MeasureUnit, right: MeasureUnit, *, name: str = "") -> MeasureUnit:
    """The unit of a product of two quantities."""
    dims = dict(left.dims)
    for base, exponent in right.dims:
        dims[base] = dims.get(base, 0) + exponent
    left_dims = tuple(sorted((b, e) for b, e in dims.items() if e))
    if not name and left_dims == left.dims:
        return MeasureUnit(left.name, left_dims, left.power, ratio=left.ratio)
    if not name and left_dims == right.dims:
        return MeasureUnit(right.name, left_dims, right.power, ratio=right.ratio)
    return MeasureUnit(name or _composed_name(left_dims), left_dims, left.power + right.power if name else 0)


def _composed_name(dims: tuple[tuple[str, int], ...]) -> str:
    """The name of a composed unit, such as 元/亩."""
    top = "·".join(base for base, exponent in dims if exponent > 0)
    bottom = "·".join(base for base, exponent in dims if exponent < 0)
    return f"{top or 1}/{bottom}" if bottom else top


def inverse(unit: MeasureUnit) -> MeasureUnit:
    """The unit of 1 divided by a quantity."""
    return MeasureUnit("", tuple((base, -exponent) for base, exponent in unit.dims), -unit.power)
