"""Wordings kept apart: frozen, of every matter, like none of the city's own; tried after learning a history on paper."""

import re
import tomllib
from random import Random

import pytest

from gongjian.audit import Refused
from gongjian.invented_city import history_on_paper, places, wordings, world
from gongjian.problems.suggested_units import backtest
from gongjian.problems.suggested_units.lines_of_work import read_lines
from tests.factories import AT

LEAST = 80
SAME = 0.6  # share of two-character pieces in common from which two wordings are one


def _wordings(path):
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        (register, key): text
        for register, texts in data.items()
        if register != "seed"
        for key, text in texts.items()
    }


def _pieces(text):
    plain = re.sub(r"\{\w+\}|\W", "", text)
    return {plain[n : n + 2] for n in range(len(plain) - 1)}


@pytest.mark.parametrize("path", sorted(history_on_paper.HELD_OUT.glob("*.toml")), ids=lambda path: path.stem)
def test_wordings_kept_apart_are_many_of_every_matter_and_nobody_elses(path):
    held_out = _wordings(path)
    assert len(set(held_out.values())) == len(held_out) >= LEAST
    assert {key for _register, key in held_out} == {matter.key for matter in wordings.matters()}
    learnt = [_pieces(text) for matter in wordings.matters() for text in (*matter.texts, *matter.later)]
    for text in held_out.values():
        own = _pieces(text)
        assert all(len(own & other) < SAME * len(own) for other in learnt), text
        assert "{" not in wordings.fill_slots(Random(1), wordings.matters()[0], text, "水泥")


@pytest.fixture
def anchuan(db):
    """The areas and units of the invented city, nothing else."""
    places.build(world.new_world(size="demo", at=AT))


def test_what_was_kept_apart_is_tried_after_learning_on_paper(anchuan, monkeypatch):
    monkeypatch.setattr(history_on_paper, "TIMES", 1)
    held_out = history_on_paper.held_out_cases("first")
    assert held_out == history_on_paper.held_out_cases("first")
    history = history_on_paper.past_hand_overs(700)
    assert 0.87 < sum(problem.stayed for problem in history) / len(history) < 0.96
    result = backtest.evaluate_held_out(history, held_out, read_lines())
    assert (result.learnt, result.score.cases, result.wordings) == (700, len(held_out), len(held_out))
    assert sum(score.cases for score in result.parts.values()) == len(held_out)
    assert result.score.top1 > result.baseline + 0.15
    assert result.score.top3 > 0.7
    assert 0 < result.brier < 0.35
    assert 0 < result.top3_margin < 0.1


def test_a_name_that_is_none_lists_what_there_is():
    with pytest.raises(Refused, match="first"):
        history_on_paper.held_out_cases("third")


def test_another_city_is_not_tried(db):
    with pytest.raises(Refused, match="虚构城市"):
        history_on_paper.city_on_paper(1)
