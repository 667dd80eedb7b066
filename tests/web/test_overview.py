"""Targets on a map and on the wall of the meeting room: what is shown, to whom, and as a picture."""

import json
import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from gongjian.campaigns import services as campaigns
from gongjian.people.map_file import NAME
from gongjian.web.campaigns.map_picture import middle
from tests import scenes
from tests.factories import BattleFactory, FigureFactory, IndicatorFactory, PublicationFactory
from tests.web.test_pages import signed_in

LEFT = [[112, 35], [113, 35], [113, 36], [112, 36], [112, 35]]
RIGHT = [[113, 35], [114, 35], [114, 36], [113, 36], [113, 35]]


@pytest.fixture
def c(db):
    made = scenes.city()
    for number, area in enumerate((made.county, made.other_county), start=2):
        area.stat_code = f"41990{number}000000"
        area.save()
    return made


@pytest.fixture
def mapped(settings, tmp_path):
    """The office has put its own map beside the database."""
    settings.HOME = tmp_path
    shapes = [("419902", LEFT), ("419903", RIGHT), ("999999", RIGHT)]
    features = [
        {"properties": {"adcode": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code, ring in shapes
    ]
    (tmp_path / NAME).write_text(json.dumps({"features": features}), encoding="utf-8")


@pytest.fixture
def whole(c, at):
    """A target of the city with the county's part, which is behind, and none of the other county."""
    retail = IndicatorFactory(key="retail", name="社会消费品零售总额", english="Retail sales")
    for area, value in ((c.city, 40), (c.county, 10)):
        for month in range(1, 11):
            FigureFactory(
                indicator=retail,
                area=area,
                month=date(2026, month, 1),
                value=value,
                batch__recorded_by=c.clerk,
            )
    battle = BattleFactory(campaign__area=c.city, name="消费提振攻坚战", lead_unit=c.bureau)
    battle.indicators.set([retail])
    facts = {"indicator": retail, "area": c.city, "year": 2026, "horizon": "FULL_YEAR"}
    target = campaigns.add_target(battle, **facts, value=Decimal(380), by=c.clerk, at=at)
    campaigns.pass_on(target, {c.county: Decimal(250)}, by=c.clerk, at=at)
    return target


@pytest.fixture
def published(c):
    told = [(c.county, "城区", 2), (c.other_county, "县市", 1)]
    rows = [
        {"area": area.pk, "group": group, "place": place, "total": "80", "mark": ""}
        for area, group, place in told
    ]
    return PublicationFactory(version__scheme__area=c.city, published_by=c.clerk, rows=rows)


def page_of(account, name, **asked):
    return signed_in(account).get(reverse(name), asked).content.decode()


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_a_map_shows_each_county_with_its_light_and_the_table_says_the_same(
    c, whole, mapped, django_assert_max_num_queries
):
    desk, part = signed_in(c.clerk), whole.children.get()
    desk.get(reverse("target-map"))
    with django_assert_max_num_queries(12):
        page = desk.get(reverse("target-map")).content.decode()
    drawn = page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns"))]
    assert drawn.count("<path") == 2
    assert reverse("target", args=[part.pk]) in drawn
    assert "◆ 40.0%" in drawn
    assert "临河区" in words(page[page.index("<tbody") :])
    assert "还没有地图" not in page


def test_the_picture_of_the_map_is_well_formed_and_has_no_links(c, whole, mapped):
    answer = signed_in(c.clerk).get(reverse("target-map-picture"))
    assert answer["Content-Type"] == "image/svg+xml"
    root = ET.fromstring(answer.content)  # noqa: S314  our own
    assert not [one for one in root.iter() if one.tag.endswith("}a")]
    assert "北岭" in "".join(root.itertext())


def test_without_a_map_or_targets_a_sentence_says_what_to_do(c, settings, tmp_path, request):
    settings.HOME = tmp_path
    assert "还没有目标" in page_of(c.clerk, "target-map")
    assert "还没有可以画的地图" in page_of(c.clerk, "target-map-picture")
    assert "还没有目标" in page_of(c.clerk, "target-wall")
    ET.fromstring(page_of(c.clerk, "target-wall-picture"))  # noqa: S314  our own
    request.getfixturevalue("whole")
    page = page_of(c.clerk, "target-map", indicator="²", horizon="nan")
    assert NAME in page
    assert "40.0%" in page


def test_a_county_sees_what_its_own_page_shows(c, whole, mapped, published):
    page = page_of(c.county_clerk, "target-map")
    assert (page.count("<path d="), "北岭" in page) == (1, False)
    wall = page_of(c.county_clerk, "target-wall")
    assert reverse("target", args=[whole.children.get().pk]) in wall
    assert reverse("target", args=[whole.pk]) not in wall
    assert "2 临河" in words(wall)  # places are published to all


def test_the_wall_counts_the_lights_and_each_count_leads_to_its_rows(
    c, whole, published, django_assert_max_num_queries
):
    desk = signed_in(c.clerk)
    desk.get(reverse("target-wall"))
    with django_assert_max_num_queries(12):
        page = desk.get(reverse("target-wall")).content.decode()
    assert "1 / 1" in words(page)
    rows = page[page.index('id="lamp-GREEN"') :]
    assert reverse("target", args=[whole.pk]) in rows
    assert 'href="#lamp-GREEN"' in page
    assert "没有落后的目标" in page
    assert re.search("城区 2 临河.*县市 1 北岭", words(page))
    assert "更正" not in page
    part = desk.get(reverse("target-wall"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="lamp-GREEN"' in part


def test_the_wall_names_what_is_furthest_behind_also_in_its_picture(c, whole, published):
    assert "社会消费品零售总额 ◆ 40.0%" in words(page_of(c.county_clerk, "target-wall"))
    picture = page_of(c.county_clerk, "target-wall-picture")
    told = "".join(ET.fromstring(picture).itertext())  # noqa: S314  our own
    assert "社会消费品零售总额 ◆ 40.0%" in told
    assert "0 / 1" in told


@pytest.mark.parametrize(
    ("ring", "at"),
    [([(0, 0), (4, 0), (4, 2), (0, 2), (0, 0)], (2, 1)), ([(1, 1), (3, 1), (3, 1), (1, 1)], (2, 1))],
)
def test_a_name_stands_in_the_middle(ring, at):
    assert middle(tuple(ring)) == at
