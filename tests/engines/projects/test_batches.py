"""Three batches against a table counted by hand; the four rates; dropped projects."""

from datetime import date
from decimal import Decimal

from gongjian.engines.projects.batches import (
    WANTED,
    FourRates,
    Life,
    Rate,
    cohorts,
    conversion,
    dropped_by_reason,
    points,
    share_reached,
)

TODAY = date(2025, 6, 30)
LIVES = (
    Life(date(2024, 1, 1), date(2024, 3, 1), date(2024, 12, 1), date(2025, 5, 1)),
    Life(date(2024, 1, 1), date(2024, 1, 31), date(2025, 1, 31)),
    Life(date(2024, 2, 1), date(2024, 4, 1)),
    Life(date(2024, 2, 1), dropped=date(2024, 9, 1), reason="资金未到位"),
    Life(date(2025, 1, 1), producing=date(2025, 6, 1)),  # the start was not kept: it did start
    Life(date(2025, 1, 1), started=date(2025, 7, 1)),  # after the day that is asked about
    Life(),
)


def test_the_chain_counted_by_hand():
    found = conversion(LIVES, today=TODAY)
    assert [
        (each.link, each.following, int(each.rate.done), int(each.rate.of), each.days) for each in found
    ] == [
        ("signed", "started", 4, 6, 60),  # 60, 30 and 60 days
        ("started", "producing", 3, 4, 320.5),  # 275 and 366
        ("producing", "capacity", 1, 3, 151),
    ]


def test_each_year_of_signing_by_itself():
    found = cohorts(LIVES, today=TODAY)
    assert [(year, int(turned[0].rate.done), int(turned[0].rate.of)) for year, turned in found.items()] == [
        (2024, 3, 4),
        (2025, 1, 2),
    ]
    assert dropped_by_reason(LIVES, today=TODAY) == {"资金未到位": 1}


def test_the_points_counted_by_hand():
    rates = {"planned": "90", "signed": "80", "started": "75.5", "full": "110", "service": "-1"}
    found = points({f"projects_{key}_rate": Decimal(rate) for key, rate in rates.items()})
    assert list(found.items.values()) == [9, 24, Decimal("22.65"), 20, 0]
    assert found.total == Decimal("75.65")
    assert points({"projects_planned_rate": Decimal(100)}).total is None


def test_four_rates_and_what_is_below():
    rates = FourRates(
        Rate(Decimal(9), Decimal(10)),
        share_reached([(Decimal(30), Decimal(50)), (Decimal(40), Decimal(50))]),
        Rate(Decimal(8), Decimal(10)),
        Rate(Decimal(0), Decimal(0)),
    )
    assert (rates.invested.per_cent, rates.completed.per_cent) == (Decimal(70), None)
    assert rates.below(WANTED) == ("invested",)
