"""Two ways to write one name, code or number fold to the same; different ones do not."""

import pytest

from gongjian.engines.writing.folding import fold_code, fold_name, fold_phone

DOTS = "·•・．‧∙⋅･.●◦˙"


@pytest.mark.parametrize("dot", [*DOTS, "", " ", " · ", "\u200b", "\u00a0"])
def test_the_dot_of_a_name_makes_no_difference(dot):
    assert fold_name(f"阿卜杜{dot}热合曼") == fold_name("阿卜杜·热合曼")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("安川华星（集团）有限公司", "安川华星(集团)有限公司"),
        ("安川华星【集团】有限公司", "安川华星〔集团〕有限公司"),
        ("安川华星有限公司", "安川 华星　有限公司"),
        ("ＡＢＣ科技", "abc科技"),
        ("E-Power 电力", "e–power电力"),
        ("“老字号”食品", "老字号食品"),
        ("⻓江⻋辆", "长江车辆"),
        ("\uf9d1合", "六合"),
        ("华星\ufeff食品\u00ad", "华星食品"),
        ("A.O.史密斯", "A·O·史密斯"),
    ],
)
def test_two_ways_to_write_one_name(one, other):
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("华星食品", "华兴食品"),
        ("华星（集团）", "华星集团"),
        ("3.5材料", "35材料"),
        ("昇华", "升华"),
        ("三一", "三—"),
    ],
)
def test_two_names_stay_two(one, other):
    assert fold_name(one) != fold_name(other)


def test_a_name_of_signs_only_folds_to_nothing():
    assert fold_name(" ·\u200b ") == ""


@pytest.mark.parametrize(
    "written",
    [
        "91410300ma45 1234-5x",
        "９１４１０３００ＭＡ４５１２３４５Ｘ",
        "91410300MA451234\u200b5X",
        "91410300MA45—12345X",
    ],
)
def test_a_code_is_read_without_its_dress(written):
    assert fold_code(written) == "91410300MA4512345X"


@pytest.mark.parametrize(
    "written",
    ["+86 138-1234-5678", "0086 13812345678", "138 1234 5678", "１３８１２３４５６７８", "86-13812345678"],
)
def test_a_phone_is_its_digits(written):
    assert fold_phone(written) == "13812345678"
    assert fold_phone("8612345") == "8612345"
    assert fold_phone("0379-65123456") == "037965123456"
