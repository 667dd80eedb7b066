"""The beginning of a text where a line has room for no more (摘录)."""

import re

CHINESE = re.compile(r"[\u2e80-\u9fff]")
LETTERS = 2.4  # letters that stand where one Chinese sign does
MORE = "…"


def excerpt(text: str, signs: int) -> str:
    """The text if it has at most so many Chinese signs' worth of room, else its beginning and …, cut between words.

    >>> excerpt("Have the heating company adjust the pressure", 12)
    'Have the heating company…'
    """
    room = signs if CHINESE.search(text) else round(signs * LETTERS)
    if len(text) <= room:
        return text
    beginning = text[: room - 1]
    if text[room - 1].isascii() and not text[room - 1].isspace() and beginning[-1].isascii():
        whole = beginning.rpartition(" ")[0]
        beginning = whole if len(whole) * 2 > room else beginning
    return beginning.rstrip(" ,;:.，；：、。") + MORE
