"""Common problems: pairs of one matter found, and how many of those shown are right, by the likeness asked for.

The first block takes texts of the invented city; in the second, half of the texts are held-out wordings. The classifier has
learnt from other texts of the city, never from held-out wordings. A pair is found when both texts are in one group, or one is
in a proposed group and the other in a group shown with it.
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
    from gongjian.engines.likeness.related_groups import GroupProfiles, GroupText

TEXTS, LEARNT = 6000, 15000
LEAST_LIKENESSES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35)
SMALLEST = 3  # texts of a group that is proposed
Labelled = tuple[str, "GroupText"]


def _open() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.conf.settings_test")
    import django

    django.setup()


def _labelled(dice: Random, texts: Sequence[tuple[Any, str]]) -> list[Labelled]:
    from gongjian.engines.likeness.related_groups import GroupText
    from gongjian.invented_city.visit_rounds import filed_category
    from gongjian.problems.suggested_units.history import with_category

    labelled = []
    for matter, text in texts:
        category = filed_category(dice, matter.category)
        labelled.append((matter.key, GroupText(text, with_category(text, category), category.value)))
    return labelled


def _city(dice: Random, count: int) -> list[tuple[Any, str]]:
    from gongjian.invented_city import wordings

    phrasings = [wordings.speak(dice, progress=n / count, product="水泥") for n in range(count)]
    return [(phrasing.matter, phrasing.text) for phrasing in phrasings]


def _half_held_out(dice: Random, count: int) -> list[tuple[Any, str]]:
    """So many texts, half of them in held-out wordings, shuffled."""
    from gongjian.invented_city import history_on_paper, wordings

    data = tomllib.loads((history_on_paper.HELD_OUT / "first.toml").read_text(encoding="utf-8"))
    data.pop("seed")
    matters = {matter.key: matter for matter in wordings.matters()}
    templates = [(matters[key], text) for register in data.values() for key, text in register.items()]
    held_out = []
    for n in range(count // 2):
        matter, template = templates[n % len(templates)]
        held_out.append(
            (matter, wordings.add_slips(dice, wordings.fill_slots(dice, matter, template, "水泥")))
        )
    mixed = held_out + _city(dice, count - count // 2)
    dice.shuffle(mixed)
    return mixed


def _classifier() -> Any:
    from gongjian.engines.likeness.training import Case, train
    from gongjian.invented_city.world import load

    dice = Random(99)
    keys = [entry["key"] for entry in load("city.toml")["department"]]
    duties = {keys.index(entry["key"]): entry["duties"] for entry in load("city.toml")["department"]}
    texts = _city(dice, LEARNT)
    labelled = _labelled(dice, texts)
    cases = [
        Case(labelled_text.marked, keys.index(matter.unit))
        for (matter, _text), (_key, labelled_text) in zip(texts, labelled, strict=True)
    ]
    return train(cases, duties)


def _grouped(labelled: Sequence[Labelled]) -> list[list[int]]:
    from gongjian.engines.likeness.clusters import cluster
    from gongjian.engines.likeness.similarity import SimilarityIndex

    index = SimilarityIndex()
    index.add((n, labelled_text.text) for n, (_key, labelled_text) in enumerate(labelled))
    return cluster(index.matrix())


def _pairs(counts: Counter[str]) -> int:
    return sum(n * n for n in counts.values())


def _line(name: str, least: float, matters: list[Counter[str]], profiles: "GroupProfiles") -> tuple[str, ...]:
    """One row of the table: what is right among related texts, pairs found, related groups for each proposal."""
    right_texts = related_texts = shown = proposed = 0
    pairs_found = sum(_pairs(group) for group in matters)
    all_pairs = _pairs(sum(matters, Counter()))
    for n, own in enumerate(matters):
        if own.total() < SMALLEST:
            continue
        proposed += 1
        for other in profiles.related_to(n, least=least):
            shown, related_texts = shown + 1, related_texts + matters[other].total()
            right_texts += matters[other][own.most_common(1)[0][0]]
            pairs_found += sum(n * matters[other][key] for key, n in own.items())
    return (
        name,
        f"{least:.2f}",
        f"{right_texts / max(1, related_texts):.2f}",
        f"{pairs_found / all_pairs:.2f}",
        f"{shown / proposed:.1f}",
    )


def _block(name: str, labelled: list[Labelled], classifier: Any) -> tuple[list[tuple[str, ...]], float]:
    from gongjian.engines.likeness.related_groups import GroupProfiles

    groups = _grouped(labelled)
    matters = [Counter(labelled[n][0] for n in group) for group in groups]
    inside = sum(_pairs(group) - group.total() for group in matters)
    together = sum(group.total() ** 2 - group.total() for group in matters)
    all_pairs = _pairs(sum(matters, Counter()))
    began = perf_counter()
    profiles = GroupProfiles([[labelled[n][1] for n in group] for group in groups], classifier)
    spent = perf_counter() - began
    alone = (
        f"{name}, groups alone (ticked at first)",
        "",
        f"{inside / together:.2f}",
        f"{sum(map(_pairs, matters)) / all_pairs:.2f}",
        "",
    )
    return [
        alone,
        *(_line(f"{name}, with those beside", least, matters, profiles) for least in LEAST_LIKENESSES),
    ], spent


def measure() -> Table:
    """The curve on the city's own wordings, on which the threshold was chosen, and with half the wordings held out."""
    _open()
    classifier = _classifier()
    dice = Random(11)
    own, spent = _block("the city's wordings", _labelled(dice, _city(dice, TEXTS)), classifier)
    dice = Random(20261126)
    held_out, _spent = _block("half kept apart", _labelled(dice, _half_held_out(dice, TEXTS)), classifier)
    return Table(
        title=f"Common problems: {TEXTS:,} texts of 88 matters, grouped and shown beside one another",
        head=(
            "",
            "likeness asked for",
            "of those, the same matter",
            "pairs of one matter found",
            "shown a group",
        ),
        rows=own + held_out,
        note=f"The product asks for 0.15. Reading what the groups speak of took {spent:.1f} s.",
    )
