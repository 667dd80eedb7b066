"""Amounts in Chinese numerals, as vouchers and contracts write them: 贰拾万元整, 二十万, 叁佰伍拾元伍角. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("零〇", "一壹弌", "二贰两贰", "三叁叄", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10_000, "萬": 10_000, "亿": 10**8, "億": 10**8}
_WHOLE = "".join((*_DIGITS, *_STEPS, *_GROUPS))
_NUMBERS = {*_DIGITS, *_STEPS}
_NUMERAL = re.compile(
    rf"(?P<minus>负)?(?P<whole>[{_WHOLE}]*)(?P<yuan>[元圆])?(?:(?P<jiao>[{''.join(_DIGITS)}])角)?"
    rf"(?:零?(?P<fen>[{''.join(_DIGITS)}])分)?[整正]?"
)


@dataclass(frozen=True)
class Numeral:
    """What a numeral says: its value, and whether it names yuan, as 万 and 亿 do where amounts are kept."""

    value: Decimal
    in_yuan: bool


def read_numeral(text: str) -> Numeral | None:
    """The amount; None for anything that is not one.

    >>> read_numeral("贰拾万元整")
    Numeral(value=Decimal('200000'), in_yuan=True)
    >>> read_numeral("三十五"), read_numeral("二十日")
    (Numeral(value=Decimal('35'), in_yuan=False), None)
    """
    match = _NUMERAL.fullmatch(text)
    if match is None or not _NUMBERS & set(text):
        return None
    whole = _whole(match["whole"])
    if whole is None:
        return None
    parts = (
        Decimal(_DIGITS.get(match["jiao"] or "零", 0)) / 10
        + Decimal(_DIGITS.get(match["fen"] or "零", 0)) / 100
    )
    value = whole + parts if parts else Decimal(whole)
    named = any(match[part] for part in ("yuan", "jiao", "fen")) or any(
        sign in _GROUPS for sign in match["whole"]
    )
    return Numeral(-value if match["minus"] else value, named)


def _whole(text: str) -> int | None:
    """The whole number of a numeral; None where its steps do not fall, or a last digit may mean ten times as much: 十百, 二三十, 一百二."""
    total = 0
    for below, sign in re.findall(rf"([^{''.join(_GROUPS)}]*)([{''.join(_GROUPS)}]?)", text):
        group = _group(below, after_group=bool(total))
        if group is None:
            return None
        total = (
            (total + group) * _GROUPS[sign] if sign in ("亿", "億") else total + group * _GROUPS.get(sign, 1)
        )
    return total


def _group(text: str, *, after_group: bool) -> int | None:
    """The number below the next 万 or 亿."""
    value, digit, step, zero = 0, 0, 10**4, not after_group
    for sign in text:
        if sign in _STEPS:
            if _STEPS[sign] >= step:
                return None
            step, zero = _STEPS[sign], _STEPS[sign] == _STEPS["十"]
            value, digit = value + (digit or 1) * step, 0
        elif digit:
            return None
        else:
            digit, zero = _DIGITS[sign], zero or not _DIGITS[sign]
    return value + digit if zero or not digit else None
