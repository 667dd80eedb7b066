"""A view has at most twenty lines and calls at most one service that writes, on any path through it."""

from typing import Any

import pytest
from django.http import HttpRequest

from gongjian.intake import services as intake
from gongjian.notices import services as notices
from tests.house.views import Paths, callbacks, helpers, is_service, length

MOST_LINES = 20
VIEWS = sorted(set(callbacks()), key=lambda view: (view.__module__, view.__name__))
VERBS: dict[str, Any] = {"read": notices.mark_read, "all": notices.mark_all_read}


def test_the_routes_lead_to_functions():
    assert len(VIEWS) > 100
    assert is_service(intake.confirm_draft)
    assert not is_service(length)


def test_a_view_has_at_most_twenty_lines():
    parts = {part for view in VIEWS for part in helpers(view)}
    long = {f"{part.__module__}.{part.__name__}": length(part) for part in parts if length(part) > MOST_LINES}
    assert long == {}


def test_a_view_calls_one_service():
    busy = {
        f"{view.__module__}.{view.__name__}": number
        for view in VIEWS
        if (number := Paths(view, frozenset()).most) > 1
    }
    assert busy == {}


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


@pytest.mark.parametrize(
    "view", [two_in_a_row, one_here_one_in_a_helper, in_a_loop, inside_a_lambda_and_after]
)
def test_a_second_service_would_be_found(view):
    assert Paths(view, frozenset()).most > 1


def test_services_on_two_paths_are_one_each():
    assert Paths(either_of_two, frozenset()).most == 1


def test_a_long_view_would_be_found():
    assert length(far_too_long) == MOST_LINES + 2
    assert far_too_long in helpers(far_too_long)
