"""Lists of what somebody visited, who went though nobody names him, and what is listed and is no firm."""

from datetime import date

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract


def draft(text):
    return to_json(extract(text, hint=date(2024, 5, 8)))


def only_event(text):
    events = draft(text)["events"]
    assert len(events) == 1, events
    return events[0]


@pytest.mark.parametrize(
    ("listed", "firms"),
    [
        ("与会单位就天禾玻纤、新康意等13家重点企业现状逐个研讨", ["天禾玻纤", "新康意"]),
        ("会议听取了辰美中药、大别茶坊等4家骨干企业负责人的汇报", ["辰美中药", "大别茶坊"]),
        ("会议研究了星河汽车、云泉等12家企业的诉求", ["星河汽车", "云泉"]),
    ],
)
def test_a_list_that_ends_in_a_number_of_firms(listed, firms):
    event = only_event(f"5月6日,县长许怀远主持召开新材料产业链会议。{listed}。")
    assert event["enterprises"] == firms


@pytest.mark.parametrize(
    "listed",
    [
        "企业家代表围绕企业做大做强、转型升级、科技创新等方面交流了企业发展的情况",
        "大家就要素保障、融资用工、人才住房等方面谈了企业困难",
        "与会人员聚焦项目建设、招商引资、数字转型等领域介绍企业做法",
    ],
)
def test_matters_that_firms_speak_on_are_no_firms(listed):
    assert only_event(f"5月6日,我县召开座谈会。县长许怀远出席。{listed}。")["enterprises"] == []


@pytest.mark.parametrize(
    ("listed", "firms", "projects"),
    [
        (
            "云河新材料、恒固混凝土、聚隆服饰、药康众拓等项目施工现场",
            ["云河新材料", "恒固混凝土", "聚隆服饰", "药康众拓"],
            [],
        ),
        (
            "城市棚户区改造、云山大道延伸、老城区排水防涝等项目建设现场",
            [],
            ["城市棚户区改造", "云山大道延伸", "老城区排水防涝"],
        ),
        ("富硒农产品标准化厂房、城乡垃圾处理等项目工地", [], ["富硒农产品标准化厂房", "城乡垃圾处理"]),
    ],
)
def test_where_something_is_built_is_called_by_the_firm_or_by_what_is_built(listed, firms, projects):
    event = only_event(f"5月6日,县长许怀远先后来到{listed}调研。")
    assert (event["enterprises"], event["projects"]) == (firms, projects)


def test_projects_gone_through_at_a_meeting():
    event = only_event(
        "5月6日,县长许怀远主持召开重点项目调度会。会上,各单位就中医院康养项目、云岫园区项目推进情况进行了汇报。"
    )
    assert event["projects"] == ["中医院康养项目", "云岫园区项目"]


@pytest.mark.parametrize(
    "who",
    ["市科经局主要负责人率队", "县工信局负责同志一行", "云台镇党委主要负责人带队"],
)
def test_a_visit_by_a_head_whom_nobody_names(who):
    event = only_event(f"5月6日,{who}到经开区走访企业。调研组先后实地走访了云泰塑业、宏昌机电等多家企业。")
    assert (event["type"], event["date_start"], event["lead"]) == ("visit", "2024-05-06", None)
    assert event["enterprises"] == ["云泰塑业", "宏昌机电"]


@pytest.mark.parametrize("party", ["市领导一行深入", "调研组一行先后来到", "大家深入"])
def test_a_round_goes_on_after_the_talk_told_with_it(party):
    visit, talk = draft(
        f"5月6日,副市长许怀远带队到云台区调研,并召开座谈会。\n{party}海拓机械、青禾食品等12家企业,了解用工情况。"
    )["events"]
    assert (visit["enterprises"], visit["counts"]) == (["海拓机械", "青禾食品"], [[12, "家"]])
    assert (talk["type"], talk["enterprises"]) == ("seminar", [])


@pytest.mark.parametrize(
    "who",
    ["市督导服务组许怀远巡视员", "市工信局许怀远调研员", "县项目专班许怀远主任"],
)
def test_a_name_between_its_body_and_its_post(who):
    assert [p["name"] for p in draft(f"5月6日,{who}一行到海拓机械调研。")["people"]] == ["许怀远"]


@pytest.mark.parametrize(
    "text",
    [
        "就优化营商环境、完善配套设施等方面提出了意见建议",
        "围绕加快转型、促进就业等方面提出建议",
        "找出制约企业发展的痛点、难点",
    ],
)
def test_aims_are_no_problems(text):
    assert draft(f"5月6日,我县召开企业家座谈会。会上,大家{text}。")["problems"] == []


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("中秋恳亲大会招商引资恳谈会举行。副县长许怀远致辞。", "中秋恳亲大会招商引资恳谈会"),
        ("副县长许怀远主持召开产业链现场会会商会,会商全省现场会在云岭县召开有关事宜。", "产业链现场会会商会"),
        ("全县动员大会筹备工作会召开。副县长许怀远出席。", "全县动员大会筹备工作会"),
    ],
)
def test_a_name_of_two_nouns_is_one_meeting(told, title):
    assert only_event(f"5月6日,{told}")["title"] == title


@pytest.mark.parametrize("part", ["上午", "下午"])
def test_a_title_before_the_first_sentence_is_no_second_event(part):
    event = only_event(
        f"云台区举行第一次重大项目集中开工活动 5月6日{part},云台区在云谷工厂项目现场举行重大项目集中开工仪式。区长许怀远讲话。"
    )
    assert (event["type"], event["part"], event["lead"]) == ("groundbreaking", part, "许怀远")


def test_the_first_of_two_who_speak_leads():
    event = only_event(
        "5月6日,云台区经济工作会议召开。海拓科技董事长秦望舒荣获“杰出企业家”称号。区委书记许怀远、区长陶知行在会上讲话。"
    )
    assert event["lead"] == "许怀远"


@pytest.mark.parametrize(
    ("who", "firms"),
    [
        (
            "国源电力发展股份有限公司云台分公司、恒达(云台)科技有限公司4家企业",
            ["国源电力发展股份有限公司云台分公司", "恒达(云台)科技有限公司"],
        ),
        ("燃气公司、热力公司、平山供水总厂、新城水务公司", ["平山供水总厂", "新城水务公司"]),
        ("水气热等相关公司", []),
    ],
)
def test_branches_and_utilities(who, firms):
    event = only_event(f"5月6日,我市召开营商环境会议。副市长许怀远出席,{who}主要负责人发言。")
    assert event["enterprises"] == firms


def test_the_same_sum_for_two_projects_counts_twice():
    event = only_event(
        "5月6日,云台县集中签约仪式举行。签约的项目是:绿丰食品有限公司投资3000万元建设香菇肉项目;中农农业有限公司投资3000万元建设香菇酱项目。"
    )
    assert event["counts"] == [[3000, "万元"], [3000, "万元"]]
