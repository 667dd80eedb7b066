"""Traditional script read as simplified (繁体转简体): sign by sign, so that every place in the text stays its place."""

from functools import cache
from typing import Any

SHARE = 0.1  # of the Chinese signs that only traditional script has, from which a text is traditional
SAMPLE = 20_000  # characters by which a text is judged


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def is_traditional(text: str) -> bool:
    """Whether the text is written in traditional script; a name with one rare sign does not make it so."""
    part = "".join(sign for sign in text[:SAMPLE] if "\u4e00" <= sign <= "\u9fff")
    if part.isascii():
        return False
    simple = _converter().convert(part)
    changed = sum(a != b for a, b in zip(part, simple, strict=False))
    return len(simple) != len(part) or changed >= SHARE * len(part)


def as_simplified(text: str) -> str:
    """The text in simplified script and of the same length; a text in simplified script comes back as it is."""
    if not is_traditional(text):
        return text
    return "\n".join(_same_length(line) for line in text.split("\n"))


def _same_length(line: str) -> str:
    simple = str(_converter().convert(line))
    if len(simple) == len(line):
        return simple
    signs = (str(_converter().convert(sign)) for sign in line)
    return "".join(new if len(new) == 1 else old for new, old in zip(signs, line, strict=True))
