"""The office's own map: what is drawn, and that nothing that is no map breaks a page."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.people.map_file import LARGEST, NAME, rings_by_code, shapes_of
from gongjian.people.models import Area

SQUARE = [[112, 35], [113, 35], [113, 36], [112, 36], [112, 35]]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["features", "properties", "geometry", "type", "coordinates", "code"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def feature(code, coordinates, kind="Polygon"):
    return {"properties": {"code": code}, "geometry": {"type": kind, "coordinates": coordinates}}


@given(ANYTHING)
def test_whatever_a_file_says_nothing_breaks(told):
    for found in (told, {"features": [told]}, {"features": [feature("419902", told)]}):
        for rings in rings_by_code(found).values():
            assert all(abs(x) <= 180 and abs(y) < 90 for ring in rings for x, y in ring)


def test_polygons_of_one_code_are_one_area_and_what_is_no_ring_is_passed_over():
    found = {
        "features": [
            feature(419902, [SQUARE]),
            feature("419902000000", [[SQUARE], [SQUARE, SQUARE[:2]]], "MultiPolygon"),
            feature("419903", [[[0, float("inf")], *SQUARE]]),
            feature("", [SQUARE]),
        ]
    }
    assert {code: len(rings) for code, rings in rings_by_code(found).items()} == {"419902": 3, "419903": 0}


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 5000, '{"features": 3}', " " * (LARGEST + 1)])
def test_a_file_that_is_no_map_draws_nothing(tmp_path, text):
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    assert shapes_of(tmp_path, [Area(pk=1, stat_code="419902000000")]) == {}


def test_a_map_that_was_exchanged_is_read_anew(tmp_path):
    areas = [Area(pk=1, stat_code="419902000000"), Area(pk=2, stat_code="")]
    assert shapes_of(tmp_path, areas) == {}
    for code, drawn in (("419902", [1]), ("4199031", [])):
        (tmp_path / NAME).write_text(json.dumps({"features": [feature(code, [SQUARE])]}), encoding="utf-8")
        assert list(shapes_of(tmp_path, areas)) == drawn
