"""Requirements and promises: who asks, who must do what by when; slogans and announcements are none."""

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract


def actions(text):
    return to_json(extract(text))["actions"]


@pytest.mark.parametrize(
    "text",
    [
        "5月6日,区工商联召开企业家座谈会。区商务局、区财政局等有关部门负责人到会。",
        "5月6日,云台市政府组织召开银企对接会。",
        "5月6日,县发改局牵头召开项目调度会,各乡镇负责人参加。",
        "5月6日,县委、县政府决定召开表彰大会。",
        "5月6日,县长许怀远在县工信局负责人陪同下到海拓机械调研。",
        "5月6日,县长许怀远强调,要提高站位,凝心聚力,真抓实干,奋力开创新局面。",
        "5月6日,县长许怀远强调,全县上下要以更加昂扬的斗志,推动高质量发展再上新台阶。",
        "会上,县发改局、县工信局、石桥镇作了表态发言。",
        "县财政局、县税务局通报了一季度收入完成情况。",
    ],
)
def test_announcements_attendance_and_slogans_are_no_requirements(text):
    assert actions(text) == []


@pytest.mark.parametrize(
    ("text", "by", "to", "due", "mode"),
    [
        (
            "5月6日,县长许怀远到海拓机械调研。许怀远强调,县供电公司要在5月20日前解决海拓机械用电问题。",
            "许怀远",
            "县供电公司",
            "5月20日前",
            "要求",
        ),
        (
            "5月6日,县长许怀远到海拓机械调研,当场责成县供电公司5月20日前解决企业用电问题。",
            "许怀远",
            "县供电公司",
            "5月20日前",
            "现场交办",
        ),
        (
            "5月6日,县长许怀远到海拓机械调研,指示县发改局牵头,6月底前提出意见。",
            "许怀远",
            "县发改局",
            "6月底前",
            "要求",
        ),
        (
            "5月6日,副市长许怀远到青禾纺织调研,当场要求市人社局一周内组织专场招聘会。",
            "许怀远",
            "市人社局",
            "一周内",
            "现场交办",
        ),
        (
            "5月6日,区长许怀远走访企业。许怀远要求,城投集团务必于7月1日前打通园区断头路。",
            "许怀远",
            "城投集团",
            "7月1日前",
            "要求",
        ),
        (
            "5月6日,县长许怀远调研。许怀远指出,石桥镇要在本月底前完成拆迁扫尾。",
            "许怀远",
            "石桥镇",
            "本月底前",
            "要求",
        ),
        (
            "5月6日,县长许怀远到海拓机械调研,安排县水务局三天之内抢修供水管网。",
            "许怀远",
            "县水务局",
            "三天之内",
            "要求",
        ),
        (
            "5月6日,县长许怀远调研。他要求由县自然资源局负责,15个工作日内办结土地手续。",
            "许怀远",
            "县自然资源局",
            "15个工作日内",
            "要求",
        ),
    ],
)
def test_a_named_unit_with_a_term(text, by, to, due, mode):  # noqa: PLR0917 - the columns of the table
    (action,) = actions(text)
    assert (action["by"], action["to"], action["deadline_text"], action["mode"]) == (by, to, due, mode)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "5月6日,县长许怀远要求县供电公司月底前完成线路改造,县自然资源局10个工作日内办结土地证。",
            [("县供电公司", "月底前"), ("县自然资源局", "10个工作日内")],
        ),
        (
            "5月6日,县长许怀远调研。许怀远要求,市发改委5日内完成立项批复,市住建局6月底前核发施工许可,石桥镇本周内清场。",
            [("市发改委", "5日内"), ("市住建局", "6月底前"), ("石桥镇", "本周内")],
        ),
        (
            "5月6日,区长许怀远现场交办:区交通局3天内修复道路;区城管局一周内规范停车秩序。",
            [("区交通局", "3天内"), ("区城管局", "一周内")],
        ),
        (
            "5月6日,县长许怀远指出,县人社局要在7月10日前办好招聘会,县教育局要在8月底前解决职工子女入学问题。",
            [("县人社局", "7月10日前"), ("县教育局", "8月底前")],
        ),
    ],
)
def test_each_unit_with_its_own_term(text, wanted):
    assert [(a["to"], a["deadline_text"]) for a in actions(text)] == wanted


@pytest.mark.parametrize(
    ("text", "by", "due"),
    [
        ("5月6日,县长许怀远到海拓机械调研,要求加快进度,确保6月底前竣工投产。", "许怀远", "6月底前"),
        ("5月6日,县长许怀远督导项目,许怀远指出,要抢抓晴好天气,10月20日前封顶。", "许怀远", "10月20日前"),
        ("5月6日,区长文景行现场办公,要求企业诉求5个工作日内回复。", "文景行", "5个工作日内"),
    ],
)
def test_a_term_without_a_unit_is_kept_without_a_receiver(text, by, due):
    (action,) = actions(text)
    assert (action["by"], action["to"], action["deadline_text"]) == (by, None, due)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("5月6日,县长许怀远到海拓机械调研。海拓机械总经理秦望舒承诺,10月底前建成投产。", "秦望舒"),
        ("5月6日,云台县召开座谈会。县长许怀远表示,将帮助企业对接银行。", "许怀远"),
        ("5月6日,云台县召开座谈会,县科技局负责人表示,将帮助企业申报高新技术企业。", None),
    ],
)
def test_promises(text, by):
    (action,) = actions(text)
    assert (action["by"], action["mode"]) == (by, "承诺")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "5月6日,县长许怀远表示,县商务局要帮助企业参加境外展会,5月底前拿出名单。",
            [("县商务局", "5月底前")],
        ),
        (
            "下一步,区人社局3月5日前举办两场招聘会;区财政局3月15日前兑付奖补资金。",
            [("区人社局", "3月5日前"), ("区财政局", "3月15日前")],
        ),
        (
            "5月6日,督查组要求恒山区3日内整改到位,区住建局、区电力公司分别于6月1日前书面报告。",
            [("恒山区", "3日内"), ("区住建局、区电力公司", "6月1日前")],
        ),
        (
            "5月6日,市长许怀远要求,青川县要在5月底前拿出方案,市发改委每周调度一次。",
            [("青川县", "5月底前"), ("市发改委", None)],
        ),
        (
            "会议要求,各镇街要在6月5日前完成排查;市财政局统筹安排资金,年底前应清尽清;市审计局负责跟踪审计。",
            [("各镇街", "6月5日前"), ("市财政局", "年底前"), ("市审计局", None)],
        ),
        (
            "5月6日,县委副书记许怀远指出,县供销社要尽快与合作社对接,春节前建成保鲜库。",
            [("县供销社", "春节前")],
        ),
    ],
)
def test_what_a_unit_owes_whatever_the_act_and_further_units_behind_it(text, wanted):
    assert [(a["to"], a["deadline_text"]) for a in actions(text)] == wanted


@pytest.mark.parametrize(
    ("text", "by", "due"),
    [
        (
            "5月6日,云台县召开早餐会。县税务局局长许怀远当场表态:“退税申请3个工作日内审结。”",
            "许怀远",
            "3个工作日内",
        ),
        ("5月6日,石桥镇召开院坝会。“路灯的事,我们纳入明年计划。”镇党委书记许怀远承诺。", "许怀远", None),
        ("5月6日,东关街道召开恳谈会。街道党工委书记许怀远听得仔细:“照明灯一周内装好。”", "许怀远", "一周内"),
        ("5月6日,副区长许怀远走访企业。“青年驿站明年3月底前投用。”许怀远回应说。", "许怀远", "明年3月底前"),
        ("回复:市交通运输局派员查看,将于9月1日前恢复站点。", None, "9月1日前"),
    ],
)
def test_promises_in_quotation_marks_and_in_replies(text, by, due):
    (action,) = actions(text)
    assert (action["by"], action["deadline_text"], action["mode"]) == (by, due, "承诺")


@pytest.mark.parametrize(
    "text",
    [
        "5月6日,云台县举行签约仪式。县长许怀远表示,将全力当好“店小二”,让项目早落地、早投产、早见效。",
        "5月6日,县长许怀远表示,将一如既往支持企业发展。",
        "5月6日,街道办事处主任许怀远介绍,会客厅开到园区,让企业办事更方便。",
        "5月6日,许怀远到海拓机械调研。总经理秦望舒说:“订单三个月内排满了。”",
    ],
)
def test_zeal_and_stories_are_no_promises(text):
    assert actions(text) == []
