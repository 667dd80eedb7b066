"""Entry into the statistics: what is missing, from whom, by which day; each boundary of amount and day."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.engines.projects.statistics_entry import Kind, checklist

TODAY = date(2025, 4, 8)


@pytest.mark.parametrize(
    ("kind", "held", "missing"),
    [
        (Kind.BUILDING, (), ["approval", "contract photo", "licence"]),
        (Kind.BUILDING, ("photo", "licence"), ["approval"]),
        (Kind.BUILDING, ("approval", "contract", "licence"), []),
        (Kind.PURCHASE, ("approval", "photo"), ["licence", "purchase_contract", "invoices"]),
    ],
)
def test_what_is_missing(kind, held, missing):
    found = checklist(kind, Decimal(800), held, today=TODAY)
    assert [" ".join(paper.key for paper in each.any_of) for each in found.missing] == missing
    assert found.complete == (not missing)
    assert all(paper.source_of for each in found.missing for paper in each.any_of)


@pytest.mark.parametrize(
    ("total", "duties"),
    [
        ("499.99", []),
        ("500", [("papers", date(2025, 4, 10)), ("monthly", date(2025, 4, 25))]),
        ("4999.99", [("papers", date(2025, 4, 10)), ("monthly", date(2025, 4, 25))]),
        ("5000", [("papers", date(2025, 4, 10)), ("direct", date(2025, 4, 9))]),
    ],
)
def test_by_which_day(total, duties):
    found = checklist(Kind.BUILDING, Decimal(total), (), today=TODAY, opening=date(2025, 4, 6))
    assert [(duty.rule.key, duty.due) for duty in found.duties] == duties
    assert found.outside == (not duties)
    assert not found.complete


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2025, 4, 10), date(2025, 4, 10)),
        (date(2025, 4, 11), date(2025, 5, 10)),
        (date(2025, 12, 11), date(2026, 1, 10)),
    ],
)
def test_the_next_tenth(today, due):
    duties = checklist(Kind.BUILDING, Decimal(5000), (), today=today).duties
    assert [duty.due for duty in duties] == [due, None]
