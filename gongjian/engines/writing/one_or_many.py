"""English tells one from many: "day|days" in a sentence is the word for one, and for any other number. No Django."""

import re
from collections.abc import Mapping
from typing import Any

_PARTS = re.compile(r"%\((?P<name>\w+)\)|(?P<one>[A-Za-z]+)\|(?P<many>[A-Za-z]+)")
_NUMBER = re.compile(r"\d+")


def one_or_many(sentence: str, values: Mapping[str, Any]) -> str:
    """The sentence, not yet filled, with each pair of words told by the last number that stands before it.

    >>> one_or_many("%(days)s working day|days left", {"days": 1})
    '%(days)s working day left'
    """
    many = True

    def chosen(part: re.Match[str]) -> str:
        nonlocal many
        if (name := part["name"]) is None:
            return part["many"] if many else part["one"]
        told = str(values.get(name, ""))
        if _NUMBER.fullmatch(told):
            many = told != "1"
        return part[0]

    return _PARTS.sub(chosen, sentence) if "|" in sentence else sentence
