"""Signs nobody sees are taken out, every sign a reader sees stays."""

import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engines.writing.signs import clean_line, clean_text, clean_values, is_clean

KINDS = {
    "control": "\x00\x01\x02\x07\x08\x0e\x1b\x1f\x7f\x80\x9f",
    "zero width": "\u200b\u200c\u200d\u2060\ufeff",
    "direction": "\u200e\u200f\u061c\u202a\u202e\u2066\u2069",
    "soft hyphen and joiners": "\u00ad\u034f\u180e\u115f\u3164",
    "variation": "\ufe00\ufe0f\U000e0100\U000e01ef",
    "private use": "\ue000\uf0b7\uf8ff\U000f0000\U0010fffd",
    "surrogate": "\ud800\udfff",
    "noncharacter": "\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff",
    "tag": "\U000e0001\U000e0041\U000e007f",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_sign_nobody_sees_is_taken_out(kind):
    for sign in KINDS[kind]:
        assert clean_text(f"厂区{sign}道路") == "厂区道路", hex(ord(sign))
        assert not is_clean(sign)


@pytest.mark.parametrize("sign", "\x0b\x0c\x85\u2028\u2029")
def test_a_break_of_another_program_becomes_a_line_break(sign):
    assert clean_text(f"道路破损{sign}申请修复") == "道路破损\n申请修复"
    assert clean_line(f" 华星\t食品{sign}有限公司 ") == "华星\t食品 有限公司"


@pytest.mark.parametrize(
    "kept",
    [
        "第一段\r\n\t第二段",
        "阿卜杜·热合曼",
        "㐂𠮷龘",
        "①②③㎡℃",
        "A–B—C…",
        "　　缩进",
        "😀",
        "ü é ñ",
        "《通知》〔2026〕12号",
        "�",
    ],
)
def test_what_a_reader_sees_stays(kept):
    assert clean_text(kept) == kept


def test_radicals_of_a_pdf_become_the_characters_they_stand_for():
    assert clean_text("⻓江⻋⻔⼤⼩⻢⽊⻰⺠") == "长江车门大小马木龙民"


def test_a_character_of_the_old_private_area_becomes_its_own():
    assert clean_text("\ue81e\ue843\ue831") == "\u9fb4\u9fb9\U000215d7"


@given(st.text(st.characters()))
def test_cleaning_is_done_once_and_leaves_nothing_unseen(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert is_clean(cleaned)
    assert not [c for c in cleaned if unicodedata.category(c) in {"Cc", "Co", "Cs"} and c not in "\t\r\n"]
    assert clean_line(cleaned) == clean_line(text)
    assert "\n" not in clean_line(text)
    cleaned.encode("utf-8")


@dataclass(frozen=True)
class Page:
    title: str
    lines: tuple[str, ...]
    number: int = 3


def test_every_text_of_a_value_is_cleaned_and_the_rest_stays():
    assert clean_values(Page("甲\x02", ("乙\u200b", "丙"))) == Page("甲", ("乙", "丙"))
    mixed = {"a\x00": ["\x02b", 1, None, 2.5, {"c": ("d\ufeff",)}]}
    assert clean_values(mixed) == {"a": ["b", 1, None, 2.5, {"c": ("d",)}]}
