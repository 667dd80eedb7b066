"""Traps of the genre, each met in print."""

from datetime import date

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract


def draft(text, **more):
    return to_json(extract(text, **more))


def names(text):
    return [p["name"] for p in draft(text)["people"]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市委副书记、市长高永强调,要抓紧。", "高永"),
        ("3月5日,县长马卫到河湾镇走访。", "马卫"),
        ("县委书记陈忠要求全县行动起来。", "陈忠"),
        ("3月5日,区委书记李可召开座谈会。", "李可"),
        ("副县长胡晔就项目建设提出要求。", "胡晔"),
        ("3月5日,副市长张颖参加调研。", "张颖"),
        ("区长康宁带领相关部门负责人走访企业。", "康宁"),
        ("县长王强说,要服务好企业。", "王强"),
        ("县长王强调研重点项目。", "王强"),
        ("副县长阿达力别克·巴合提汗主持会议。", "阿达力别克·巴合提汗"),
        ("副州长赤列多吉出席会议。", "赤列多吉"),
        ("市委副书记、市长郑传记在仪式上致辞。", "郑传记"),
    ],
)
def test_a_name_ends_before_the_verb(text, name):
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    ["“叶区长上午来过。”工人说。", "马市长强调要抓好落实。", "市委书记座谈会召开。", "县委书记高度重视。"],
)
def test_forms_of_address_and_words_are_no_names(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "name"), [("张峰副主任介绍了情况。", "张峰"), ("王忠东副局长强调,要落实。", "王忠东")]
)
def test_the_post_may_follow_the_name(text, name):
    people = draft(text)["people"]
    assert [p["name"] for p in people] == [name]
    assert people[0]["posts"][0].startswith("副")


def test_posts_carry_over_to_the_next_name():
    people = draft("3月5日,市委书记陆承远调研。市领导乔柏、青华山、李应席参加。副县长吕明、董宪陪同。")[
        "people"
    ]
    posts = {p["name"]: p["posts"] for p in people}
    assert posts["青华山"] == posts["李应席"] == ["市领导"]
    assert posts["董宪"] == ["副县长"]


def test_an_office_may_hold_the_word_and():
    people = draft("市自然资源和规划局局长童真、市工业和信息化局副局长邬景行参加会议。")["people"]
    assert people[0]["posts"] == ["市自然资源和规划局局长"]
    assert people[1]["posts"] == ["市工业和信息化局副局长"]


def test_leaders_named_in_set_phrases_take_no_part():
    assert names("会议学习贯彻习近平总书记重要讲话精神。") == []


@pytest.mark.parametrize(
    ("text", "reporters"),
    [
        ("安川日报讯(记者 蒋斌胡威虎)3月5日,县长王强走访企业。", ["蒋斌", "胡威虎"]),
        ("记者 景萍 张海霞\n3月5日,县长王强走访企业。", ["景萍", "张海霞"]),
        ("本报讯(融媒体中心记者陈晶)3月5日,县长王强走访企业。", ["陈晶"]),
        ("记者注意到,各地迅速行动。", []),
    ],
)
def test_bylines(text, reporters):
    assert draft(text)["meta"]["reporters"] == reporters


def dates(text, hint=None):
    return [(e["date_start"], e["date_end"]) for e in draft(text, hint=hint)["events"]]


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("1月29 日", "2024-01-29", "2024-01-29"),
        ("3月l0日", "2024-03-10", "2024-03-10"),
        ("326日", "2024-03-26", "2024-03-26"),
        ("3月14日、15日", "2024-03-14", "2024-03-15"),
        ("3月30日至4月1日", "2024-03-30", "2024-04-01"),
        ("30日至31日", "2024-03-30", "2024-03-31"),
        ("二月十八日", "2024-02-18", "2024-02-18"),
        ("12月28日", "2023-12-28", "2023-12-28"),
    ],
)
def test_dates_are_reckoned_from_the_day_of_publication(when, first, last):
    assert dates(f"{when},平阳县县长王强走访企业。", date(2024, 4, 2)) == [(first, last)]


def test_without_an_anchor_the_unknown_stays_unknown():
    assert dates("30日至31日,平阳县县长王强走访企业。") == [("XXXX-XX-30", "XXXX-XX-31")]
    assert dates("3月5日,平阳县县长王强走访企业。") == [("XXXX-03-05", "XXXX-03-05")]
    assert dates("近日,平阳县县长王强走访企业。") == [(None, None)]


def test_a_deadline_or_dateline_is_not_the_day_of_the_event():
    text = "安川日报3月19日讯 3月18日,平阳县县长王强走访企业,要求有关部门在3月25日前办结。"
    assert dates(text, date(2024, 3, 19)) == [("2024-03-18", "2024-03-18")]


def test_a_later_range_inherits_the_month():
    text = "1月29日,平阳县县长王强走访企业。\n29日至30日,石门县县长高云生走访企业。"
    assert dates(text, date(2024, 2, 2))[1] == ("2024-01-29", "2024-01-30")


def test_one_meeting_told_twice_is_one():
    text = "2月18日,安川市产业突围动员大会召开,市委书记陆承远讲话。\n在2月18日召开的产业突围动员大会上,青石区委书记缪春来作表态发言。"
    events = draft(text)["events"]
    assert len(events) == 1
    assert events[0]["people"] == ["陆承远", "缪春来"]


def test_a_visit_and_a_meeting_in_one_sentence_are_two():
    events = draft("3月6日上午,汾水县委书记柏松涛走访恒岳重工集团,并召开政企恳谈会。")["events"]
    assert [e["type"] for e in events] == ["visit", "seminar"]
    assert [e["part"] for e in events] == ["上午", "上午"]


def test_joint_meetings_and_brackets_in_a_title():
    events = draft("9月26日下午,全市县(区)委书记座谈会暨安全稳定工作会议召开,市委书记陆承远主持会议。")[
        "events"
    ]
    assert [e["title"] for e in events] == ["全市县(区)委书记座谈会暨安全稳定工作会议"]


def test_a_meeting_that_is_only_referred_to_is_none():
    assert draft("3月2日,各地认真贯彻落实全市推进大会精神。")["events"] == []


def counts(text):
    return [c for e in draft(text)["events"] for c in e["counts"]]


def test_counts_in_characters_and_with_more():
    assert counts("3月5日,平阳县县长王强走访六家企业。") == [[6, "家"]]
    assert counts("3月5日,平阳县县长王强主持召开座谈会,二十余位企业家参加。") == [[20, "位"]]
    assert counts("3月5日,平阳县县长王强主持召开座谈会,30余名企业家参加。") == [[30, "名"]]


def test_slogans_shares_and_ordinals_are_no_counts():
    assert counts("3月5日,平阳县县长王强走访企业,聚力打好“八场硬仗”,工业投资增长12%,位居第3位。") == []


def test_firms_in_a_list_with_a_project():
    event = draft(
        "3月5日,县长王强先后来到海拓新材料有限公司、大禾木业、恒岳重工集团、数字产业园项目,详细了解生产情况。"
    )["events"][0]
    assert event["enterprises"] == ["海拓新材料有限公司", "大禾木业", "恒岳重工集团"]
    assert event["projects"] == ["数字产业园项目"]
