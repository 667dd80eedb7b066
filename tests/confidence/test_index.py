"""The index to the digit, its interval, and which groups may be told."""

from decimal import Decimal

import pytest

from gongjian.confidence.rules import combined, diffusion, index_of, told


@pytest.mark.parametrize(
    ("shares", "wanted"),
    [  # good and bad now, good and bad expected; now, expected, index
        ("35 15 40 10", "120 130 126.0"),
        ("0 0 0 0", "100 100 100.0"),
        ("100 0 100 0", "200 200 200.0"),
        ("0 100 0 100", "0 0 0.0"),
        ("100 0 0 100", "200 0 80.0"),
        ("0 100 100 0", "0 200 120.0"),
        ("33.3 16.7 25 25", "116.6 100.0 106.64"),
    ],
)
def test_the_index_of_shares(shares, wanted):
    good, bad, better, worse = map(Decimal, shares.split())
    now, expected = diffusion(good, bad), diffusion(better, worse)
    assert [now, expected, combined(now, expected)] == [Decimal(each) for each in wanted.split()]


def test_the_index_of_counted_answers_is_the_same_to_the_digit():
    counts = {
        "GOOD-GOOD": 25,
        "GOOD-FAIR": 10,
        "FAIR-GOOD": 15,
        "FAIR-FAIR": 35,
        "BAD-FAIR": 5,
        "BAD-BAD": 10,
    }
    found = index_of(counts, asked=400)
    assert [found.now, found.expected, found.value] == [Decimal("120.0"), Decimal("130.0"), Decimal("126.0")]
    assert (found.answered, found.rate) == (100, Decimal("25.0"))
    assert found.low < found.value < found.high


def test_the_interval_narrows_with_answers_and_closes_when_all_have_answered():
    def width(times, asked):
        found = index_of({"GOOD-GOOD": 3 * times, "BAD-BAD": 2 * times}, asked=asked)
        return found.high - found.low

    assert width(1, 1000) > width(4, 1000) > width(40, 1000) > 0
    assert width(40, 200) == 0
    same = index_of({"GOOD-GOOD": 6}, asked=50)
    assert same.value == same.high == 200
    assert same.low < 190  # a few equal answers are not certain
    assert index_of({}, asked=10) is None


@pytest.mark.parametrize(
    ("groups", "kept"),
    [
        ({"a": 10, "b": 10}, "ab"),
        ({"a": 10, "b": 4}, ""),  # b is had by subtraction, so a goes as well
        ({"a": 10, "b": 9, "c": 4}, "a"),
        ({"a": 10, "b": 3, "c": 2}, "a"),  # five are left over together
        ({"a": 5}, "a"),
        ({"a": 4}, ""),
        ({}, ""),
    ],
)
def test_a_group_is_told_only_where_none_can_be_had_by_subtraction(groups, kept):
    assert told(groups, sum(groups.values())) == set(kept)


def test_what_belongs_to_no_group_counts_as_left_over():
    assert told({"a": 10, "b": 10}, 22) == {"a"} or told({"a": 10, "b": 10}, 22) == {"b"}
    assert told({"a": 10}, 15) == {"a"}
