"""Who should handle it: pieces of text, the classifier as arrays, words that decided, the file it is kept in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engines.likeness import training
from gongjian.engines.likeness.character_pieces import (
    CATEGORY_SIGN,
    fold,
    grams,
    pieces_with_positions,
    with_category_piece,
)
from gongjian.engines.likeness.training import Case, most_frequent_line, phrases, train
from gongjian.problems.suggested_units import model_file
from gongjian.problems.suggested_units.model import UnitModel

DUTIES = {1: "贷款续贷、融资担保；上市培育", 2: "用工招聘、技能培训、社会保险", 3: "用地报批、不动产登记"}
CASES = [
    Case("一笔贷款到期，银行不给续贷", 1),
    Case("招不到工人，缺三十人", 2),
    Case("不动产证办不下来", 3),
] * 80


@given(st.text(max_size=60))
def test_every_piece_stands_where_it_is_said_to(text):
    folded = fold(text)
    assert all(
        folded[at : at + len(piece)] == piece and " " not in piece
        for piece, at in pieces_with_positions(folded)
    )


def test_numbers_are_one_sign_and_no_piece_crosses_a_break():
    assert fold("贷款300.5万，续贷") == "贷款0万 续贷"
    assert "万续" not in grams("300万，续贷")


def test_the_category_is_a_piece_of_its_own_and_none_says_nothing():
    assert grams(with_category_piece("缺人", "用工")).count(f"{CATEGORY_SIGN}用工") == 3
    assert "用工" in grams(with_category_piece("缺人", "用工"))
    assert with_category_piece("缺人", "") == "缺人"


def test_a_duty_list_falls_into_phrases():
    assert phrases("贷款续贷、融资担保；上市\n用，") == ["贷款续贷", "融资担保", "上市"]


@pytest.mark.parametrize(
    ("text", "line"), [("银行要求先还贷款", 1), ("想搞技能培训", 2), ("用地批不下来", 3)]
)
def test_on_day_one_the_duty_lists_decide(text, line):
    probabilities = train([], DUTIES).probabilities(text)
    assert max(probabilities, key=probabilities.get) == line
    assert sum(probabilities.values()) == pytest.approx(1)


def test_one_line_alone_needs_no_classifier():
    assert train([], {1: "融资"}) is None
    assert train([Case("贷款", 1)], {}) is None


def test_two_lines_are_enough():
    probabilities = train([], {1: "贷款续贷、融资", 2: "用工招聘、社保"}).probabilities("招聘")
    assert probabilities[2] > probabilities[1]


def test_history_overrules_the_duty_list():
    odd = [Case("职工食堂缺厨师", 3)] * 60
    probabilities = train(CASES + odd, DUTIES).probabilities("食堂缺厨师")
    assert max(probabilities, key=probabilities.get) == 3


def test_the_words_that_decided_stand_in_the_text():
    model = train(CASES, DUTIES)
    words = model.words("我们厂的贷款下月到期，银行不同意", 1)
    assert any("贷款" in word for word in words)
    assert all(len(word) > 1 for word in words)
    assert model.words("!!", 1) == []


def test_equals_the_library_it_was_trained_with():
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [case.text for case in CASES] + [p for d in DUTIES.values() for p in phrases(d)]
    vectors = TfidfVectorizer(analyzer=grams, sublinear_tf=True).fit(texts)
    model = train(CASES, DUTIES)
    index, values = model.vector("一笔贷款到期，招不到工人")
    theirs = vectors.transform(["一笔贷款到期，招不到工人"]).toarray()[0]
    ours = {
        piece: float(v)
        for piece, v in zip(
            (sorted(model.vocabulary, key=model.vocabulary.get)[n] for n in index), values, strict=True
        )
    }
    assert ours == pytest.approx(
        {piece: theirs[n] for piece, n in vectors.vocabulary_.items() if theirs[n]}, abs=1e-5
    )


def test_later_cases_set_the_temperature():
    surprising = CASES[:204] + [Case("一笔贷款到期，银行不给续贷", 2)] * 36
    assert train(surprising, DUTIES).temperature > train(CASES, DUTIES).temperature
    assert training._temperature(train(CASES, DUTIES), [Case("没见过的条线", 9)]) == 1.0


def test_the_baseline_is_the_line_that_handled_most():
    assert most_frequent_line([Case("a", 1), Case("b", 2), Case("c", 2)]) == 2


@pytest.fixture
def stored(settings, tmp_path):
    settings.HOME = tmp_path
    model = UnitModel(train(CASES, DUTIES), {(1, "CITY", 1): 4, (2, "COUNTY", 2): 7}, len(CASES), "abc")
    model_file.save(model)
    return model


def test_the_file_gives_back_the_same_model(stored):
    loaded = model_file.load()
    assert (loaded.levels, loaded.cases, loaded.digest) == (stored.levels, stored.cases, "abc")
    assert loaded.classifier.probabilities("贷款") == pytest.approx(stored.classifier.probabilities("贷款"))
    assert model_file.load() is loaded


def test_what_is_no_model_is_not_read(stored):
    model_file.model_path().write_bytes(b"PK nonsense")
    assert model_file.load() is None
    np.savez(model_file.model_path(), facts=np.array([{"a": 1}], dtype=object))
    assert model_file.load() is None
    model_file.model_path().unlink()
    assert model_file.load() is None
