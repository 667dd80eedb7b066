"""Lines that tell something although no full stop ends them, as pages for the telephone have them.

Such a page breaks a sentence where the eye rests: the day, who came and what he did each have a line. Lines that go on are
read as one, divided by a comma; a title, a caption and a heading stay what they are.
"""

import re
from functools import cache

from gongjian.engines.reports.vocabulary import CJK, either, grammar, words

LONGEST = 45
ENDS = "。!?;…:,、"
DAY = re.compile(r"\s*(?:今天|昨天|今日|昨日|近日|日前|连日来|(?:\d{4}年)?\d{1,2}月\d{1,2}日)")
ONLY_DAY = re.compile(
    r"\s*(?:今天|昨天|今日|昨日|近日|日前|连日来|(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?:\([^()]{1,12}\))?(?:[上下]午|晚上?|清晨|一早|一大早)?(?:\d{1,2}[时点](?:\d{1,2}分|半)?)?[,:]?\s*"
)
GOES_ON = re.compile(
    r"\s*(?:深入|走进|来到|前往|赴|到|先后|实地|专题|就|带队|率队|带领|率领|主持|出席|参加|陪同|列席|作|并|宣读|宣布|通报|调研|走访|召开|分别)"
)
TELLS_ON = re.compile(
    r"\s*(?:随后|接着|之后|当天|同日|当日|会上|会前|会后|座谈中|调研中|走访中|在|来到|走进|得知|针对)"
)
NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}[、.]|[(（]?\d{1,2}[.、)])")
# the labels of a record of a meeting
LABEL = re.compile(
    r"\s*(?:会议)?(?P<label>时间|地点|主持人?|召集人|参会人员|参加人员|出席人员|出席|列席人员|列席|参加|与会人员)\s*:\s*(?=\S)"
)
MINUTES = re.compile(
    r"\s*(?:会议)?时间:.*?,(?:会议)?(?:地点|主持人?|召集人|(?:参会|参加|出席|与会)(?:人员)?):"
)
OF_MINUTES = frozenset(
    {"地点", "主持", "主持人", "召集人", "参会人员", "参加人员", "出席人员", "出席", "与会人员"}
)
FEWEST = 8  # characters of a line that tells something


@cache
def _rank() -> str:
    return either(grammar("posts", "ranks"))


@cache
def _who() -> re.Pattern[str]:
    """A line that only says who: 县人大常委会主任甲, 县长乙一行."""
    return re.compile(rf"[^,。;:]*{_rank()}[{CJK}·]{{2,4}}(?:[、,][{CJK}·]{{2,4}})*(?:一行|等)?\s*")


@cache
def _acts() -> re.Pattern[str]:
    verbs = (
        *words("verbs", "speech"),
        *words("verbs", "presiding"),
        *grammar("visits", "strong"),
        *grammar("visits", "company"),
    )
    return re.compile(
        rf"{_rank()}[^,。;:]{{2,12}}?(?:{either(tuple(v for v in verbs if len(v) > 1))}|到|与|获)"
    )


def _is_short(line: str) -> bool:
    bare = line.strip().rstrip("”")
    return 0 < len(bare) <= LONGEST and bare[-1] not in ENDS and "。" not in bare


def told_lines(lines: list[str], kinds: list[str]) -> tuple[set[int], set[int]]:
    """Of the lines of a report with their kinds those that the next one goes on from, and those that tell something."""
    begun = False
    joined: set[int] = set()
    told: set[int] = set()
    who = _who()
    for number, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        open_line = kind == "heading" and _is_short(line) and not NUMBERED.match(line)
        if open_line and number and (begun or ONLY_DAY.fullmatch(line)):
            begun = True
            following = number + 1 < len(lines) and kinds[number + 1] in {"heading", "body"}
            after = lines[number + 1] if following else ""
            halts = ONLY_DAY.fullmatch(line) or who.fullmatch(line)
            if following and (halts or GOES_ON.match(after)) and not NUMBERED.match(after):
                joined.add(number)
                told |= {number, number + 1}
            elif number - 1 in joined or DAY.match(line) or _tells(line):
                told.add(number)
        begun = begun or kind == "body"
    minutes, head = _minutes(lines)
    return joined | head, told | minutes


def _minutes(lines: list[str]) -> tuple[set[int], set[int]]:
    """The labelled lines of a record of a meeting, and those of time, place and chair that are read as one."""
    labels = {
        n: m["label"] for n, line in enumerate(lines) if (m := LABEL.match(line)) and len(line) <= LONGEST * 4
    }
    first = next((n for n, label in labels.items() if label == "时间"), None)
    if first is None or not (labels.get(first + 1) in OF_MINUTES or MINUTES.match(lines[first])):
        return set(), set()
    last = first
    while last + 1 in labels:
        last += 1
    block = set(range(first, last + 1))
    head = {n for n in block if labels[n] in OF_MINUTES | {"时间"} and labels.get(n + 1) in OF_MINUTES}
    return block, head


def _tells(line: str) -> bool:
    return len(line.strip()) >= FEWEST and bool(TELLS_ON.match(line) or _acts().search(line))
