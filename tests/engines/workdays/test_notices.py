"""Notices: every mistake gets its own sentence; a good one survives the round trip."""

from datetime import date

import pytest

from gongjian.engines.workdays.announcements import (
    MESSAGES,
    BadNotice,
    dump_notice,
    load_years,
    package_years,
    parse_notice,
)

GOOD = """
year = 2027
document = "某通知"
make_up_days = [2027-02-07]
[[holiday]]
name = "元旦"
from = 2027-01-01
to = 2027-01-03
[[holiday]]
name = "春节"
from = 2027-02-05
to = 2027-02-11
"""

BAD = [
    ("syntax", GOOD.replace('"元旦"', '"元旦')),
    ("year", GOOD.replace("year = 2027", "")),
    ("year", GOOD.replace("year = 2027", 'year = "2027"')),
    ("year", GOOD.replace("year = 2027", "year = 27")),
    ("document", GOOD.replace('document = "某通知"', "")),
    ("document", GOOD.replace("某通知", "  ")),
    ("no_holidays", 'year = 2027\ndocument = "x"'),
    ("no_holidays", 'year = 2027\ndocument = "x"\nholiday = []'),
    ("no_holidays", 'year = 2027\ndocument = "x"\nholiday = "元旦"'),
    ("holiday_shape", GOOD.replace("to = 2027-02-11", "")),
    ("holiday_shape", 'year = 2027\ndocument = "x"\nholiday = [1]'),
    ("holiday_name", GOOD.replace('"春节"', '" "')),
    ("not_a_date", GOOD.replace("2027-02-05", '"2027-02-05"')),
    ("not_a_date", GOOD.replace("2027-02-05", "2027-02-05T00:00:00")),
    ("order", GOOD.replace("to = 2027-02-11", "to = 2027-02-01")),
    ("too_long", GOOD.replace("to = 2027-02-11", "to = 2027-03-11")),
    ("outside", GOOD.replace("from = 2027-02-05", "from = 2026-02-05")),
    (
        "overlap",
        GOOD.replace("to = 2027-01-03", "to = 2027-01-05")
        .replace("2027-02-05", "2027-01-04")
        .replace("2027-02-11", "2027-01-08"),
    ),
    ("make_up_shape", GOOD.replace("[2027-02-07]", "2027-02-07")),
    ("make_up_weekday", GOOD.replace("[2027-02-07]", "[2027-02-16]")),
    ("make_up_holiday", GOOD),
    ("make_up_twice", GOOD.replace("[2027-02-07]", "[2027-02-20, 2027-02-20]")),
    ("outside", GOOD.replace("[2027-02-07]", "[2028-02-20]")),
]


@pytest.mark.parametrize(("code", "text"), BAD, ids=[f"{n}-{code}" for n, (code, _t) in enumerate(BAD)])
def test_a_bad_notice_says_what_is_wrong(code, text):
    with pytest.raises(BadNotice) as refused:
        parse_notice(text)
    assert refused.value.code == code
    assert str(refused.value).endswith("。")


def test_every_message_is_reached():
    assert {code for code, _text in BAD} == set(MESSAGES)


def test_a_good_notice_survives_the_round_trip():
    notice = parse_notice(GOOD.replace("2027-02-07", "2027-02-20"))
    assert parse_notice(dump_notice(notice)) == notice
    calendar = load_years([notice])
    assert calendar.is_announced(date(2027, 6, 1))
    assert calendar.is_working(date(2027, 2, 20))
    assert calendar.name_of(date(2027, 2, 8)) == "春节"


def test_every_year_of_the_package_names_its_document():
    years = package_years()
    assert [notice.year for notice in years] == list(range(2004, 2027))
    assert all(f"{notice.year}年" in notice.document for notice in years)
