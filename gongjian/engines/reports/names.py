"""Recognises people's names and where they end, by surnames, by verbs that follow and by the rest of the text."""

import re
from functools import cache, lru_cache

from gongjian.engines.reports.vocabulary import CJK, any_of, either, words

DOTTED = re.compile(rf"[{CJK}]{{2,8}}(?:·[{CJK}]{{2,9}})+")
RUN = re.compile(rf"[{CJK}]{{1,12}}")
PUNCTUATION = "、,。;:!?()“”‘’《》 \n/…"
LONG_NAME, FULL, COMPOUND = 4, 3, 2
STRONG, WEAK = 3.0, 2.0
# characters that end a place, an office or a thing, never a given name
NOT_LAST = frozenset("市县区镇乡州旗委局厅会院校厂司部办站所处科长记任员们等各")
FUNCTION = (
    *tuple("的了是在与及其之说要就被把也还并对从等们到各"),
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
)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(words("names", "surnames"))


@cache
def _syllables() -> frozenset[str]:
    return frozenset(words("names", "transliteration"))


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(either(words("verbs", "speech") + words("verbs", "other")))


def surname_length(text: str) -> int:
    """The length of the surname at the beginning of the text; 0 without one."""
    if text[:2] in words("names", "compound_surnames"):
        return 2
    return 1 if text[:1] in _surnames() else 0


def name_lengths(text: str) -> tuple[int, ...]:
    """The possible lengths of a full name at the beginning of the text; empty when it cannot be one."""
    surname = surname_length(text)
    if surname == COMPOUND:
        return (3, 4)
    lengths = (2, 3) if surname else ()
    if len(text) >= LONG_NAME and set(text[:LONG_NAME]) <= _syllables():
        return (*lengths, LONG_NAME)
    return lengths


def looks_like_name(word: str) -> bool:
    """Whether the word as a whole can be a person's name."""
    if "·" in word:
        return bool(DOTTED.fullmatch(word))
    if word.startswith(words("names", "not_names")) or word[-1:] in NOT_LAST or word.endswith(FUNCTION):
        return False
    return len(word) in name_lengths(word)


def name_at(text: str, start: int) -> int:
    """The end of the name that begins at `start`; `start` itself without one."""
    dotted = DOTTED.match(text, start)
    if dotted:
        return _dotted_end(text, dotted)
    run = RUN.match(text, start)
    if not run:
        return start
    word = run.group()
    if word.startswith(words("names", "not_names")) or _opens_with_verb(word):
        return start
    best, best_score = 0, 0.0
    for length in name_lengths(word):
        score = _score(text, start, word, length)
        if score > best_score:
            best, best_score = length, score
    return start + best


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
    if length > len(word) or word[:length].endswith(FUNCTION):
        return 0.0
    right = _right_boundary(text, start + length)
    evidence = _evidence_elsewhere(text, word, length)
    if right == 0.0 and evidence <= 0:
        return (
            0.3
            if length == FULL and len(word) > FULL and word[2] not in "".join(words("verbs", "other"))
            else 0.0
        )
    doubt = 1.5 if word[length - 1] in NOT_LAST else 0.0
    return right + evidence + 0.1 * length - doubt


def _right_boundary(text: str, position: int) -> float:
    if position >= len(text) or text[position] in PUNCTUATION:
        return STRONG
    verb = _verbs().match(text, position)
    if not verb:
        return 0.0
    return STRONG if len(verb.group()) > 1 else WEAK


@lru_cache(maxsize=8192)
def _occurrences(text: str, word: str) -> int:
    return text.count(word)


def _evidence_elsewhere(text: str, word: str, length: int) -> float:
    """Evidence from the rest of the text, -1.5 to 1: a name is complete if different characters follow it elsewhere."""
    total = _occurrences(text, word[:length])
    if total == 1 or length + 1 > len(word):
        return 0.0 if total == 1 else 0.5
    longer = _occurrences(text, word[: length + 1])
    return -1.5 if longer == total and length < FULL else 1.0
