"""Four counties of a city with figures of two years, and a scheme that is signed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjian.indicators.models import Figure, Indicator
from gongjian.people.models import Area
from gongjian.standings.models import Objection, Publication, SchemeVersion
from tests import scenes
from tests.factories import (
    AT,
    AreaFactory,
    CommendationFactory,
    CommendationLineFactory,
    ExcuseFactory,
    FigureBatchFactory,
    FigureFactory,
    GroupMemberFactory,
    IndicatorFactory,
    ObjectionFactory,
    PublicationFactory,
    SchemeItemFactory,
    SchemeVersionFactory,
)

MONTH = date(2026, 10, 1)
EARLY = AT.replace(year=2025, month=12)


@dataclass(frozen=True)
class Compared:
    """A city, its counties, an indicator that grows and one that is a rate, and the version that scores them."""

    c: scenes.City
    counties: list[Area]
    retail: Indicator
    share: Indicator
    version: SchemeVersion


def compared() -> Compared:
    """Counties with retail sales of 10 a month last year, growing by 1, 2, 3 and 4 per cent, and shares of tax."""
    c = scenes.city()
    counties = [
        c.county,
        c.other_county,
        AreaFactory(name="平阳县", parent=c.city),
        AreaFactory(name="汾水县", parent=c.city),
    ]
    retail = IndicatorFactory(key="retail", name="社会消费品零售总额", english="Retail sales")
    share = IndicatorFactory(key="tax_share", name="税收占比", english="Tax share", unit="%", nature="RATE")
    for number, area in enumerate(counties, 1):
        batch = FigureBatchFactory(area=area, recorded_by=c.clerk)
        for month in range(1, 11):
            flow: dict[str, Any] = {"indicator": retail, "area": area, "batch": batch, "column": "OFFICIAL"}
            FigureFactory(**flow, month=date(2025, month, 1), value=10, recorded_at=EARLY)
            FigureFactory(**flow, month=date(2026, month, 1), value=f"10.{number}")
        for month in (9, 10):
            FigureFactory(
                indicator=share, area=area, batch=batch, month=date(2026, month, 1), value=70 - number * 2
            )
    version = SchemeVersionFactory(
        scheme__area=c.city,
        scheme__name="月度评估",
        written_by=c.clerk,
        state="SIGNED",
        signed_by=c.leader,
        signed_at=EARLY,
        least_group=2,
    )
    SchemeItemFactory(version=version, indicator=retail, points=6, order=1)
    SchemeItemFactory(version=version, indicator=share, lens="QUALITY", points=4, order=2)
    return Compared(c, counties, retail, share, version)


def drafted_and_published(
    c: scenes.City, indicator: Indicator
) -> tuple[SchemeVersion, SchemeVersion, Publication]:
    """A draft, the version that counts and standings published by it."""
    facts = {"scheme__area": c.city, "written_by": c.clerk}
    signed = SchemeVersionFactory(
        **facts, state="SIGNED", signed_by=c.leader, signed_at=AT, least_group=1, lists="COUNTED"
    )
    draft = SchemeVersionFactory(scheme=signed.scheme, number=2, written_by=c.clerk)
    for version in (signed, draft):
        SchemeItemFactory(version=version, indicator=indicator)
        GroupMemberFactory(version=version, area=c.county)
    ExcuseFactory(area=c.county, recorded_by=c.clerk)
    rows = [{"area": c.county.pk, "group": "", "place": 1, "total": "6.00", "mark": ""}]
    return draft, signed, PublicationFactory(version=signed, rows=rows, published_by=c.clerk)


def commended(c: scenes.City, figure: Figure) -> Objection:
    """An objection to a line of a confirmed list."""
    facts = {"area": c.city, "written_by": c.clerk, "state": "CONFIRMED", "confirmed_by": c.leader}
    row = CommendationFactory(**facts, confirmed_at=AT, objections_until=AT.date())
    line = CommendationLineFactory(commendation=row, area=c.county, figure=figure, number=1)
    return ObjectionFactory(line=line, made_by=c.county_clerk)
