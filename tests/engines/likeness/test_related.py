"""Why texts stand together, and groups that may be one matter in other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engines.likeness.character_pieces import with_category_piece
from gongjian.engines.likeness.related_groups import GroupProfiles, GroupText
from gongjian.engines.likeness.shared_words import (
    count_pairs,
    pairs_of_both,
    shared_pairs,
    shared_words,
    split_by_pairs,
)
from gongjian.engines.likeness.training import Case, train

POWER = ["上个月厂区停电3次，没有提前通知", "厂区又停电12次，事先没有通知", "厂区停电没有通知"]
BREAKS = ["供电老断，线路检修也不打招呼", "供电线路隔三差五断掉"]
LOANS = ["银行贷款到期续不上", "银行续贷要先还本金"]


def _group_texts(texts, category):
    return [GroupText(text, with_category_piece(text, category), category) for text in texts]


def test_what_most_share_and_few_others_have_is_marked():
    everything = [*POWER, *LOANS, "厂区门口的路坏了", "厂区缺工人", "厂区要扩建"]
    pairs = shared_pairs(POWER, among=count_pairs(everything), count=len(everything))
    assert {"停电", "没有", "通知"} <= pairs
    assert "厂区" not in pairs
    assert split_by_pairs(POWER[2], pairs) == [("厂", False), ("区停电没有通知", True)]
    assert any("停电" in word for word in shared_words(POWER, pairs))
    assert "厂区" in shared_pairs(POWER)


def test_numbers_and_one_text_alone_share_nothing():
    assert not any(char.isdigit() for piece in shared_pairs(["停电12次", "停电12回"]) for char in piece)
    assert shared_pairs(["停电"]) == frozenset()


@given(st.text(max_size=30), st.frozensets(st.text(min_size=2, max_size=2), max_size=5))
def test_the_parts_of_a_text_are_the_text(text, shown):
    assert "".join(run for run, _inside in split_by_pairs(text, shown)) == text


def test_words_of_both_groups():
    everything = [*POWER, *BREAKS, *LOANS]
    assert "线路" in pairs_of_both(
        BREAKS, ["线路老化", "线路要迁"], among=count_pairs(everything), count=len(everything) + 2
    )
    assert pairs_of_both(POWER, LOANS, among=count_pairs(everything), count=len(everything)) == frozenset()


def test_one_matter_in_other_words_stands_beside_and_another_does_not():
    cases = [Case(text.marked, 1) for text in _group_texts([*POWER, *BREAKS] * 4, "水电气")]
    cases += [Case(text.marked, 2) for text in _group_texts(LOANS * 8, "融资")]
    profiles = GroupProfiles(
        [
            _group_texts(POWER, "水电气"),
            _group_texts(LOANS, "融资"),
            _group_texts([*BREAKS, "断电没有通知"], "水电气"),
        ],
        train(cases, {1: "停电、供电线路", 2: "贷款、续贷"}),
    )
    assert profiles.related_to(0) == [2]
    assert profiles.related_to(2) == [0]
    assert profiles.related_to(1) == []
    assert (profiles.likeliest_line(0), profiles.likeliest_line(1)) == (1, 2)
    assert profiles.likeness(0)[0] == 0
    assert profiles.related_to(0, least=1.01) == []


@pytest.mark.parametrize(
    ("text", "pairs", "runs"),
    [
        (
            "the power failed",
            {"po", "ow", "we", "er"},
            [("the ", False), ("power", True), (" failed", False)],
        ),
        ("the power failed", {"ow", "ai"}, [("the power failed", False)]),
        ("no power at night", {"no", "at", "ni", "ig", "gh"}, [("no power at ", False), ("night", True)]),
        (
            "停电，VOC治理",
            {"停电", "vo", "oc"},
            [("停电", True), ("，", False), ("VOC", True), ("治理", False)],
        ),
    ],
)
def test_a_word_of_letters_is_marked_whole_or_not_at_all(text, pairs, runs):
    assert split_by_pairs(text, pairs) == runs
