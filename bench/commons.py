"""Common problems: how many pairs of one matter are found, and how many found are right, as the likeness asked for falls.

Texts of the invented city and, for the second half, of the wordings kept apart; the classifier has learnt from other texts
of the city, never from the wordings kept apart. A pair is found when both stand in one group, or in a group and one shown beside it.
"""

import os
import tomllib
from collections import Counter
from collections.abc import Sequence
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.tables import Table

if TYPE_CHECKING:
    from gongjian.engines.likeness.related_groups import Middles, Told

TEXTS, LEARNT = 6000, 15000
NEARS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35)
SMALLEST = 3  # texts of a group that is proposed
Labelled = tuple[str, "Told"]


def _open() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.conf.settings_test")
    import django

    django.setup()


def _told(dice: Random, texts: Sequence[tuple[Any, str]]) -> list[Labelled]:
    from gongjian.engines.likeness.related_groups import Told
    from gongjian.invented_city.visit_rounds import filed_category
    from gongjian.problems.suggested_units.history import with_category

    made = []
    for matter, text in texts:
        category = filed_category(dice, matter.category)
        made.append((matter.key, Told(text, with_category(text, category), category.value)))
    return made


def _city(dice: Random, count: int) -> list[tuple[Any, str]]:
    from gongjian.invented_city import wordings as phrasing

    said = [phrasing.speak(dice, progress=n / count, product="水泥") for n in range(count)]
    return [(one.matter, one.text) for one in said]


def _kept_apart(dice: Random, count: int) -> list[tuple[Any, str]]:
    """As many texts, half of them in the wordings kept apart."""
    from gongjian.invented_city import history_on_paper
    from gongjian.invented_city import wordings as phrasing

    data = tomllib.loads((history_on_paper.HELD_OUT / "first.toml").read_text(encoding="utf-8"))
    data.pop("seed")
    matters = {one.key: one for one in phrasing.matters()}
    wordings = [(matters[key], text) for told in data.values() for key, text in told.items()]
    apart = []
    for n in range(count // 2):
        matter, wording = wordings[n % len(wordings)]
        apart.append((matter, phrasing.add_slips(dice, phrasing.fill_slots(dice, matter, wording, "水泥"))))
    mixed = apart + _city(dice, count - count // 2)
    dice.shuffle(mixed)
    return mixed


def _classifier() -> Any:
    from gongjian.engines.likeness.training import Case, train
    from gongjian.invented_city.world import load

    dice = Random(99)
    keys = [entry["key"] for entry in load("city.toml")["department"]]
    duties = {keys.index(entry["key"]): entry["duties"] for entry in load("city.toml")["department"]}
    texts = _city(dice, LEARNT)
    told = _told(dice, texts)
    cases = [
        Case(one.marked, keys.index(matter.unit))
        for (matter, _t), (_key, one) in zip(texts, told, strict=True)
    ]
    return train(cases, duties)


def _grouped(told: Sequence[Labelled]) -> list[list[int]]:
    from gongjian.engines.likeness.clusters import cluster
    from gongjian.engines.likeness.similarity import Likeness

    index = Likeness()
    index.add((n, one.text) for n, (_key, one) in enumerate(told))
    return cluster(index.matrix())


def _pairs(counts: Counter[str]) -> int:
    return sum(n * n for n in counts.values())


def _line(name: str, near: float, counts: list[Counter[str]], middles: "Middles") -> tuple[str, ...]:
    """Share of texts beside a proposed group that are of its matter, share of pairs found, groups shown a group."""
    right = beside = shown = proposed = 0
    found = sum(_pairs(one) for one in counts)
    whole = _pairs(sum(counts, Counter()))
    for n, mine in enumerate(counts):
        if mine.total() < SMALLEST:
            continue
        proposed += 1
        for at in middles.beside(n, near=near):
            shown, beside = shown + 1, beside + counts[at].total()
            right += counts[at][mine.most_common(1)[0][0]]
            found += sum(n * counts[at][key] for key, n in mine.items())
    return (
        name,
        f"{near:.2f}",
        f"{right / max(1, beside):.2f}",
        f"{found / whole:.2f}",
        f"{shown / proposed:.1f}",
    )


def _block(name: str, told: list[Labelled], classifier: Any) -> tuple[list[tuple[str, ...]], float]:
    from gongjian.engines.likeness.related_groups import Middles

    groups = _grouped(told)
    counts = [Counter(told[n][0] for n in group) for group in groups]
    inside = sum(_pairs(one) - one.total() for one in counts)
    together = sum(one.total() ** 2 - one.total() for one in counts)
    whole = _pairs(sum(counts, Counter()))
    began = perf_counter()
    middles = Middles([[told[n][1] for n in group] for group in groups], classifier)
    spent = perf_counter() - began
    alone = (
        f"{name}, groups alone (ticked at first)",
        "",
        f"{inside / together:.2f}",
        f"{sum(map(_pairs, counts)) / whole:.2f}",
        "",
    )
    return [alone, *(_line(f"{name}, with those beside", near, counts, middles) for near in NEARS)], spent


def measure() -> Table:
    """The curve on the city's own wordings (on which the likeness asked for was settled) and with wordings kept apart."""
    _open()
    classifier = _classifier()
    dice = Random(11)
    mine, spent = _block("the city's wordings", _told(dice, _city(dice, TEXTS)), classifier)
    dice = Random(20261126)
    apart, _spent = _block("half kept apart", _told(dice, _kept_apart(dice, TEXTS)), classifier)
    return Table(
        title=f"Common problems: {TEXTS:,} texts of 88 matters, grouped and shown beside one another",
        head=(
            "",
            "likeness asked for",
            "of those, the same matter",
            "pairs of one matter found",
            "shown a group",
        ),
        rows=mine + apart,
        note=f"The product asks for 0.15. Reading what the groups speak of took {spent:.1f} s.",
    )
