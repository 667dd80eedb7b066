"""The local market: precision and recall of matching on the small labelled set, and its speed on many names."""

import tomllib
from time import perf_counter

from bench.tables import Table
from gongjian.markets.rules import Goods
from samples.market import LABELS, score

COPIES = 200  # copies of every name, so that thousands of names are searched


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
