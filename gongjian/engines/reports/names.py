"""Recognises people's names and where they end, by surnames, by verbs that follow and by the rest of the text."""

import re
from functools import cache

from gongjian.engines.reports.vocabulary import CJK, any_of, either, words

DOTTED = re.compile(rf"[{CJK}]{{2,8}}(?:·[{CJK}]{{2,9}})+")
RUN = re.compile(rf"[{CJK}]{{1,14}}")
PUNCTUATION = "、,。;:!?()“”‘’《》 \n/…"
COMRADE = "同志"
SHORT, FULL, COMPOUND = 2, 3, 2
LONGEST_TRANSLITERATED = 6
NEIGHBOURHOOD = 8_000  # characters on either side in which a name is looked for again
CERTAIN, STRONG, WEAK = 5.0, 3.0, 2.0
HALF = 0.5
# characters that end a place, an office or a thing, never a given name
NOT_LAST = frozenset("市县区镇乡州旗委局厅会院校厂司部办站所处科长记任员们等各")
NOT_UNUSUAL = frozenset(
    "的了是在与及其之说要就被把也还并对从等们到各我你他她它这那每本该某为有已曾正将和向同给让请使因于以"
    "用则又便均都走看问听称谈握站坐沿逐一二三四五六七八九十两不人大小多少上中下前后内外新老全共会组办局委"
    "市县区镇乡村省州旗党政抓带率作任做赴携边当先再另即如若但或且而所做好没未能可需应须进出来去过起开"
)
NEVER_LAST = frozenset("在与要就被把将对从到均又便")  # no clause ends in these, so 白自在, is a name
DAY_AFTER = re.compile(r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日")  # 县长甲5月6日主持召开
SITS = re.compile(
    r"在(?:主席台|主会场|分会场|会上|会议上|大会上|座谈|仪式上|总结|讲话|现场|视频|[^,。;]{2,30}陪同下)"
)
CLAUSE_ENDS = frozenset(",、。;")
VERB_OR_NAME = frozenset("任会")
SHORT_VERBS = frozenset("为作就到对在与从将也还把被要请让给说看听问")  # 张继作交流发言 is 张继
FUNCTION = (
    *tuple("的了是在与及其说要就被把也还并对从等们到各都均又则仍便即"),
    "书记",
    "主任",
    "局长",
    "市长",
    "县长",
    "区长",
    "镇长",
    "部长",
    "主席",
    "经理",
    "政府",
    "市委",
    "县委",
    "区委",
    "成员",
    "同志",
)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(words("names", "surnames"))


@cache
def _rare_surnames() -> frozenset[str]:
    return frozenset(words("names", "rare_surnames"))


@cache
def _syllables() -> frozenset[str]:
    return frozenset(words("names", "transliteration"))


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(
        either(words("verbs", "speech") + words("verbs", "other") + words("verbs", "following"))
    )


def surname_length(text: str) -> int:
    """The length of the surname at the beginning of the text; 0 without one."""
    for surname in words("names", "compound_surnames"):
        if text.startswith(surname):
            return len(surname)
    return 1 if text[:1] in _surnames() else 0


def name_lengths(text: str) -> tuple[int, ...]:
    """The possible lengths of a full name at the beginning of the text; empty when it cannot be one."""
    surname = surname_length(text)
    if surname >= COMPOUND:
        return (surname + 1, surname + 2)
    lengths = (2, 3) if surname else ()
    syllables = next(
        (i for i, char in enumerate(text[:LONGEST_TRANSLITERATED]) if char not in _syllables()),
        min(len(text), LONGEST_TRANSLITERATED),
    )
    return lengths + tuple(n for n in range(FULL, syllables + 1) if n not in lengths)


def begins_rarely(word: str) -> bool:
    """Whether the word begins with a surname that is an everyday word as well (来, 练)."""
    return word[:1] in _rare_surnames() and not word.startswith(words("names", "not_names"))


def looks_like_name(word: str) -> bool:
    """Whether the word as a whole can be a person's name."""
    if "·" in word:
        return bool(DOTTED.fullmatch(word))
    if word.startswith(words("names", "not_names")) or word[-1:] in NOT_LAST or _ends_in_function(word):
        return False
    return len(word) in name_lengths(word)


def _ends_in_function(word: str) -> bool:
    """Whether a word ends in what follows a name; 之 ends many a given name (闵行之), never a name of two characters."""
    return word.endswith(FUNCTION) or (word.endswith("之") and len(word) < FULL)


def name_at(text: str, start: int, *, unusual: bool = False) -> int:
    """The end of the name that begins at `start`; `start` itself without one.

    `unusual`: after a post, where a name with a surname not on the list is accepted if a verb or a comma ends it.
    """
    dotted = DOTTED.match(text, start)
    if dotted:
        return _dotted_end(text, dotted)
    run = RUN.match(text, start)
    if not run:
        return start
    word = run.group()
    whole = _everyday_length(text, start, word) if unusual else 0
    if whole:
        return start + whole
    if word.startswith(words("names", "not_names")) or _opens_with_verb(word):
        return start
    best, best_score = 0, 0.0
    for length in name_lengths(word):
        score = _score(text, start, word, length)
        if score > best_score:
            best, best_score = length, score
    if unusual and best_score < STRONG:
        best = _rare_length(text, start, word) or _unusual_length(text, start, word) or best
    return start + best


def _everyday_length(text: str, start: int, word: str) -> int:
    """The length of a name after a post that begins like, or is, an everyday word; 0 without one."""
    if word.startswith(words("names", "also_names")) and right_boundary(text, start + SHORT) >= STRONG:
        return SHORT
    listed = len(word) >= FULL and surname_length(word) and _is_listed_whole(text, start, word)
    return FULL if listed else 0


def _is_listed_whole(text: str, start: int, word: str) -> bool:
    """Whether three characters after a post that begin with an everyday word are an item of a list all the same: 主任高兴华、."""
    return (
        (word.startswith(words("names", "not_names")) or _opens_with_verb(word))
        and text[start + FULL : start + FULL + 1] == "、"
        and word[2] not in NOT_LAST
        and not _ends_in_function(word[:FULL])
        and not _two_character_verb().search(word[1:FULL])
    )


def _rare_length(text: str, start: int, word: str) -> int:
    """The length of a name with a surname that is an everyday word, where punctuation or a clear verb ends it; 0 without one."""
    if not begins_rarely(word) or surname_length(word):
        return 0
    scores = {
        n: _score(text, start, word, n)
        for n in (SHORT, FULL)
        if len(word) >= n and word[n - 1] not in NOT_LAST and _is_bounded(text, start, start + n)
    }
    return max(scores, key=lambda n: scores[n]) if scores and max(scores.values()) > 0 else 0


def _is_bounded(text: str, start: int, end: int) -> bool:
    """Whether punctuation or a clear verb ends a name, or a short verb one that is printed again."""
    right = right_boundary(text, end)
    again = (
        right >= WEAK and text.count(text[start:end], max(start - NEIGHBOURHOOD, 0), end + NEIGHBOURHOOD) > 1
    )
    return right >= STRONG or again


def _unusual_length(text: str, start: int, word: str) -> int:
    """The length of a name whose surname is not on the list: three or four characters before a verb or a comma; 0 without one."""
    if word[0] in NOT_UNUSUAL:
        return 0
    for length in (4,) if surname_length(word) else (3, 4):
        name = word[:length]
        plain = not (
            set(name) & NOT_LAST or name.endswith(FUNCTION) or _two_character_verb().search(name[1:])
        )
        foreign = length == FULL or sum(char in _syllables() for char in name) * 2 >= length
        foreign = foreign or text.count(name, max(start - NEIGHBOURHOOD, 0), start + NEIGHBOURHOOD) > 1
        if plain and foreign and len(word) >= length and right_boundary(text, start + length) >= STRONG:
            return length
    return 0 if surname_length(word) else _repeated_length(text, start, word)


def _repeated_length(text: str, start: int, word: str) -> int:
    """The length of an unusual name of two or three characters that stands alone elsewhere in the report as well; 0 without one."""
    low, high = max(start - NEIGHBOURHOOD, 0), start + NEIGHBOURHOOD
    for length in (FULL, SHORT):
        name = word[:length]
        if len(word) < length or set(name) & (NOT_LAST | NOT_UNUSUAL) or name.endswith(FUNCTION):
            continue
        if _two_character_verb().search(name) or right_boundary(text, start + length) < WEAK:
            continue
        alone = re.compile(rf"(?<![{CJK}]){name}(?:[,、;。:]|{either(words('verbs', 'presenting'))})")
        if alone.search(text, start + length, high) or alone.search(text, low, start):
            return length
    return 0


@cache
def _two_character_verb() -> re.Pattern[str]:
    verbs = words("verbs", "speech") + words("verbs", "other") + words("verbs", "following")
    return re.compile(either(tuple(verb for verb in verbs if len(verb) > 1)))


def _opens_with_verb(word: str) -> bool:
    verb = any_of("verbs", "speech").match(word) or _verbs().match(word)
    return bool(verb) and len(verb.group() if verb else "") > 1


def _dotted_end(text: str, match: re.Match[str]) -> int:
    last = text.rfind("·", match.start(), match.end()) + 1
    for position in range(last + 2, match.end()):
        if _verbs().match(text, position):
            return position
    return match.end()


def _score(text: str, start: int, word: str, length: int) -> float:
    """How well the name ends after `length` characters; 0 means it cannot."""
    if length == SHORT and word[1:2] == "总":
        return 0.0  # 陶总 is a form of address
    if word[1:2] == "的":
        return 0.0  # 时的重 of 委员时的重要讲话
    right = right_boundary(text, start + length)
    whole = (
        length == FULL
        and word[2:3] in NEVER_LAST
        and text[start + length : start + length + 1] in CLAUSE_ENDS
    )
    if length > len(word) or (right < CERTAIN and not whole and _ends_in_function(word[:length])):
        return 0.0
    evidence = _evidence_elsewhere(text, start, word, length)
    if right == 0.0 and evidence <= 0:
        return (
            0.3
            if length == FULL and len(word) > FULL and word[2] not in "".join(words("verbs", "other"))
            else 0.0
        )
    ends_in_verb = length == FULL and word[2] in SHORT_VERBS and not (word[2] == "为" and right >= STRONG)
    doubt = 1.5 if word[length - 1] in NOT_LAST or ends_in_verb else 0.0
    if whole or (
        doubt
        and length == FULL
        and word[2] in VERB_OR_NAME
        and text[start + length : start + length + 1] in PUNCTUATION
    ):
        doubt = 0.0  # 赵元任, is a name: 任 as a verb would go on
    if length >= FULL and right < CERTAIN and _evidence_elsewhere(text, start, word, length - 1) > HALF:
        doubt = max(doubt, 1.5)  # 许褚正带着: 许褚 is printed elsewhere without 正
    return right + evidence + 0.1 * length - doubt


def right_boundary(text: str, position: int) -> float:
    """How clearly a name ends at an offset: 0 where nothing shows it, WEAK, STRONG or CERTAIN."""
    if text.startswith(COMRADE, position):
        return CERTAIN
    if position >= len(text) or text[position] in PUNCTUATION:
        return STRONG
    if DAY_AFTER.match(text, position):
        return STRONG
    verb = _verbs().match(text, position)
    if verb and SITS.match(text, position):
        return STRONG
    if not verb:
        return WEAK if text[position] == "的" else 0.0
    return STRONG if len(verb.group()) > 1 else WEAK


def _evidence_elsewhere(text: str, start: int, word: str, length: int) -> float:
    """Evidence from the text around, -1.5 to 1: a name is complete if different characters follow it elsewhere."""
    low, high = max(start - NEIGHBOURHOOD, 0), start + NEIGHBOURHOOD
    total = text.count(word[:length], low, high)
    if total == 1 or length + 1 > len(word):
        return 0.0 if total == 1 else 0.5
    longer = text.count(word[: length + 1], low, high)
    return -1.5 if longer == total and length < FULL else 1.0
