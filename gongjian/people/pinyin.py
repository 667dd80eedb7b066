"""Pinyin initials (拼音首字母) for type-ahead. Pure."""

LONGEST = 60
LONGEST_OF_PERSON, LONGEST_OF_FIRM = 20, 100


def initials(text: str) -> str:
    """The first letters of the pinyin in lower case, by words (重庆 -> cq); letters and digits stay."""
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
    return "".join(ch for ch in letters if ch.isalnum() and ch.isascii()).lower()[:LONGEST]


def unit_initials(name: str, short_name: str) -> str:
    """The initials a unit is found by: of its short name, else of its name."""
    return initials(short_name or name)


def person_initials(name: str) -> str:
    """The initials a person is found by."""
    return initials(name)[:LONGEST_OF_PERSON]


def firm_initials(name: str, short_name: str) -> str:
    """The initials a firm is found by: of its short name, a space, of its name."""
    return (initials(short_name) + " " + initials(name)).strip()[:LONGEST_OF_FIRM]
