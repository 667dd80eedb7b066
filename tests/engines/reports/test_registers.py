"""Registers are read with care and outrank loose patterns."""

import pytest

from gongjian.engines.reports.as_json import to_json
from gongjian.engines.reports.extractor import extract
from gongjian.engines.reports.registers import KnownPerson, RegisterProblem, Registers

KNOWN = Registers.from_json(
    """{"persons": [{"name": "雷鸣", "posts": ["县长"]}],
        "units": [{"name": "云溪区", "aliases": ["高新区"]}],
        "enterprises": [{"name": "安川海拓新材料有限公司", "short_names": ["海拓"]}]}"""
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "不是有效的 JSON"),
        ("[]", "最外层应为对象"),
        ('{"firms": []}', "不认识的键“firms”"),
        ('{"persons": {}}', "“persons”应为列表"),
        ('{"persons": ["甲"]}', "“persons”第1条应为对象"),
        ('{"units": [{"name": "云溪区"}, {"aliases": []}]}', "“units”第2条缺少名称"),
        ('{"enterprises": [{"name": "海拓公司", "short_names": "海拓"}]}', "short_names 应为文字列表"),
    ],
)
def test_a_bad_register_says_what_is_wrong_and_what_to_do(text, says):
    with pytest.raises(RegisterProblem, match=says) as caught:
        Registers.from_json(text)
    assert str(caught.value).endswith("。")


def test_a_known_firm_is_found_by_its_short_name():
    event = extract("3月5日,县长王强到海拓走访。", registers=KNOWN).events[0]
    assert [(f.value, f.by) for f in event.enterprises] == [("海拓", "register")]


def test_a_known_person_is_found_without_a_post():
    text = "3月5日,雷鸣走访企业。"
    assert to_json(extract(text))["people"] == []
    assert [p["name"] for p in to_json(extract(text, registers=KNOWN))["people"]] == ["雷鸣"]


def test_another_post_than_the_register_knows_is_a_warning():
    person = extract("区委书记雷鸣走访企业。", registers=KNOWN).people[0]
    assert "请核对" in person.conflict
    assert extract("平阳县县长雷鸣走访企业。", registers=KNOWN).people[0].conflict == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("解放", "全县要解放思想、负重赶超。"),
        ("幸福", "用“辛苦指数”换群众的“幸福指数”。"),
        ("金石", "把实绩作为检验干部的试金石。"),
        ("柴进", "县政协主席柴进源出席。"),
        ("汪洋", "县委副书记汪洋海陪同。"),
    ],
)
def test_a_name_on_the_register_is_no_part_of_another_word(name, text):
    known = Registers(persons=(KnownPerson(name, ("县长",)),))
    draft = extract(f"5月6日,县委书记许怀远到海拓机械调研。{text}", registers=known)
    assert name not in {person.name.value for person in draft.people}


@pytest.mark.parametrize(
    "text",
    [
        "柴进陪同。",
        "副县长柴进、县长陶知行参加。",
        "许怀远对柴进说,要抓紧。",
    ],
)
def test_a_name_on_the_register_is_read_where_it_stands_alone(text):
    known = Registers(persons=(KnownPerson("柴进", ("副县长",)),))
    draft = extract(f"5月6日,县委书记许怀远到海拓机械调研。{text}", registers=known)
    named = {person.name.value for person in draft.people}
    assert "柴进" in named
