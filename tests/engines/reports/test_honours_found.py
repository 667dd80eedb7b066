"""Honours: who was given what, in the many ways a report says so; whole classes of people and contentment are none."""

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract


def honours(text):
    return [(h["recipient"], h["honour"]) for h in to_json(extract(text))["honours"]]


@pytest.mark.parametrize(
    ("text", "recipients", "title"),
    [
        ("5月6日,大会表彰了石桥镇、柳湾镇等10个先进单位。", ["石桥镇", "柳湾镇"], "先进单位"),
        ("5月6日,会议通报表扬了石桥镇、柳湾镇。", ["石桥镇", "柳湾镇"], "通报表扬"),
        ("5月6日,市委、市政府对县发改委等15个单位予以通报表扬。", ["县发改委"], "通报表扬"),
        ("5月6日,石桥镇、柳湾镇作为先进乡镇受到表彰。", ["石桥镇", "柳湾镇"], "先进乡镇"),
    ],
)
def test_praise(text, recipients, title):
    assert honours(text) == [(recipient, title) for recipient in recipients]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "5月6日,会议对石桥镇等8个先进集体、秦望舒等20名先进个人进行了表彰。",
            [("石桥镇", "先进集体"), ("秦望舒", "先进个人")],
        ),
        ("5月6日,石桥镇荣获全县综合考核第一名。", [("石桥镇", "全县综合考核第一名")]),
        ("5月6日,石桥镇获得流动红旗,柳湾镇被挂“黄牌”。", [("石桥镇", "流动红旗")]),
        (
            "5月6日,海拓机械入选国家级专精特新“小巨人”企业名单。",
            [("海拓机械", "国家级专精特新“小巨人”企业名单")],
        ),
        ("5月6日,县工信局荣获全县“万人助万企”活动先进单位。", [("县工信局", "全县“万人助万企”活动先进单位")]),
    ],
)
def test_ranks_flags_lists_and_classes(text, wanted):
    assert honours(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "5月6日,大会对荣获“经济发展突出贡献奖”的海拓机械、青禾纺织进行表彰奖励。",
            [("海拓机械", "经济发展突出贡献奖"), ("青禾纺织", "经济发展突出贡献奖")],
        ),
        ("5月6日,会议为获得“市长质量奖”的海拓机械颁奖。", [("海拓机械", "市长质量奖")]),
        (
            "5月6日,大会命名表彰了第三届“云台工匠”秦望舒、乔木森等10人。",
            [("秦望舒", "云台工匠"), ("乔木森", "云台工匠")],
        ),
        ("5月6日,海拓机械被市政府授予“纳税大户”称号。", [("海拓机械", "纳税大户")]),
        ("5月6日,天成橡塑三家企业获评“功勋企业”。", [("天成橡塑", "功勋企业")]),
    ],
)
def test_the_honour_before_its_winner_and_the_organ_between(text, wanted):
    assert honours(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "5月6日,大会对涌现出的先进集体和先进个人进行了表彰,企业获得贷款1.2亿元,获得企业一致好评。",
        "会议宣读了《关于表彰2023年度先进单位的决定》,号召广大干部以先进为榜样。",
        "许怀远对企业取得的成绩给予充分肯定,向受到表彰的先进集体和个人表示祝贺。",
        "5月6日,县委、县政府对10家纳税大户、20名优秀企业家进行了表彰。",
        "5月6日,海拓机械、青禾纺织等10家企业上台领奖,县领导为获奖代表颁奖。",
    ],
)
def test_whole_classes_and_contentment_are_no_honour(text):
    assert honours(text) == []
