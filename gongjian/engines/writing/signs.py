"""Takes out the signs nobody sees: control, zero-width, direction, variation and private-use signs, noncharacters.

Unicode 16, chapters 23.1 to 23.7 (controls, layout, deprecated format, surrogates, variation, private use,
noncharacters) and the property Default_Ignorable_Code_Point. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from gongjian.engines.writing.vocabulary import RADICALS, STANDARD_FORMS

Value = TypeVar("Value")

_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"  # signs that mean a new line: Word's own among them
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # controls
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero-width, directions, invisible operators
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"  # blanks without width, variation, order of bytes
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"  # surrogates, private use, noncharacters
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U0010ffff"  # tags, more variation signs, more private use
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xE0000, 0x10000))
)
_UNCLEAN = re.compile(f"[{_BREAKS}{_UNSEEN}{''.join(STANDARD_FORMS)}{''.join(RADICALS)}]")
_WRITTEN = RADICALS | STANDARD_FORMS | dict.fromkeys(_BREAKS, "\n")
_LINES = re.compile(r"\s*[\r\n]+\s*")


def clean_text(text: str) -> str:
    """The text without signs nobody sees; Word's line breaks become line breaks, radicals the characters they stand for.

    Line breaks and tabs stay, and every sign a reader sees. Cleaning twice changes nothing.
    """
    return _UNCLEAN.sub(lambda sign: _WRITTEN.get(sign.group(), ""), text) if _UNCLEAN.search(text) else text


def clean_line(text: str) -> str:
    """The cleaned text as one line: each line break becomes a blank."""
    return _LINES.sub(" ", clean_text(text)).strip()


def is_clean(text: str) -> bool:
    """Whether cleaning would change nothing."""
    return _UNCLEAN.search(text) is None


def clean_values(value: Value) -> Value:
    """The same value with every text in it cleaned: texts, lists, tuples, mappings (keys too) and frozen dataclasses."""
    cleaned: Any = value
    if isinstance(value, str):
        cleaned = clean_text(value)
    elif isinstance(value, Mapping):
        cleaned = {clean_values(key): clean_values(part) for key, part in value.items()}
    elif isinstance(value, list):
        cleaned = [clean_values(part) for part in value]
    elif isinstance(value, tuple):
        cleaned = tuple(clean_values(part) for part in value)
    elif is_dataclass(value) and not isinstance(value, type):
        cleaned = replace(
            value, **{f.name: clean_values(getattr(value, f.name)) for f in fields(value) if f.init}
        )
    return cleaned  # type: ignore[no-any-return]
