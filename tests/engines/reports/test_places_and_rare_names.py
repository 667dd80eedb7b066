"""Names of places that hold a preposition, surnames that are everyday words, and posts as they are printed together."""

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract


def draft(text):
    return to_json(extract(text))


def posts(text):
    return {p["name"]: p["posts"] for p in draft(text)["people"]}


@pytest.mark.parametrize(
    "place",
    [
        "张家港市",
        "七里河区",
        "来凤县",
        "历下区",
        "从江县",
        "于田县",
        "上高县",
        "和政县",
        "桐乡市",
        "津市市",
        "枣强县",
    ],
)
def test_a_county_that_holds_a_preposition_or_another_area_is_one_name(place):
    read = draft(f"5月6日,{place}召开经济工作会议。{place}委书记许怀远讲话。")
    assert read["people"][0]["posts"] == [f"{place}委书记"]
    assert read["events"][0]["unit"] == place


@pytest.mark.parametrize(
    "post",
    [
        "十里铺镇党委书记",
        "三里街街道党工委书记",
        "源上镇镇长",
        "李家沟镇党委书记",
        "县投资促进局局长",
        "市看守所所长",
        "区青年企业家协会会长",
        "洛水市青年作家协会主席",
        "县机关事务服务中心主任",
        "石柱土家族自治县委书记",
    ],
)
def test_a_post_is_not_cut_inside_a_name(post):
    assert posts(f"5月6日,县长许怀远到园区调研,{post}陶知行陪同。")["陶知行"] == [post]


@pytest.mark.parametrize(
    "name",
    [
        "闵行之",
        "牟琳",
        "幺红",
        "来福生",
        "柏青",
        "练达",
        "操胜",
        "但建国",
        "贠立",
        "庹刚",
        "宾朝晖",
        "来俊之",
        "揣旭",
    ],
)
def test_names_of_rare_surnames_and_those_that_end_like_other_words(name):
    assert posts(f"5月6日,全县动员大会召开。县委书记{name}出席会议并讲话。") == {name: ["县委书记"]}
    assert name in posts(f"5月6日,副县长{name}、县工信局局长许怀远到园区调研。")


def test_everyday_words_after_a_post_are_no_names():
    for text in (
        "5月6日,县委书记开展走访调研,来到海拓机械。",
        "5月6日,镇党委书记练就了一身本领,带队走访。",
        "5月6日,各乡镇党委书记回到岗位,走访企业。",
        "5月6日,县委书记信箱、县长热线开通。",
        "5月6日,县委书记但凡有空,都要走访企业。",
    ):
        assert posts(text) == {}


@pytest.mark.parametrize("name", ["达瓦次仁", "晋美朗杰", "阿古拉", "古力娜扎·亚森", "阿布都热合曼·买买提"])
def test_names_of_other_peoples_before_a_short_verb(name):
    assert name in posts(f"5月6日,县委书记{name}率观摩团深入石门镇。{name}强调,要抓落实。")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5月6日,全县大会召开。幺红、来福生、柏青、鹿鸣等市领导出席。", {"幺红", "来福生", "柏青", "鹿鸣"}),
        ("5月6日,座谈会召开。洪清、章毅、池学等8位企业家委员作交流发言。", {"洪清", "章毅", "池学"}),
        ("5月6日,座谈会召开。许禾、练达、苏野等近二十位民营企业家参加。", {"许禾", "练达", "苏野"}),
        ("5月6日,座谈会召开。顾盼、文景行等6名人大代表围绕用工发言。", {"顾盼", "文景行"}),
        ("5月6日,座谈会召开。荣禄、顾盼、载沣等代表先后发言。", {"荣禄", "顾盼", "载沣"}),
        ("5月6日,座谈会召开。荣禄、顾盼、苏禾等企业家畅谈体会。", {"荣禄", "顾盼", "苏禾"}),
    ],
)
def test_lists_of_names_closed_by_a_number_of_people(text, wanted):
    assert set(posts(text)) == wanted


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("5月6日,我市市委常委、统战部部长许怀远到园区调研。", "许怀远", ["市委常委", "统战部部长"]),
        ("5月6日,该县县委副书记许怀远到园区调研。", "许怀远", ["县委副书记"]),
        ("5月6日,均安集团副董事长兼总裁许怀远发言。", "许怀远", ["均安集团副董事长兼总裁"]),
        ("5月6日,海拓公司董事长兼总经理许怀远发言。", "许怀远", ["海拓公司董事长兼总经理"]),
        ("5月6日,签约企业代表蜀江新能源有限公司总经理许怀远发言。", "许怀远", ["蜀江新能源有限公司总经理"]),
        ("5月6日,客商代表海拓集团董事长许怀远致辞。", "许怀远", ["海拓集团董事长"]),
        ("5月6日,县领导调研。县委常委、副县长许怀远、陶知行参加。", "陶知行", ["县委常委", "副县长"]),
        ("5月6日,党工委委员、管委会副主任许怀远、陶知行参加调研。", "陶知行", ["党工委委员", "管委会副主任"]),
        (
            "5月6日,区工商联副主席、区青年企业家协会会长许怀远到企业走访。",
            "许怀远",
            ["区工商联副主席", "区青年企业家协会会长"],
        ),
    ],
)
def test_posts_of_one_person_as_printed(text, name, wanted):
    assert posts(text).get(name) == wanted
