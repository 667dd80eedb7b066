"""Unified social credit codes: folded as people write them, checked, refused with the place of the mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.audit import Refused
from gongjian.enterprises.register.credit_code import read_credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WELL_FORMED = "91110000600037341L"


def check_character(head: str) -> str:
    """GB 32100-2015, worked out from the standard's own words: weights are powers of three modulo 31."""
    total = sum(ALPHABET.index(ch) * pow(3, place, 31) for place, ch in enumerate(head))
    return ALPHABET[(31 - total % 31) % 31]


heads = st.builds(
    lambda digits, rest: digits + rest,
    st.text("0123456789", min_size=8, max_size=8),
    st.text(ALPHABET, min_size=9, max_size=9),
)


def full_width(text: str) -> str:
    return "".join(chr(ord(ch) + 0xFEE0) for ch in text)


@given(head=heads)
def test_a_code_made_by_the_standard_is_taken_as_it_is(head):
    code = head + check_character(head)
    assert read_credit_code(code) == code


@given(
    head=heads, fold=st.sampled_from([str.lower, full_width, lambda c: full_width(c.lower())]), gap=st.data()
)
def test_small_letters_full_width_and_gaps_are_folded(head, fold, gap):
    code = head + check_character(head)
    place = gap.draw(st.integers(0, 18))
    mark = gap.draw(st.sampled_from([" ", "　", "\t", "-", "\n"]))
    written = fold(code)
    assert read_credit_code(f" {written[:place]}{mark}{written[place:]} ") == code


@given(head=heads, data=st.data())
def test_one_wrong_character_is_always_noticed(head, data):
    code = head + check_character(head)
    place = data.draw(st.integers(0, 17))
    allowed = "0123456789" if place < 8 else ALPHABET
    other = data.draw(st.sampled_from([ch for ch in allowed if ch != code[place]]))
    with pytest.raises(Refused, match="校验位") as refused:
        read_credit_code(code[:place] + other + code[place + 1 :])
    assert refused.value.field == "credit_code"


@given(written=st.text(max_size=40))
def test_whatever_is_written_gives_a_code_or_a_sentence(written):
    code, refused = outcome(written)
    if refused is None:
        assert code is None or (len(code) == 18 and code[-1] == check_character(code[:-1]))
    else:
        assert refused.sentence.endswith("。")
        assert refused.field == "credit_code"


def outcome(written):
    try:
        return read_credit_code(written), None
    except Refused as refused:
        return None, refused


@pytest.mark.parametrize("written", [None, "", "   ", "　"])
def test_nothing_written_is_unknown(written):
    assert read_credit_code(written) is None


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (WELL_FORMED[:-1], "17 位"),
        (WELL_FORMED + "1", "19 位"),
        ("A" + WELL_FORMED[1:], "第 1 位应为数字"),
        (WELL_FORMED[:7] + "O" + WELL_FORMED[8:], "第 8 位应为数字"),
        (WELL_FORMED[:10] + "O" + WELL_FORMED[11:], "第 11 位“O”"),
        (WELL_FORMED[:17] + "Z", "第 18 位“Z”"),
        (WELL_FORMED[:17] + "M", "校验位"),
    ],
)
def test_the_sentence_says_what_is_wrong_and_where(written, says):
    with pytest.raises(Refused, match=says):
        read_credit_code(written)
