"""Initials of names: a surname is read as a surname, one with two readings is found by both."""

import pytest

from gongjian.people.pinyin import initials, person_initials

READ = {
    "曾国平": "zgp",
    "翟明": "zm dm",
    "单立新": "slx",
    "解学文": "xxw",
    "仇和": "qh",
    "区志强": "ozq",
    "任重": "rz",
    "查良": "zl",
    "召明": "sm",
    "重阳": "cy",
    "种师道": "csd",
    "折从远": "scy",
    "秘文": "bw",
    "繁星": "px",
    "覃桂明": "qgm tgm",
    "乐毅": "yy ly",
    "尉迟敬": "ycj",
    "尉明": "wm ym",
    "万俟明": "mqm",
    "长孙无": "zsw",
    "单于明": "cym",
    "澹台明": "ttm",
    "单增卓玛": "dzzm",
    "王重庆": "wcq",
    "李明": "lm",
    "阿卜杜·热合曼": "abdrhm",
    "": "",
}


@pytest.mark.parametrize(("name", "letters"), READ.items())
def test_the_initials_of_a_name(name, letters):
    assert person_initials(name) == letters


def test_a_surname_is_read_so_at_the_beginning_of_a_name_only():
    assert person_initials("李曾") == initials("李曾")
    assert initials("重庆机械") == "cqjx"
    assert initials("单位") == "dw"
