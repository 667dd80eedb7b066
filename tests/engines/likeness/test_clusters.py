"""Texts that say the same: likeness, groups, rows added as they come."""

import os
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.engines.likeness.clusters import cluster
from gongjian.engines.likeness.similarity import GROWTH, SimilarityIndex, piece_columns
from gongjian.invented_city import wordings

RUNS = int(os.environ.get("GONGJIAN_PROPERTY_RUNS", "40"))
POWER = [f"上个月厂区停电{n}次，没有提前通知" for n in range(4)]
ROADS = [f"村道坑坑洼洼，货车绕行{n}公里" for n in range(3)]


def _filled(texts):
    index = SimilarityIndex()
    index.add(enumerate(texts))
    return index


def test_like_texts_are_one_group_and_others_another():
    assert cluster(_filled([*POWER, *ROADS, "职工子女入学难"]).matrix()) == [[0, 1, 2, 3], [4, 5, 6], [7]]


def test_nothing_has_no_groups():
    assert cluster(_filled([]).matrix()) == []
    assert SimilarityIndex().nearest("停电", least=0, most=3) == []


@settings(max_examples=RUNS, deadline=None)
@given(st.lists(st.text(alphabet="停电水路银行贷款招工，1", max_size=14), max_size=30))
def test_every_text_is_in_exactly_one_group(texts):
    groups = cluster(_filled(texts).matrix())
    assert sorted(n for group in groups for n in group) == list(range(len(texts)))
    assert [len(group) for group in groups] == sorted((len(group) for group in groups), reverse=True)


@settings(max_examples=RUNS, deadline=None)
@given(st.lists(st.text(alphabet="停电水路银行贷款招工", min_size=2, max_size=14), min_size=1, max_size=20))
def test_a_text_is_most_like_itself_and_likeness_is_at_most_one(texts):
    index = _filled(texts)
    likeness = dict(index.nearest(texts[0], least=0.0, most=len(texts)))
    assert likeness[0] == pytest.approx(1, abs=1e-5)
    assert all(value <= 1.0001 for value in likeness.values())


def test_rows_put_below_later_are_found_and_all_are_weighed_anew_after_growth():
    index = _filled(POWER * 20)
    before = index.matrix()
    index.add([(100, "码头停电两次")])
    assert index.matrix().shape[0] == 81
    assert np.array_equal(index.matrix()[:80].data, before.data)
    assert index.nearest("码头停电两次", least=0.5, most=1)[0][0] == 100
    index.add((200 + n, f"银行贷款到期{n}") for n in range(int(80 * GROWTH) + 1))
    assert not np.array_equal(index.matrix()[:80].data, before.data)
    assert len(index) == len(index.keys)


def test_a_text_without_pieces_is_like_nothing():
    assert piece_columns("。") == []
    assert _filled(["。", "停电"]).nearest("。", least=0.1, most=2) == []


def test_groups_of_the_invented_city_are_pure():
    dice = Random(4)
    phrasings = [wordings.speak(dice, progress=n / 1500, product="水泥") for n in range(1500)]
    groups = [
        group
        for group in cluster(_filled(phrasing.text for phrasing in phrasings).matrix())
        if len(group) > 2
    ]
    commonest = [
        max(sum(phrasings[n].matter == phrasings[m].matter for n in group) for m in group) for group in groups
    ]
    assert sum(commonest) / sum(len(group) for group in groups) > 0.85
    assert sum(len(group) for group in groups) > 1000
