"""Finds firms in a range of the text."""

import re

from gongjian.engines.reports.brands import find_brands
from gongjian.engines.reports.bystanders import is_bystander
from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.counts import read_number
from gongjian.engines.reports.firm_names import (
    DESCRIBED,
    LONGEST,
    SHORT_MAX,
    SHORT_MIN,
    SHORTEST,
    NameMention,
    full_ending,
    is_stem,
    longest_names,
    names_with_ending,
    noun_start,
    rank_within,
    short_ending,
    trade_words,
)
from gongjian.engines.reports.posts import cut_left
from gongjian.engines.reports.registers import Registers
from gongjian.engines.reports.vocabulary import CJK, any_of, either, words

# a sign inside the name of an item, which is no verb there: 美邻到家, 森林里乐园
ONE_SIGN = re.compile(rf"[{CJK}]{{1,3}}(?<![来走前参观到考察])[到里上下进过来有为以同家看去给从]")
MAX_LISTED = 16
BANKS = ("银行", "支行", "分行", "农商行", "信用社", "联社", "人寿", "保险")
ITEM = rf"(?:(?!等\d)[{CJK}A-Za-z\d()·])"
JOIN = r"(?:、|以及|和|及|与)"
TOUR = re.compile(
    r"(?:来到|到|走访了?|深入到?(?!了解|推进|贯彻|学习|开展|实施|研究|分析|交流)|前往|走进|赴|察看了?|查看了?|考察了?|调研了?|参观了?|观摩了?|走访慰问了?|拜访了?|对接了?|(?<=[市县区府团司会])与|分别与)(?P<items>[^,。;“”]{4,200}?)(?=[,。;“”]|等|调研|走访|考察|视察|督导|检查|看望|慰问|实地|开展|生产|车间|签|达成|举行|进行|合作|负责|$)"
)
LISTED = re.compile(
    rf"(?P<items>{ITEM}{{2,30}}(?:{JOIN}{ITEM}{{2,24}}){{1,30}})(?:等(?:\d{{1,4}}|[数多几]|[一二三四五六七八九十]{{1,4}})?(?:余|多)?[家户]?“?(?:(?!方面|领域|行业|产业|问题)[{CJK}]){{0,10}}?|(?:\d{{1,3}}|[两三四五六七八九十])[家户][{CJK}]{{0,10}}?)(?:企业(?!家|负责人?座谈)|公司(?!、)|项目业主|业主单位|业主|厂家|工厂|商家|门店|金融机构|银行(?![业卡]))"
)
# the one side of what two do, before the other: 县农商行与海拓机械、青禾食品等5家企业签约
SIDES = re.compile(
    r"[^、,。]{2,16}?(?:银?行|公司|集团|政府|[局委办])(?:分别|还|也|均|又)?[与和同](?=[^、,。]{3})"
)
# who goes through them, before a list of firms: 参会单位就海拓机械、青禾食品等13家企业现状逐个研讨
WHO_SPEAKS = re.compile(
    r"[^、,。]{0,8}?(?:单位|代表|部门|人员|大家|会议|负责人)(?:分别|逐一)?(?:就|围绕)(?=[^、,。]{3})"
)
WITH = re.compile(r"[与同](?=.{4})")
NUMBERED = re.compile(r"(\d{1,3}|[两三四五六七八九十]{1,3})家")
NO_STEM = re.compile(r"[的和]$|(?:工|农|产|企|行|就|创|物|商|林|渔|专|副|服务|制造|各|同|事|职|作|从)业$")


def find_firms(source: SourceText, start: int, end: int, registers: Registers) -> list[NameMention]:
    """The firms named in a range, in order: those on the register, then full names, then short names in lists."""
    text = source.text
    known = _firms_on_register(source, start, end, registers)
    full = [f for f in names_with_ending(text, start, end, full_ending()) if not _overlaps(f, known)]
    loose = _listed_firms(text, start, end) + _firms_by_short_name(text, start, end)
    loose += [f for f in _firms_of_heads(text, start, end) if not _overlaps(f, loose)]
    loose += [f for f in find_brands(text, start, end) if not _overlaps(f, loose)]
    certain = [f for f in full if not _is_part_of_project(text, f.end)]
    short = [f for f in loose if not _overlaps(f, known + full)]
    named = [f for f in certain + short if not is_bystander(text, f, start)]
    return longest_names(sorted(known + named, key=lambda f: f.start))


HEAD_OF_FIRM = re.compile(
    r"(?:第[一二三四]代)?(?:掌门人|当家人|接班人|传承人)|(?:党委书记、|党委副书记、)?(?:(?:副|执行)?董事长|(?:常务|执行)?副?总经理|(?:副|执行)?总裁|首席执行官|CEO|创始人|副总(?![经裁工理会])|法人代表|法定代表人|(?:行政|财务|技术|生产|销售|运营|市场|人事)总监|理事长)"
)
NO_HEAD = re.compile(
    r"(?:公司|集团|企业|协会|商会|联合会|学会|该.*|分公司|银行|信用社|党组书记|厂|长|经理|兼)$"
)


def _firms_of_heads(text: str, start: int, end: int) -> list[NameMention]:
    """Firms by the post of their head, whatever their name ends in: 经佳文化董事长."""
    firms: list[NameMention] = []
    for match in HEAD_OF_FIRM.finditer(text, start, end):
        low = noun_start(text, match.start(), max(start, match.start() - SHORT_MAX), match.start())
        name = text[low : match.start()]
        whole = low > match.start() - SHORT_MAX or text[low - 1 : low] in tuple(
            ",。;、”\n"
        )  # something before it shows where it begins
        if SHORT_MIN - 1 <= len(name) <= SHORT_MAX and whole and not NO_HEAD.search(name) and is_stem(name):
            firms.append(NameMention(name, low, match.start()))
    return firms


LONG_PROJECT = 6
OF_ITS_OWN = re.compile(
    r"年产|新建|扩建|改扩|技改|技术改造|[一二三四]期|新厂|\d|投资|迁建|搬迁|智能化|数字化"
)


def _is_part_of_project(text: str, end: int) -> bool:
    """Whether the name of a project goes on after the firm: 海拓新材料有限公司二期项目."""
    after = re.match(rf"(?P<more>[{CJK}\d]{{0,14}}?)(?:项目|工程)(?!负责|建设|经理)", text[end : end + 18])
    more = after["more"] if after else ""
    if len(more) > LONG_PROJECT and not OF_ITS_OWN.match(more):
        return False  # 海拓有限公司云台超临界环保示范项目: the firm and its project have names of their own
    return bool(after) and not any_of("boundaries", "left").search(more)


def _listed_firms(text: str, start: int, end: int) -> list[NameMention]:
    """The items of lists that end in 等企业 or 等6家企业, each of which is a firm, and of lists after 先后来到."""
    firms: list[NameMention] = []
    for match in LISTED.finditer(text, start, end):
        listed = _items_of_list(text, match, certain=True)
        closed = _is_closed(match)
        counted = NUMBERED.match(text, match.end("items"))
        whole = counted is not None and read_number(counted.group(1)) == len(listed)
        if (
            closed
            or whole
            or all(f.value.endswith(trade_words()) or full_ending().search(f.value) for f in listed)
        ):
            firms += listed
    for match in [*_tours(text, start, end), *_speakers(text, start, end)]:
        listed = _items_of_list(text, match, certain=False)
        if AT_PROJECTS.match(text, match.end()):
            listed = firms_at_projects(match["items"], listed)
        firms += [f for f in listed if not _overlaps(f, firms)]
    return firms


# what closes a list of places where something is built, whether they are called by their firm or by what is built
AT_PROJECTS = re.compile(
    r"等?(?:\d{1,3}个)?(?:重点|重大|在建|产业|工业|建设)*(?:项目|工程)(?:建设|施工)?(?:现场|工地|一线)?"
)


def is_list_of_firms(items: str) -> bool:
    """Whether most of the items of a list of projects are called by the names of firms."""
    pieces = _divided(items)
    return sum(p.endswith((*trade_words(), "公司", "集团")) for p in pieces) * 2 > len(pieces)


def firms_at_projects(items: str, listed: list[NameMention]) -> list[NameMention]:
    """Of the items of a list of projects the firms: all of them where most are, else those that say so."""
    if is_list_of_firms(items):
        return listed
    return [f for f in listed if f.value.endswith((*trade_words(), "公司", "集团"))]


def _is_closed(match: re.Match[str]) -> bool:
    """Whether 等 ends the list, so that each of its items is what it is a list of."""
    return match["items"].endswith("等") or match.string.startswith("等", match.end("items"))


def _items_of_list(text: str, match: re.Match[str], *, certain: bool) -> list[NameMention]:
    """The firms among the items of a list; of a `certain` list of firms also those without the ending of a firm."""
    firms: list[NameMention] = []
    low = match.start("items")
    for item in _divided(match["items"]):
        at = text.find(item, low, match.end("items"))
        low = at + len(item)
        first = cut_left(text, at, low, joined=False)
        first = at if text[at - 1] == "、" and ONE_SIGN.fullmatch(text, at, first) else first
        other = SIDES.match(text, first, low) or WHO_SPEAKS.match(text, first, low)
        first = other.end() if other else first
        described = DESCRIBED.match(text, first, low) or WITH.match(text, first, low)
        first = described.end() if described else first
        if first > at and not described:
            firms.clear()  # what stands before 来到 is no item of the list
        ranked = rank_within().search(text, first, low)
        end = ranked.start() - (text[ranked.start() - 1] in "副总") if ranked else low
        name = text[first:end]
        sure = certain and (not ranked or name.endswith(trade_words()))
        shortest = SHORTEST if sure and _is_closed(match) else SHORT_MIN - 1
        lends = sure and match.group().endswith(("金融机构", "银行")) and name.endswith(BANKS)
        if shortest <= len(name) <= MAX_LISTED and (lends or _is_listed_firm(name, certain=sure)):
            firms.append(NameMention(name, first, end))
    return firms


def _divided(items: str) -> list[str]:
    """The items of a list; 和 divides only the last two, and only where both are long enough to be names."""
    pieces = [p for p in re.split(r"、|以及", items) if p]
    last = re.split(r"等", pieces[-1])[0] if pieces else ""
    cut = re.search(r"(?<=.{3})[和及与](?=.{3})", last)
    return [*pieces[:-1], *([last[: cut.start()], last[cut.end() :]] if cut else [last])]


def _tours(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The lists after 先后来到 that contain at least one firm."""
    tours = TOUR.finditer(text, start, end)
    return [
        m
        for m in tours
        if "、" in m["items"]
        and not re.match(r"等?(?:行业|产业|领域|方面)", text[m.end() : m.end() + 4])
        and (full_ending().search(m["items"]) or short_ending().search(m["items"] + ","))
    ]


SPEAKERS = re.compile(
    r"(?:^|(?<=[,。;:上])|(?<=其中))(?P<items>[^,。;:“”]{4,120}?)"
    r"(?=(?:等(?:企业|公司|单位))?(?:主要)?负责人|等(?:企业|单位)代表|(?:等\d+[家个](?:企业|单位))?(?:分别|先后|依次|现场)?(?:作了?(?:表态|典型|交流|经验|大会)|签约(?!仪式|活动|大会|会|项目|金额|协议)|上台))"
)


def _speakers(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The lists of those who spoke that contain at least one firm: 东风村、泰和铸业、绿野农业有限公司负责人作表态发言."""
    lists = SPEAKERS.finditer(text, start, end)
    return [m for m in lists if "、" in m["items"] and full_ending().search(m["items"])]


def _is_listed_firm(name: str, *, certain: bool) -> bool:
    generic = words("sectors", "names") + words("firms", "generic")
    if name.endswith("公司") and (name.removesuffix("公司") in generic or "等" in name):
        return False  # 燃气公司, 热力公司
    if re.match(r"(?:国家|省|市|县|区)级|(?:全国|全省|全市|全县)|辖区\d|\d+$", name):
        return False
    sells = certain and name.endswith("广场") and len(name) > SHORT_MIN  # 永辉生活广场 in a list of firms
    if name in generic or (name.endswith(words("firms", "not_firms")) and not sells):
        return False
    if re.search(
        r"项目|工程|(?<![假景])区$|[的了]|\d吨|年产|(?:扩建|技改|改造|[一二三四]期|生产线|基地建设)$", name
    ):
        return False
    return certain or not re.search(
        r"[园区楼]$|基地|中心|小镇|厂房$|大厦$|孵化器$|综合体$|实验室$|研究院$|平台$|[镇乡村](?=[一-鿿]{0,2}$)",
        name,
    )


def _firms_on_register(source: SourceText, start: int, end: int, registers: Registers) -> list[NameMention]:
    names = {
        n: e.name
        for e in registers.enterprises
        for n in (e.name, *e.short_names)
        if source.text.find(n, start, end) >= 0
    }
    if not names:
        return []
    pattern = re.compile(either(tuple(sorted(names, key=len, reverse=True))))
    return [
        NameMention(m.group(), m.start(), m.end(), "register")
        for m in pattern.finditer(source.text, start, end)
    ]


def _overlaps(mention: NameMention, others: list[NameMention]) -> bool:
    return any(mention.start < o.end and o.start < mention.end for o in others)


def _firms_by_short_name(text: str, start: int, end: int) -> list[NameMention]:
    firms: list[NameMention] = []
    for match in short_ending().finditer(text, start, end):
        low = noun_start(text, match.start(), max(start, match.start() - LONGEST), match.end())
        name = text[low : match.end()]
        if SHORT_MIN <= len(name) <= SHORT_MAX and _is_short_name(text, name, low, match):
            firms.append(NameMention(name, low, match.end()))
    return firms


def _is_short_name(text: str, name: str, low: int, match: re.Match[str]) -> bool:
    """Whether a name is the short name of a firm: not a sector or a field of work, and where the name of a place could stand."""
    stem = text[low : match.start()]
    if (
        name in words("sectors", "names")
        or stem in words("firms", "generic")
        or not re.fullmatch(rf"[{CJK}A-Z]{{2,5}}", stem)
    ):
        return False
    if (
        stem in words("sectors", "names")
        or stem.startswith(tuple(w for w in words("firms", "generic") if len(w) > 1))
        or NO_STEM.search(stem)
    ):
        return False
    after = text[match.end() : match.end() + 12]
    if re.match(r"项目(?!负责人|经理)|工程(?!师)|[一二三四]期", after):
        return False  # 中科储能项目 is a project
    return not re.match(
        r"(?:、[^,。]{0,40}?)?等?(?:行业|产业|领域|方面|工作|情况|企业发展)|等(?:重点)?(?:产业|行业|领域)",
        after,
    ) and _stands_where_a_place_does(text, low, match.end())


def _stands_where_a_place_does(text: str, low: int, end: int) -> bool:
    before = text[max(low - 3, 0) : low]
    visited = before.endswith(
        (
            "到",
            "进",
            "访",
            "访了",
            "看了",
            "看",
            "赴",
            "入",
            "察",
            "在",
            "问",
            "望",
            "望了",
            "研",
            "研了",
            "往",
            "抵达",
            "过",
        )
    )
    follows = text[end : end + 1] == "、" and bool(
        short_ending().search(text, end + 1, end + SHORT_MAX + 2)
        or full_ending().search(text, end + 1, end + MAX_LISTED)
    )
    listed = (before.endswith(("、", "和", "及")) and text[end : end + 1] != "业") or follows
    there = text[end : end + 2] in {
        "查看",
        "察看",
        "实地",
        "调研",
        "参观",
        "考察",
        "走访",
    } and before.endswith("的")
    there = there or bool(re.search(r"位于[^,。;]{2,16}的$", text[max(low - 20, 0) : low]))
    there = there or _speaks(text, low, end)
    led = re.match(
        r"(?:等(?:\d{1,4}|[一二三四五六七八九十]{1,3}|多|数)[余多]?家|集团)?的?(?:企业|公司|负责人|(?:财务|人事|行政|销售|生产|技术)(?:经理|总监|部长|主管)|车间主任|董事长|(?:副)?总经理|总裁|厂长|经理)",
        text[end : end + 6],
    )
    return visited or listed or there or bool(led)


def _speaks(text: str, low: int, end: int) -> bool:
    """Whether a short name opens a clause and says or receives something, by itself or by somebody named after it."""
    before = text[max(low - 1, 0) : low]
    says = re.match(
        r"说|则|请求|恳请|想|提出|反映|表示|建议|希望|介绍|荣获|获评|获得|被授|被评", text[end : end + 2]
    )
    named = re.match(rf"[{CJK}]{{2,3}}(?:提出|反映|说|建议|表示|坦言|希望)", text[end : end + 5])
    by_name = bool(named) and before in tuple(",;。:、") and not re.match("[公负企代]", text[end : end + 1])
    return (bool(says) and before in tuple(",;。:.、)|")) or by_name
