"""What real pages do to a report: heads and feet, wrapped lines, digests, lists of who came, several days, absent people."""

from datetime import date

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract

TOLD = "5月6日,县长许怀远到海拓机械调研。"
PUBLISHED = date(2024, 5, 8)


def draft(text):
    return to_json(extract(text, hint=PUBLISHED))


def only_event(text):
    events = draft(text)["events"]
    assert len(events) == 1, events
    return events[0]


@pytest.mark.parametrize(
    ("text", "published", "source"),
    [
        (f"走访\n2024/05/07 云台县人民政府办公室\n{TOLD}", "2024-05-07", "云台县人民政府办公室"),
        (f"走访\n2024年05月07日 星期二 云台日报 第01版\n{TOLD}", "2024-05-07", "云台日报"),
        (f"走访\n(云台发布 2024-05-07)\n{TOLD}", "2024-05-07", "云台发布"),
        (f"走访\n【发布时间:2024-05-07】【来源:云台县广播电视台】\n{TOLD}", "2024-05-07", "云台县广播电视台"),
        (
            f"索引号:11223344 发布机构:云台县政府办 成文日期:2024-05-07 标题:县长许怀远到海拓机械调研工业经济\n{TOLD}",
            "2024-05-07",
            "云台县政府办",
        ),
        (f"{TOLD}\n《云台日报》2024年5月7日01版", "2024-05-07", "云台日报"),
        (f"{TOLD}\n(云台县工信局 2024年5月7日)", "2024-05-07", "云台县工信局"),
        (f"{TOLD}\n二〇二四年五月七日", "2024-05-07", None),
        (f"云台日报2024年5月7日讯(记者 顾盼){TOLD}", "2024-05-07", "云台日报"),
        (f"县委统战部工作简报\n第21期 2024年5月7日\n{TOLD}", "2024-05-07", None),
        (f"{TOLD}\n来源 | 云台发布 编辑 | 苏禾", None, "云台发布"),
        (f"{TOLD}\n转自:云台日报", None, "云台日报"),
    ],
)
def test_head_and_foot_say_where_and_when(text, published, source):
    meta = draft(text)["meta"]
    assert (meta["published"], meta["source"]) == (published, source)


@pytest.mark.parametrize(
    ("text", "reporters"),
    [
        (f"{TOLD}(顾盼 苏禾)", ["苏禾", "顾盼"]),
        (f"{TOLD}\n文稿:顾盼 编校:苏禾", ["顾盼"]),
        (f"走访\n本报记者/顾盼 文/图\n{TOLD}", ["顾盼"]),
        (f"{TOLD}\n顾盼 文/图", ["顾盼"]),
        (f"{TOLD}\n策划:苏禾 文字:顾盼 视频:文景行", ["顾盼"]),
    ],
)
def test_only_those_who_wrote_are_reporters(text, reporters):
    assert sorted(draft(text)["meta"]["reporters"]) == reporters


@pytest.mark.parametrize("width", [16, 22, 35, 41])
def test_lines_wrapped_at_a_width_are_one_paragraph(width):
    told = (
        "5月6日上午,云台县召开一季度经济运行分析会。县委书记许怀远出席会议并讲话,县委副书记、县长陶知行主持会议,"
        "县领导秦望舒、乔木森、柳成荫、闻一鸣参加会议。许怀远强调,要紧盯目标任务不放松,全力以赴抓项目、促投资、稳增长。"
    )
    lines = [told[at : at + width] for at in range(0, len(told), width)]
    read = draft("\n".join(["云台县召开会议", *lines]))
    assert [len(read["events"]), len(read["people"]), read["speakers"]] == [1, 6, ["许怀远"]]


@pytest.mark.parametrize(
    "text",
    [
        "5 月 6 日 , 县 长 许 怀 远 到 海 拓 机 械 有 限 公 司 调 研 。",
        "**5月6日**,**县长许怀远**到海拓机械有限公司调研。",
        "5月6日\n县长许怀远到海拓机械有限公司调研。",
        "县长许怀远5月6日到海拓机械有限公司调研。",
    ],
)
def test_a_visit_is_read_however_it_is_set(text):
    event = only_event(text)
    assert (event["date_start"], event["lead"]) == ("2024-05-06", "许怀远")
    assert event["enterprises"] == ["海拓机械有限公司"]


def test_items_of_a_digest_need_no_full_stop():
    read = draft(
        "一周政务\n◆5月3日,县委书记许怀远到海拓机械调研\n◆5月5日,县长陶知行主持召开常务会议\n◆5月6日,副县长闻一鸣督导安全生产"
    )
    assert [(e["type"], e["lead"]) for e in read["events"]] == [
        ("visit", "许怀远"),
        ("coordination", "陶知行"),
        ("visit", "闻一鸣"),
    ]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("出席会议的还有:秦望舒、乔木森、柳成荫。", ["秦望舒", "乔木森", "柳成荫"]),
        ("参会人员:秦望舒 乔木森 柳成荫", ["秦望舒", "乔木森", "柳成荫"]),
        ("秦望舒、乔木森及县委办、县发改局主要负责同志参加。", ["秦望舒", "乔木森"]),
        ("县领导秦望舒、和平、乔木森出席。", ["秦望舒", "和平", "乔木森"]),
        ("秦望舒、王军会、乔木森等县领导出席。", ["秦望舒", "王军会", "乔木森"]),
        ("秦望舒(县政协主席)出席。", ["秦望舒"]),
        ("市工信局秦望舒副局长到会指导。", ["秦望舒"]),
        ("各县区书记依次作了汇报发言。", []),
    ],
)
def test_who_else_came_is_found_in_every_list(text, people):
    event = only_event(f"5月6日,全县招商大会召开,县委书记许怀远讲话。\n{text}")
    assert sorted(event["people"]) == sorted(["许怀远", *people])


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("5月6日,受县委书记许怀远委托,县长陶知行主持召开座谈会。", ["陶知行"]),
        (
            "5月6日,县长陶知行主持召开常务会议,传达学习省委书记许怀远在全省大会上的讲话精神。",
            ["陶知行"],
        ),
        ("5月6日,座谈会召开,县委书记陶知行主持。县长许怀远因公出差。", ["陶知行"]),
    ],
)
def test_who_is_only_referred_to_took_no_part(text, people):
    assert only_event(text)["people"] == people


def test_days_of_a_visit_of_several_days_are_one_visit():
    read = draft(
        "5月3日至4日,市委书记许怀远深入沙坪县、丹江区调研,并召开座谈会。\n3日,许怀远来到海拓机械。\n"
        "4日上午,许怀远到青云新材有限公司调研。下午,座谈会在丹江区召开。"
    )
    assert [(e["type"], e["date_start"], e["date_end"], e["part"]) for e in read["events"]] == [
        ("visit", "2024-05-03", "2024-05-04", None),
        ("seminar", "2024-05-04", "2024-05-04", "下午"),
    ]
    assert read["events"][0]["enterprises"] == ["海拓机械", "青云新材有限公司"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("5月6日,县长许怀远到石桥镇开展“大走访”活动,并在石桥镇政府召开座谈会。", ["visit", "seminar"]),
        ("5月6日,招聘会在人民广场举行,副县长许怀远到现场巡查。", ["other"]),
        ("4月29日,县委召开经济工作会议。5月6日,石桥镇迅速召开班子会,传达学习县委经济工作会议精神。", 2),
        ("5月6日,云台县召开新春第一会——全县三级干部大会,县委书记许怀远讲话。", ["cadre_meeting"]),
        ("5月6日,市工信局举办企业培训班,副局长许怀远出席开班式并讲话。", ["other"]),
        ("5月6日,县长许怀远主持召开专题会议。4月28日,县委常委会曾专题研究此事。", ["coordination"]),
        (
            "记者昨日从全县项目推进会上获悉,新签约项目7个。\n5月6日召开的推进会上,县委书记许怀远作了讲话。",
            ["coordination"],
        ),
    ],
)
def test_one_sentence_tells_as_many_events_as_took_place(text, kinds):
    found = [event["type"] for event in draft(text)["events"]]
    assert len(found) == kinds if isinstance(kinds, int) else found == kinds


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("县长许怀远到江南船舶配套公司、海拓机械走访。", ["江南船舶配套公司", "海拓机械"]),
        ("县长许怀远到县城投集团、县公交公司、海拓机械走访。", ["县城投集团", "县公交公司", "海拓机械"]),
        (
            "县长许怀远到海拓机械、云台三一筑工和比亚迪云台工厂走访。",
            ["海拓机械", "云台三一筑工", "比亚迪云台工厂"],
        ),
        ("县长许怀远带队走进海拓机械、青云新材等企业,开展“局长走流程”活动。", ["海拓机械", "青云新材"]),
        ("县长许怀远走访了海拓食品和青云管道2家企业。", ["海拓食品", "青云管道"]),
        (
            "县长许怀远走访海拓超市、永辉生活广场、利民商行等12家企业。",
            ["海拓超市", "永辉生活广场", "利民商行"],
        ),
        ("县长许怀远到海拓机械走访,向海拓机械总经理乔木森了解情况。", ["海拓机械"]),
        ("县长许怀远先后来到海拓机械、中科储能项目。", ["海拓机械"]),
        (
            "县长许怀远走访省级绿色工厂海拓机械公司、单项冠军青云液压件公司。",
            ["海拓机械公司", "青云液压件公司"],
        ),
    ],
)
def test_firms_of_a_tour(text, firms):
    assert only_event(f"5月6日,{text}")["enterprises"] == firms


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("县长许怀远对客商的到来表示热烈欢迎。", []),
        ("县长许怀远介绍了园区的情况。", []),
        ("县长许怀远就做好工作提出具体要求。", []),
        ("县长许怀远作工作部署:一要抓项目,二要抓招商。", ["许怀远"]),
        ("县长许怀远当即拨通供电公司经理陶知行的电话,要求当天解决。", ["许怀远"]),
        ("县长许怀远当场“接哨”:三天内修好。", ["许怀远"]),
        ("“这个事我清楚,”县长许怀远接过话,“7月10日前修好。”", ["许怀远"]),
        ("县长许怀远站了起来,“今天不念稿子,有啥说啥。”", ["许怀远"]),
        ("许怀远、陶知行等7名企业家作了发言,提出了13条意见。", []),
    ],
)
def test_who_speaks_is_whose_words_are_told(text, speakers):
    assert draft(f"5月6日,座谈会召开。\n{text}")["speakers"] == speakers


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("市委统战部副部长,市工商联党组书记陶知行走访企业。", ["市委统战部副部长", "市工商联党组书记"]),
        ("副市长许怀远率市工信局局长陶知行走访。", ["市工信局局长"]),
        ("座谈会召开,全国人大代表、海拓集团董事长陶知行发言。", ["全国人大代表", "海拓集团董事长"]),
        ("座谈会召开,青云新材副总陶知行发言。", ["青云新材副总"]),
        (
            "座谈会召开,企业代表云台海拓新能源科技有限公司总经理陶知行发言。",
            ["云台海拓新能源科技有限公司总经理"],
        ),
    ],
)
def test_posts_as_printed(text, posts):
    people = {p["name"]: p["posts"] for p in draft(f"5月6日,{text}")["people"]}
    assert people["陶知行"] == posts
