"""Names of goods: what fits what, with the words; measured on the labelled set."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.markets.rules import (
    LEAST_FIT,
    Goods,
    fit_of,
    fold,
    kind_in_english,
    kinds,
    kinds_of,
    nearness,
    split_names,
)
from samples.market import score

RUNS = int(os.environ.get("GONGJIAN_PROPERTY_RUNS", "60"))
NAMES = st.text(alphabet="钢筋水泥熟料铸件毛坯纸箱玻璃瓶电缆线布12", min_size=1, max_size=8)


def test_signs_sizes_and_model_numbers_do_not_count():
    assert fold("轴承 6204-2RS") == "轴承"
    assert fold("P.O 42.5水泥") == "po水泥" or fold("P.O 42.5水泥").endswith("水泥")
    assert fold("6204") == "6204"


def test_a_line_of_text_falls_into_goods():
    assert split_names("带肋钢筋、热轧卷板;盘条，\n水泥、水泥") == ["带肋钢筋", "热轧卷板", "盘条", "水泥"]
    assert split_names(" ") == []


@pytest.mark.parametrize(
    ("wanted", "made", "least", "words"),
    [
        ("水泥", "水泥", 1.0, "水泥"),
        ("螺纹钢", "带肋钢筋", 0.8, "钢筋线材"),
        ("铸件毛坯", "铸锻件", 0.8, "铸件"),
        ("机床护罩", "钣金护罩", 0.55, "护罩"),
        ("线缆", "控制线缆", 0.85, "线缆"),
    ],
)
def test_goods_that_fit_say_why(wanted, made, least, words):
    found = fit_of(wanted, made)
    assert found.value >= least
    assert found.words == words


@pytest.mark.parametrize(
    ("wanted", "made"),
    [("铜箔", "铜管"), ("包装箱", "变速箱"), ("玻璃瓶", "玻璃纤维"), ("水泥", "水泥管桩机"), ("", "水泥")],
)
def test_goods_that_only_look_alike_do_not_fit(wanted, made):
    assert fit_of(wanted, made).value < LEAST_FIT


@pytest.mark.parametrize(
    ("wanted", "made", "words"),
    [
        ("castings", "gearbox housings", "铸件"),
        ("steel plate", "hot-rolled coil", "钢板卷板"),
        ("spare parts", "machine spare part", "spare part"),
        ("Fire bricks", "refractories", "耐火材料"),
        ("truck mirrors", "wing mirror", "mirror"),
    ],
)
def test_goods_in_english_fit_by_their_last_words(wanted, made, words):
    assert fit_of(wanted, made).words == words
    assert [name for name, _fit in Goods([made, "batteries"]).names_that_fit(wanted)] == [made]


@pytest.mark.parametrize(
    ("wanted", "made"),
    [
        ("peanuts", "storage cabinets"),
        ("dyes", "glass bottles"),
        ("ink", "zinc"),
        ("coal", "coal tar"),
        ("gas", "glass"),
    ],
)
def test_letters_that_happen_to_be_the_same_say_nothing(wanted, made):
    assert fit_of(wanted, made).value < LEAST_FIT


def test_every_kind_of_goods_has_a_name_in_english():
    assert all(kind_in_english(kind).isascii() for kind in kinds())
    assert kind_in_english("铸件") == "castings"


def test_the_word_that_ends_last_decides_the_kind():
    assert kinds_of("五层瓦楞纸箱") == {"包装箱"}
    assert kinds_of("铸件包装箱") == {"包装箱"}
    assert kinds_of("无名之物") == frozenset()


def test_no_word_names_two_kinds():
    words = [word for listed in kinds().values() for word in listed]
    assert len(words) == len(set(words))


@settings(max_examples=RUNS, deadline=None)
@given(NAMES, NAMES)
def test_fit_is_even_handed_and_between_nothing_and_one(a, b):
    one, other = fit_of(a, b), fit_of(b, a)
    assert one.value == other.value
    assert 0 <= one.value <= 1
    assert fit_of(a, a).value == 1


@settings(max_examples=RUNS, deadline=None)
@given(NAMES, st.lists(NAMES, max_size=12))
def test_the_index_finds_exactly_what_fits(wanted, made):
    found = dict(Goods(made).names_that_fit(wanted))
    assert set(found) == {name for name in made if fit_of(wanted, name).value >= LEAST_FIT}


def test_near_is_township_before_county_before_city():
    near = [
        nearness("000100020003", path, step=4) for path in ("000100020003", "00010002", "00010009", "0009")
    ]
    assert [steps for _bonus, steps in near] == [3, 2, 1, 0]
    assert [bonus for bonus, _steps in near] == sorted((bonus for bonus, _steps in near), reverse=True)


def test_precision_at_five_on_the_labelled_set():
    right, shown, wanted, wrong_first = score()
    assert right / shown >= 0.9
    assert right / wanted >= 0.85
    assert wrong_first == 0
