"""Names in lists: after the first that has a post, before the post they share, or alone before a verb."""

import re
from dataclasses import dataclass
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.names import (
    NOT_UNUSUAL,
    SITS,
    begins_rarely,
    looks_like_name,
    name_at,
    surname_length,
)
from gongjian.engines.reports.vocabulary import CJK, either, grammar, words

MANY, FULL = 3, 3  # in a list of three names an unusual surname is accepted
PLACE_TAIL = "市县区镇乡州旗盟委府办部局院校厂会处科所站"
JOIN = re.compile(r"以及|[、和及与]")
MAX_RUN = 34


@dataclass(frozen=True)
class NameWithPosts:
    """A name in the text, with the ranges of the posts printed beside it."""

    start: int
    end: int
    posts: tuple[tuple[int, int], ...] = ()


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(either(grammar("posts", "ranks")))


def names_following(text: str, stop: int, limit: int) -> list[tuple[int, int]]:
    """The ranges of the further names of a list whose first name ends at `stop`: 乙 and 丙 in 副市长甲、乙和丙."""
    found: list[tuple[int, int]] = []
    join = JOIN.match(text, stop, limit)
    while join:
        end = _next_name(text, join.end(), limit)
        if end == join.end():
            break
        found.append((join.end(), end))
        join = JOIN.match(text, end, limit)
    return found


@cache
def _whole_list() -> re.Pattern[str]:
    item = rf"[{CJK}]{{2,3}}"
    return re.compile(
        rf"{item}(?:[、和及]{item}){{2,40}}?(?=(?:等)?(?:{either(grammar('posts', 'after_name'))}))"
    )


def names_of_whole_list(text: str, start: int, limit: int) -> list[tuple[int, int]]:
    """The ranges of three names or more that stand between the post they share and a verb: 区领导甲、乙、丙出席."""
    listed = _whole_list().match(text, start, limit)
    items = list(re.finditer(r"[^、和及]+", listed.group())) if listed else []
    if not all(looks_like_name(m.group()) or is_unusual_name(m.group()) for m in items):
        return []
    return [(start + m.start(), start + m.end()) for m in items]


def _next_name(text: str, start: int, limit: int) -> int:
    """The end of the next name of a list, where an unusual surname is accepted; `start` itself without one."""
    run = re.compile(rf"[{CJK}]{{1,{MAX_RUN}}}").match(text, start, limit)
    if run is None:
        return start
    kept = re.compile(rf"[{CJK}]{{2}}和(?={either(grammar('posts', 'after_name'))}|带队)").match(
        text, start, limit
    )
    if kept and looks_like_name(text[start : start + 2]):
        return kept.end()
    item = re.compile(rf"[{CJK}]{{2,3}}(?=[、,;。]|和|及|以及)").match(text, start, limit)
    if item and (is_unusual_name(item.group()) or _is_named_he(text, *item.span())):
        return item.end()
    end = min(name_at(text, start), limit)
    if end > start and (_ends_name(text, end) or not _rank().search(text, end, run.end())):
        return end
    return start


def _is_named_he(text: str, start: int, end: int) -> bool:
    """Whether a whole item of a list begins with the surname 和, which joins nothing after a comma: 甲、和平、乙."""
    return (
        text[start] == "和"
        and text[start - 1 : start] == "、"
        and text[end : end + 1] in tuple("、,。;")
        and not _rank().search(text, start, end)
        and text[end - 1] not in PLACE_TAIL
    )


def is_unusual_name(word: str) -> bool:
    """Whether a word that stands among names can be one, whatever its surname."""
    return (
        word[-1] not in PLACE_TAIL
        and (word[0] not in NOT_UNUSUAL or begins_rarely(word))
        and not word.startswith(words("names", "not_names"))
        and not _rank().search(word)
        and not word.startswith(grammar("posts", "after_name"))
    )


def _ends_name(text: str, end: int) -> bool:
    after = text[end : end + 4]
    return (
        not after
        or after[0] in "、,。;和及与等"
        or SITS.match(text, end) is not None
        or after.startswith((*grammar("posts", "after_name"), "带领", "以及"))
    )


@cache
def _closed_list() -> re.Pattern[str]:
    item = rf"(?:[{CJK}]{{2,8}}(?:·[{CJK}]{{2,9}})+|[{CJK}]{{2,4}}?)"
    post = rf"(?:其他|在家的?|在职的?|在岗)?(?P<post>[省市县区镇乡州旗盟](?:\([市县区、]{{1,3}}\))?[{CJK}]{{0,8}}?{either(grammar('posts', 'closing'))})"
    many = r"等\d{1,3}人(?=“|被|荣?获|受到)|等(?:近|约)?(?:\d{1,3}|[两二三四五六七八九十]{1,3})余?[位名](?=[^,。;]{0,8}(?:委员|企业家|代表|负责人|专家|嘉宾|同志|党员|客商|老总|人大代表))"
    with_whom = r"等(?:民营|青年|优秀|知名|外地|异地)?(?:企业家|企业|客商|专家|商会)(?:代表)?(?=一?一?(?:座谈|交流|展开|进行|面对面|围坐|共|亲切|深入|欢聚|就|谈|交谈|一起|合影))"
    speak = r"等(?:[省市县区])?(?:人大|政协)?(?:代表|委员|企业家|专家)(?=先后|分别|围绕|踊跃|依次|结合|畅谈|积极|作了?|就|发言|参加)"
    closing = rf"(?:等(?:\d{{0,3}}[位名人])?)?(?:{either(grammar('posts', 'after_name'))}|{post})|{many}|{speak}|{with_whom}"
    offices = r"(?:以?及|和|与)(?=[省市县区镇乡街各相有](?:[^,。;]{2,60}?)(?:参加|出席|陪同|参会|随同|列席|到会|一同))"
    closing = rf"{closing}|{offices}"
    return re.compile(
        rf"(?:(?<![{CJK}])|(?<=[及和与由有是])|(?<=授予)|(?<=表彰)|(?<={either(words('names', 'callings'))}))(?:(?:{item})(?:、|和|及|以及|与)){{1,40}}{item}(?={closing}|等同志|等[,。])"
        rf"|(?:(?<=有)|(?<=有:)|(?<=[席加同会]的:))(?:{item}(?:、|和|及|以及|与)){{1,40}}[{CJK}]{{2,3}}(?=[。,])"
    )


@cache
def _label_of_attendance() -> re.Pattern[str]:
    item = rf"[{CJK}]{{2,4}}(?:·[{CJK}]{{2,9}})*"
    return re.compile(
        rf"(?:参会|参加|出席|列席|到会|与会|陪同|随同|带队|主持)(?:人员|领导|同志|人)?:\s*(?P<names>{item}(?:[、 ,]+{item}){{0,40}})(?=\s*(?:。|;|$|\n|等))",
        re.MULTILINE,
    )


def names_after_labels(source: SourceText) -> list[NameWithPosts]:
    """Names in the list of a record of a meeting: 参会人员:甲 乙 丙."""
    found: list[NameWithPosts] = []
    for match in _label_of_attendance().finditer(source.text):
        items = list(re.finditer(rf"[{CJK}·]+", match["names"]))
        if all(looks_like_name(m.group()) or is_unusual_name(m.group()) for m in items):
            base = match.start("names")
            found += [NameWithPosts(base + m.start(), base + m.end()) for m in items]
    return found


def names_in_lists(source: SourceText) -> list[NameWithPosts]:
    """Names in a closing list: 甲、乙、丙参加, or before the post they share: 甲、乙等市领导."""
    names: list[NameWithPosts] = []
    for sentence in source.sentences:
        if sentence.kind == "body":
            for match in _closed_list().finditer(source.text, sentence.start, sentence.end):
                names += _names_of_list(match)
    return names


def _names_of_list(match: re.Match[str]) -> list[NameWithPosts]:
    names: list[NameWithPosts] = []
    post = (match.span("post"),) if match["post"] else ()
    items = _after_verb(_items(match.group()))
    if _is_refrain(match.string, match.start(), items):
        return []
    for offset, word in items:
        rare = len(items) >= MANY and len(word) <= FULL and (is_unusual_name(word) or _ends_in_meeting(word))
        if not looks_like_name(word) and not rare:
            return []
        names.append(NameWithPosts(match.start() + offset, match.start() + offset + len(word), post))
    return names


BEFORE_FIRST = re.compile(r"授予|表彰|奖励|表扬|聘任|聘请|对|为|向|给|与|由|和|有|是")


def _after_verb(items: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The items without what stands before the first name: 授予甲、乙等10人“…”称号."""
    offset, word = items[0]
    verb = BEFORE_FIRST.match(word)
    if verb is None or looks_like_name(word) or not looks_like_name(word[verb.end() :]):
        return items
    return [(offset + verb.end(), word[verb.end() :]), *items[1:]]


def _is_refrain(text: str, start: int, items: list[tuple[int, str]]) -> bool:
    """Whether a list says one thing of many, with one word before each: 有土地、有配套、有政策."""
    before = text[start - 1 : start]
    firsts = {word[0] for _offset, word in items[1:]}
    return (
        len(items) > 1
        and len(firsts) == 1
        and (
            before in firsts
            or (len(items) >= MANY and items[0][1][0] in firsts and not surname_length(items[0][1]))
        )
    )


def _ends_in_meeting(word: str) -> bool:
    """Whether a full name ends in 会, as many a given name does, and is no meeting or body: 王军会 among names."""
    body = word.endswith((*grammar("meetings", "not_any"), "大会", "例会", "党会", "全会"))
    return len(word) == FULL and word[-1] == "会" and surname_length(word) > 0 and not body


def _items(listed: str) -> list[tuple[int, str]]:
    """The items of a list with their offsets; 和 inside a name of three characters stays with it."""
    found: list[tuple[int, str]] = []
    for piece in re.finditer(r"[^、]+", listed):
        word = piece.group()
        if looks_like_name(word) or (found and word[0] == "和" and _is_named_he(listed, *piece.span())):
            found.append((piece.start(), word))
            continue
        found += [
            (piece.start() + m.start(), m.group()) for m in re.finditer(r"(?:(?!以及|[和及与]).)+", word)
        ]
    return found
