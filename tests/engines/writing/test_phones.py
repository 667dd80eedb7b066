"""A telephone number is hidden by its shape, wherever the signs stand; what is no number stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engines.writing.phones import mask_phone_cell, mask_phones

CELLS = {
    "13812345678": "138****5678",
    "138 1234 5678": "138****5678",
    "138-1234-5678": "138****5678",
    "138.1234.5678": "138****5678",
    "(138) 1234 5678": "138****5678",
    "１３８１２３４５６７８": "138****5678",
    "+86 138 1234 5678": "+86 138****5678",
    "+8613812345678": "+86138****5678",
    "0086-138-1234-5678": "0086-138****5678",
    "0379-65123456": "0379-****3456",
    "037965123456": "0379****3456",
    "（0379）6512 3456": "（0379）****3456",
    "0379—6512345": "0379—****345",
    "010-62345678转8012": "010-****5678转****",
    "021 6234 5678-102": "021 ****5678-***",
    "+86 379 6512 3456": "+86 379 ****3456",
    "6512345": "****345",
    "65123456": "****3456",
    "6512-3456": "****3456",
    "612345": "****45",
    "13812345678/13912345679": "138****5678/139****5679",
    "13812345678 13912345679": "138****5678 139****5679",
    "0379-65123456、138 1234 5678": "0379-****3456、138****5678",
    "张工 13812345678（晚上）": "张工 138****5678（晚上）",
    "+852 6123 4567": "+****4567",
    "110": "110",
    "": "",
    "未留": "未留",
}


@pytest.mark.parametrize(("cell", "shown"), CELLS.items())
def test_a_cell_of_numbers_is_hidden(cell, shown):
    assert mask_phone_cell(cell) == shown
    assert mask_phone_cell(shown) == shown


TEXTS = {
    "联系人张三13812345678，李四 139 1234 5678。": "联系人张三138****5678，李四 139****5678。",
    "电话：6512345 或 6512346，速回": "电话：****345 或 ****346，速回",
    "请致电（0379）65123456转801": "请致电（0379）****3456转***",
    "tel: 8765 4321": "tel: ****4321",
}


@pytest.mark.parametrize(("text", "shown"), TEXTS.items())
def test_a_number_in_a_sentence_is_hidden(text, shown):
    assert mask_phones(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "信用代码91410300MA4512345X，",
        "代码914103001712345678",
        "投资13812345678元",
        "营收 12345678 万元，12,345,678 元",
        "2026-11-24 10:30，2026年1月",
        "JB2026-000762、WT2026-000085",
        "合同号 0379-65123456789",
        "身份证410305198001011234",
        "编号13812345678A，100.13812345678",
        "面积 1500 13000 平方米",
        "厂房 6512345 平方米",
    ],
)
def test_codes_amounts_and_dates_are_no_numbers(text):
    assert mask_phones(text) == text


@given(
    st.from_regex(r"1[3-9]\d{9}", fullmatch=True, alphabet="0123456789"),
    st.lists(st.sampled_from(["", " ", "-", "　", "."]), min_size=2, max_size=2),
)
def test_no_writing_of_a_mobile_number_shows_its_middle(digits, seps):
    written = digits[:3] + seps[0] + digits[3:7] + seps[1] + digits[7:]
    for shown in (mask_phone_cell(written), mask_phones(f"回电{written}。")):
        assert re.sub(r"[^\d*]", "", shown) == f"{digits[:3]}****{digits[7:]}"
