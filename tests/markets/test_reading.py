"""What a firm makes and buys, out of visit notes: the annotated sentences, cases one by one, never a crash."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.markets.goods_in_notes import read_goods
from samples import notes


def said(text, **more):
    return [(one.buys, one.name, one.outside) for one in read_goods(text, **more)]


def test_sixty_sentences_and_more_are_annotated_and_no_name_is_foreign_to_its_text():
    labels = tomllib.loads(notes.LABELS.read_text(encoding="utf-8"))["note"]
    assert len({one["text"] for one in labels}) == len(labels) >= 60
    for one in labels:
        assert all(name in one["text"] for key in ("makes", "buys") for name in one.get(key, ()))
        assert set(one.get("outside", ())) <= set(one.get("buys", ()))


def test_precision_and_recall_on_sentences_the_rules_were_not_written_for():
    one = notes.score("fresh")
    assert one["sentences"] >= 30
    assert one["right"] / one["read"] >= 0.75
    assert one["right"] / one["wanted"] >= 0.6
    assert one["placed"] / one["bought"] >= 0.8


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("企业主要生产带肋钢筋和盘条。", [(False, "带肋钢筋", None), (False, "盘条", None)]),
        ("纸箱从外省采购。", [(True, "纸箱", True)]),
        ("纸箱在本地采购。", [(True, "纸箱", False)]),
        ("需要采购劳保手套。", [(True, "劳保手套", None)]),
        ("刀具一年要用三十多万，都从上海进。", [(True, "刀具", True)]),
        ("下游客户主要采购我厂的密封件。", [(False, "密封件", None)]),
        ("主打产品：制动盘；车桥总成。", [(False, "制动盘", None), (False, "车桥总成", None)]),
        ("不再生产轴承。", []),
        ("计划生产光伏玻璃。", []),
        ("反映流动资金紧张，希望协调银行续贷。", []),
        ("狠抓安全生产。", []),
        ("", []),
    ],
)
def test_plain_cases(text, found):
    assert said(text) == found


def test_a_name_some_firm_has_is_goods_though_it_does_not_look_so():
    assert said("外购情况灯。") == []
    assert said("外购情况灯。", known={"情况灯"}) == [(True, "情况灯", None)]


def test_the_same_thing_twice_is_said_once_and_the_place_is_kept():
    assert said("需要采购纸箱。纸箱从外省采购。纸箱从外省采购。") == [(True, "纸箱", True)]


def test_the_sentence_is_cut_where_the_name_stands():
    assert read_goods("所用纸箱从外省采购，运费高。")[0].parts == ("所用", "纸箱", "从外省采购，运费高")


@given(st.text(alphabet="生产采购从外省本地纸箱和、，。：；产品为的用12吨年", max_size=40))
def test_any_text_is_read_and_every_name_stands_in_it(text):
    for one in read_goods(text):
        assert one.name in text
        assert 2 <= len(one.name) <= 12
