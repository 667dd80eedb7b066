"""How news of ceremonies, of meetings of banks and firms, and of visits followed by a talk is told in real papers."""

from datetime import date

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract

PUBLISHED = date(2024, 5, 8)


def draft(text, hint=PUBLISHED):
    return to_json(extract(text, hint=hint))


def only_event(text):
    events = draft(text)["events"]
    assert len(events) == 1, events
    return events[0]


@pytest.mark.parametrize(
    "talk",
    [
        "随后召开座谈会了解企业情况",
        "并召开企业座谈会了解各家的想法",
        "随后召开银企对接会了解融资需求",
        "随后召开恳谈会,听取意见",
    ],
)
def test_a_talk_after_a_visit_is_an_event_of_its_own(talk):
    events = draft(f"5月6日,县长许怀远到海拓机械调研,{talk}。")["events"]
    assert [e["type"] for e in events] == ["visit", "seminar"]
    assert [e["lead"] for e in events] == ["许怀远", "许怀远"]


@pytest.mark.parametrize(
    "opening",
    [
        "为落实全省“抓项目”会议精神和加快发展工作要求",
        "按照市委工作部署要求",
        "根据上级有关要求",
        "为贯彻全市大会精神和省委要求",
    ],
)
def test_a_requirement_spoken_of_does_not_take_the_day(opening):
    event = only_event(f"{opening},5月6日,云台县召开银企对接会。副县长许怀远出席会议。")
    assert (event["type"], event["date_start"], event["lead"]) == ("seminar", "2024-05-06", "许怀远")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("农业产业化政银企对接推进会", "seminar"),
        ("产销对接现场会", "seminar"),
        ("校企合作对接推进会", "seminar"),
        ("重点项目推进会", "coordination"),
    ],
)
def test_a_meeting_that_brings_sides_together_is_a_talk(title, kind):
    assert only_event(f"5月6日,我县召开{title}。副县长许怀远出席。")["type"] == kind


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        ("8家银行与18家企业签署贷款意向金额18.1亿元。", [[8, "家"], [18, "家"], [18.1, "亿元"]]),
        ("10家银行同60户企业现场签约,签约金额13亿元。", [[10, "家"], [60, "户"], [13, "亿元"]]),
        ("12家企业获得信贷支持2.6亿元。", [[12, "家"], [2.6, "亿元"]]),
    ],
)
def test_sides_and_money_of_a_meeting_of_banks_and_firms(told, counts):
    event = only_event(f"5月6日,云台县银企对接会召开。副县长许怀远出席。会上,{told}")
    assert event["counts"] == counts


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        (
            "此次集中开工的重大项目共有8个,总投资70.9亿元。31个集中开工项目负责人参加。",
            [[8, "个"], [70.9, "亿元"], [31, "个"]],
        ),
        ("投资109.6亿元的31个项目开工。31个集中开工项目的业主到场。", [[109.6, "亿元"], [31, "个"]]),
        ("签约的重点项目共计12个,总投资30亿元。", [[12, "个"], [30, "亿元"]]),
    ],
)
def test_projects_begun_are_counted_once(told, counts):
    assert only_event(f"5月6日,云台区集中开工仪式举行。{told}")["counts"] == counts


def test_a_beginning_told_in_the_sentence_after_the_day():
    event = only_event(
        "5月6日上午,云谷产业园首期工程迎来好日子。 区委书记许怀远宣布项目正式开工,区长陶知行致辞。"
    )
    assert (event["type"], event["date_start"], event["lead"]) == ("groundbreaking", "2024-05-06", "许怀远")
    assert event["people"] == ["许怀远", "陶知行"]


def test_the_part_of_the_day_after_a_heading_set_into_the_text():
    event = only_event("云台县召开禁烧工作动员会 5月6日上午,云台县召开禁烧工作动员会。县长许怀远出席会议。")
    assert event["part"] == "上午"


@pytest.mark.parametrize(
    ("told", "firms"),
    [
        ("县农行还与宁远集团、裕泰食品等7家企业签约", ["宁远集团", "裕泰食品"]),
        ("县工行也与宁远集团、青禾家纺等3家企业签约", ["宁远集团", "青禾家纺"]),
        ("市农商行又同海拓机械、裕泰食品等3家企业签约", ["海拓机械", "裕泰食品"]),
    ],
)
def test_one_side_is_not_of_the_list_of_the_other(told, firms):
    event = only_event(f"5月6日,云台县银企对接会召开。副县长许怀远出席。会上,{told}。")
    assert event["enterprises"] == firms


@pytest.mark.parametrize(
    "who",
    [
        "中国人民银行云台市支行行长陶知行",
        "人民银行云台县支行行长陶知行",
        "人民银行云台市中心支行副行长陶知行",
    ],
)
def test_a_bank_that_is_an_office_is_no_firm(who):
    event = only_event(f"5月6日,云台区召开企业家座谈会。{who},副区长许怀远参加。")
    assert event["enterprises"] == []
    assert "陶知行" in event["people"]


@pytest.mark.parametrize(
    "list_of",
    ["企业家代表展开了深入交流", "民营企业家座谈", "企业家代表进行交流", "客商代表亲切交谈"],
)
def test_those_somebody_talks_with(list_of):
    event = only_event(f"5月6日,我市召开企业家座谈会。市长许怀远与陶知行、秦望舒、乔木森等{list_of}。")
    assert event["people"] == ["许怀远", "陶知行", "秦望舒", "乔木森"]


@pytest.mark.parametrize(
    "phrase",
    [
        "看望工商联界委员时的重要讲话",
        "温州企业家有着永不言败的精神",
        "开展百名行长联千企行动",
        "举办“银企对接”活动",
    ],
)
def test_phrases_that_hold_no_name(phrase):
    people = draft(f"5月6日,县长许怀远主持召开座谈会。会议认为,{phrase}。")["people"]
    assert [p["name"] for p in people] == ["许怀远"]


@pytest.mark.parametrize(
    "text",
    [
        "会上,商会会长许怀远、家具商会会长陶知行等代表各个行业发言,围绕能力提升等提出建议。",
        "会上,海拓机械董事长许怀远、裕泰食品总经理陶知行等企业家发言,并就用工提出建议。",
        "座谈中,村支书许怀远、党员陶知行等依次发言,结合实际提出意见。",
    ],
)
def test_those_who_only_took_the_floor_are_no_speakers(text):
    assert draft(f"5月6日,云台县召开座谈会。{text}")["speakers"] == []


@pytest.mark.parametrize(
    "said",
    [
        "多年来,建设银行云台支行积极支持发展。",
        "我市的海拓机械有限公司就是例子。",
        "没有青禾食品有限公司当年的坚持,就没有产业。",
    ],
)
def test_what_somebody_goes_on_saying_visits_no_firm(said):
    event = only_event(f"5月6日,市长许怀远出席座谈会。他说,民营经济很重要。{said}")
    assert event["enterprises"] == []


@pytest.mark.parametrize("day", ["36日", "5月36日", "13月5日", "十三月五日", "2月30日", "99日", "0日"])
def test_an_impossible_day_is_no_date(day):
    assert only_event(f"{day},县长许怀远到海拓机械调研。")["date_start"] is None


@pytest.mark.parametrize(
    ("told", "projects"),
    [
        ("云台回族区谋划重点项目100个", []),
        ("各部门争上项目、竞相发展", []),
        ("云台区重大项目建设全面展开", []),
        ("大家察看了云谷冷链物流园项目", ["云谷冷链物流园项目"]),
    ],
)
def test_what_is_said_of_projects_names_none(told, projects):
    assert only_event(f"5月6日,云台区集中开工仪式举行。{told}。")["projects"] == projects


@pytest.mark.parametrize(
    "text",
    [
        "由县人民政府、县农业农村局主办的产销对接签约仪式隆重举行",
        "活动由县工信局承办,持续三天",
        "大会由县商务局组织举行",
    ],
)
def test_whoever_hosts_owes_nothing(text):
    assert draft(f"5月6日下午,{text}。副县长许怀远出席。")["actions"] == []


@pytest.mark.parametrize(
    "text",
    [
        "协调解决企业增资扩产、项目建设中遇到的实际问题",
        "帮助解决厂房建设、设备安装中存在的问题",
        "切实帮助企业突破发展瓶颈",
        "做好跟踪督办,确保问题得到尽快解决",
        "当前国内外形势严峻复杂",
    ],
)
def test_words_on_problems_that_name_none(text):
    assert draft(f"5月6日,县长许怀远到海拓机械调研,{text}。")["problems"] == []


@pytest.mark.parametrize(
    "again",
    [
        "他代表县委向参加本次签约仪式的来宾表示欢迎。签约仪式上,副县长陶知行与企业签订协议。",
        "此次签约仪式由副县长陶知行主持。",
        "参加这次集中签约仪式的还有副县长陶知行。",
    ],
)
def test_this_ceremony_is_the_one_being_told(again):
    event = only_event(f"5月6日,云台县项目集中签约仪式举行。县委书记许怀远出席。\n{again}")
    assert (event["title"], event["lead"]) == ("云台县项目集中签约仪式", "许怀远")
    assert event["people"] == ["许怀远", "陶知行"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("春季项目签约暨招商大会", "signing"),
        ("重点项目开工暨建设推进会", "groundbreaking"),
        ("先进表彰暨项目签约大会", "commendation"),
    ],
)
def test_the_first_of_two_ceremonies_tells(title, kind):
    assert only_event(f"5月6日,云台县{title}召开。县长许怀远参加。")["type"] == kind


def test_a_hall_is_no_meeting():
    event = only_event("5月6日,我县在县政府大会议室召开了企业联合会一届二次会长会议。副县长许怀远出席。")
    assert event["title"] == "企业联合会一届二次会长会议"


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("2024年曲水市云岭县春季招商大会", "云岭县"),
        ("2024年云岭县集中签约仪式", "云岭县"),
        ("云岭县2024年项目签约仪式", "云岭县"),
    ],
)
def test_the_area_after_a_year(title, unit):
    assert only_event(f"5月6日,{title}召开。县长许怀远参加。")["unit"] == unit


@pytest.mark.parametrize(
    ("list_of", "post"),
    [
        ("县(区)处级领导出席会议", "县(区)处级领导"),
        ("区(县)领导参加", "区(县)领导"),
        ("县(市、区)四套班子领导出席", "县(市、区)四套班子领导"),
    ],
)
def test_a_post_with_a_bracket_after_a_list(list_of, post):
    people = draft(f"5月6日,云台县表彰大会召开。许怀远、陶知行、秦望舒等{list_of}。")["people"]
    assert [(p["name"], p["posts"]) for p in people] == [(n, [post]) for n in ("许怀远", "陶知行", "秦望舒")]


@pytest.mark.parametrize(
    ("told", "firms", "projects"),
    [
        (
            "深入海拓科技有限公司云台超临界环保示范项目",
            ["海拓科技有限公司"],
            ["海拓科技有限公司云台超临界环保示范项目"],
        ),
        ("来到海拓新材料有限公司二期项目", [], ["海拓新材料有限公司二期项目"]),
        ("来到海拓新材料有限公司年产2万吨材料项目", [], ["海拓新材料有限公司年产2万吨材料项目"]),
    ],
)
def test_a_firm_and_its_project(told, firms, projects):
    event = only_event(f"5月6日,县长许怀远{told}调研。")
    assert (event["enterprises"], event["projects"]) == (firms, projects)


@pytest.mark.parametrize(
    ("told", "firms"),
    [
        ("来到中铁装备集团设备公司调研", ["中铁装备集团设备公司"]),
        ("来到恒远集团和青禾食品有限公司调研", ["恒远集团", "青禾食品有限公司"]),
        ("来到云台城投集团建材公司调研,与市供电公司、企业服务专班负责人座谈", ["云台城投集团建材公司"]),
    ],
)
def test_a_firm_within_a_group(told, firms):
    assert only_event(f"5月6日,县长许怀远{told}。")["enterprises"] == firms


@pytest.mark.parametrize(
    "told",
    [
        "来到投资135亿元的绿谷环保和投资202亿元的星河汽车项目工地",
        "据对我市110家重点企业抽样调查显示,有46家企业加班生产",
        "走访总投资5亿元的海拓新材",
    ],
)
def test_figures_that_describe_are_no_counts(told):
    lead = "5月6日,县长许怀远到海拓机械调研。" if told.startswith("据") else "5月6日,县长许怀远"
    assert only_event(f"{lead}{told}。")["counts"] == []
