"""Whether the name of a meeting is that of an event told before."""

import re

from gongjian.engines.reports.clean_text import Sentence
from gongjian.engines.reports.event_words import EventSign
from gongjian.engines.reports.gathered_events import GatheredEvent, bigram_similarity

SAME_TITLE = 0.75
BARE = 4  # a title as short as 座谈会 has no name of its own
DISTINCTIVE = (
    2  # characters of its own beyond the noun that make a city meeting known again in a county's sentence
)
THIS_ONE = re.compile(r"(?:本次|此次|这次|这场|该次)")
MEANS_THIS = re.compile(r"[\s“]*(?:这(?:也|已经?|便|次)?是|此次|本次|这次|该)")


def start(sign: EventSign) -> int:
    """Where the name of the event begins."""
    return sign.title[0] if sign.title else sign.start


def length(sign: EventSign) -> int:
    """How long the name of the event is; 0 without one."""
    return sign.title[1] - sign.title[0] if sign.title else 0


def means_again(text: str, sentence: Sentence, sign: EventSign, current: EventSign) -> bool:
    """Whether a bare noun (大会, 会议, 仪式) means the meeting being told, not another one that was held."""
    if current.type == "visit" or sign.title is None:
        return False
    if current.title is not None and THIS_ONE.match(text, sign.title[0], sign.start):
        return True
    if sign.end - sign.title[0] > BARE:
        return False
    clause = text[max(sign.title[0] - 12, sentence.start) : sign.title[0]]
    return not re.search(r"并|随后|之后|接着|还|又|再次|先后|另|(?:召开|举行|举办|召集)(?:了)?$", clause)


def is_bare(sign: EventSign) -> bool:
    """Whether a meeting is only called 会议 or 座谈会 and nothing says that it was held."""
    return sign.title is not None and sign.title[0] == sign.start and not sign.takes_place


def is_plain(known: EventSign, sign: EventSign) -> bool:
    """Whether both meetings are only called by a short noun such as 座谈会."""
    return 0 < length(known) <= BARE and 0 < length(sign) <= BARE


def is_same(text: str, known: GatheredEvent, sign: EventSign, unit: str, *, dated: bool) -> bool:
    """Whether a sign names the known event again: one title holds the other or they are much alike."""
    if sign.title is None or known.sign.title is None:
        return False
    if is_bare(sign) and not dated:
        return not unit or unit == known.unit
    first, second = _own_words(text, known.sign.title), _own_words(text, sign.title)
    own = min(len(first), len(second)) - (sign.end - sign.start)
    telling = own > DISTINCTIVE and known.unit.endswith("市")
    if unit and known.unit and unit != known.unit and not telling:
        return False
    return first in second or second in first or bigram_similarity(first, second) >= SAME_TITLE


def _own_words(text: str, title: tuple[int, int]) -> str:
    bare = re.sub(r"[“”‘’\s]", "", text[title[0] : title[1]])
    return re.sub(r"^(?:全[市县区]|我[市县区]|\w{2,3}?[市县区](?:\(\w+\))?)(?=\w{5})", "", bare)


def names_current(text: str, sentence: Sentence, sign: EventSign, current: EventSign) -> bool:
    """Whether a meeting is the name of the event just told without one: 围坐一桌。这是第二期“午餐会”."""
    if current.title is not None or current.type == "visit" or sign.title is None:
        return False
    return current.type == sign.type or bool(MEANS_THIS.match(text, sentence.start, sign.start))
