"""What counts as sure is right in at least 98 of 100 on reports kept apart, and the page claims no more than is measured."""

from datetime import date
from fractions import Fraction

import pytest

from gongjian.intake import services
from gongjian.intake.calibration.queries import Share, held_out, of_office
from gongjian.intake.rules import SURE
from gongjian.people.models import Person
from samples.reports.held_out import FRESH, reports
from samples.reports.sureness import measured
from tests import scenes
from tests.factories import AT, PersonFactory
from tests.intake.drafts import made

LEAST = Fraction(98, 100)
FEWEST = 100  # sure drafts, so that 98 of 100 means something
ROUNDING = Fraction(1, 200)  # a new rule may move the share by half a point before it is written anew


@pytest.fixture(scope="module")
def now():
    return measured()


def share(one):
    return Fraction(one.right, one.sure)


def test_what_counts_as_sure_is_right(now):
    drafts, values = now
    assert drafts.sure >= FEWEST
    assert share(drafts) >= LEAST
    assert share(values) >= LEAST


def test_so_it_is_on_reports_written_after_the_confidence_was_set():
    for one in measured(FRESH):
        assert one.sure >= 30
        assert share(one) >= LEAST


def test_the_product_claims_no_more_than_is_measured(now):
    drafts, values = now
    shown = held_out()
    assert shown.reports == len(reports())
    assert Fraction(shown.drafts.right, shown.drafts.of) <= share(drafts) + ROUNDING
    assert Fraction(shown.values.right, shown.values.of) <= share(values) + ROUNDING
    assert shown.measured_on >= date(2026, 1, 1)


def test_a_share_is_never_rounded_up():
    assert [Share(*pair).percent for pair in ((199, 200), (2, 3), (1999, 2000), (0, 5), (0, 0))] == [
        "99.5",
        "66.6",
        "99.9",
        "0.0",
        "",
    ]


@pytest.fixture
def c(db):
    return scenes.city()


def test_the_record_of_an_office_counts_what_clerks_changed(c):
    PersonFactory(name="沈若谷")
    kept = made(c, lead="沈若谷", confidence=95)
    changed = made(c, title="座谈会", type="seminar", kind="MEETING", confidence=85)
    unsure = made(c, date_start="2026-11-17", confidence=50)
    services.confirm_draft(kept, by=c.clerk, at=AT)
    services.confirm_as_typed(changed, values={"title": "企业座谈会", "place": "三号楼"}, by=c.clerk, at=AT)
    services.confirm_draft(unsure, by=c.clerk, at=AT)
    services.drop_draft(made(c, "PERSON", name="宛知白"), by=c.clerk, at=AT)
    made(c, date_start="2026-11-16")
    record = of_office(c.clerk)
    assert (record.sure, record.unsure, record.dropped) == (Share(1, 2), Share(1, 1), 1)
    assert [(low, found) for low, _high, found in record.bands] == [
        (90, Share(3, 3)),
        (SURE, Share(2, 3)),
        (60, Share(0, 0)),
        (0, Share(2, 2)),
    ]
    assert of_office(c.county_clerk).sure == Share(0, 0)
    assert Person.objects.filter(name="宛知白").count() == 0
