"""Every preset on five days around Spring Festival 2023 and its make-up weekend, against dates counted by hand.

The tables were counted on the wall calendar of 2023: 21-27 January off, Saturday 28 and Sunday 29 January worked,
5 April off, Sunday 23 April worked; the day of handing over does not count.
"""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gongjian.engines.clock.checkpoints import place, timeline
from gongjian.engines.clock.regime_file import BadRegime, dump_regime, package_regimes, parse_regime
from gongjian.engines.workdays.announcements import load_years

SHANGHAI = ZoneInfo("Asia/Shanghai")
STARTS = ("2023-01-13 16:00", "2023-01-20 17:30", "2023-01-28 09:00", "2023-01-29 11:45", "2023-01-31 14:00")
AGREED = "2023-03-20"  # the date agreed where a grade asks for one

# (regime, grade, checkpoint): one date for each start; MM-DD of 2023, with the hour where hours are counted
SAME = "01-13 01-20 01-28 01-29 01-31"
DAY_1 = "01-14 01-21 01-29 01-30 02-01"
DAYS_2 = "01-15 01-22 01-30 01-31 02-02"
DAYS_3 = "01-16 01-23 01-31 02-01 02-03"
DAYS_7 = "01-20 01-27 02-04 02-05 02-07"
DAYS_10 = "01-23 01-30 02-07 02-08 02-10"
MONTH_1 = "02-13 02-20 02-28 02-28 02-28"
WORKED_1 = "01-16 01-28 01-29 01-30 02-01"
WORKED_3 = "01-18 01-30 01-31 02-01 02-03"
WORKED_5 = "01-20 02-01 02-02 02-03 02-07"
WORKED_7 = "01-29 02-03 02-06 02-07 02-09"
WORKED_15 = "02-08 02-15 02-16 02-17 02-21"
WORKED_30 = "03-01 03-08 03-09 03-10 03-14"
WORKED_60 = "04-13 04-20 04-21 04-23 04-25"
HOUR_1 = "01-13T17:00 01-28T09:00 01-28T10:00 01-29T15:15 01-31T15:30"
HOURS_2 = "01-13T18:00 01-28T10:00 01-28T11:00 01-29T16:15 01-31T16:30"
CLOCK_24 = "01-16T08:30 01-28T08:30 01-29T09:00 01-30T11:45 02-01T14:30"
ON_AGREED = "03-20 03-20 03-20 03-20 03-20"
TABLE = {
    ("13710-sx", "general"): {"start": SAME, "reply": DAYS_3, "close": DAYS_7},
    ("13710-sx", "general-day"): {"start": DAY_1, "reply": DAYS_3, "close": DAYS_7},
    ("13710-sx", "planned"): {"start": SAME, "reply": DAYS_3, "plan": MONTH_1, "close": ON_AGREED},
    ("13710-sx", "major"): {"start": SAME, "reply": DAYS_3, "close": MONTH_1},
    ("13710-jz", "general"): {"start": DAY_1, "reply": DAYS_3, "close": DAYS_7},
    ("13710-jz", "major"): {"start": DAY_1, "reply": DAYS_3, "close": MONTH_1},
    ("13710-ls", "general"): {"start": SAME, "desk": DAYS_3, "close": DAYS_7},
    ("xinyang", "until-zero"): {"opinion": DAYS_7, "progress": MONTH_1},
    ("xinyang", "dated"): {"opinion": DAYS_7, "progress": MONTH_1, "close": ON_AGREED},
    ("quanzhou", "lead"): {"start": WORKED_1, "close": WORKED_7},
    ("quanzhou", "support"): {"start": WORKED_1, "close": WORKED_3},
    ("zhongshan", "consult"): {"close": SAME},
    ("zhongshan", "general"): {"contact": HOUR_1, "interim": WORKED_3, "close": WORKED_5},
    ("zhongshan", "rolling"): {"contact": HOUR_1, "interim": WORKED_3, "node": WORKED_5},
    ("xihaian", "general"): {"start": WORKED_1, "contact": WORKED_1, "close": WORKED_3},
    ("hefei", "general"): {"start": CLOCK_24, "close": ON_AGREED},
    ("jinniu", "consult"): {"close": SAME},
    ("jinniu", "urgent"): {"close": HOURS_2},
    ("jinniu", "inquiry"): {"close": DAYS_2},
    ("xuchang", "general"): {"split": WORKED_3, "close": WORKED_15},
    ("xuchang", "complex"): {"split": WORKED_3, "close": WORKED_30},
    ("bozhou", "raised"): {"close": DAYS_10},
    ("bozhou", "staged"): {"stage": DAYS_10},
    ("panlong", "redo"): {"close": WORKED_3},
    ("payout", "fast"): {"close": WORKED_60},
    ("payout", "guide"): {"close": WORKED_7},
    ("monthly-review", "monthly"): {
        "figures": "01-18 02-18 02-18 02-18 02-18",
        "sums": "01-20 02-20 02-20 02-20 02-20",
        "close": "01-25 02-25 02-25 02-25 02-25",
    },
    ("investment", "papers"): {"close": "02-10 02-10 02-10 02-10 02-10"},
    ("investment", "monthly"): {"monthly": "01-25 01-25 02-25 02-25 02-25"},
    ("investment", "direct"): {"close": DAYS_3},
    ("award-2023q1", "claim"): {
        "listed": "03-31 03-31 03-31 03-31 03-31",
        "close": "04-15 04-15 04-15 04-15 04-15",
    },
    ("fixed", "date"): {"close": ON_AGREED},
}
GRADES = {
    (regime["code"], grade["key"]): grade["checkpoints"]
    for regime in package_regimes()
    for grade in regime["grades"]
}


def started(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_all_sixteen_presets_and_the_agreed_date_are_there():
    assert len(package_regimes()) == 17
    assert set(TABLE) == set(GRADES)
    assert all(regime["notes"] and regime["counting"] and regime["document"] for regime in package_regimes())
    assert [regime["code"] for regime in package_regimes() if regime["confirmed"]] == ["fixed"]


@pytest.mark.parametrize("number", range(5), ids=STARTS)
@pytest.mark.parametrize("which", TABLE, ids="/".join)
def test_the_timeline_is_the_one_counted_by_hand(which, number):
    checkpoints = GRADES[which]
    due = date.fromisoformat(AGREED) if checkpoints[-1]["span"] == "DATE" else None
    shown = {
        one.key: f"{one.due_at:%m-%dT%H:%M}" if one.due_at else f"{one.due_on:%m-%d}"
        for one in timeline(checkpoints, started(STARTS[number]), load_years(), due=due)
    }
    assert shown == {key: dates.split()[number] for key, dates in TABLE[which].items()}


def test_a_day_of_the_month_that_is_too_long_is_its_last():
    listed = [{"key": "a", "name": "报送", "amount": 31, "span": "MONTH_DAY", "met_by": "resolve"}]
    found = [
        timeline(listed, started(f"2023-{day} 09:00"), load_years())[0].due_on
        for day in ("02-10", "02-28", "03-31")
    ]
    assert found == [date(2023, 2, 28), date(2023, 2, 28), date(2023, 3, 31)]


@pytest.mark.parametrize("regime", package_regimes(), ids=lambda regime: regime["code"])
def test_a_regime_written_and_read_again_is_the_same(regime):
    facts = {key: value for key, value in regime.items() if key != "order"}
    assert parse_regime(dump_regime(facts)) == facts


GOOD = """code = "test"
name = "测试制度"
document = "文件"
counting = "工作日"
[[grades]]
key = "a"
name = "一般"
checkpoints = [
  {key = "reply", name = "反馈", amount = 3, span = "WORKING_DAYS", met_by = "report"},
  {key = "close", name = "办结", amount = 7, span = "WORKING_DAYS", met_by = "resolve"},
]
"""
REPLY, CLOSE = GOOD.splitlines()[8:10]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('name = "测试制度"', "name = ", "syntax"),
        ('name = "测试制度"\n', "", "missing"),
        ("测试制度", "长" * 61, "too_long"),
        ("[[grades]]", 'in_force_from = "2027"\n[[grades]]', "not_a_date"),
        ("[[grades]]", "in_force_from = 2027-02-01\nin_force_until = 2027-01-01\n[[grades]]", "dates"),
        ("[[grades]]", "objection_working_days = 30\n[[grades]]", "objection"),
        (GOOD[GOOD.index("[[") :], "", "no_grades"),
        (GOOD[GOOD.index("[[") :], '[[grades]]\nkey = "a"\nname = "甲"\n' * 11, "too_many"),
        ('key = "a"\n', "", "grade"),
        (GOOD[GOOD.index("[[") :], GOOD[GOOD.index("[[") :] * 2, "grade_twice"),
        (GOOD[GOOD.index("checkpoints") :], "checkpoints = []", "no_checkpoints"),
        (REPLY, REPLY * 10, "too_many"),
        (', met_by = "report"', "", "checkpoint"),
        ('key = "reply"', 'key = "close"', "key_twice"),
        ("WORKING_DAYS", "WEEKS", "span"),
        ('"report"', '"phone"', "met_by"),
        ("amount = 3", "amount = 0", "amount"),
        ("amount = 3", "amount = true", "amount"),
        ('amount = 3, span = "WORKING_DAYS"', 'amount = 32, span = "MONTH_DAY"', "month_day"),
        ('amount = 3, span = "WORKING_DAYS"', 'amount = 230, span = "YEAR_DAY"', "month_day"),
        ('amount = 3, span = "WORKING_DAYS"', 'amount = 3, anchor = 9, span = "MONTH_DAY"', "anchor"),
        ('span = "WORKING_DAYS", met_by = "report"', 'span = "DATE", met_by = "report"', "date_not_last"),
        ('met_by = "resolve"', 'met_by = "report"', "last"),
        ('met_by = "report"', 'met_by = "resolve"', "resolve_early"),
        ('met_by = "report"', 'met_by = "accept", repeat = true', "repeat"),
        (
            GOOD[GOOD.index(REPLY) :],
            REPLY.replace("}", ", repeat = true}")
            + "\n"
            + REPLY.replace("reply", "r2").replace("}", ", repeat = true}")
            + "\n]",
            "repeat_twice",
        ),
    ],
)
def test_a_regime_that_cannot_be_used_is_refused_with_what_to_do(old, new, code):
    assert parse_regime(GOOD)["name"] == "测试制度"
    assert old in GOOD
    with pytest.raises(BadRegime) as bad:
        parse_regime(GOOD.replace(old, new, 1))
    assert bad.value.code == code
    assert str(bad.value).endswith("。")


@pytest.mark.parametrize(
    ("amount", "start", "due"),
    [
        (331, "2026-03-29", "2026-03-31"),
        (331, "2026-03-31", "2026-03-31"),
        (331, "2026-04-01", "2027-03-31"),
        (415, "2026-04-15", "2026-04-15"),
        (415, "2026-04-16", "2027-04-15"),
    ],
)
def test_a_day_of_the_year_is_that_day_until_it_is_past(amount, start, due):
    listed = [{"key": "a", "name": "报送", "amount": amount, "span": "YEAR_DAY", "met_by": "resolve"}]
    (found,) = timeline(listed, started(f"{start} 09:00"), load_years())
    assert found.due_on.isoformat() == due


@pytest.mark.parametrize("span", ["HOURS", "CLOCK_HOURS", "WORKING_DAYS", "CALENDAR_DAYS", "MONTHS"])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_the_nth_time_of_a_repeating_checkpoint_is_counted_from_the_start(span, nth):
    listed = [{"key": "a", "name": "报送", "amount": 4, "span": span, "met_by": "report", "repeat": True}]
    (first,) = timeline(listed, started("2026-03-02 09:00"), load_years())
    (whole,) = timeline(
        [listed[0] | {"amount": 4 * nth, "repeat": False}], started("2026-03-02 09:00"), load_years()
    )
    found = place(replace(first, nth=nth), started("2026-03-02 09:00"), load_years())
    assert (found.due_on, found.due_at) == (whole.due_on, whole.due_at)


def test_the_grade_that_is_wrong_is_named_by_its_place():
    second = GOOD[GOOD.index("[[") :].replace('key = "a"\n', "")
    with pytest.raises(BadRegime) as refused:
        parse_regime(GOOD + second)
    assert (refused.value.code, refused.value.values) == ("grade", {"number": 2})


@pytest.mark.parametrize(
    ("span", "most"),
    [("HOURS", 400), ("CLOCK_HOURS", 720), ("WORKING_DAYS", 250), ("CALENDAR_DAYS", 366), ("MONTHS", 24)],
)
def test_an_amount_may_reach_the_limit_of_its_span_and_not_pass_it(span, most):
    def regime(amount):
        return GOOD.replace(CLOSE, CLOSE.replace("7", str(amount)).replace("WORKING_DAYS", span))

    assert parse_regime(regime(most))["grades"][0]["checkpoints"][-1]["amount"] == most
    with pytest.raises(BadRegime):
        parse_regime(regime(most + 1))
