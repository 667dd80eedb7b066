"""A stored word is kept in its source language and said in the reader's; days and lists follow the reader too."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from gongjian.assignments.events import AssignmentEvent
from gongjian.assignments.states import Outcome
from gongjian.audit import wording
from gongjian.audit.events import message, sentence
from gongjian.bulletins.events import BulletinEvent
from gongjian.enterprises.facts.wording import amount_in_words
from gongjian.markets.wording import reason_in_words
from gongjian.problems.events import ProblemEvent
from gongjian.problems.states import Satisfaction, WordMethod
from gongjian.visits.states import NoteHeading


@pytest.mark.parametrize(
    ("label", "kept"),
    [
        (Satisfaction.SATISFIED.label, "满意"),
        (WordMethod.CALL_BACK.label, "电话回访"),
        (Outcome.SOLVED.label, "已解决"),
        (NoteHeading.MARKET.label, "市场行情"),
    ],
)
def test_the_source_word_is_kept_whatever_the_language_of_the_one_who_acts(label, kept):
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert wording.source_word(label) == kept


@pytest.mark.parametrize(
    ("value", "english"),
    [
        ("满意", "Satisfied"),
        ("办结", "Resolve"),
        ("研究转办", "Look into it and hand it over"),
        ("2026-08-31", "31 Aug 2026"),
        ("2026-08-31T09:30:00+08:00", "31 Aug 2026 09:30"),
        (date(2026, 12, 2), "2 Dec 2026"),
        ("", "—"),
        (None, "—"),
        (12, "12"),
        (["满意", "2026-08-31"], "Satisfied, 31 Aug 2026"),
        ("临河区企业服务中心", "临河区企业服务中心"),  # a name that somebody typed
    ],
)
def test_a_stored_value_is_said_in_english(value, english):
    with translation.override("en"):
        said = wording.worded(value)
    assert said == english or (
        value in {"办结", "研究转办"} and not any("\u4e00" <= ch <= "\u9fff" for ch in said)
    )


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("“castings”与“wire rod”同属铸件", "“castings” and “wire rod” are both castings"),
        ("都是“coke”；同县（市、区）", "both “coke”; same county"),
        ("“truck mirrors”与“wing mirror”都有“mirror”；同在steel产业链；同市", None),
        ("手写的理由", "手写的理由"),
    ],
)
def test_why_goods_fit_is_said_again(kept, said):
    with translation.override("en"):
        again = reason_in_words(kept)
    assert again == said if said else not set("与都有同在；") & set(again)
    assert reason_in_words(kept) == kept


def test_names_joined_as_chinese_joins_them_are_joined_as_english_does():
    with translation.override("en"):
        assert wording.words("cement、clinker") == "cement, clinker"
        assert wording.words("安川甲料、clinker") == "安川甲料、clinker"  # a name that somebody typed


def test_several_words_are_joined_as_the_reader_joins_them():
    kept = "生产经营、市场行情、装备水平"
    with translation.override("en"):
        said = wording.words(kept)
    assert said.count(", ") == 2
    assert not any("\u3000" <= ch <= "\u9fff" for ch in said)
    with translation.override("zh-hans"):
        assert wording.words(kept) == kept


def test_what_people_typed_is_never_said_otherwise():
    with translation.override("en"):
        assert wording.worded("满意", "reason") == "满意"
        assert wording.worded("满意", "satisfaction") == "Satisfied"


def test_an_old_event_reads_in_both_languages():
    data = {"satisfaction": "满意", "method": "电话回访", "said_by": "张三", "note": ""}
    with translation.override("en"):
        said = sentence(ProblemEvent.WORD_GIVEN, data)
    assert "Satisfied" in said
    assert "满意" not in said
    with translation.override("zh-hans"):
        assert "满意" in sentence(ProblemEvent.WORD_GIVEN, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (AssignmentEvent.RESOLVED, {"outcome_word": "已解决", "text": "done"}),
        (AssignmentEvent.EXTENSION_GRANTED, {"until": "2026-08-31"}),
        (BulletinEvent.MADE, {"kind": "简报", "issue": 3, "numbers": 20, "as_of": "2026-08-31 09:30"}),
    ],
)
def test_events_of_every_room_are_said_without_stored_chinese(name, data):
    with translation.override("en"):
        said = sentence(name, data)
    assert not any("\u3000" <= ch <= "\u9fff" for ch in said), said
    assert "2026-08-31" not in said


def test_a_kept_message_is_filled_in_the_readers_language():
    text = "%(unit)s签收"
    with translation.override("en"):
        assert "签收" not in message(text, {"unit": "City Tax Bureau"})


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        ("1200.5", "万元", "12,005,000 yuan", "1200.5万元"),
        ("139.89", "万千瓦时", "1,398,900 kWh", "139.89万千瓦时"),
        ("40", "人", "40 people", "40人"),
        ("97.5", "%", "97.5%", "97.5%"),
    ],
)
def test_amounts_are_counted_as_the_reader_counts(value, unit, english, chinese):
    with translation.override("en"):
        assert amount_in_words(Decimal(value), unit) == english
    with translation.override("zh-hans"):
        assert amount_in_words(Decimal(value), unit) == chinese


def test_moments_are_in_the_time_of_the_city():
    moment = datetime(2026, 8, 31, 1, 30, tzinfo=UTC)
    with translation.override("en"):
        assert wording.moment_in_words(moment) == "31 Aug 2026 09:30"
    with translation.override("zh-hans"):
        assert wording.moment_in_words(moment) == "2026-08-31 09:30"


def test_short_days_have_their_year_where_it_is_not_this_one():
    today = date(2026, 8, 31)
    with translation.override("en"):
        assert wording.short_day_in_words(date(2026, 9, 3), today=today) == "3 Sep"
        assert wording.short_span_in_words(date(2025, 12, 29), date(2026, 1, 4), today=today) == (
            "29 Dec 2025",
            "4 Jan 2026",
        )
    with translation.override("zh-hans"):
        assert wording.short_day_in_words(date(2026, 9, 3), today=today) == "09-03"


@pytest.mark.parametrize("reason", ["企业不满意：not yet", "抽样回访企业不满意：not yet"])
def test_a_reason_the_product_began_is_said_with_what_somebody_said(reason):
    with translation.override("en"):
        said = wording.worded(reason, "reason")
    assert said.endswith("not yet")
    assert not any("\u3000" <= ch <= "\u9fff" or ch == "：" for ch in said)
    with translation.override("zh-hans"):
        assert wording.worded(reason, "reason") == reason


def test_a_unit_that_is_a_number_itself_is_multiplied_in_english():
    with translation.override("en"):
        assert wording.unit_behind("亿元") == "× 100 million yuan"
        assert wording.unit_behind("%") == "%"
        assert wording.unit_behind("家") == wording.words("家")
    assert wording.unit_behind("亿元") == "亿元"
