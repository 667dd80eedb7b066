"""However many counties a city has, its pages of targets, figures, alerts and standings ask the database as often."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.people.models import Account
from tests.factories import (
    AlertRuleFactory,
    AreaFactory,
    FigureBatchFactory,
    FigureFactory,
    PublicationFactory,
    SchemeItemFactory,
    SchemeVersionFactory,
    TargetFactory,
)
from tests.standings.scene import Compared, compared

YEAR_TO_DATE = [date(2026, month, 1) for month in range(1, 11)]


def more_counties(s: Compared, whole, number: int) -> None:
    """Counties with a township, figures and targets each."""
    for name in range(number):
        county = AreaFactory(name=f"第{name}县", parent=s.c.city)
        batch = FigureBatchFactory(area=county, recorded_by=s.c.clerk)
        facts = {"indicator": s.retail, "column": "OFFICIAL", "batch": batch}
        for month in YEAR_TO_DATE:
            FigureFactory(**facts, area=county, month=month.replace(year=2025), value=20 + name)
            FigureFactory(**facts, area=county, month=month, value=15)
        AreaFactory(name=f"第{name}镇", parent=county, level="TOWNSHIP")
        TargetFactory(area=county, indicator=s.retail, battle=whole.battle, parent=whole, value=500)


def asked(account: Account, addresses: list[str]) -> list[int]:
    """How often each page asks."""
    desk = Client()
    desk.force_login(account, backend="gongjian.web.session.Backend")
    counts = []
    for address in addresses:
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        counts.append(len(queries))
    return counts


@pytest.mark.django_db
def test_ten_counties_ask_no_more_than_three():
    s = compared()
    whole = TargetFactory(area=s.c.city, indicator=s.retail, value=900)
    whole.battle.indicators.set([s.retail])
    more_counties(s, whole, 1)
    AlertRuleFactory(measure="CHANGE", comparison="UNDER", threshold=0)
    AlertRuleFactory(measure="BEHIND_POINTS", comparison="OVER", threshold=0)
    draft = SchemeVersionFactory(scheme=s.version.scheme, number=2, written_by=s.c.clerk)
    SchemeItemFactory(version=draft, indicator=s.retail)
    rows = [{"area": one.pk, "group": "", "place": 1, "total": "6.00", "mark": ""} for one in s.counties]
    published = PublicationFactory(version=s.version, rows=rows, published_by=s.c.clerk)
    pages = ["campaigns", "target-coverage", "indicators", "alerts", "standings"]
    addresses = [reverse(name) for name in pages] + [
        reverse("target", args=[whole.pk]),
        reverse("standing", args=[s.version.scheme_id, s.c.county.pk]),
        reverse("published", args=[published.pk]),
        reverse("scheme-simulation", args=[draft.pk]),
    ]
    few = asked(s.c.clerk, addresses)
    more_counties(s, whole, 9)
    assert asked(s.c.clerk, addresses) == few
