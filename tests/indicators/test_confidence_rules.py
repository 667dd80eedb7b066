"""The confidence index to the digit, its interval, and which groups may be shown."""

from decimal import Decimal
from random import Random
from secrets import token_bytes

import pytest

from gongjian.indicators.confidence.rules import (
    CELLS,
    Paper,
    Tally,
    added,
    band,
    first_day,
    group_code,
    least,
    mark_of,
    quarter_name,
    read_paper,
    seal_paper,
    split_shown,
)
from tests.factories.days import AT


def tally(now, expected, *, asked=0):
    """A hundred firms whose two answers have these shares: (good, bad) now and expected."""
    first = [1] * now[0] + [0] * (100 - sum(now)) + [-1] * now[1]
    second = [1] * expected[0] + [0] * (100 - sum(expected)) + [-1] * expected[1]
    Random(1).shuffle(second)
    counts = dict.fromkeys(CELLS, 0)
    for pair in zip(first, second, strict=True):
        counts[pair] += 1
    return Tally(counts, asked)


@pytest.mark.parametrize(
    ("now", "expected", "parts", "index"),
    [
        ((35, 15), (40, 10), ("120", "130"), "126.0"),  # the published example
        ((0, 0), (0, 0), ("100", "100"), "100.0"),
        ((100, 0), (100, 0), ("200", "200"), "200.0"),
        ((0, 100), (0, 100), ("0", "0"), "0.0"),
        ((20, 30), (30, 20), ("90", "110"), "102.0"),
        ((60, 5), (10, 45), ("155", "65"), "101.0"),
    ],
)
def test_the_index_weighs_what_is_and_what_is_expected(now, expected, parts, index):
    found = tally(now, expected)
    assert tuple(found.part(question).index for question in (0, 1)) == tuple(map(Decimal, parts))
    assert found.index == Decimal(index)
    assert (found.rate, Tally({}).index, Tally({}).interval(), Tally({}).part(0).index) == (
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("index", "word"),
    [
        ("0", "LOW"),
        ("99.9", "LOW"),
        ("100", "MIDDLE"),
        ("100.1", "MILD"),
        ("119.9", "MILD"),
        ("120", "FAIR"),
        ("149.9", "FAIR"),
        ("150", "HIGH"),
        ("200", "HIGH"),
    ],
)
def test_a_band_begins_where_the_one_below_ends(index, word):
    assert band(Decimal(index)) == word


def told(one):
    """Low, index, high."""
    low, high = one.interval()
    return low, one.index, high


def test_when_all_have_answered_the_index_is_no_estimate():
    assert tally((35, 15), (40, 10), asked=100).interval() == (Decimal(126), Decimal(126))


def test_the_interval_narrows_with_more_answers_and_as_they_come_to_be_of_all():
    few = Tally({(1, 1): 3, (0, 0): 3, (-1, -1): 2}, 1000)
    many = Tally({cell: 20 * n for cell, n in few.counts.items()}, 1000)
    nearly = Tally(many.counts, 170)
    widths = [high - low for low, _index, high in map(told, (few, many, nearly))]
    assert widths == sorted(widths, reverse=True)
    low, index, high = told(few)
    assert 0 <= low < index < high <= 200


@pytest.mark.parametrize("cell", [(1, 1), (0, 0), (-1, -1), (1, -1)])
def test_answers_that_are_all_the_same_prove_no_certainty(cell):
    low, index, high = told(Tally({cell: 8}, 400))
    assert high - low > 5
    assert 0 <= low <= index <= high <= 200


@pytest.mark.parametrize(("asked", "answered"), [(400, 30), (60, 40), (2000, 150)])
def test_the_interval_holds_the_index_of_all_about_as_often_as_it_says(asked, answered):
    dice = Random(7)
    firms = dice.choices(CELLS, weights=(20, 6, 3, 9, 30, 8, 2, 7, 15), k=asked)
    _low, truth, _high = told(Tally({cell: firms.count(cell) for cell in CELLS}, asked))
    held = 0
    for _turn in range(400):
        drawn = dice.sample(firms, answered)
        low, _index, high = told(Tally({cell: drawn.count(cell) for cell in CELLS}, asked))
        held += low <= truth <= high
    assert 0.91 <= held / 400 <= 0.99


def group(answered, asked=1000):
    """A group whose firms do not all say the same."""
    return Tally({(1, 1): answered - answered // 2, (0, -1): answered // 2}, asked)


@pytest.mark.parametrize(
    ("groups", "shown"),
    [
        ({"a": 5, "b": 9}, ["a", "b"]),
        ({"a": 4, "b": 9, "c": 7}, ["b"]),  # 4 alone could be had by taking b and c from the whole
        ({"a": 4, "b": 1, "c": 7, "d": 6}, ["d", "c"]),  # 5 together
        ({"a": 1, "b": 30}, []),
        ({"a": 0, "b": 30, "c": 6}, ["c", "b"]),  # of nobody nothing can be had
        ({"": 1, "b": 30, "c": 6}, ["b"]),
        ({"": 7, "b": 30}, ["b"]),
        ({}, []),
    ],
)
def test_no_small_group_is_shown_or_can_be_had_by_subtraction(groups, shown):
    tallies = {name: group(number) for name, number in groups.items()}
    found, left_out = split_shown(tallies)
    assert found == shown
    assert set(found) | set(left_out) == set(groups)
    assert added(tallies[name] for name in left_out).answered not in range(1, least())


@pytest.mark.parametrize(
    ("counts", "asked", "hides"),
    [
        ({(1, 0): 6, (1, -1): 3}, 9, False),  # every firm answered, every one says that business is good
        ({(0, -1): 6, (1, -1): 3}, 9, False),
        ({(1, 0): 6, (1, -1): 3}, 10, True),  # one did not answer: which, nobody knows
        ({(1, 0): 6, (0, -1): 3}, 9, True),
        ({(1, 0): 2, (0, -1): 2}, 90, False),
    ],
)
def test_a_group_that_is_of_one_mind_tells_what_each_said_when_all_answered(counts, asked, hides):
    assert Tally(counts, asked).hides_each is hides
    whole = {"one": Tally(counts, asked), "two": group(40), "three": group(50)}
    assert ("one" in split_shown(whole)[0]) is hides


def test_what_is_taken_from_the_whole_leaves_the_rest():
    rest = Tally({(1, 1): 7, (0, 0): 2}, 20).less([Tally({(1, 1): 4}, 8), Tally({(0, 0): 2}, 9)])
    assert (rest.answered, rest.counts[1, 1], rest.asked) == (3, 3, 3)


def test_a_mark_needs_the_key():
    assert mark_of("a", b"key") == mark_of("a", b"key")
    assert len({mark_of("a", b"key"), mark_of("b", b"key"), mark_of("a", b"other")}) == 3


@pytest.mark.parametrize(("now", "expected"), CELLS)
@pytest.mark.parametrize("sector", ["", "钢铁", "很长很长的行业名称" * 6])
def test_a_sealed_paper_tells_nothing_without_the_key_not_even_by_its_length(now, expected, sector):
    paper = Paper(now, expected, group_code("SECTOR", sector), group_code("AREA", "临河区"))
    sealed = [seal_paper(paper, b"key", token_bytes) for _turn in range(3)]
    assert len(set(sealed)) == 3
    assert {len(one) for one in sealed} == {92}
    assert [read_paper(one, b"key") for one in sealed] == [paper] * 3
    assert read_paper(sealed[0], b"other") is None


@pytest.mark.parametrize("place", [0, 11, 12, 13, 21, 29, 30, 45])
def test_a_sealed_paper_of_which_a_bit_was_altered_is_none(place):
    paper = Paper(1, 1, group_code("SECTOR", "钢铁"), group_code("AREA", "临河区"))
    sealed = bytearray.fromhex(seal_paper(paper, b"key", token_bytes))
    sealed[place] ^= 1
    assert read_paper(sealed.hex(), b"key") is None


def test_a_quarter_has_its_first_day_and_its_name():
    day = AT.date()
    assert first_day(day).month in (1, 4, 7, 10)
    assert [quarter_name(day.replace(month=month, day=1))[-2:] for month in (1, 3, 4, 12)] == [
        "Q1",
        "Q1",
        "Q2",
        "Q4",
    ]
