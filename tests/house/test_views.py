"""A view has at most twenty lines and calls at most one service that writes, on any path through it."""

from collections.abc import Iterable
from types import FunctionType
from typing import Any

import pytest
from django.http import HttpRequest

from gongjian.intake import services as intake
from gongjian.notices import services as notices
from tests.house.planted import planted
from tests.house.views import Paths, callbacks, helpers, is_service, length

MOST_LINES = 20
VIEWS = sorted(set(callbacks()), key=lambda view: (view.__module__, view.__name__))
VERBS: dict[str, Any] = {"read": notices.mark_read, "all": notices.mark_all_read}


def long_parts(views: Iterable[FunctionType]) -> dict[str, int]:
    """Views, and functions they hand their request on to, that are too long."""
    parts = {part for view in views for part in helpers(view)}
    return {f"{part.__module__}.{part.__name__}": n for part in parts if (n := length(part)) > MOST_LINES}


def busy(views: Iterable[FunctionType]) -> dict[str, int]:
    """Views with a path on which more than one service writes."""
    most = {f"{view.__module__}.{view.__name__}": Paths(view, frozenset()).most for view in views}
    return {name: number for name, number in most.items() if number > 1}


def test_a_view_has_at_most_twenty_lines():
    assert len(VIEWS) > 100
    assert long_parts(VIEWS) == {}


def test_a_view_calls_one_service():
    assert is_service(intake.confirm_draft)
    assert not is_service(length)
    assert busy(VIEWS) == {}


# --- planted violations


def _second(request: HttpRequest) -> None:
    notices.mark_all_read(by=request.user, at=None)


def two_in_a_row(request: HttpRequest, rows: list[Any], verb: str) -> None:
    notices.mark_read(rows[0], by=request.user, at=None)
    notices.mark_all_read(by=request.user, at=None)


def one_here_one_in_a_helper(request: HttpRequest, rows: list[Any], verb: str) -> None:
    if rows:
        notices.mark_read(rows[0], by=request.user, at=None)
    _second(request)


def in_a_loop(request: HttpRequest, rows: list[Any], verb: str) -> None:
    for row in rows:
        notices.mark_read(row, by=request.user, at=None)


def inside_a_lambda_and_after(request: HttpRequest, rows: list[Any], verb: str) -> None:
    done = [lambda: notices.mark_read(rows[0], by=request.user, at=None)]
    if done:
        VERBS[verb](by=request.user, at=None)


def either_of_two(request: HttpRequest, rows: list[Any], verb: str) -> None:
    if verb == "all":
        notices.mark_all_read(by=request.user, at=None)
        return
    service = VERBS[verb]
    service(rows[0], by=request.user, at=None)


def far_too_long(request: HttpRequest) -> list[int]:
    return [
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
        13,
        14,
        15,
        16,
        17,
        18,
        19,
    ]


@planted(test_a_view_calls_one_service)
@pytest.mark.parametrize(
    "view", [two_in_a_row, one_here_one_in_a_helper, in_a_loop, inside_a_lambda_and_after]
)
def test_a_second_service_is_reported(view):
    assert Paths(view, frozenset()).most > 1
    assert [*busy([view, either_of_two])] == [f"{__name__}.{view.__name__}"]


@planted(test_a_view_calls_one_service)
def test_services_on_two_paths_are_one_each():
    assert Paths(either_of_two, frozenset()).most == 1
    assert busy([either_of_two]) == {}


@planted(test_a_view_has_at_most_twenty_lines)
def test_a_long_view_is_reported():
    assert far_too_long in helpers(far_too_long)
    assert long_parts([far_too_long, in_a_loop]) == {f"{__name__}.far_too_long": MOST_LINES + 2}
