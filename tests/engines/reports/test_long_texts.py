"""Twice the text takes about twice the work, whatever its shape; counted in calls, since time is measured by the bench."""

import sys

import pytest

from gongjian.engines.reports.extractor import extract
from samples.long_texts import SHAPES, long_text

SMALL, LARGE = 12_000, 48_000


def calls(text):
    """How many functions, of Python and of C, reading the text calls."""
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event.endswith("call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        extract(text)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("shape", SHAPES)
def test_the_work_grows_with_the_text(shape):
    extract(long_text(shape, 1_000))  # patterns are compiled and words are loaded once
    times = calls(long_text(shape, LARGE)) / calls(long_text(shape, SMALL))
    assert times < 1.15 * LARGE / SMALL


def test_counting_sees_what_grows_with_the_square(monkeypatch):
    """The same count on work that is quadratic: it would be reported."""

    def quadratic(text):
        return sum(len(text[i:j]) for i in range(0, len(text), 100) for j in range(i, len(text), 100))

    monkeypatch.setattr("tests.engines.reports.test_long_texts.extract", quadratic)
    assert calls("字" * LARGE) / calls("字" * SMALL) > 1.15 * LARGE / SMALL


def test_a_sentence_that_two_events_share_is_still_divided():
    text = "5月6日，云台县召开动员会，县委书记许怀远讲话，随后县长陶知行到海拓机械有限公司走访调研。"
    assert [event.type.value for event in extract(text).events] == ["mobilisation", "visit"]
