"""Pinyin initials (拼音首字母) for type-ahead. Pure."""

import tomllib
from functools import cache
from itertools import chain
from pathlib import Path

LONGEST = 60
BEGINNING = 2  # characters of the longest surname
LONGEST_OF_PERSON, LONGEST_OF_UNIT, LONGEST_OF_FIRM = 60, 121, 100
LONGEST_OF_USERNAME = 36  # room for a number behind it


def initials(text: str) -> str:
    """The first letters of the pinyin in lower case, by words (重庆 -> cq); letters and digits stay."""
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
    return "".join(ch for ch in letters if ch.isalnum() and ch.isascii()).lower()[:LONGEST]


def unit_initials(name: str, short_name: str) -> str:
    """The initials a unit is found by: of its short name, a space, of its name."""
    return (initials(short_name) + " " + initials(name)).strip()[:LONGEST_OF_UNIT]


def person_initials(name: str) -> str:
    """The initials a person is found by, the surname read as a surname (曾国平 -> zgp); of two readings both, by a blank."""
    beginnings = _readings()
    for length in range(BEGINNING, 0, -1):
        head, rest = name[:length], initials(name[length:])
        if head in beginnings:
            ways = ["".join(word[0] for word in way.split()) + rest for way in beginnings[head]]
            return " ".join(dict.fromkeys(ways))[:LONGEST_OF_PERSON]
    return initials(name)[:LONGEST_OF_PERSON]


def spelt_out(name: str) -> str:
    """A person's name in pinyin without tones, the surname read as a surname: 曾国平 -> zengguoping; empty where it has none."""
    from pypinyin import lazy_pinyin

    readings = _readings()
    head = next((name[:n] for n in range(BEGINNING, 0, -1) if name[:n] in readings), "")
    words = [*(readings[head][0].split() if head else []), *lazy_pinyin(name[len(head) :])]
    return "".join(ch for ch in "".join(words) if ch.isalnum() and ch.isascii()).lower()[:LONGEST_OF_USERNAME]


def firm_initials(name: str, short_name: str) -> str:
    """The initials a firm is found by: of its short name, a space, of its name."""
    return (initials(short_name) + " " + initials(name)).strip()[:LONGEST_OF_FIRM]


@cache
def _readings() -> dict[str, list[str]]:
    data = tomllib.loads((Path(__file__).resolve().parent / "surnames.toml").read_text(encoding="utf-8"))
    return dict(chain(data["surnames"].items(), data["given"].items()))
