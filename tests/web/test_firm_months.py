"""The monthly returns of firms on their pages: every count opens its rows."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from gongjian.enterprises.monthly_returns import vocabulary
from gongjian.enterprises.states import PeriodKind
from tests import scenes
from tests.factories import EnterpriseFactory, FactFactory
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
