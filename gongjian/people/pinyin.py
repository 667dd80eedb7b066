"""Pinyin initials (拼音首字母) for type-ahead. Pure."""

LONGEST = 60


def initials(text: str) -> str:
    """First letters of the pinyin, lower case, words read as words: 重庆 -> cq; letters and digits stay."""
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
    return "".join(ch for ch in letters if ch.isalnum() and ch.isascii()).lower()[:LONGEST]
