"""Why texts stand together, and groups that may be one matter in other words."""

from hypothesis import given
from hypothesis import strategies as st

from gongjian.engines.likeness.character_pieces import marked
from gongjian.engines.likeness.related_groups import Middles, Told
from gongjian.engines.likeness.shared_words import common_to, met, parts, shared, words
from gongjian.engines.likeness.training import Case, train

POWER = ["上个月厂区停电3次，没有提前通知", "厂区又停电12次，事先没有通知", "厂区停电没有通知"]
BREAKS = ["供电老断，线路检修也不打招呼", "供电线路隔三差五断掉"]
LOANS = ["银行贷款到期续不上", "银行续贷要先还本金"]


def _told(texts, category):
    return [Told(text, marked(text, category), category) for text in texts]


def test_what_most_share_and_few_others_have_is_marked():
    everything = [*POWER, *LOANS, "厂区门口的路坏了", "厂区缺工人", "厂区要扩建"]
    found = shared(POWER, among=met(everything), count=len(everything))
    assert {"停电", "没有", "通知"} <= found
    assert "厂区" not in found
    assert parts(POWER[2], found) == [("厂", False), ("区停电没有通知", True)]
    assert any("停电" in word for word in words(POWER, found))
    assert "厂区" in shared(POWER)


def test_numbers_and_one_text_alone_share_nothing():
    assert not any(char.isdigit() for piece in shared(["停电12次", "停电12回"]) for char in piece)
    assert shared(["停电"]) == frozenset()


@given(st.text(max_size=30), st.frozensets(st.text(min_size=2, max_size=2), max_size=5))
def test_the_parts_of_a_text_are_the_text(text, shown):
    assert "".join(run for run, _inside in parts(text, shown)) == text


def test_words_of_both_groups():
    everything = [*POWER, *BREAKS, *LOANS]
    assert "线路" in common_to(
        BREAKS, ["线路老化", "线路要迁"], among=met(everything), count=len(everything) + 2
    )
    assert common_to(POWER, LOANS, among=met(everything), count=len(everything)) == frozenset()


def test_one_matter_in_other_words_stands_beside_and_another_does_not():
    cases = [Case(one.marked, 1) for one in _told([*POWER, *BREAKS] * 4, "水电气")]
    cases += [Case(one.marked, 2) for one in _told(LOANS * 8, "融资")]
    middles = Middles(
        [_told(POWER, "水电气"), _told(LOANS, "融资"), _told([*BREAKS, "断电没有通知"], "水电气")],
        train(cases, {1: "停电、供电线路", 2: "贷款、续贷"}),
    )
    assert middles.beside(0) == [2]
    assert middles.beside(2) == [0]
    assert middles.beside(1) == []
    assert (middles.unit(0), middles.unit(1)) == (1, 2)
    assert middles.likeness(0)[0] == 0
    assert middles.beside(0, near=1.01) == []
