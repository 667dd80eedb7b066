"""Wants and goods of the local market, labelled by hand, and how much of them the matching gets right."""

import tomllib
from pathlib import Path

from gongjian.markets.rules import Goods

LABELS = Path(__file__).parent / "market_labels.toml"
SHOWN = 5


def score() -> tuple[int, int, int, int]:
    """Totals over all wants: right ones among the first five, shown, right ones in all, wants with a wrong one first."""
    data = tomllib.loads(LABELS.read_text(encoding="utf-8"))
    goods = Goods(data["made"])
    right = shown = wanted = wrong_first = 0
    for want in data["want"]:
        offered = [name for name, _fit in goods.names_that_fit(want["name"])[:SHOWN]]
        right += len(set(offered) & set(want["fits"]))
        shown += len(offered)
        wanted += len(want["fits"])
        wrong_first += bool(offered) and offered[0] not in want["fits"]
    return right, shown, wanted, wrong_first
