"""Kinds of mistakes that the plain news of counties brought: what is quoted, what is studied, who comes for a body, what sums up."""

from datetime import date

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract

OPENS = "6月5日,云台县委书记许怀远到县产业园调研。"


def _read(text):
    return to_json(extract(text, hint=date(2024, 6, 7)))


def _firms(text):
    return [name for event in _read(text)["events"] for name in event["enterprises"]]


@pytest.mark.parametrize("title", ["委员有约·企业家谈心", "代表在行动", "书记有约·干部说事"])
def test_the_quoted_name_of_a_meeting_is_nobodys_name(title):
    read = _read(f"6月5日,云台县召开“{title}”座谈会,县委书记许怀远主持。")
    assert [person["name"] for person in read["people"]] == ["许怀远"]
    assert [event["lead"] for event in read["events"]] == ["许怀远"]


@pytest.mark.parametrize("studied", ["中央经济工作会议精神", "省委经济工作会议要求", "全市动员大会精神"])
def test_the_meeting_whose_spirit_is_studied_does_not_take_place(studied):
    events = _read(f"6月5日,县委举行集体学习会,专题学习{studied}。县委书记许怀远主持并讲话。")["events"]
    assert [(event["title"], event["lead"]) for event in events] == [("集体学习会", "许怀远")]


@pytest.mark.parametrize(
    "post",
    ["市“万人助万企”活动领导小组副组长", "县“百日攻坚”行动指挥部副指挥长", "市人大常委会财经委主任委员"],
)
def test_a_post_is_read_whole(post):
    (person,) = _read(f"6月5日,副市长、{post}许怀远到海拓机械调研。")["people"]
    assert person["posts"] == ["副市长", post]


@pytest.mark.parametrize("before", ["会议结束后", "活动结束后", "仪式前"])
def test_leaders_who_go_on_after_the_event_make_a_visit(before):
    events = _read(
        f"6月5日,云台县项目集中开工仪式在城东举行。县委书记许怀远宣布开工。\n{before},许怀远一行实地察看了海拓机械、青禾食品。"
    )["events"]
    assert [event["type"] for event in events] == ["groundbreaking", "visit"]
    assert events[1]["enterprises"] == ["海拓机械", "青禾食品"]


@pytest.mark.parametrize(
    "kind", ["国家高新技术企业", "国家级专精特新“小巨人”企业", "农业产业化龙头企业", "老字号"]
)
def test_a_name_after_a_word_for_firms_is_a_firm_whatever_it_ends_in(kind):
    assert _firms(f"{OPENS}许怀远走进{kind}海拓天工,详细了解生产情况。") == ["海拓天工"]


@pytest.mark.parametrize("words", ["用工情况开展调研", "帮扶工作", "车间一线", "发展需求"])
def test_what_follows_a_word_for_firms_need_not_be_one(words):
    assert _firms(f"{OPENS}许怀远到重点企业{words},问需于企。") == []


@pytest.mark.parametrize("opening", ["今年以来,云台县", "截至目前,全县", "近年来,云台县", "目前,县里已"])
def test_firms_of_a_summary_are_examples(opening):
    assert _firms(f"{OPENS}许怀远来到海拓机械。{opening}帮助天香茶业、瑞恒阀门等企业解决难题230个。") == [
        "海拓机械"
    ]


def test_who_comes_for_a_body_does_not_bring_his_firm():
    assert _firms("6月5日,县总商会副会长、晟邦集团董事长霍去非到会员企业海拓机械、青禾食品走访调研。") == [
        "海拓机械",
        "青禾食品",
    ]


def test_the_short_form_of_a_company_is_the_company():
    assert _firms(
        f"{OPENS}许怀远先后来到安川恒通智能装备有限公司、青禾食品。在恒通装备,许怀远察看了车间。"
    ) == ["安川恒通智能装备有限公司", "青禾食品"]


BRANDS = ["顶呱呱", "豫鑫源", "嘉和百年", "蓝思微晶", "美邻到家"]


@pytest.mark.parametrize("brand", BRANDS)
def test_what_leaders_walk_into_is_a_firm_where_the_report_tells_of_one(brand):
    assert _firms(f"{OPENS}在{brand},许怀远走进生产车间,了解订单情况。") == [brand]


@pytest.mark.parametrize(
    "place", ["大桥社区", "云台产业园", "河东镇", "便民服务大厅", "老旧小区", "县人民医院", "座谈交流中"]
)
def test_a_place_is_no_firm_whatever_is_told_of_it(place):
    assert _firms(f"{OPENS}在{place},许怀远详细了解企业用工和生产经营情况。") == []


@pytest.mark.parametrize("unit", ["家", "户"])
@pytest.mark.parametrize("kind", ["", "服务业", "劳动密集型", "农产品精深加工"])
def test_the_items_of_a_counted_list_of_firms_are_firms(unit, kind):
    listed = f"{OPENS}许怀远走进德邻中医馆、金字塔教育、森林里乐园、美邻到家等4{unit}{kind}企业。"
    assert _firms(listed) == ["德邻中医馆", "金字塔教育", "森林里乐园", "美邻到家"]


def test_who_joins_an_organ_is_no_county():
    (event,) = _read(f"{OPENS}许怀远要求,县农业农村局会同县供销社,抓紧研究产销对接方案。")["events"]
    assert event["unit"] == "云台县"
