"""Amounts in Chinese numerals: what is one amount is read, what may be two is not."""

from decimal import Decimal

import pytest

from gongjian.engines.tables.chinese_numerals import Numeral, read_numeral


@pytest.mark.parametrize(
    ("text", "value", "in_yuan"),
    [
        ("贰拾万元整", "200000", True),
        ("叁佰伍拾元伍角", "350.5", True),
        ("壹元零伍分", "1.05", True),
        ("壹拾贰万叁仟肆佰伍拾陆元柒角捌分", "123456.78", True),
        ("贰仟零壹拾万", "20100000", True),
        ("十二亿三千万", "1230000000", True),
        ("负叁拾万元", "-300000", True),
        ("两百万圆正", "2000000", True),
        ("零元", "0", True),
        ("一千零一", "1001", False),
        ("十五", "15", False),
    ],
)
def test_an_amount_is_read(text, value, in_yuan):
    assert read_numeral(text) == Numeral(Decimal(value), in_yuan)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无",
        "元整",
        "万元",
        "一百二",
        "三万五",
        "三百二万",
        "二三十",
        "十百",
        "二〇二三",
        "二十日",
        "20万",
    ],
)
def test_anything_else_is_none(text):
    assert read_numeral(text) is None
