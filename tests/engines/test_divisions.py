"""The register of divisions: any city or county of China, what lies below it, its odd places."""

import csv
import os
from pathlib import Path

import pytest

from gongjian.engines.divisions.register import Level, _all, divisions_below, divisions_called, province_of


def only(text):
    [division] = divisions_called(text)
    return division


@pytest.mark.parametrize(
    ("text", "code", "counties", "first"),
    [
        ("安阳市", "4105", 10, "文峰区"),
        ("410500", "4105", 10, "文峰区"),
        ("410500000000", "4105", 10, "文峰区"),
        ("3205", "3205", 10, "虎丘区"),
        ("上海市", "31", 16, "黄浦区"),  # no city between the municipality and its districts
        ("滑县", "410526", 0, "道口镇街道"),  # an office may be a county's
        ("东莞市", "4419", 0, "东城街道"),  # no counties at all
        ("济源市", "419001", 0, "济源市沁园街道"),  # governed by the province itself
    ],
)
def test_a_city_or_county_is_found_with_what_lies_below(text, code, counties, first):
    division = only(text)
    below = divisions_below(division)
    assert division.code == code
    assert sum(one.level in (Level.COUNTY, Level.ZONE) for one in below) == counties
    assert below[0].name == first or below[1].name == first
    assert all(one.code.startswith(code) for one in below)


def test_namesakes_are_all_there_and_told_apart():
    found = divisions_called("鼓楼区")
    assert {province_of(one) for one in found} == {"江苏省", "福建省", "河南省"}
    assert divisions_called("没有的市") == []
    assert divisions_called("990000") == []


def test_zones_and_what_is_counted_like_a_township_are_functional():
    zone = only("410571")
    assert (zone.level, zone.functional, zone.statistics_code) == (Level.ZONE, True, "410571")
    names = {one.name: one.functional for one in divisions_below(only("文峰区"))}
    assert names["步行街综合治理办公室"]
    assert not names["宝莲寺镇"]


def test_codes_stand_in_order_and_once():
    codes = [one.code for one in _all()]
    assert codes == sorted(set(codes))
    assert {len(code) for code in codes} == {2, 4, 6, 9}
    assert all(one.name.strip() == one.name and one.name for one in _all())


@pytest.mark.skipif(
    "GONGJIAN_ACCEPTANCE" not in os.environ, reason="the files of another source are not at hand"
)
@pytest.mark.parametrize(("name", "digits"), [("anyang_areas_2023.csv", 6), ("anyang_streets_2023.csv", 9)])
def test_agrees_with_another_copy_of_the_register(name, digits):
    with (Path(os.environ["GONGJIAN_ACCEPTANCE"]) / "data" / name).open(encoding="utf-8") as file:
        theirs = {row["code"]: row["name"] for row in csv.DictReader(file)}
    ours = {one.code: one.name for one in divisions_below(only("安阳市")) if len(one.code) == digits}
    assert ours == theirs
