"""Which sentences tell of an event, of what type, on which day, led by whom: one table for each kind of misreading."""

from datetime import date

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract


def events(text, hint=None):
    return to_json(extract(text, hint=hint))["events"]


def only_event(text, hint=None):
    found = events(text, hint)
    assert len(found) == 1, [(e["type"], e["title"], e["date_start"]) for e in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "types", "lead"),
    [
        ("5月6日,石桥镇召开2024年度总结会,镇长许怀远主持。", "other coordination commendation", "许怀远"),
        (
            "5月6日下午,云台区工商联召开“民营经济圆桌会”(第一期)。区委书记许怀远出席会议。",
            "seminar",
            "许怀远",
        ),
        (
            "5月6日,云台区人大代表组举办视察调研活动,区人大常委会副主任许怀远参加。",
            "visit",
            "许怀远",
        ),
        ("6月3日,平阳县召开半年工作务虚会,县委书记柏松涛主持。", "coordination other", "柏松涛"),
        ("6月3日,河湾镇举行述职评议会,镇党委书记叶知秋出席。", "coordination other commendation", "叶知秋"),
        ("6月3日,南泉县召开民营企业家“面对面”恳谈活动,县长骆一鸣参加。", "seminar", "骆一鸣"),
        ("6月3日,县政协组织开展专题视察活动,县政协副主席文景行带队。", "visit", "文景行"),
        ("6月3日,林台市举办银企“早餐会”(第三期),副市长戴明义出席。", "seminar", "戴明义"),
        ("6月3日,北岭区召开招商引资工作月度讲评会,区长卢远航讲话。", "coordination other", "卢远航"),
    ],
)
def test_meetings_and_visits_by_less_common_names(text, types, lead):
    event = only_event(text)
    assert event["type"] in types.split()
    assert event["lead"] == lead


def test_the_title_and_the_unit_of_such_meetings():
    event = only_event("5月6日,石桥镇召开2024年度总结会,镇长许怀远主持。")
    assert event["unit"] == "石桥镇"
    event = only_event("5月6日下午,云台区工商联召开“民营经济圆桌会”(第一期)。区委书记许怀远出席会议。")
    assert event["title"].strip("“”") == "民营经济圆桌会"


@pytest.mark.parametrize(
    ("text", "day", "lead"),
    [
        (
            "5月6日下午,市委常委会(扩大)会议召开。市委书记许怀远主持会议并强调,要深入学习贯彻在4月20日座谈会上的讲话精神。",
            "05-06",
            "许怀远",
        ),
        (
            "7月9日,平阳县召开经济运行调度会。会议传达了7月1日全省电视电话会议精神。县长段文昭主持会议。",
            "07-09",
            "段文昭",
        ),
        (
            "7月9日,平阳县召开项目建设推进会。县长段文昭指出,对6月15日交办的事项要逐一回头看。县委书记柏松涛讲话。",
            "07-09",
            "段文昭",
        ),
        (
            "7月9日,县长段文昭到恒岳重工调研。该企业4月10日建成投产。段文昭强调,要抓好落实。",
            "07-09",
            "段文昭",
        ),
    ],
)
def test_a_date_inside_the_telling_does_not_end_the_event(text, day, lead):
    event = only_event(text)
    assert event["date_start"] == f"XXXX-{day}"
    assert event["lead"] == lead


@pytest.mark.parametrize(
    ("text", "types", "leads"),
    [
        (
            "5月6日,云台区银企对接大会召开。副市长许怀远出席,区长陶知行主持会议。\n会上举行了项目签约仪式,副区长闻一鸣与银行代表签字。",
            "seminar signing",
            "许怀远 陶知行",
        ),
        (
            "8月1日,石门县招商推介会举行。县委书记高云生致辞。\n推介会上举行了集中签约仪式,副县长倪承志主持签约。",
            "seminar signing",
            "高云生",
        ),
        (
            "8月1日,石门县总结表彰大会召开。县委书记高云生讲话。\n会上举行颁奖仪式,县长马骏为获奖企业颁奖。",
            "commendation",
            "高云生",
        ),
        (
            "8月1日,石门县举行重大项目开工仪式,县长马骏出席。\n活动现场还举行了授牌仪式,副县长倪承志为企业授牌。",
            "groundbreaking",
            "马骏",
        ),
    ],
)
def test_a_ceremony_within_a_meeting_is_part_of_it(text, types, leads):
    event = only_event(text)
    assert event["type"] in types.split()
    assert event["lead"] in leads.split()


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("5月6日,县长许怀远到海拓机械调研,召开座谈会。副县长陶知行参加调研。", "陶知行"),
        ("5月6日,县长许怀远到海拓机械调研,并召开现场会。县政协副主席顾盼陪同调研。", "顾盼"),
        ("5月6日,市长许怀远走访恒岳重工,随后主持召开座谈会。副市长陶知行、闻一鸣参加走访。", "闻一鸣"),
        ("5月6日,区长许怀远检查安全生产,随即召开调度会。副区长陶知行一同检查。", "陶知行"),
    ],
)
def test_who_took_part_in_the_visit_belongs_to_the_visit(text, person):
    visit = next(e for e in events(text) if e["type"] == "visit")
    assert person in visit["people"]
    assert visit["lead"] == "许怀远"


@pytest.mark.parametrize(
    "text",
    [
        "5月6日,副市长许怀远带队检查我区集中开工仪式筹备情况。",
        "5月6日,副市长许怀远带队督导表彰大会筹备工作。",
        "5月6日,副市长许怀远实地查看招商推介会准备情况。",
        "5月6日,副市长许怀远到会展中心检查博览会布展工作。",
    ],
)
def test_looking_at_the_preparations_of_a_meeting_is_a_visit(text):
    event = only_event(text)
    assert (event["type"], event["lead"]) == ("visit", "许怀远")


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (
            "5月6日,云台市产业表彰大会上,海拓纸业有限公司董事长秦望舒被授予功勋企业家。云台市委书记许怀远讲话。",
            "许怀远",
        ),
        (
            "5月6日,平阳县优化营商环境座谈会召开,恒岳重工集团总经理顾盼作交流发言。县长段文昭主持会议并讲话。",
            "段文昭",
        ),
        (
            "5月6日,平阳县召开年度考核大会。县统计局局长童真通报考核结果。县委书记柏松涛出席会议并讲话。",
            "柏松涛",
        ),
        ("5月6日,平阳县举行开工仪式。县发改委主任童真介绍项目情况,县委书记柏松涛宣布开工。", "柏松涛"),
    ],
)
def test_the_lead_is_who_speaks_for_the_meeting_not_who_is_named_first(text, lead):
    assert only_event(text)["lead"] == lead


@pytest.mark.parametrize(
    ("text", "hint", "day"),
    [
        ("124日下午,副市长许怀远到石桥镇走访。", date(2020, 12, 5), "2020-12-04"),
        ("113日上午,副市长许怀远到石桥镇走访。", date(2021, 11, 4), "2021-11-03"),
        ("113日上午,副市长许怀远到石桥镇走访。", date(2021, 1, 15), "2021-01-13"),
        ("1215日,副市长许怀远到石桥镇走访。", date(2020, 12, 16), "2020-12-15"),
        ("326日,副市长许怀远到石桥镇走访。", date(2020, 3, 27), "2020-03-26"),
    ],
)
def test_a_lost_month_sign_gives_the_nearest_day_before(text, hint, day):
    assert only_event(text, hint)["date_start"] == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "3月18日,云台县2016年度目标考核总结表彰大会召开,县委书记许怀远回顾了2016年的成绩。",
            "XXXX-03-18 2017-03-18",
        ),
        (
            "2月3日,云台县召开2019年度总结表彰大会,县长许怀远总结了2019年工作。",
            "XXXX-02-03 2020-02-03",
        ),
        (
            "1月9日,石桥镇召开2021年度述职考核会,镇长许怀远回顾2021年工作。",
            "XXXX-01-09 2022-01-09",
        ),
        ("3月2日,云台县召开会议,安排部署2023年重点工作,县长许怀远讲话。", "XXXX-03-02 2023-03-02"),
    ],
)
def test_the_year_under_review_is_not_the_year_of_the_meeting(text, days):
    assert only_event(text)["date_start"] in days.split()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("8月26日晚,我县召开经济运行调度会,县长许怀远讲话。", "晚上"),
        ("8月26日夜,我县召开防汛调度会,县长许怀远讲话。", "晚上"),
        ("8月26日早,县长许怀远到海拓机械调研。", "上午"),
        ("8月26日傍晚,县长许怀远到海拓机械调研。", "下午"),
        ("8月26日晚间,我县召开调度会,县长许怀远讲话。", "晚上"),
    ],
)
def test_parts_of_the_day(text, part):
    assert only_event(text)["part"] == part


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5月6日,云台高新区召开动员会,管委会主任许怀远讲话。", "云台高新区"),
        ("5月6日,临河经济技术开发区召开推进会,党工委书记许怀远讲话。", "临河经济技术开发区"),
        ("5月6日,河湾工业园区召开座谈会,管委会主任许怀远主持。", "河湾工业园区"),
        ("5月6日,平阳经开区举行开工仪式,党工委书记许怀远讲话。", "平阳经开区"),
    ],
)
def test_zones_are_units(text, unit):
    assert only_event(text)["unit"] == unit


@pytest.mark.parametrize(
    "text",
    [
        "5月6日,县长许怀远到海拓机械调研,指示县发改局牵头,6月底前提出意见。",
        "5月6日,县长许怀远到海拓机械调研,嘱咐县工信局跟踪服务。",
        "5月6日,市长许怀远到海拓机械调研,督促市供电公司尽快送电。",
        "5月6日,区长许怀远到海拓机械调研,叮嘱区直部门主动上门。",
    ],
)
def test_a_verb_before_a_bare_county_names_no_area(text):
    assert only_event(text)["unit"] in {None, "全县"}


def test_the_report_of_a_year_makes_no_undated_events():
    text = (
        "政府工作报告\n各位代表:\n现在,我代表县人民政府向大会报告工作。\n一、2023年工作回顾\n"
        "一年来,我们召开企业家座谈会,走访企业320家,举行重大项目集中开工仪式,签约项目46个。"
        "先后召开经济工作会议、项目推进会,开展“万人助万企”活动。\n二、2024年工作安排\n"
        "坚持项目为王,每季度召开调度会,每月走访企业。县委、县政府将定期召开银企对接会。"
        "县发改局要加强统筹,各乡镇要抓好落实。"
    )
    assert events(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "今年以来,全县走访企业236家,召开座谈会18场。县长段文昭说,要再接再厉。",
        "过去一年,县委书记柏松涛多次深入企业调研,召开座谈会12次。",
        "下一步,县委将召开经济工作会议,县长段文昭将走访重点企业。",
        "三年来,全市共举行集中开工仪式8次,开展走访活动5000余次。",
    ],
)
def test_a_summary_of_a_period_is_no_event(text):
    assert events(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "3月29日,区委书记贾岛主持召开座谈会。区委办要梳理清单,4月10日前分解到各单位。",
        "3月29日,区委书记贾岛主持召开座谈会。施工单位于5月20日前到现场进行检查整改。",
        "3月29日,区委书记贾岛主持召开座谈会。会议以科学理论为指导,部署下步工作。",
        "3月29日,区委书记贾岛主持召开座谈会,通报前期检查情况。",
    ],
)
def test_deadlines_and_the_business_of_a_meeting_are_no_visits(text):
    assert [e["type"] for e in events(text)] == ["seminar"]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("8月2日,桐江市老干部围坐一起,与市委书记刘长卿拉家常。", "seminar"),
        ("8月2日,记者在人社大厅看到,副县长顾况上门为群众解难。", "visit other"),
        ("8月2日,全区民营经济发展大会召开,区委书记贾岛讲话。", "economic_meeting"),
        ("8月2日,江阳区“云签约”仪式举行,区长常茂致辞。", "signing"),
    ],
)
def test_an_event_that_no_list_names_is_found_by_its_day_and_its_person(text, types):
    assert only_event(text)["type"] in types.split()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5月6日,市长许怀远带队到云台区调研。", "云台区"),
        ("5月6日,省工信厅副厅长许怀远赴云台县考察。", "云台县"),
        ("5月6日,安川市副市长许怀远到云台区调研。", "安川市"),
        ("5月6日,高新区召开推进会,管委会主任许怀远讲话。", "高新区"),
        ("5月6日,中共云台县委召开座谈会,县委书记许怀远讲话。", "云台县"),
        ("5月6日,安川省云台市召开座谈会,市委书记许怀远讲话。", "云台市"),
        ("云台区融媒体中心讯\n5月6日,区长许怀远带队调研企业。", "云台区"),
        ("5月6日,盐城市召开座谈会,市长许怀远讲话。", "盐城市"),
        ("5月6日,房山区召开推进会,区长许怀远讲话。", "房山区"),
        ("5月6日,王集镇召开动员会,镇长许怀远讲话。", "王集镇"),
        ("5月6日,荆门市召开调度会,市长许怀远讲话。", "荆门市"),
    ],
)
def test_the_area_of_an_event(text, unit):
    assert only_event(text)["unit"] == unit
