"""Areas and zones named in a report, and which of them a post, a meeting or a bare 全县 means."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from gongjian.engines.reports.clean_text import Source
from gongjian.engines.reports.posts import cut_left
from gongjian.engines.reports.registers import Registers
from gongjian.engines.reports.vocabulary import CJK, either, words

LONGEST = 5
NOT_AFTER = re.compile(r"场|民|域|村|间|别|值|镇|容|价|面|情|份|级|志|长们|内|外|块链|直|属|长")
NOT_FIRST = "各我本该两市县区省每这那某整几"
NOT_ALONE = "一二三四五六七八九十新老大小旧中全此多"
OFFICES = re.compile(r"委|政府|直|开发区|发改|工信|[^,。、]{2,6}局")
TWO = 2
LEVELS = {"县": "县", "区": "区", "市": "市", "镇": "镇", "乡": "乡", "旗": "旗", "州": "州", "省": "省"}


@dataclass(frozen=True)
class Area:
    """One mention of an area; `name` is the last level, 龙泉区 of 某市龙泉区."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Areas:
    """Mentions in order and how often each area is named."""

    places: tuple[Area, ...] = ()
    often: tuple[tuple[str, int], ...] = ()
    _starts: tuple[int, ...] = field(default=())

    def between(self, start: int, end: int) -> list[Area]:
        """Mentions that begin inside the range."""
        return list(self.places[bisect_left(self._starts, start) : bisect_left(self._starts, end)])

    def near(self, level: str, position: int, floor: int) -> str:
        """The area of one level meant by a bare 市, 县 or 区: the latest in reach, else the commonest."""
        index = bisect_right(self._starts, position)
        for area in reversed(self.places[max(index - 40, 0) : index]):
            if area.start < floor:
                break
            if area.name.endswith(level):
                return area.name
        return next((name for name, _ in self.often if name.endswith(level)), "")


@cache
def _suffix() -> re.Pattern[str]:
    return re.compile(either(words("areas", "suffix")))


def find(source: Source, registers: Registers) -> Areas:
    """Collect the areas a report names."""
    places: list[Area] = []
    for sentence in source.sentences:
        if sentence.kind != "furniture":
            places += _in(source.text, sentence.start, sentence.end)
    places += _registered(source, registers)
    places.sort(key=lambda a: (a.start, -a.end))
    often = _weigh(source, places)
    return Areas(tuple(places), tuple(often), tuple(a.start for a in places))


def _weigh(source: Source, places: list[Area]) -> list[tuple[str, int]]:
    """Areas by how often they are named; the one in the paper's own name or the headline counts most."""
    weight = Counter(a.name for a in places)
    for sentence in source.sentences[:4] + source.sentences[-2:]:
        if sentence.kind in {"furniture", "heading"}:
            for area in _in(source.text, sentence.start, sentence.end):
                weight[area.name] += 5
    return weight.most_common()


def _registered(source: Source, registers: Registers) -> list[Area]:
    names = {
        alias: unit.name
        for unit in registers.units
        for alias in (unit.name, *unit.aliases)
        if alias in source.text
    }
    if not names:
        return []
    pattern = re.compile(either(tuple(sorted(names, key=len, reverse=True))))
    return [Area(names[m.group()], m.start(), m.end()) for m in pattern.finditer(source.text)]


def _in(text: str, start: int, end: int) -> list[Area]:
    found: list[Area] = []
    floor = start
    for match in _suffix().finditer(text, start, end):
        area = _area(text, match, floor, end)
        if area is not None:
            found.append(area)
            floor = area.end
    return found


def _area(text: str, match: re.Match[str], floor: int, end: int) -> Area | None:
    low = match.start()
    while low > max(floor, match.start() - LONGEST) and "一" <= text[low - 1] <= "鿿":
        low -= 1
    run, low = low, cut_left(text, low, match.end())
    if (
        low > run
        and OFFICES.match(text, match.end())
        and text.find(text[low : match.end()], match.end()) < 0
        and text.find(text[low : match.end()]) == low
    ):
        return None  # 并征求市开发区意见: what looks like a name is a verb before a bare 市
    name = text[low : match.end()]
    if not TWO <= len(name) <= LONGEST or name.endswith(words("areas", "not_areas")) or name[0] in NOT_FIRST:
        return None
    if (len(name) == TWO and name[0] in NOT_ALONE) or re.search(r"政府|党委|部门|企业", name):
        return None
    if NOT_AFTER.match(text[match.end() : match.end() + 2]):
        return None
    return _with_zone(text, (low, match.end()), end)


def _with_zone(text: str, at: tuple[int, int], end: int) -> Area:
    """A district that shares its office with a zone: 云溪区(高新区)."""
    start, stop = at
    twin = re.compile(rf"\([{CJK}]{{1,10}}区\)").match(text, stop, end)
    stop = twin.end() if twin else stop
    return Area(text[start:stop], start, stop)


@cache
def _of_post() -> re.Pattern[str]:
    return re.compile(rf"(?:中共)?([{CJK}]{{1,4}}?{either(words('areas', 'suffix'))})")


def of_post(post: str) -> str:
    """The area a post names: 某县 of 某县委副书记; empty for a bare 县长."""
    first = _named_in(post, 0)
    if not first:
        zone = re.match(rf"[{CJK}]{{0,8}}?{either(words('areas', 'zones'))}", post)
        return zone.group() if zone and not _of_post().match(post) else ""
    return _named_in(post, len(first)) or first


def _named_in(post: str, start: int) -> str:
    """The area that begins at a place in a post; 副县 of 副县长 is none."""
    match = _of_post().match(post, start)
    if not match or match.group(1)[0] in NOT_FIRST or re.search(r"副|政府|常务", match.group(1)):
        return ""
    acting = match.group(1)[0] == "代" and post[match.end() : match.end() + 1] == "长"
    return "" if acting else match.group(1)


def level_of_post(post: str) -> str:
    """The level a bare post stands at: 县 of 县委书记, 市 of 副市长; empty when it says none."""
    if post[:1] in LEVELS:
        return post[0]
    match = re.search(r"([市县区镇乡旗州省])长$", post)
    return match.group(1) if match else ""
