"""How far a target is beside what is due by now, and its light (目标进度). Pure; thresholds are in `thresholds.toml`."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from gongjian.engines.forecast.pace import Pace

ONE = Decimal(1)


class Why(StrEnum):
    """What a light goes by."""

    NO_FIGURE = "NO_FIGURE"
    NO_PACE = "NO_PACE"
    SEASONAL = "SEASONAL"
    LINEAR = "LINEAR"
    DIRECT = "DIRECT"
    OVER = "OVER"


@dataclass(frozen=True)
class Measure:
    """What a light is read from: `done` of the target `value`, beside the parts of it that are due by now, as shares.

    `start` is where a stock stood at the end of last year: then what counts is the way from there.
    """

    value: Decimal
    done: Decimal | None
    linear: Decimal | None
    seasonal: Decimal | None
    over: bool
    more_is_better: bool
    is_rate: bool
    start: Decimal | None = None


@dataclass(frozen=True)
class Reading:
    """The light of a target and what it goes by; `pace` where a share of it says something."""

    light: str
    why: Why
    pace: Pace | None = None


@cache
def thresholds() -> dict[str, Any]:
    """The thresholds of lights."""
    return tomllib.loads((Path(__file__).resolve().parent / "thresholds.toml").read_text(encoding="utf-8"))


def read_light(measure: Measure) -> Reading:
    """Green: at least what is due by now; yellow: nearly; red: clearly less; grey: nothing is known."""
    if measure.done is None:
        return Reading("GREY", Why.NO_FIGURE)
    if measure.is_rate:
        return Reading(_light_of_rate(measure), Why.OVER if measure.over else Why.DIRECT)
    completion = completed(measure)
    if completion is None:
        met = (measure.done >= measure.value) == measure.more_is_better or measure.done == measure.value
        return Reading("GREEN" if met else "RED", Why.DIRECT)
    if measure.over:
        return Reading(_light_of_share(completion, measure, due=ONE), Why.OVER, Pace(completion, ONE))
    due, why = measure.seasonal, Why.SEASONAL
    if due is None:
        due, why = measure.linear, Why.LINEAR
    if due is None:
        return Reading("GREY", Why.NO_PACE)
    return Reading(_light_of_share(completion, measure, due=due), why, Pace(completion, due))


def completed(measure: Measure) -> Decimal | None:
    """Which share of the target is done; of a stock which share of the way from where it stood. None where a share says nothing."""
    start = measure.start or Decimal(0)
    if measure.done is None or measure.is_rate or measure.value - start <= 0:
        return None
    return (measure.done - start) / (measure.value - start)


def _light_of_share(completion: Decimal, measure: Measure, *, due: Decimal) -> str:
    """The light of what is done beside what is due; of what should stay small, beside what may be used by now."""
    limit = Decimal(str(thresholds()["light"]["yellow_from"]))
    if not measure.more_is_better:
        limit = 2 - limit
        return "GREEN" if completion <= due else "YELLOW" if completion <= due * limit else "RED"
    return "GREEN" if completion >= due else "YELLOW" if completion >= due * limit else "RED"


def _light_of_rate(measure: Measure) -> str:
    if measure.done is None:
        return "GREY"
    good = measure.done - measure.value
    good = good if measure.more_is_better else -good
    limit = Decimal(str(thresholds()["light"]["yellow_points"]))
    return "GREEN" if good >= 0 else "YELLOW" if good >= -limit else "RED"
