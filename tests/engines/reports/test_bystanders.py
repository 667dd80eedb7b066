"""Firms that a report names and that the event is not about."""

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract

VISIT = "5月6日,县长许怀远走访海拓机械。"
MEETING = "5月6日,云台县召开调度会,县长许怀远主持。"


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("5月6日,云台县在云台大酒店召开银企对接会,副县长许怀远主持。", []),
        ("5月6日,签约仪式在云台国际饭店举行,县长许怀远致辞。", []),
        ("5月6日,座谈会在青禾度假村举办,县长许怀远主持。", []),
        (f"{MEETING}国网云台供电公司、云台烟草公司主要负责人参加会议。", []),
        (f"{MEETING}省建行、省农发行、省担保集团有关负责人参加。", []),
        (f"{MEETING}县财政局、县工投公司负责人陪同。", []),
        (f"{MEETING}县公安局、石桥镇、海拓机械公司作表态发言。", ["海拓机械公司"]),
        (f"{MEETING}会议在海拓集团总部召开。", ["海拓集团总部"]),
        (f"{VISIT}该公司由浙江鼎新集团投资建设。", ["海拓机械"]),
        (f"{VISIT}该企业为比亚迪、宁德时代等知名企业供货。", ["海拓机械"]),
        (f"{VISIT}产品出口海外,与青禾集团长期合作。", ["海拓机械"]),
        ("5月6日,县长许怀远走访了3家规上工业企业、2家商贸公司。", []),
        ("5月6日,县长许怀远走访青禾大酒店、云湖宾馆。", ["青禾大酒店", "云湖宾馆"]),
    ],
)
def test_bystanders_are_not_the_firms_of_an_event(text, firms):
    assert [name for event in to_json(extract(text))["events"] for name in event["enterprises"]] == firms
