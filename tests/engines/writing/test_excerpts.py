"""The beginning of a text: a Chinese sign takes the room of two or three letters, and no word is cut."""

import pytest

from gongjian.engines.writing.excerpts import excerpt


@pytest.mark.parametrize(
    ("text", "signs", "shown"),
    [
        ("协调银行开展商票保贴业务", 30, "协调银行开展商票保贴业务"),
        ("协调银行开展商票保贴业务", 6, "协调银行开…"),
        ("协调银行，开展商票保贴业务", 6, "协调银行…"),
        (
            "Plan the sampling together; help to raise the quality",
            30,
            "Plan the sampling together; help to raise the quality",
        ),
        ("Plan the sampling together; help to raise the quality", 12, "Plan the sampling together…"),
        ("Have the heating company adjust the pressure", 12, "Have the heating company…"),
        ("Check VOC equipment", 8, "Check VOC equipment"),
        ("Donaudampfschifffahrtsgesellschaftskapitän", 8, "Donaudampfschifffa…"),
        ("增加400kVA用电容量，变压器明年才能装", 9, "增加400kVA…"),
        ("", 5, ""),
    ],
)
def test_the_beginning_of_a_text(text, signs, shown):
    assert excerpt(text, signs) == shown


def test_it_never_takes_more_room_than_it_is_given():
    for text in ("企业反映的问题" * 9, "a word or two " * 9, "x" * 90):
        for signs in range(3, 40):
            assert len(excerpt(text, signs)) <= max(signs, round(signs * 2.4))
