"""Difficulties of firms: told, implied, wished away; and slogans, calls, matters that are over, which are none."""

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract


def problems(text):
    return to_json(extract(text))["problems"]


def assert_named(text, wanted):
    found = problems(text)
    assert len(found) == len(wanted), found
    assert all(any(one in word for word in found) for one in wanted), found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "5月6日,县长许怀远到海拓机械调研。企业负责人反映,出口订单下滑,资金周转紧张。",
            ["订单下滑", "周转紧张"],
        ),
        (
            "5月6日,石桥镇召开座谈会。蓝海物流、宏大模具提出招工难、停车位不足、运费偏高等问题。",
            ["招工难", "停车位不足", "运费偏高"],
        ),
        ("5月6日,区长许怀远走访企业。商户们反映,夜间照明不足,垃圾清运不及时。", ["照明不足", "清运不及时"]),
        ("5月6日,副县长许怀远到青禾纺织调研。部分企业提出,出证慢、检测费用高。", ["出证慢", "检测费用高"]),
    ],
)
def test_what_firms_report(text, wanted):
    assert_named(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5月6日,县长许怀远走访企业。“我们轻资产的厂子贷不到款。”一家软件企业的负责人坦言。", ["贷不到款"]),
        (
            "5月6日,县长许怀远到海拓机械调研。“厂门口的路一下雨就积水,大车进不来。”总经理秦望舒说。",
            ["积水", "进不来"],
        ),
        ("5月6日,镇长许怀远走访企业。民宿业主乔木森说:“村里信号时有时无。”", ["信号时有时无"]),
        ("5月6日,区长许怀远走访企业。厂长柳成荫坦言:“大学生技术员留不住。”", ["技术员留不住"]),
    ],
)
def test_what_somebody_of_a_firm_says_in_quotation_marks(text, wanted):
    assert_named(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5月6日,县长许怀远到海拓机械调研。负责人希望政府在引进技术人才方面给予支持。", "引进技术人才"),
        ("5月6日,县长许怀远到海拓机械调研。总经理秦望舒建议尽快打通园区东西向断头路。", "断头路"),
        ("5月6日,镇长许怀远走访商户。经营户们盼着延长夜市营业时间。", "延长夜市营业时间"),
        ("5月6日,区长许怀远走访企业。企业恳请有关部门帮助协调双回路电源。", "双回路电源"),
    ],
)
def test_what_a_firm_wishes_for_is_what_it_lacks(text, wanted):
    assert_named(text, [wanted])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5月6日,县长许怀远走访企业。得知德泰食品冷库用电负荷不足,许怀远当即联系供电部门。", "用电负荷不足"),
        ("5月6日,县长许怀远到海拓机械调研。因变压器容量不够,企业只能轮流停机。", "变压器容量不够"),
        ("5月6日,县长许怀远到海拓机械调研。企业正为厂房扩建发愁。", "厂房扩建"),
        ("5月6日,县长许怀远走访企业。永昌轴承最着急的是用地指标一直没有落实。", "用地指标"),
        ("5月6日,县长许怀远走访企业。用工荒一直困扰着企业。", "用工荒"),
        ("5月6日,县长许怀远走访企业,三元油脂的难处在原料到港晚。", "原料到港晚"),
        ("5月6日,县长许怀远走访企业。企业缺技术工人,生产线开工一半。", "技术工人"),
        ("5月6日,县长许怀远走访企业,技改奖补迟迟没有到账。", "没有到账"),
    ],
)
def test_a_difficulty_that_the_report_itself_tells(text, wanted):
    found = problems(text)
    assert any(wanted in word for word in found), found
    assert len(found) == 1, found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "5月6日,全区集中走访企业。\n主要问题:1.用工缺口。节后复工企业缺工约1300人。2.政策兑现慢。9家企业的奖补尚未到账。",
            ["用工缺口", "政策兑现慢"],
        ),
        (
            "5月6日,市工信局调研18家企业。调研发现,企业面临三方面难题。一是招人难,技工尤其紧缺。二是原材料价格上涨,利润被压缩。三是回款周期变长。",
            ["招人难", "原材料价格上涨", "回款周期变长"],
        ),
        (
            "5月6日,38名区级领导走访企业,收集诉求如下:\n一、要素保障类23件。主要是用地紧张、蒸汽压力不稳定。\n二、融资类9件。主要是担保费率偏高。",
            ["用地紧张", "蒸汽压力不稳定", "担保费率偏高"],
        ),
        (
            "5月6日,政企直通车回音。\n反映事项:货车通行证办理时间长。\n办理单位:市公安局。",
            ["通行证办理时间长"],
        ),
    ],
)
def test_lists_of_difficulties_give_each_once(text, wanted):
    assert_named(text, wanted)


@pytest.mark.parametrize(
    "text",
    [
        "5月6日,县长许怀远强调,要坚持问题导向,直面困难挑战,敢于啃硬骨头,善于破解难题。",
        "5月6日,县长许怀远指出,要切实为企业排忧解难,着力解决融资难、融资贵问题。",
        "5月6日,全县大会召开。许怀远要求,想企业之所想,急企业之所急,当好“店小二”。",
        "5月6日,县长许怀远强调,经济下行压力大,越是困难越要坚定信心。",
        "5月6日,县长许怀远希望企业坚定信心、做大做强。",
    ],
)
def test_calls_and_slogans_are_no_difficulty(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "5月6日,县长许怀远到海拓机械调研。今年以来,专班累计为企业解决用电、用水等问题43个。",
        "5月6日,县长许怀远走访企业。企业负责人表示,目前没有困难需要政府解决。",
        "5月6日,县长许怀远走访企业。“现在没有后顾之忧了。”总经理秦望舒说。",
        "5月6日,区长许怀远到园区调研。企业订单供不应求,不良率下降,综合能耗下降8%。",
        "5月6日,县长许怀远走访企业,厂长柳成荫说,现在再也不用担心停电了。",
        "5月6日,县长许怀远走访企业。在政府帮助下,海拓机械的融资难题得到解决。",
    ],
)
def test_what_is_over_or_was_never_there_is_no_difficulty(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5月6日,县长许怀远走访企业。企业因电价上调,每月电费多出四十万元,希望纳入直购电试点。", "电价上调"),
        ("5月6日,县长许怀远走访企业。负责人反映,门前道路狭窄,导致大货车进出困难。", "道路狭窄"),
        ("5月6日,县长许怀远走访企业。企业反映蒸汽价格偏高,希望适当下调。", "蒸汽价格偏高"),
    ],
)
def test_cause_outcome_and_remedy_are_one_difficulty(text, wanted):
    assert_named(text, [wanted])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5月6日,县长许怀远走访企业。金谷粮油财务负责人反映,退税申报时系统老是转圈。", "系统老是转圈"),
        ("5月6日,镇长许怀远走访商户。店主们抱怨门头改造后招牌被行道树挡得严严实实。", "招牌被行道树挡"),
        ("5月6日,区企业服务中心回访企业。个别企业还反映预付卡备案一头雾水。", "预付卡备案一头雾水"),
        ("5月6日,县长许怀远走访企业。宏新铸件吐槽:验厂的人一拨接一拨。", "验厂的人一拨接一拨"),
    ],
)
def test_a_complaint_in_whatever_words(text, wanted):
    assert_named(text, [wanted])


@pytest.mark.parametrize(
    "text",
    [
        "5月6日,县长许怀远走访企业。企业负责人反映,专班服务很好,办事顺畅。",
        "5月6日,区长许怀远走访企业,收集企业反映的意见建议12条。",
        "5月6日,县长许怀远听取企业反映的情况。",
        "5月6日,厂长柳成荫说:“以前车间一到下雨就进水,现在再也不用守夜了。”",
    ],
)
def test_contentment_and_what_was_once_are_no_complaint(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "5月6日,石桥镇召开座谈会。鸿顺钢构说,污水泵三天两头坏;新宇电缆说,夜班员工打不到车;昌达饲料说,订单少了三成。",
            ["污水泵三天两头", "打不到车", "订单少了"],
        ),
        ("5月6日,科创午茶会举行。做农业无人机的卫青云开门见山:就是缺中试场地。", ["中试场地"]),
        ("5月6日,县长许怀远走访企业。有的企业舱位一票难求,有的企业海运费翻倍。", ["一票难求", "海运费翻"]),
    ],
)
def test_firms_that_speak_by_their_short_names_or_without_one(text, wanted):
    assert_named(text, wanted)


@pytest.mark.parametrize(
    "text",
    [
        "5月6日,区长许怀远指出,当前教育资源不均衡、优质学位不足等问题依然突出。",
        "5月6日,全市推进会召开。全市工业增加值增长8.2%,但也存在总量不大、结构不优等问题。",
        "5月6日,县委书记许怀远强调,有的干部思想不够解放、作风不够扎实。",
        "5月6日,副市长许怀远检查安全生产,发现消防通道堵塞、线路老化等隐患11处。",
        "5月6日,区委副书记许怀远走访困难群众,详细了解他们的身体状况和生活困难。",
        "5月6日,市长许怀远强调,要紧盯企业反映强烈的用工、用地、融资等问题,逐项销号。",
    ],
)
def test_the_state_of_an_area_its_offices_and_hazards_are_no_difficulty_of_firms(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "5月6日,市政协召开协商会,委员们围绕“破解中小企业融资难”建言献策。",
        "5月6日,云台县举行银企对接会,为企业解决融资难题,现场签约12户。",
        "为破解小微企业融资难题,5月6日,柳河乡举办银企对接会。",
        "5月6日,云台市举行招聘会,68家企业提供岗位2300个,有效缓解企业用工紧缺问题。",
    ],
)
def test_the_purpose_of_an_event_is_no_difficulty(text):
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "5月6日,副县长许怀远召开专题会议,研究解决海拓机械土地证办理、青禾纺织消防验收等遗留问题。",
            ["土地证办理", "消防验收"],
        ),
        ("5月6日,区长许怀远调研,对企业反映的饮水不便问题,要求区水利局尽快解决。", ["饮水不便"]),
        ("5月6日,县长许怀远走访,询问企业在用工、融资等方面存在的困难。", ["用工", "融资"]),
        ("5月6日,市长许怀远指出,针对企业用地等突出问题,要建立台账。", ["用地"]),
    ],
)
def test_what_is_named_before_the_word_problem(text, wanted):
    assert_named(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "5月6日,市科技局调研。微纳光学反映,检测设备依赖进口,采购周期长达一年,且共享平台预约不上。两家企业均建议政府开放共享仪器。",
            ["依赖进口", "采购周期长", "预约不上"],
        ),
        (
            "5月6日,县长许怀远召开座谈会。大家认为,当前企业面临原材料价格上涨、库存增加、招工困难等压力。",
            ["价格上涨", "库存增加", "招工困难"],
        ),
        (
            "5月6日,区长许怀远走访,倾听企业在转型升级、人才招引等方面遇到的困难和问题。",
            ["转型升级", "人才招引"],
        ),
        (
            "5月6日,副主任许怀远视察项目,指出部分项目存在手续办理缓慢、资金到位率不高等问题。",
            ["手续办理缓慢", "资金到位率不高"],
        ),
    ],
)
def test_lists_by_other_endings_and_what_follows_a_complaint(text, wanted):
    assert_named(text, wanted)
