"""Who goes where when several set out, who 他 is, sentences set in short lines, records of meetings, and orders by turns of phrase."""

from datetime import date

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract

PUBLISHED = date(2024, 5, 20)


def draft(text):
    return to_json(extract(text, hint=PUBLISHED))


def rounds(text):
    """Who leads each event, on which day and to which firms."""
    return [(e["lead"], e["date_start"][5:], e["enterprises"]) for e in draft(text)["events"]]


def orders(text):
    return [(a["by"], a["to"], a["deadline_text"]) for a in draft(text)["actions"]]


@pytest.mark.parametrize(
    "lines",
    [
        "5月6日\n县委书记许怀远\n深入工业园区\n走访了海拓机械、青禾食品",
        "5月6日上午9时\n县委书记许怀远一行\n来到海拓机械、青禾食品调研",
        "5月6日\n县委书记许怀远走访海拓机械、青禾食品\n县长陶知行陪同",
        "📍5月6日\n县委书记许怀远\n先后到海拓机械、青禾食品调研",
    ],
)
def test_short_lines_are_read_as_sentences(lines):
    told = rounds(f"云台县委书记走访企业\n{lines}\n编辑:顾盼")
    assert told == [("许怀远", "05-06", ["海拓机械", "青禾食品"])]


@pytest.mark.parametrize("heading", ["一、走访情况", "以拼开局 以干开路", "县委书记来到我们厂"])
def test_a_heading_stays_a_heading(heading):
    assert rounds(f"{heading}\n5月6日,县委书记许怀远到海拓机械调研。") == [("许怀远", "05-06", ["海拓机械"])]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "5月6日,县长许怀远、副县长陶知行分别走访企业。许怀远来到海拓机械;陶知行则到青禾食品听取意见。",
            [("许怀远", "05-06", ["海拓机械"]), ("陶知行", "05-06", ["青禾食品"])],
        ),
        (
            "5月6日,县长许怀远到海拓机械调研;副县长陶知行前往青禾食品,了解订单情况。",
            [("许怀远", "05-06", ["海拓机械"]), ("陶知行", "05-06", ["青禾食品"])],
        ),
        (
            "5月6日至7日,由副县长许怀远、陶知行分别带队,两个督导组督导企业。5月6日,第一督导组走访了海拓机械;5月7日,第二督导组来到青禾食品。",
            [("许怀远", "05-06", ["海拓机械"]), ("陶知行", "05-07", ["青禾食品"])],
        ),
    ],
)
def test_each_has_the_round_that_was_theirs(text, told):
    assert rounds(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "县长许怀远一早就出了门。5月6日这天,他要跑五个地方。上午9点,他来到海拓机械,查看车间。",
        "5月6日上午,县长许怀远在政府召开会议。下午,他走进海拓机械,查看车间。",
    ],
)
def test_he_is_whoever_was_told_of(text):
    assert rounds(text)[-1] == ("许怀远", "05-06", ["海拓机械"])


@pytest.mark.parametrize(
    "head",
    [
        "时间:2024年5月6日下午3时\n地点:县政府会议室\n主持人:副县长 许怀远",
        "会议时间:2024年5月6日下午\n会议地点:县政府会议室\n主持:副县长许怀远",
        "时间:2024年5月6日下午3:00\n地点:县政府会议室\n主持人:副县长 许怀远\n参会人员:县工信局局长陶知行",
    ],
)
def test_the_head_of_a_record_is_the_meeting(head):
    (event,) = draft(f"云台县企业诉求会商会议纪要\n{head}\n会议研究了三个问题。")["events"]
    assert (event["lead"], event["date_start"], event["part"], event["place"]) == (
        "许怀远",
        "2024-05-06",
        "下午",
        "县政府会议室",
    )
    assert event["title"] == "云台县企业诉求会商会议"


@pytest.mark.parametrize("term", ["3日内协调电煤", "5日内答复企业", "10日内打通便道"])
def test_a_term_in_days_is_no_date(term):
    text = f"5月6日,县长许怀远到海拓机械调研,要求{term}。同日,副县长陶知行走访青禾食品。"
    assert [day for _lead, day, _firms in rounds(text)] == ["05-06", "05-06"]


@pytest.mark.parametrize("things", ["有土地、有配套、有政策", "有温度、有速度、有力度"])
def test_what_one_has_is_nobody(things):
    assert [
        p["name"] for p in draft(f"5月6日,县长许怀远到园区调研。许怀远说,园区{things},将做好服务。")["people"]
    ] == ["许怀远"]


@pytest.mark.parametrize(
    ("said", "task"),
    [
        ("许怀远让随行的县工信局5月20日前对接货源。", ("许怀远", "县工信局", "5月20日前")),
        ("许怀远当即叫来县城管局局长陶知行,要求本周内划出车位。", ("许怀远", None, "本周内")),
        ("许怀远指出,各金融机构要逐户对接、上门放贷。", ("许怀远", "各金融机构", None)),
        (
            "总经理闻一鸣反映货车没处停。许怀远要求县交警大队下周三前拿出方案。",
            ("许怀远", "县交警大队", "下周三前"),
        ),
        ("许怀远回应说,路灯问题镇村建办本周解决。", ("许怀远", "镇村建办", "本周")),
        ("许怀远要求,县委督查室三天一调度。", ("许怀远", "县委督查室", None)),
    ],
)
def test_tasks_are_read_however_they_are_set(said, task):
    assert task in orders(f"5月6日,县长许怀远到海拓机械调研。{said}")


@pytest.mark.parametrize(
    "call",
    ["各级各部门要紧盯目标不松劲", "各部门要以钉钉子精神抓落实", "各镇要树牢“项目为王”理念"],
)
def test_a_call_to_everybody_is_no_task(call):
    assert orders(f"5月6日,全县动员会召开,县长许怀远讲话。许怀远强调,{call}。") == []


@pytest.mark.parametrize(
    "told",
    [
        "“贷款三天就下来了,真快。”5月6日,海拓机械总经理闻一鸣拿到了批复。",
        "“今天不打官腔。”县长许怀远当场点名。",
    ],
)
def test_whoever_stands_beside_spoken_words_said_them(told):
    text = f"5月6日,县长许怀远在县政府召开座谈会。{told}"
    assert draft(text)["speakers"] in (["闻一鸣"], ["许怀远"])


@pytest.mark.parametrize(
    "listed",
    ["授予宫宇、何海阔、祖小满等10人“优秀企业家”称号", "表彰宫宇、何海阔、祖小满等10人“突出贡献”事迹"],
)
def test_those_honoured_are_named(listed):
    names = {
        p["name"] for p in draft(f"5月6日,全县表彰大会召开,县委书记许怀远讲话。会上,{listed}。")["people"]
    }
    assert names >= {"宫宇", "何海阔", "祖小满"}


@pytest.mark.parametrize(
    "told",
    [
        "许怀远是园区党工委书记,这天他没有坐主席台。",
        "会上,许怀远(园区党工委书记)主持讨论。",
        "园区党工委书记许怀远主持讨论。",
    ],
)
def test_a_post_is_read_however_it_is_given(told):
    people = draft(f"5月6日,云台产业园“企业家说事会”在园区二楼举行。{told}")["people"]
    assert [(p["name"], p["posts"]) for p in people] == [("许怀远", ["园区党工委书记"])]


@pytest.mark.parametrize(
    ("title", "kind"),
    [("企业家说事会", "seminar"), ("开春第一会", "coordination"), ("民企问需会", "seminar")],
)
def test_a_meeting_known_by_a_quoted_name(title, kind):
    (event,) = draft(f"5月6日,云台县“{title}”在县会议中心举行,县长许怀远主持。")["events"]
    assert (event["type"], event["title"], event["lead"]) == (kind, title, "许怀远")


@pytest.mark.parametrize(
    ("place", "firm"),
    [
        ("海拓机械总经理闻一鸣说", ["海拓机械"]),
        ("青禾食品总经理闻一鸣说", ["青禾食品"]),
    ],
)
def test_the_head_of_a_firm_is_told_with_the_visit_to_it(place, firm):
    text = f"5月6日,县长许怀远到海拓机械调研。5月7日,副县长陶知行到青禾食品走访。\n“有了盼头。”{place}。"
    (event,) = [e for e in draft(text)["events"] if "闻一鸣" in e["people"]]
    assert event["enterprises"] == firm


@pytest.mark.parametrize(
    ("complaint", "problem"),
    [
        ("“二季度订单掉了两成,库存压着。”", "订单掉了两成"),
        ("“海外经销商库存高,我们几乎没有利润。”", "库存高"),
        ("“材料报上去快一年了,环评还没批。”", "没批"),
        ("“国企拖欠货款好几个月。”", "拖欠货款"),
    ],
)
def test_what_a_firm_complains_of(complaint, problem):
    text = f"5月6日,县长许怀远到海拓机械调研。{complaint}总经理闻一鸣说。"
    assert any(problem in found for found in draft(text)["problems"])


def test_what_firms_tell_through_an_official():
    text = "5月6日,县委常委会会议召开。会议指出,企业反映最集中的是账款回收慢、用工成本高。"
    assert draft(text)["problems"] == ["账款回收慢", "用工成本高"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "5月6日上午,县长许怀远到海拓机械调研。下午,又到青禾食品走访。",
            [("许怀远", "05-06", ["海拓机械"]), ("许怀远", "05-06", ["青禾食品"])],
        ),
        (
            "5月6日,县企业服务中心接到求助。5月7日,副县长陶知行到海拓机械走访。",
            [("陶知行", "05-07", ["海拓机械"])],
        ),
        (
            "5月6日,县工商联组织企业家走进海拓机械观摩学习,主席许怀远带队。",
            [("许怀远", "05-06", ["海拓机械"])],
        ),
    ],
)
def test_what_each_part_of_a_day_brought(text, told):
    assert rounds(text) == told


def test_two_meetings_held_one_after_the_other():
    events = draft("5月6日,县长许怀远先后主持召开县政府常务会议和工业经济分析会。")["events"]
    assert [(e["title"], e["lead"]) for e in events] == [
        ("县政府常务会议", "许怀远"),
        ("工业经济分析会", "许怀远"),
    ]


@pytest.mark.parametrize(
    "told", ["在接受采访时表示,企业将扩产", "告诉记者,企业将扩产", "接受本报记者专访时说,订单很足"]
)
def test_an_interview_is_no_event(told):
    assert draft(f"5月6日,海拓机械董事长闻一鸣{told}。")["events"] == []


@pytest.mark.parametrize(
    ("done", "honours"),
    [
        ("为海拓机械、青禾食品等30家企业颁奖", []),
        ("通报“万人助万企”活动开展情况", []),
        ("授予海拓机械、青禾食品等30家企业“纳税大户”称号", ["海拓机械", "青禾食品"]),
    ],
)
def test_an_honour_has_a_name(done, honours):
    text = f"5月6日,全县表彰大会召开,县委书记许怀远讲话。会上,{done},并通报表扬先进。"
    assert [h["recipient"] for h in draft(text)["honours"]] == honours
