"""The local market: precision and recall of matching on the small labelled set, and its speed on many names."""

import tomllib
from pathlib import Path
from time import perf_counter

from bench.tables import Table
from gongjian.markets.rules import Goods

LABELS = Path(__file__).parent / "market_labels.toml"
SHOWN = 5
COPIES = 200  # copies of every name, so that thousands of names are searched


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


def measure() -> Table:
    """Precision at five, recall at five, and milliseconds for each want among thousands of names."""
    right, shown, wanted, wrong_first = score()
    data = tomllib.loads(LABELS.read_text(encoding="utf-8"))
    goods = Goods(f"{name}{n:03d}型" for n in range(COPIES) for name in data["made"])
    began = perf_counter()
    for want in data["want"]:
        goods.names_that_fit(want["name"])
    spent = (perf_counter() - began) / len(data["want"])
    return Table(
        title=f"Local market: {len(data['want'])} wants, {len(data['made'])} goods labelled by hand",
        head=("", "figure"),
        rows=[
            ("precision at 5", f"{right}/{shown} = {right / shown:.2f}"),
            ("recall at 5", f"{right}/{wanted} = {right / wanted:.2f}"),
            ("wants with a wrong one first", str(wrong_first)),
            (f"ms a question among {COPIES * len(data['made']):,} names", f"{spent * 1000:.1f}"),
        ],
    )
