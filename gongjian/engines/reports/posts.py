"""Posts (职务) in running text: a rank, the organ before it, lists joined by 、 and the name beside them."""

import re
from functools import cache

from gongjian.engines.reports.clean_text import Sentence, SourceText
from gongjian.engines.reports.name_lists import NameWithPosts, names_following, names_of_whole_list
from gongjian.engines.reports.names import WEAK, looks_like_name, name_at, right_boundary, surname_length
from gongjian.engines.reports.vocabulary import CJK, either, either_of_many, grammar, places, words

MAX_ORGAN = 34
LONG_POST = 5  # characters of a post that names its organ
DEPUTY = re.compile(r"(?:党组|党委|常务|专职|执行|第一|代理|副|代|总|原)+$")
ELECT = re.compile(r"(?:提名)?(?:人选|候选人)")
MASK = "＃"
OUR = re.compile(r"(?:(?<=[我本该])|[我本该])[市县区镇乡州](?=[市县区镇乡州])")  # 我市市委常委 is 市委常委
SPEAKS_FOR = re.compile(r"(?:企业|客商|单位|业主|商户|银行|群众|党员|职工|项目)(?:家|方)?代表$")
# a name between its organ and its rank: 省工信厅程砚秋副厅长
NAME_WITHIN = re.compile(
    rf"[{CJK}]{{0,12}}(?:[局厅委办会院组队班]|公司|集团|中心|街道)(?P<name>[{CJK}]{{3}})"
)
OF_A_FIRM = re.compile(rf"[{CJK}()]{{2,24}}?(?:公司|集团|银行|合作社|[总]厂)(?=[{CJK}]{{2,8}})")
NUMBERED_POST = re.compile(r"暨?[一二三四五六七八九十百千万两数\d]{1,4}余?[名位]")
SHARED = ("领导", "委员", "代表", "成员")  # posts that a whole list of people shares
OFFICE_OR_NAME = re.compile(r"[路林河班]长")  # 局长路长歌 is a 局长 whose name is 路长歌
REMARK = re.compile(r"\([^()]{1,12}\)")
PLACE_TAIL = "市县区镇乡州旗盟委府办局部院校厂会处科所站"


@cache
def _rank() -> re.Pattern[str]:
    speaks_for = r"代表(?!性|企业|[省市县区镇乡]|们|大会|团|队|作|发言|全|与|着|了|我|组|工作|其|所|广大|会|建议|和|视察|资格|、)"
    return re.compile(
        rf"(?:{either(grammar('posts', 'ranks'))}|人大代表(?=、[{CJK}])|副总(?![经裁工会干编监规设量])|{speaks_for})(?!{either(grammar('posts', 'not_before'))})"
    )


@cache
def _left_boundaries() -> re.Pattern[str]:
    joined = f"和(?!{either(words('boundaries', 'after_and'))})"
    return re.compile(rf"{either(words('boundaries', 'left'))}|{joined}")


@cache
def _unbroken_words() -> re.Pattern[str]:
    families = f"[{''.join(words('names', 'surnames'))}]家(?=[{CJK}]{{0,2}}[桥湾庄港镇乡村街坡山河口坪集店营沟岗寨巷渡滩坝岭窑屯堡塘洼峪楼界川沱])"
    return re.compile(rf"{either_of_many(places())}|{families}|{either(words('boundaries', 'whole'))}")


@cache
def _place() -> re.Pattern[str]:
    return re.compile(either_of_many(places()))


@cache
def _prepositions() -> re.Pattern[str]:
    inside = set(words("boundaries", "inside_firms"))
    before = either(tuple(w for w in words("boundaries", "left") if w not in inside))
    return re.compile(rf"{before}|(?<=[一两三四五六七八九十\d])家")


def cut_left(text: str, start: int, end: int, *, joined: bool = True) -> int:
    """The start of the noun that ends at `end`: after the last preposition, verb or date word in the range.

    `joined`: 和, 及 and 与 divide as well; in the name of a firm they may be part of it.
    """
    segment = _unbroken_words().sub(lambda m: MASK * len(m.group()), text[start : end + 1])[: end - start]
    last = start
    pattern = _left_boundaries() if joined else _prepositions()
    for boundary in pattern.finditer(segment):
        at = start + boundary.end()
        alone = len(boundary.group()) == 1 and boundary.start() == 1 and text[start - 1 : start] == "、"
        if alone and boundary.group() not in "和及与的在是由家":
            continue  # 码上飞软件创始人 in a list
        if boundary.end() < len(segment) and not _breaks_place(text, last, at - len(boundary.group()), at):
            last = at
    return last


BROKEN = re.compile(
    rf"(?![省市县区镇乡州旗副全各我本该])[{CJK}](?:[市县区镇乡旗]|街道)(?:[委长政人党纪工团]|监委|办|街道|副)|(?P<level>[县区镇乡])(?P=level)长|(?<=[下上里同来日月家进有])街道(?:党|办|人大)|(?P<organ>[局处厅所站院部会校社])(?P=organ)长"
)


TWICE = re.compile(r"(?P<organ>[局处厅所站院部校社])(?P=organ)长")  # what is left of 服务站站长


def _breaks_place(text: str, low: int, start: int, end: int) -> bool:
    """Whether a boundary of one character would leave half a name: 里 in 七里河区委, 上 in 源上镇党委, 进 in 促进局局长."""
    twice = TWICE.match(text, end)
    return bool(twice) or (end - start == 1 and start > low and bool(BROKEN.match(text, end)))


def names_with_posts(source: SourceText, known: tuple[str, ...] = ()) -> list[NameWithPosts]:
    """Every name with a post beside it, in order; of `known` names it is certain where they end."""
    names: list[NameWithPosts] = []
    certain = re.compile(either(tuple(sorted(known, key=len, reverse=True)))) if known else None
    for sentence in source.sentences:
        if sentence.kind in {"body", "heading", "caption"}:
            names += _names_in_sentence(source.text, sentence, certain)
    return names


def _names_in_sentence(text: str, sentence: Sentence, certain: re.Pattern[str] | None) -> list[NameWithPosts]:
    spans = _post_spans(text, sentence)
    names: list[NameWithPosts] = []
    index = 0
    while index < len(spans):
        group = [spans[index]]
        while index + 1 < len(spans) and (
            _is_one_list(text, group[-1][1], spans[index + 1][0])
            or _goes_on_after_comma(text, group, spans[index + 1])
        ):
            index += 1
            group.append(spans[index])
        index += 1
        names += _names_beside_posts(text, sentence, _as_printed(text, group), certain=certain)
    return names


def _as_printed(text: str, group: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The posts of a list as printed: 副董事长兼总裁 is one, and 企业代表 before another post is none."""
    posts: list[tuple[int, int]] = []
    for start, end in group:
        joined = posts and posts[-1][1] == start
        if joined and text.startswith("兼", start):
            posts[-1] = (posts[-1][0], end)
        elif joined and SPEAKS_FOR.search(text, *posts[-1]):
            posts[-1] = (start, end)
        else:
            posts.append((start, end))
    return posts


def _is_one_list(text: str, end: int, start: int) -> bool:
    """Whether two posts belong to one list: 、, nothing or a remark in brackets stands between them."""
    return start >= end and bool(re.fullmatch(r"(?:\([^()]{1,12}\))?[、兼]?", text[end:start]))


def _goes_on_after_comma(text: str, group: list[tuple[int, int]], following: tuple[int, int]) -> bool:
    """Whether posts of one person go on after a comma: 市委统战部副部长,市工商联党组书记、常务副主席甲."""
    (start, end), (then, _) = group[-1], following
    opens = text[group[0][0] - 1 : group[0][0]] in tuple(",。;日午\n")
    return (
        len(group) == 1
        and opens
        and text[end:then] == ","
        and end - start > LONG_POST
        and text[then] in "省市县区镇州旗"
        and text[start] in "省市县区镇州旗"
        and _name_before_post(text, start, end) is None
    )


def _post_spans(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    floor = sentence.start
    for rank in _rank().finditer(text, sentence.start, sentence.end):
        if spans and spans[-1][1] == rank.start() and _is_name_like_office(text, rank):
            continue
        low = _organ_start(text, rank.start(), max(floor, sentence.start, rank.start() - MAX_ORGAN))
        ending = ELECT.match(text, rank.end())
        end = ending.end() if ending else rank.end()
        firm = spans and SPEAKS_FOR.search(text, *spans[-1]) and OF_A_FIRM.match(text, low)
        if spans and low == floor and text[low] not in "、兼," and not firm:
            low = min(name_at(text, low, unusual=True), rank.start())
        start = cut_left(text, low, rank.start() + 1)
        opening = text.rfind("“", low, start)
        if opening >= 0 and "”" in text[start : rank.start()]:
            start = cut_left(text, low, opening)  # cut inside the quoted name of a campaign
        start += text[start] in "和及与率受携" and start < rank.start() and not _place().match(text, start)
        ours = OUR.match(text, start)
        start = ours.end() if ours else start
        if start < rank.end():
            spans.append((start, end))
            floor = end
    return spans


def _is_name_like_office(text: str, rank: re.Match[str]) -> bool:
    """Whether what looks like one more office right after a post begins a name: 局长路长歌汇报."""
    return bool(OFFICE_OR_NAME.fullmatch(rank.group())) and name_at(text, rank.start()) == rank.end() + 1


# the organ of a campaign goes on after its quoted name: 市“万人助万企”活动领导小组副组长
OF_CAMPAIGN = re.compile(rf"[{CJK}]{{0,8}}(?:小组|指挥部|专班|办公室|委员会|联席会议)")
LONGEST_CAMPAIGN = 16


def _opening_of_campaign(text: str, position: int, end: int, floor: int) -> int:
    """Where the quoted name of a campaign begins that ends before `position`, inside the name of its organ; -1 without one."""
    opening = text.rfind("“", max(floor, position - LONGEST_CAMPAIGN), position)
    return opening if opening >= 0 and OF_CAMPAIGN.match(text, position, end) else -1


def _organ_start(text: str, end: int, floor: int) -> int:
    """The start of the characters before `end` that the name of an organ may contain; brackets only in pairs."""
    position, closed = end, 0
    while position > floor:
        char = text[position - 1]
        opening = _opening_of_campaign(text, position, end, floor) if char == "”" else -1
        if opening >= 0:
            position = opening
            continue
        if char == ")":
            closed += 1
        elif char == "(":
            if not closed:
                break
            closed -= 1
        elif not (char.isalpha() or char == "·" or (closed and char == "、")):
            break
        position -= 1
    return position if not closed else text.rfind(")", position, end) + 1


def _names_beside_posts(
    text: str, sentence: Sentence, group: list[tuple[int, int]], *, certain: re.Pattern[str] | None
) -> list[NameWithPosts]:
    """The names that one list of posts belongs to, after it or before it."""
    start, end = group[-1]
    remark = REMARK.match(text, end, sentence.end)
    at = remark.end() if remark else end
    at += text[at : at + 1] == " "
    sure = certain.match(text, at, sentence.end) if certain else None
    counted = text[start] in "名位" and text[start - 1 : start].isdigit()
    if text[start] == "各" or counted or NUMBERED_POST.match(text, start):
        return []  # 各县区书记依次发言, 百名行长联千企
    if SPEAKS_FOR.search(text, start, end) and OF_A_FIRM.match(text, at):
        return []  # 企业代表某某公司总经理甲: the post that counts comes next
    weak = text[start:end].endswith(grammar("posts", "weak"))
    stop = min(name_at(text, at, unusual=not weak), sentence.end)
    if sure and (stop < sure.end() or right_boundary(text, sure.end()) >= WEAK):
        stop = sure.end()
    if stop > at and not _is_honorific(text, start, end):
        shared = tuple(group) if _is_shared(text, group) else ()
        others = [NameWithPosts(a, b, shared) for a, b in names_following(text, stop, sentence.end)]
        return [NameWithPosts(at, stop, tuple(group)), *others]
    if text[start:end].endswith(SHARED):
        listed = names_of_whole_list(text, at, sentence.end)
        if listed:
            return [NameWithPosts(a, b, tuple(group)) for a, b in listed]
    turned = _name_before_post(text, *group[0])
    return [turned] if turned else []


def _is_shared(text: str, group: list[tuple[int, int]]) -> bool:
    """Whether the post before a list of names belongs to all of them: 副县长 does, 县长 does not."""
    post = text[slice(*group[-1])]
    if len(group) > 1:
        return "副" in post[-6:]
    return post.endswith(grammar("posts", "carry")) or "副" in post[-6:]


def _is_honorific(text: str, start: int, end: int) -> bool:
    """Whether it is a form of address such as 叶区长, not a post."""
    rank = _last_rank(text, start, end)
    return (
        rank - start == 1
        and surname_length(text[start]) == 1
        and text[start] not in "市县区镇乡州旗省副总代院校局厅处科部站所厂村"
    )


def _last_rank(text: str, start: int, end: int) -> int:
    rank = next((r for r in _rank().finditer(text, start, end) if r.end() == end), None)
    at = rank.start() if rank else end
    deputy = DEPUTY.search(text, start, at)
    return deputy.start() if deputy and deputy.end() == at else at


def _name_before_post(text: str, start: int, end: int) -> NameWithPosts | None:
    """The name before its post, as in 张某副主任; None when there is none."""
    rank = _last_rank(text, start, end)
    word = text[start:rank]
    if rank == end or not re.search(r"(?:长|主任|书记|主席|经理|总裁|巡视员|调研员)$", text[rank:end]):
        return None
    within = NAME_WITHIN.fullmatch(word)
    if within and looks_like_name(within["name"]) and within["name"][-1] not in PLACE_TAIL:
        return NameWithPosts(start + within.start("name"), rank, ((rank, end),))
    if not looks_like_name(word) or word[-1] in PLACE_TAIL:
        return None
    if re.search(rf"{re.escape(word)}[市县区镇乡州省](?!长)", text):
        return None
    return NameWithPosts(start, rank, ((rank, end),))
