"""The language of the invented city: its Chinese texts as they stand, or their English from the tables in `english/`.

Names of people, places and firms are written in pinyin; everything else has its English sentence in a table.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

ENGLISH = Path(__file__).resolve().parent / "english"
DIVISIONS = {
    "街道": "Subdistrict",
    "镇": "Town",
    "乡": "Township",
    "县": "County",
    "区": "District",
    "市": "City",
}
CHINESE = "zh"
THOUSANDS = re.compile(r"(\d+) thousand yuan")  # as the tables write amounts; people say 3,000,000 yuan
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def is_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character or sign."""
    return any(
        "\u2e80" <= ch <= "\u9fff" or "\uff00" <= ch <= "\uffef" or "\u3000" <= ch <= "\u303f" for ch in text
    )


@cache
def english() -> dict[str, str]:
    """Chinese -> English of every text of the city, from all tables."""
    found: dict[str, str] = {}
    for path in sorted(ENGLISH.glob("*.toml")):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def say(text: str, language: str) -> str:
    """The text in the language; KeyError for a Chinese text without its English."""
    if language == CHINESE:
        return text
    return english()[text] if is_chinese(text) else english().get(text, text)


def in_yuan(text: str) -> str:
    """A text with its thousands of yuan written out: 8000 thousand yuan -> 8,000,000 yuan."""
    return THOUSANDS.sub(lambda found: f"{int(found[1]) * 1000:,} yuan", text)


def say_all(data: Any, language: str) -> Any:
    """A table of data with every text in the language; keys stay."""
    if isinstance(data, dict):
        return {key: say_all(value, language) for key, value in data.items()}
    if isinstance(data, list):
        return [say_all(value, language) for value in data]
    return say(data, language) if isinstance(data, str) else data


def romanised(name: str) -> str:
    """A Chinese name as one word of pinyin: 恒岳 -> Hengyue."""
    return "".join(lazy_pinyin(name, v_to_u=False)).replace("ü", "u").capitalize()


def person(surname: str, given: str, language: str) -> str:
    """A person's name: 林一诺, or Lin Yinuo."""
    return surname + given if language == CHINESE else f"{romanised(surname)} {romanised(given)}"


def place(name: str, language: str) -> str:
    """The name of a division: 东关街道, or Dongguan Subdistrict; a name with no ending of a division in pinyin alone."""
    if language == CHINESE or not is_chinese(name):
        return name
    if name in english():
        return english()[name]
    for ending, word in DIVISIONS.items():
        stem = name.removesuffix(ending)
        if stem != name and stem:
            return f"{romanised(stem)} {word}"
    return romanised(name)
