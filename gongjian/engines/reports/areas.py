"""Areas and zones (地区) named in a report, and which of them a post, a meeting or a bare 全县 refers to."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.posts import cut_left
from gongjian.engines.reports.registers import Registers
from gongjian.engines.reports.vocabulary import CJK, either, either_of_many, places, words

LONGEST = 5
NOT_AFTER = re.compile(
    r"之|支行|分行|项目|场|民(?!营|政|间)|域|村|间|别|值|镇|容|价|面|情|份|级|志|长们|内|外|块链|直|属|长"
)
NOT_FIRST = "各我本该两市县区省每这那某整几"
NOT_ALONE = "原一二三四五六七八九十新老大小旧中全此多"
OFFICES = re.compile(r"委|政府|直|开发区|发改|工信|[^,。、]{2,6}局")
PARTY = re.compile(rf"(?:中共|中国共产党)(?=[{CJK}]{{1,4}}$)")
SHORTEST, WITH_TWOFOLD = 2, 3
LEVELS = {"县": "县", "区": "区", "市": "市", "镇": "镇", "乡": "乡", "旗": "旗", "州": "州", "省": "省"}


@dataclass(frozen=True)
class AreaMention:
    """One mention of an area, from `start` to `end`; `name` is its lowest level: 龙泉区 in 某市龙泉区."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class AreaMentions:
    """Every mention in reading order, and the areas with their weights, the most frequent first."""

    mentions: tuple[AreaMention, ...] = ()
    by_frequency: tuple[tuple[str, int], ...] = ()
    _starts: tuple[int, ...] = field(default=())

    def mentions_in(self, start: int, end: int) -> list[AreaMention]:
        """The mentions that begin inside the range."""
        return list(self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

    def only_one(self) -> tuple[str, tuple[int, int] | None]:
        """The area and its range if the report names a single one above the level of a township; empty otherwise."""
        names = [name for name, _ in self.by_frequency if name[-1] not in "镇乡道"]
        if len(names) != 1:
            return "", None
        first = next((a for a in self.mentions if a.name == names[0]), None)
        return (names[0], (first.start, first.end)) if first else ("", None)

    def nearest(self, level: str, position: int, floor: int) -> str:
        """The name of the area that a bare 市, 县 or 区 refers to: the last one mentioned after `floor`, else the most frequent."""
        index = bisect_right(self._starts, position)
        for area in reversed(self.mentions[max(index - 40, 0) : index]):
            if area.start < floor:
                break
            if area.name.endswith(level):
                return area.name
        return next((name for name, _ in self.by_frequency if name.endswith(level)), "")


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(either(words("areas", "suffix")))


def find_areas(source: SourceText, registers: Registers) -> AreaMentions:
    """Find every area a report names, by its ending or in the register of units."""
    mentions: list[AreaMention] = []
    for sentence in source.sentences:
        if sentence.kind != "furniture":
            mentions += _areas_in_sentence(source.text, sentence.start, sentence.end)
    mentions += _areas_on_register(source, registers)
    mentions.sort(key=lambda a: (a.start, -a.end))
    by_frequency = _by_frequency(source, mentions)
    return AreaMentions(tuple(mentions), tuple(by_frequency), tuple(a.start for a in mentions))


def _by_frequency(source: SourceText, mentions: list[AreaMention]) -> list[tuple[str, int]]:
    """Areas with how often each is named, most frequent first; a headline or the paper's own name counts five times."""
    weight = Counter(a.name for a in mentions)
    for sentence in source.sentences[:4] + source.sentences[-2:]:
        if sentence.kind in {"furniture", "heading"}:
            for area in _areas_in_sentence(source.text, sentence.start, sentence.end):
                weight[area.name] += 5
    return weight.most_common()


def _areas_on_register(source: SourceText, registers: Registers) -> list[AreaMention]:
    names = {
        alias: unit.name
        for unit in registers.units
        for alias in (unit.name, *unit.aliases)
        if alias in source.text
    }
    if not names:
        return []
    pattern = re.compile(either(tuple(sorted(names, key=len, reverse=True))))
    return [AreaMention(names[m.group()], m.start(), m.end()) for m in pattern.finditer(source.text)]


@cache
def _zone() -> re.Pattern[str]:
    return re.compile(either(words("areas", "zones")))


@cache
def _places() -> re.Pattern[str]:
    return re.compile(rf"{either_of_many(places())}(?!场|长[^期江])")


# 会同 before an organ of a bare county is a verb, although there is a 会同县
JOINS = re.compile(rf"[{CJK}]{{2,6}}(?:局|委|办|社|中心|公司|部)")


def _joins_organ(text: str, match: re.Match[str]) -> bool:
    return match.group() == "会同县" and bool(JOINS.match(text, match.end()))


def _areas_in_sentence(text: str, start: int, end: int) -> list[AreaMention]:
    areas = [
        AreaMention(m.group(), m.start(), m.end())
        for m in _places().finditer(text, start, end)
        if not _joins_organ(text, m)
    ]
    known = [(a.start, a.end) for a in areas]
    areas += [
        z
        for z in _zones_in_sentence(text, start, end)
        if not any(z.start < b and a < z.end for a, b in known)
    ]
    taken = [(a.start, a.end) for a in areas]
    floor = start
    for match in _suffix().finditer(text, start, end):
        if any(low <= match.start() < high for low, high in taken):
            continue
        area = _area_before_suffix(text, match, floor, end)
        if area is not None:
            areas.append(area)
            floor = area.end
    return areas


def _zones_in_sentence(text: str, start: int, end: int) -> list[AreaMention]:
    """The zones with a name of their own: 云台高新区, not 各开发区 or a bare 高新区."""
    zones: list[AreaMention] = []
    floor = start
    for match in _zone().finditer(text, start, end):
        low = match.start()
        while low > max(floor, match.start() - LONGEST - 1) and "一" <= text[low - 1] <= "鿿":
            low -= 1
        low = cut_left(text, low, match.end())
        name = text[low : match.start()]
        last = max((m.end() for m in _suffix().finditer(name)), default=0)
        if last < len(name):
            low += last  # 云台市临河高新区 is the zone within
        named = text[low : match.start()]
        floor = match.end()
        if len(named) >= SHORTEST and not re.search(either(words("areas", "not_zones")), named):
            zones.append(AreaMention(text[low : match.end()], low, match.end()))
    return zones


def _area_before_suffix(text: str, match: re.Match[str], floor: int, end: int) -> AreaMention | None:
    low = match.start()
    while low > max(floor, match.start() - LONGEST) and "一" <= text[low - 1] <= "鿿":
        low -= 1
    low += text[low] == "年" and text[low - 1 : low].isdigit()
    run, low = low, cut_left(text, low, match.end())
    of_party = PARTY.search(text, max(match.start() - LONGEST - len("中国共产党"), floor), match.start())
    low = of_party.end() if of_party else low
    province = text.find("省", low, match.start()) + 1
    low = province if match.start() - province >= SHORTEST - 1 and province else low
    if (
        low > run
        and not of_party
        and OFFICES.match(text, match.end())
        and text.find(text[low : match.end()], match.end()) < 0
        and text.find(text[low : match.end()]) == low
    ):
        return None  # 并征求市开发区意见: what looks like a name is a verb before a bare 市
    name = text[low : match.end()]
    if not SHORTEST <= len(name) <= LONGEST or _names_none(name) or name[0] in NOT_FIRST:
        return None
    if (len(name) == SHORTEST and name[0] in NOT_ALONE) or re.search(
        r"政府|党委|部门|企业|届|次|传达|学习|贯彻|落实|研究|审议|解读|通报|汇报|部署|聆听|领会|联系|协调|请示|通知|组织",
        name,
    ):
        return None
    after = text[match.end() : match.end() + 2]
    if NOT_AFTER.match(after) or (match.group() == "州" and after[:1] in set("市区县")):
        return None
    return _with_zone(text, (low, match.end()), end)


def _names_none(name: str) -> bool:
    """Whether a word only ends like an area (城市, 超市); 盐城市 and 王集镇 are areas."""
    if not name.endswith(words("areas", "not_areas")):
        return False
    return not (
        len(name) == WITH_TWOFOLD
        and name.endswith(words("areas", "twofold"))
        and name[0] not in "".join(words("areas", "before_none"))
    )


def _with_zone(text: str, at: tuple[int, int], end: int) -> AreaMention:
    """Include the zone that shares its office with a district: 云溪区(高新区)."""
    start, stop = at
    twin = re.compile(rf"\([{CJK}]{{1,10}}区\)").match(text, stop, end)
    stop = twin.end() if twin else stop
    return AreaMention(text[start:stop], start, stop)


@cache
def _area_opening_post() -> re.Pattern[str]:
    return re.compile(rf"(?:中共)?([{CJK}]{{1,4}}?{either(words('areas', 'suffix'))}(?!(?<=州)[市县区]))")


def area_of_post(post: str) -> str:
    """The area named by a post: 某县 in 某县委副书记; empty for a bare 县长."""
    if re.search(r"公司|集团|[分支]行|董事|经理|总裁|厂长$|行长$", post):
        return ""  # the area in the name of a firm is not that of an event
    post = re.sub(r"^第?[一二三四五六七八九十]{1,3}届", "", post)
    known = _places().match(post.removeprefix("中共"))
    if known:
        return known.group()
    first = _area_at(post, 0)
    if not first:
        zone = re.match(rf"[{CJK}]{{0,8}}?{either(words('areas', 'zones'))}", post)
        return zone.group() if zone and not _area_opening_post().match(post) else ""
    return _area_at(post, len(first)) or first


def _area_at(post: str, start: int) -> str:
    """The area that begins at offset `start` of a post; 副县 in 副县长 is not an area."""
    match = _area_opening_post().match(post, start)
    if not match or match.group(1)[0] in NOT_FIRST or re.search(r"副|政府|常务", match.group(1)):
        return ""
    acting = match.group(1)[0] == "代" and post[match.end() : match.end() + 1] == "长"
    return "" if acting else match.group(1)


def level_of_post(post: str) -> str:
    """The level of a post without an area: 县 for 县委书记, 市 for 副市长; empty when the post does not say."""
    if post.startswith(("街道", "办事处")):
        return "街道"
    if post[:1] in LEVELS:
        return post[0]
    match = re.search(r"([市县区镇乡旗州省])长$", post)
    return match.group(1) if match else ""
