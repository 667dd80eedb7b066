"""The shipped tables of lights at each of their boundaries, a hair below, on it, and a hair above."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from gongjian.alerts.names_in_library import LIBRARY_MESSAGES
from gongjian.alerts.rules import (
    behind_points,
    behind_share,
    gravest,
    of_what_was_due,
    running,
    shipped,
)
from gongjian.alerts.states import AlertLight, Comparison, Measure


@dataclass(frozen=True)
class Line:
    comparison: str
    threshold: Decimal
    light: str


def light(scheme, value):
    lines = [
        Line(one["comparison"], one["threshold"], one["light"])
        for one in shipped()
        if one["scheme"] == scheme
    ]
    assert lines, scheme
    found = gravest(lines, Decimal(value))
    return found.light if found else "GREEN"


@pytest.mark.parametrize(
    ("scheme", "value", "wanted"),
    [
        ("银川 2025 进度", "-5", "GREEN"),  # ahead
        ("银川 2025 进度", "0", "GREEN"),
        ("银川 2025 进度", "9.99", "GREEN"),
        ("银川 2025 进度", "10", "YELLOW"),
        ("银川 2025 进度", "10.01", "YELLOW"),
        ("银川 2025 进度", "29.99", "YELLOW"),
        ("银川 2025 进度", "30", "YELLOW"),
        ("银川 2025 进度", "30.01", "RED"),
        ("银川 2025 进度", "100", "RED"),
        ("银川 2025 开工", "0", "GREEN"),
        ("银川 2025 开工", "1", "YELLOW"),
        ("银川 2025 开工", "2", "YELLOW"),
        ("银川 2025 开工", "3", "RED"),
        ("银川 2025 开工", "4", "RED"),
        ("银川 2025 资金", "-1", "GREEN"),
        ("银川 2025 资金", "0", "GREEN"),
        ("银川 2025 资金", "0.01", "RED"),
        ("银川 2025 入库", "0", "GREEN"),
        ("银川 2025 入库", "1", "YELLOW"),
        ("银川 2025 入库", "2", "YELLOW"),
        ("银川 2025 入库", "3", "RED"),
        ("三亚 2022 进度", "-0.01", "GREEN"),
        ("三亚 2022 进度", "0", "GREEN"),
        ("三亚 2022 进度", "0.01", "YELLOW"),
        ("三亚 2022 进度", "49.99", "YELLOW"),
        ("三亚 2022 进度", "50", "YELLOW"),
        ("三亚 2022 进度", "50.01", "RED"),
        ("三亚 2022 进度", "100", "RED"),
        ("三亚 2022 月度任务", "0", "GREEN"),
        ("三亚 2022 月度任务", "1", "YELLOW"),
        ("三亚 2022 月度任务", "2", "RED"),
        ("三亚 2022 月度任务", "3", "RED"),
        ("完成率四档", "120", "GREEN"),
        ("完成率四档", "100", "GREEN"),
        ("完成率四档", "99.99", "YELLOW"),
        ("完成率四档", "90", "YELLOW"),
        ("完成率四档", "89.99", "ORANGE"),
        ("完成率四档", "50.01", "ORANGE"),
        ("完成率四档", "50", "RED"),
        ("完成率四档", "0", "RED"),
        ("本办 同比", "0", "GREEN"),
        ("本办 同比", "-0.01", "YELLOW"),
        ("本办 同比", "-10", "YELLOW"),
        ("本办 同比", "-10.01", "RED"),
        ("本办 连续变差", "1", "GREEN"),
        ("本办 连续变差", "2", "YELLOW"),
        ("本办 连续变差", "3", "RED"),
        ("本办 报数", "0", "GREEN"),
        ("本办 报数", "1", "YELLOW"),
        ("本办 报数", "2", "RED"),
    ],
)
def test_a_value_has_the_light_of_its_table(scheme, value, wanted):
    assert light(scheme, value) == wanted


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("0.40 0.50", "10 20 80"),
        ("0.20 0.50", "30 60 40"),
        ("0.25 0.50", "25 50 50"),
        ("0.60 0.50", "-10 -20 120"),
        ("0 0.25", "25 100 0"),
        ("0.30 0", "-30 - -"),
    ],
)
def test_points_behind_and_share_behind_are_two_things(told, wanted):
    completion, due = map(Decimal, told.split())
    points, share, done = (None if each == "-" else Decimal(each) for each in wanted.split())
    assert behind_points(completion, due) == points
    assert behind_share(completion, due) == share
    assert of_what_was_due(completion, due) == done


@pytest.mark.parametrize(
    ("months", "count"),
    [
        ([], 0),
        ([True], 1),
        ([False, True, True], 0),
        ([True, True, False, True], 2),
        ([True, None, True], 1),  # an unknown month ends the run
        ([None, True], 0),
    ],
)
def test_a_run_is_counted_from_the_newest_month(months, count):
    assert running(months) == count


def test_of_two_lines_with_one_light_the_nearer_threshold_is_the_reason():
    near, far = Line("FROM", Decimal(20), "YELLOW"), Line("FROM", Decimal(10), "YELLOW")
    assert gravest([far, near], Decimal(25)) is near
    assert gravest([near, far], Decimal(15)) is far
    assert gravest([near, far], Decimal(5)) is None


def test_every_shipped_line_is_one_a_form_takes_and_has_its_words():
    for one in shipped():
        assert one["measure"] in Measure.values
        assert one["comparison"] in Comparison.values
        assert one["light"] in AlertLight.values
        assert {one["scheme"], one["document"], one["follow_up"]} <= LIBRARY_MESSAGES.keys()
