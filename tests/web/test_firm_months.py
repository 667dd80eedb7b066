"""The monthly returns of firms on their pages: every count opens its rows."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from gongjian.enterprises.monthly_returns import vocabulary
from gongjian.enterprises.states import PeriodKind
from tests import scenes
from tests.factories import AreaFactory, EnterpriseFactory, FactFactory
from tests.web.test_pages import signed_in

MONTH = date(2026, 10, 1)


@pytest.fixture
def desk(db):
    c = scenes.city()
    for n, (area, code) in enumerate(((c.county, "3110"), (c.county, "3110"), (c.other_county, "3011"))):
        one = EnterpriseFactory(area=area, industry_code=code)
        FactFactory(
            enterprise=one,
            key=vocabulary.OUTPUT,
            period_kind=PeriodKind.MONTH,
            period=date(2026, 9 + n % 2, 1),
            value=100 + n,
        )
    return signed_in(c.clerk)


def test_every_count_opens_as_many_firms(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = desk.get(reverse("firm-months")).content.decode()
    assert "钢铁" in page
    assert "水泥" in page
    links = re.findall(r'<td class="number"[^>]*><a href="([^"]+)">(\d+)</a>', page)
    assert links
    for address, count in links:
        with django_assert_max_num_queries(12):
            lines = desk.get(unescape(address)).content.decode()
        assert lines.count("<tr data-row>") == int(count), address
    book = desk.get(f"{reverse('firm-month-export')}?month=2026-10&state=missing")
    assert book["Content-Type"].endswith("sheet")


def test_without_figures_the_page_says_how_they_come(db):
    c = scenes.city()
    page = signed_in(c.clerk).get(reverse("firm-months") + "?month=1999-13&area=x").content.decode()
    assert "还没有企业数据" in page
    assert reverse("fact-imports") in page


def rows_by_area(page):
    """Each row of the second table: its first address and its count of firms."""
    table = page[page.index("按地区") :]
    return re.findall(r'data-label="应报企业"><a href="([^"]+)">(\d+)</a>', table)


def test_the_rows_of_areas_add_up_and_open_their_firms_at_every_level(db):
    c = scenes.city()
    township = AreaFactory(name="柳泉镇", parent=c.county, level="TOWNSHIP")
    for area in (c.city, c.county, c.county, township, c.other_county):
        firm = EnterpriseFactory(area=area, industry_code="3110")
        FactFactory(
            enterprise=firm, key=vocabulary.OUTPUT, period_kind=PeriodKind.MONTH, period=MONTH, value=9
        )
    for account, counts in ((c.clerk, [1, 3, 1]), (c.county_clerk, [2, 1])):
        desk = signed_in(account)
        rows = rows_by_area(desk.get(reverse("firm-months")).content.decode())
        assert sorted(int(count) for _address, count in rows) == sorted(counts)
        for address, count in rows:
            assert desk.get(unescape(address)).content.decode().count("<tr data-row>") == int(count), address
