"""Firms, projects, counts, honours and problems: one table for each kind of misreading."""

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract


def draft(text):
    return to_json(extract(text))


def event(text):
    return draft(text)["events"][0]


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        (
            "5月6日,县委书记许怀远先后到云岭温泉中心、恒远集团、北山曲轴、青禾家俬、云谷度假区等企业走访。",
            ["云岭温泉中心", "恒远集团", "北山曲轴", "青禾家俬", "云谷度假区"],
        ),
        (
            "5月6日,县长许怀远深入大河奶业、云湖山庄、鼎新轴瓦等3家企业调研。",
            ["大河奶业", "云湖山庄", "鼎新轴瓦"],
        ),
        (
            "5月6日,县长许怀远实地走访了云溪茶厂、红石农庄和恒通汽贸等企业。",
            ["云溪茶厂", "红石农庄", "恒通汽贸"],
        ),
        (
            "5月6日,县长许怀远走进金禾米业、南湖影城以及万家商贸城等服务业企业调研。",
            ["金禾米业", "南湖影城", "万家商贸城"],
        ),
        (
            "5月6日,全市表彰大会召开,授予安川海拓制药集团股份有限公司等20个单位“先进单位”称号。",
            ["安川海拓制药集团股份有限公司"],
        ),
        (
            "5月6日,全市表彰大会召开,表彰了云台恒岳重工集团有限责任公司等10家企业。",
            ["云台恒岳重工集团有限责任公司"],
        ),
        (
            "5月6日,县长许怀远率队拜访华川集团控股有限公司。",
            ["华川集团控股有限公司"],
        ),
        (
            "5月6日,县长许怀远先后到安川恒筑建设工程有限公司、安川绿环再生资源有限公司走访。",
            ["安川恒筑建设工程有限公司", "安川绿环再生资源有限公司"],
        ),
    ],
)
def test_firms(text, firms):
    found = event(text)
    assert found["enterprises"] == firms
    assert found["projects"] == []


@pytest.mark.parametrize(
    ("text", "projects"),
    [
        (
            "5月6日,市长许怀远先后来到海拓新材料有限公司二期项目、云山路、滨江东路、青禾年产2万吨材料项目等处。",
            ["海拓新材料有限公司二期项目", "青禾年产2万吨材料项目"],
        ),
        (
            "5月6日,县长许怀远先后来到恒岳重工集团扩建项目、迎宾大道、石桥水厂改造工程现场察看。",
            ["恒岳重工集团扩建项目", "石桥水厂改造工程"],
        ),
        (
            "5月6日,县长许怀远先后到鼎新智能装备产业园、年产5000吨饲料项目、文苑小区、人民路等处督导。",
            ["年产5000吨饲料项目"],
        ),
        ("5月6日,开工仪式上,区长许怀远宣布三季度重大项目集中开工。", []),
        ("5月6日,区长许怀远调研,推动一批重点项目落地,抓好民生工程。", []),
        ("5月6日,签约仪式上,区长许怀远代表区政府与企业签约一批招商项目。", []),
    ],
)
def test_projects_and_roads_are_no_firms(text, projects):
    found = event(text)
    assert found["enterprises"] == []
    assert [p.removesuffix("现场") for p in found["projects"]] == projects


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("5月6日,银企对接会召开,10家企业与10家银行签约。", [[10, "家"], [10, "家"]]),
        ("5月6日,银企对接会召开,31家企业与30家机构签约。", [[31, "家"], [30, "家"]]),
        ("5月6日,推介会举行,8个项目与8个园区签约。", [[8, "个"], [8, "个"]]),
        (
            "5月6日,银企对接会召开,12户企业与6家银行签约,签约金额9.5亿元。",
            [[12, "户"], [6, "家"], [9.5, "亿元"]],
        ),
        ("5月6日,银企对接会召开,现场授信3.2亿元,惠及企业40家。", [[3.2, "亿元"], [40, "家"]]),
        ("5月6日,推介会举行,签约项目15个、总金额68亿元。", [[15, "个"], [68, "亿元"]]),
        (
            "5月6日,石桥镇召开动员大会,31个村(社区)干部400多人参加,六个村居受到表扬。",
            [[31, "个"], [400, "人"], [6, "个"]],
        ),
        ("5月6日,石桥镇召开动员大会,镇村干部共200余人参加会议。", [[200, "人"]]),
        ("5月6日,云台区召开推进会,12个镇街、36个部门负责人参会。", [[12, "个"], [36, "个"]]),
        ("5月6日,云台区召开表彰大会,表彰先进集体20个、先进个人50名。", [[20, "个"], [50, "名"]]),
    ],
)
def test_counts(text, counts):
    found = [[float(n), unit] for n, unit in event(text)["counts"]]
    assert sorted(found) == sorted([float(n), unit] for n, unit in counts)


@pytest.mark.parametrize(
    ("text", "recipients", "title"),
    [
        (
            "5月6日,全市表彰大会召开,市委、市政府授予秦望舒、乔木森、柳成荫“云台市杰出企业家”称号。",
            ["秦望舒", "乔木森", "柳成荫"],
            "云台市杰出企业家",
        ),
        (
            "5月6日,石桥镇召开总结大会,石桥村、柳湾村被评为“先进村”。",
            ["石桥村", "柳湾村"],
            "先进村",
        ),
        (
            "5月6日,总结大会召开,县委、县政府授予县发改局、县工信局、石桥镇“先进单位”荣誉称号。",
            ["县发改局", "县工信局", "石桥镇"],
            "先进单位",
        ),
        (
            "5月6日,总结大会召开,海拓机械有限公司、恒岳重工集团荣获“纳税大户”称号。",
            ["海拓机械有限公司", "恒岳重工集团"],
            "纳税大户",
        ),
    ],
)
def test_each_of_a_list_is_honoured(text, recipients, title):
    honours = draft(text)["honours"]
    assert [h["recipient"] for h in honours] == recipients
    assert {h["honour"] for h in honours} == {title}


def test_several_honours_of_one_sentence():
    honours = draft(
        "5月6日,总结表彰大会召开。海拓机械荣获“纳税大户”称号,石桥镇、柳湾镇被评为高质量发展先进乡镇,县税务局被授予“先进单位”。"
    )["honours"]
    assert [h["recipient"] for h in honours] == ["海拓机械", "石桥镇", "柳湾镇", "县税务局"]


@pytest.mark.parametrize(
    "text",
    [
        "5月6日,副县长许怀远看望慰问困难职工。",
        "5月6日,副县长许怀远走访困难群众和困难党员。",
        "5月6日,副县长许怀远慰问困难企业职工,送去慰问金。",
        "5月6日,副县长许怀远调研困难家庭帮扶工作。",
    ],
)
def test_people_in_hardship_are_no_problem_of_firms(text):
    assert draft(text)["problems"] == []


@pytest.mark.parametrize(
    ("text", "problem", "not_problem"),
    [
        (
            "5月6日,县长许怀远到海拓机械调研。许怀远强调,县供电公司要在5月20日前解决海拓机械用电问题。",
            "用电",
            "供电",
        ),
        ("5月6日,县长许怀远调研,要求市供水集团10日内解决企业用水问题。", "用水", "供水"),
        ("5月6日,县长许怀远调研,要求县供热公司月底前解决企业用汽难题。", "用汽", "供热"),
        ("5月6日,县长许怀远调研,要求县交通局抓紧解决企业门前道路破损问题。", "道路破损", "交通"),
    ],
)
def test_the_problem_is_not_the_office_that_solves_it(text, problem, not_problem):
    problems = draft(text)["problems"]
    assert any(problem in p for p in problems)
    assert not_problem not in problems


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("5月6日,云台县召开座谈会。宏大铸管、利源化工2家企业作了发言。", ["宏大铸管", "利源化工"]),
        (
            "5月6日,云台县召开座谈会,汇丰竹木制品厂、金陵刺绣、宝安五金3家企业反映了困难。",
            ["汇丰竹木制品厂", "金陵刺绣", "宝安五金"],
        ),
        (
            "5月6日,县长许怀远现场办公,海拓机械总经理秦望舒、青禾纺织副总经理乔木森等企业负责人参加。",
            ["海拓机械", "青禾纺织"],
        ),
        ("5月6日,县长许怀远到天和药业、鑫达铸造调研。", ["天和药业", "鑫达铸造"]),
        ("5月6日,云台县举行签约仪式,云台县与海拓科技集团签订协议。", ["海拓科技集团"]),
        ("5月6日,县长许怀远深入了解当前钢铁、水泥等行业生产情况。", []),
    ],
)
def test_firms_by_their_number_their_people_and_their_partners(text, firms):
    assert event(text)["enterprises"] == firms


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("5月6日,县长许怀远走访海拓机械,该公司现有员工320人,拥有专利15项。", []),
        ("5月6日,县长许怀远到海拓机械调研,了解两家企业订单情况。", []),
        ("5月6日,云台县召开表彰大会,发放奖金580万元。", [[580, "万元"]]),
        ("5月6日,云台县召开推进会,8支专班队伍共200人参加。", [[8, "支"], [200, "人"]]),
    ],
)
def test_what_describes_a_firm_is_no_count(text, counts):
    assert [[float(n), unit] for n, unit in event(text)["counts"]] == [[float(n), unit] for n, unit in counts]
