"""One fact in many wordings: bylines, days, kinds of event, rounds of one leader each, firms, counts and who speaks."""

from datetime import date

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract

TOLD = "5月6日,县长许怀远到园区调研。"
VISIT = "5月6日,县长许怀远到海拓机械调研,副县长陶知行陪同。"
PUBLISHED = date(2024, 5, 8)


def draft(text):
    return to_json(extract(text, hint=PUBLISHED))


def only_event(text):
    events = draft(text)["events"]
    assert len(events) == 1, events
    return events[0]


@pytest.mark.parametrize(
    ("text", "reporters"),
    [
        (f"本报讯(记者顾盼苏禾){TOLD}", ["顾盼", "苏禾"]),
        (f"记者 顾盼 通讯员 欧阳青 苏 禾\n{TOLD}", ["欧阳青", "苏禾", "顾盼"]),
        (f"{TOLD}\n记者丨顾盼 编辑丨苏禾", ["顾盼"]),
        (f"{TOLD}\n(城西街道 顾盼 供稿)", ["顾盼"]),
        (f"{TOLD}\n撰稿:顾盼 苏禾\n编辑:文景行", ["苏禾", "顾盼"]),
    ],
)
def test_reporters_however_they_are_set(text, reporters):
    assert sorted(draft(text)["meta"]["reporters"]) == sorted(reporters)


@pytest.mark.parametrize(
    ("text", "published", "source"),
    [
        (f"县长调研园区\n2024.05.07 云台日报\n{TOLD}", "2024-05-07", "云台日报"),
        (f"县长调研园区\n时间 2024-05-07 来源 云台县政府\n{TOLD}", "2024-05-07", "云台县政府"),
        (f"县长调研园区\n发布者:县工信局 发布时间:2024-05-07\n{TOLD}", "2024-05-07", "县工信局"),
        (
            f"县长调研园区\n北辰旗融媒体中心 发布时间:2024-05-07 08:15\n{TOLD}",
            "2024-05-07",
            "北辰旗融媒体中心",
        ),
        (f"{TOLD}\n云台县人民政府办公室 2024年5月7日", "2024-05-07", None),
    ],
)
def test_where_and_when_it_came_out(text, published, source):
    meta = draft(text)["meta"]
    assert (meta["published"], meta["source"]) == (published, source)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("前天,县长许怀远到海拓机械走访。", "2024-05-06"),
        ("昨晚,县长许怀远主持召开调度会。", "2024-05-07"),
        ("今早,县长许怀远到海拓机械走访。", "2024-05-08"),
        ("2024.5.6,县长许怀远到海拓机械走访。", "2024-05-06"),
        ("2月18日,农历正月初九,上班第二天,县长许怀远到海拓机械走访。", "2024-02-18"),
    ],
)
def test_the_day_of_an_event(text, day):
    assert only_event(text)["date_start"] == day


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("5月6日,县长许怀远深入企业开展“四送一服”活动。", "visit"),
        ("5月6日,云台县举行“三个一批”项目建设活动,县委书记许怀远讲话。", "groundbreaking"),
        ("5月6日,云台县举办“春风行动”招聘会,副县长许怀远出席。", "other"),
        ("5月6日,县政协组织委员视察重点项目,县政协主席许怀远带队。", "visit"),
        ("5月6日,海拓集团与云台县签订合作协议。县长许怀远出席签约仪式。", "signing"),
        ("5月6日,区长许怀远与12名企业家围坐一桌。这是今年第二期“区长午餐会”。", "seminar"),
        ("5月6日,“镇长早餐会”如约而至,镇长许怀远与企业家边吃边谈。", "seminar"),
        ("5月6日,全市动员大会召开,市委书记许怀远讲话。会议以电视电话会议形式召开。", "mobilisation"),
    ],
)
def test_one_event_of_its_kind(text, kind):
    assert only_event(text)["type"] == kind


def test_each_leader_on_a_round_of_his_own():
    first, second = draft(
        "5月6日上午,区委书记许怀远、区长陶知行分别率队走访企业。\n许怀远一行来到海拓机械。\n陶知行一行先后来到青禾食品、鼎新铜业,副区长闻笛参加。"
    )["events"]
    assert (first["people"], first["enterprises"]) == (["许怀远"], ["海拓机械"])
    assert (second["people"], second["enterprises"]) == (["陶知行", "闻笛"], ["青禾食品", "鼎新铜业"])
    assert {event["part"] for event in (first, second)} == {"上午"}


@pytest.mark.parametrize("party", ["调研组一行", "督导组一行", "检查组", "考察团一行", "一行人"])
def test_the_party_of_a_visit_goes_on_with_it(party):
    visit, meeting = draft(
        f"5月6日,市政协主席许怀远率队到云台区调研。\n{party}深入海拓铸造有限公司、鑫源机械厂,并在区政府召开汇报会。"
    )["events"]
    assert visit["enterprises"] == ["海拓铸造有限公司", "鑫源机械厂"]
    assert (meeting["title"], meeting["enterprises"]) == ("汇报会", [])


def test_who_took_part_belongs_to_the_visit_and_to_its_meeting():
    text = "5月6日,区政协主席许怀远到海拓机械调研,并召开座谈会。副主席陶知行、区科技局局长闻笛参加。"
    assert [event["people"] for event in draft(text)["events"]] == [["许怀远", "陶知行", "闻笛"]] * 2


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("5月6日,县长许怀远先后到天珑电子、万禾农化、永泰等企业走访。", ["天珑电子", "万禾农化", "永泰"]),
        ("5月6日,县长许怀远走访了三和塑胶、利民五金两家企业。", ["三和塑胶", "利民五金"]),
        ("5月6日,县长许怀远走访区政协常委陶知行所在企业安川众诚科技有限公司。", ["安川众诚科技有限公司"]),
        ("5月6日,副县长许怀远率县工信局、国网云台供电公司负责人到宏业铸造查看生产情况。", ["宏业铸造"]),
        ("5月6日,县长许怀远会见经佳文化董事长陶知行、青禾控股总裁闻笛。", ["经佳文化", "青禾控股"]),
        (
            "5月6日,动员会召开,县长许怀远讲话。东风村、泰和铸业、绿野农业有限公司负责人作表态发言。",
            ["泰和铸业", "绿野农业有限公司"],
        ),
        ("5月6日,市长许怀远在市迎宾馆会见海拓集团董事长陶知行。", ["海拓集团"]),
        ("5月6日,县长许怀远带队走访企业。在位于工业园区的海拓智控,许怀远了解订单。", ["海拓智控"]),
        (
            "5月6日,座谈会召开,镇长许怀远主持。鸿顺钢构说,路不好走;新宇电缆说,公交太少。",
            ["鸿顺钢构", "新宇电缆"],
        ),
        ("5月6日,对接会召开,副县长许怀远主持。4家银行与海拓机械等20家企业对接。", ["海拓机械"]),
    ],
)
def test_firms_visited_and_those_that_spoke(text, firms):
    assert only_event(text)["enterprises"] == firms


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (f"{VISIT}收集问题26个,现场解决18个。", [[26, "个"], [18, "个"]]),
        (f"{VISIT}共提出融资、用工、供应链配套等方面问题11个。", [[11, "个"]]),
        (f"{VISIT}检查发现隐患12处。", [[12, "处"]]),
        (f"{VISIT}县直单位主要负责人等300余人参加。", [[300, "人"]]),
        (f"{VISIT}对企业提出的7个方面19个问题逐一研究。", [[19, "个"]]),
        (f"{VISIT}该项目总投资38亿元,企业缺工约1300人。", []),
        (f"{VISIT}全县贷款余额320亿元,新增规上企业23家。", []),
        (
            "5月6日,签约仪式举行,县长许怀远致辞。据了解,此次签约项目4个,签约金额17.5亿元。",
            [[4, "个"], [17.5, "亿元"]],
        ),
        (
            "5月6日,开工仪式举行,市长许怀远在致辞中指出,此次集中开工项目28个,总投资96.3亿元。",
            [[28, "个"], [96.3, "亿元"]],
        ),
        (
            "5月6日,对接会召开,副县长许怀远主持。达成贷款意向23笔,授信3000余万元。",
            [[23, "笔"], [3000, "万元"]],
        ),
        (
            "5月6日,签约仪式举行,县长许怀远致辞。签约项目9个,分别是总投资5.8亿元的油脂项目、总投资5.5亿元的涂料项目等。",
            [[9, "个"]],
        ),
    ],
)
def test_counts_of_what_was_done(text, counts):
    assert only_event(text)["counts"] == counts


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (f"{VISIT}许怀远对陶知行一行的到来表示欢迎。他说,要加强合作。", ["许怀远"]),
        (f"{VISIT}陶知行作表态发言。", []),
        (f"{VISIT}陶知行按照许怀远的要求现场协调。", []),
        (f"{VISIT}许怀远现场联系县供电公司,要求4月底前完成改造。", ["许怀远"]),
        (f"{VISIT}许怀远就抓好落实提出要求。", []),
        (f"{VISIT}许怀远:企业有难题,我们来解决。", ["许怀远"]),
        (f"{VISIT}陶知行向许怀远反映,用地指标不足。", ["陶知行"]),
        (f"{VISIT}海拓机械(以下简称海拓)现场签约。", []),
    ],
)
def test_who_speaks(text, speakers):
    assert draft(text)["speakers"] == speakers


@pytest.mark.parametrize(
    ("text", "day", "unit"),
    [
        ("5月6日,云台市工信局调研组深入云台县的18家中小企业开展走访调研。", "2024-05-06", "云台"),
        ("5月6日,云台区指挥部办公室组织5个专班,对32家规上企业开展集中走访。", "2024-05-06", "云台区"),
        ("5月6日至7日,云台县营商环境观察员走访了海拓机械有限公司。", "2024-05-06", "云台县"),
    ],
)
def test_a_visit_of_an_office_in_which_nobody_is_named(text, day, unit):
    event = only_event(text)
    assert (event["type"], event["date_start"], event["lead"]) == ("visit", day, None)
    assert unit in event["unit"]


def test_a_summary_of_visits_without_a_day_is_no_event():
    assert draft("今年以来,云台县工信局走访企业236家。")["events"] == []
    assert draft("云台县工信局将走访企业。")["events"] == []


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("正月初八", "2024-02-17"),
        ("正月十五", "2024-02-24"),
        ("农历正月十一", "2024-02-20"),
        ("正月廿二", "2024-03-02"),
    ],
)
def test_a_day_of_the_lunar_first_month(word, day):
    assert only_event(f"{word},云台县召开三级干部会议,县委书记许怀远讲话。")["date_start"] == day


def test_a_lunar_day_beside_its_date_adds_nothing():
    event = only_event("2月17日(农历正月初八),云台县召开三级干部会议,县委书记许怀远讲话。")
    assert (event["date_start"], event["date_end"]) == ("2024-02-17", "2024-02-17")


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("5月6日,在荣昌染整有限公司,总经理陶知行给前来走访的副区长许怀远算了一笔账。", "许怀远"),
        (
            "5月6日晚,云台街道召开商户恳谈会。面馆老板陶知行反映摊位费高。街道党工委书记许怀远听得仔细。",
            "许怀远",
        ),
        ("5月6日,云台县举行座谈会。海拓机械董事长陶知行介绍情况。县长许怀远认真记录。", "许怀远"),
    ],
)
def test_an_official_leads_where_a_head_of_a_firm_is_named_first(text, lead):
    assert only_event(text)["lead"] == lead
