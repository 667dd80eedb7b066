"""Places told of by where they lie, records without a place, organs and offices whose words are also something else."""

from datetime import date

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract

HINT = date(2025, 12, 20)


def read(text):
    return to_json(extract(text, hint=HINT))


def test_a_place_told_of_by_where_it_lies_is_visited():
    first, second = read(
        "5月6日,石桥镇镇长许怀远来到位于石桥工业集中区的海拓板材厂。\n同日,镇党委副书记陶知行到青禾家俬调研。"
    )["events"]
    assert (first["lead"], first["enterprises"]) == ("许怀远", ["海拓板材厂"])
    assert second["lead"] == "陶知行"


def test_a_record_without_a_place_is_a_meeting():
    text = (
        "会议通报:市重点产业链推进会\n会议时间:10月15日下午\n参会人员:市委常委、常务副市长许怀远,副市长陶知行\n"
        "许怀远主持会议并讲话。"
    )
    (event,) = read(text)["events"]
    assert (event["date_start"], event["part"], event["lead"]) == ("2025-10-15", "下午", "许怀远")


@pytest.mark.parametrize(
    ("sentence", "person"),
    [
        ("5月6日,乡长许怀远带着乡企业服务站站长陶知行到海拓机械调研。", ("陶知行", ["乡企业服务站站长"])),
        ("5月6日,云台区召开调度会,区长许怀远主持,经济发展局局长路长歌汇报。", ("路长歌", ["经济发展局局长"])),
        ("5月6日,云台区召开动员会,区长许怀远主持,区领导渭城、朝雨、柳新出席。", ("朝雨", ["区领导"])),
    ],
)
def test_who_and_of_which_office(sentence, person):
    assert person in [(p["name"], p["posts"]) for p in read(sentence)["people"]]


@pytest.mark.parametrize(
    "sentence",
    [
        "5月6日,县长许怀远先后走访了会员企业海拓索具、乐享文创。",
        "5月6日,县长许怀远先后走访了辖区海拓索具、乐享文创等企业。",
    ],
)
def test_a_word_for_firms_is_no_part_of_their_names(sentence):
    (event,) = read(sentence)["events"]
    assert event["enterprises"] == ["海拓索具", "乐享文创"]


def test_questions_of_callers_are_counted():
    (event,) = read("5月6日,副县长许怀远到热线大厅走访,接听来电22个,现场解答16个,转办6个。")["events"]
    assert event["counts"] == [[22, "个"], [16, "个"], [6, "个"]]
