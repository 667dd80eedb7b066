"""Pinyin initials (拼音首字母) for type-ahead. Pure."""

LONGEST = 60


def initials(text: str) -> str:
    """The first letters of the pinyin in lower case, by words (重庆 -> cq); letters and digits stay."""
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
    return "".join(ch for ch in letters if ch.isalnum() and ch.isascii()).lower()[:LONGEST]
