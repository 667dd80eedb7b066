"""Honours in a report (表彰、荣誉): who was given, awarded or praised with what, one for each recipient of a list."""

import re
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.counts import read_number
from gongjian.engines.reports.draft import Honour
from gongjian.engines.reports.vocabulary import CJK

SHORTEST = 2
WHO = rf"[{CJK}A-Za-z\d()、·]"
SOME = r"(?:等?\d{1,6}[家个名位](?:单位|企业|个人|同志|乡镇|部门|集体|村|社区|代表)?|等(?:单位|企业|同志|个人|人)?)?"
ENDING = r"(?:单位|集体|个人|企业家|企业|工厂|园区|示范区|示范点|基地|标兵|模范|能手|奖章|之星|先锋|功臣|乡镇|村|社区|家庭|党员|工作者|干部|员工|工匠|劳模|楷模|好人|榜样|大户|状元|冠军|红旗|锦旗|奖牌|榜首|榜单|名单|\d{1,3}强|[百十]强|第[一二三四五六]名?|[一二三]等奖(?:、[一二三]等奖)*|[金银铜]奖|奖)"
QUOTED = rf"[^,。;“”]{{0,20}}“[^”]{{2,30}}”(?:荣誉称号|称号|[{CJK}]{{0,6}}?{ENDING}(?=[,。;]))?"
UNQUOTED = rf"(?:\d{{4}}年度?)?(?:(?!上台|颁奖|领奖|支持|代表|认定|肯定|好评)[{CJK}\d]){{2,24}}?{ENDING}"
WON = r"(?:被授予|荣获|喜获|获评|被评为|获得|获授|获颁|斩获|被表彰为|被命名为|被认定为|被确定为|被[一-鿿]{2,10}(?:授予|评为|认定为|命名为|表彰为)|荣登|入选|捧回|摘得)了?"
PRAISE = r"(?:通报表扬|通报表彰|通报嘉奖|表彰奖励|表彰|表扬|嘉奖)"
HANDED = re.compile(
    rf"(?:向|为|给|对)(?P<who>{WHO}{{2,80}}?){SOME}(?:颁发|授予|授)了?(?P<what>“[^”]{{2,30}}”|流动红旗|锦旗)"
)
OF_WINNERS = re.compile(
    rf"(?:向|为|给|对){WON}(?P<what>{QUOTED}|{UNQUOTED})的(?P<who>{WHO}{{2,60}}?){SOME}(?=进行|予以|给予|颁奖|授牌|表彰|颁发|表示)"
)
CONFERRED = re.compile(rf"授予(?P<who>{WHO}{{2,80}}?){SOME}(?P<what>“[^”]{{2,30}}”)")
RECEIVED = re.compile(
    rf"(?P<who>{WHO}{{2,60}}?)(?:还|分别|均|先后)?(?:\d{{4}}年)?(?:{WON}|获)(?P<what>{QUOTED})"
)
RECEIVED_PLAIN = re.compile(
    rf"(?P<who>{WHO}{{2,60}}?)(?:还|分别|均|先后|被)?(?:授予|认定为|命名为|表彰为|{WON})(?P<what>{UNQUOTED})(?:荣誉称号|荣誉|称号)?(?=[,。;])"
)
COUNTED = re.compile(
    rf"(?P<who>{WHO}{{2,80}}?)等\d{{1,6}}[家个名位](?P<what>“[^”]{{2,30}}”|(?:(?!上台|领奖|颁奖|代表|企业负责)[{CJK}]){{2,14}}?{ENDING})(?=[、,。;]|和|进行|予以|给予|受到)"
)
PRAISED = re.compile(
    rf"(?:对|给)(?P<who>{WHO}{{2,80}}?){SOME}(?:予以|进行|给予)了?(?P<what>{PRAISE})"
    rf"|(?P<what_first>{PRAISE})了(?P<who_after>{WHO}{{2,60}}?){SOME}(?=[,。;])"
)
AS_WHAT = re.compile(
    rf"(?P<who>{WHO}{{2,60}}?){SOME}(?:作为|被列为)(?P<what>[{CJK}]{{2,14}}?)(?:受到|得到)(?:了)?{PRAISE}"
)
THINGS = re.compile(
    rf"(?P<who>[{CJK}]{{1,8}}?[市县区镇乡局委司团])(?P<what>(?P<n>\d{{1,6}})?[项个]?(?:(?![向对为给])[{CJK}]){{0,10}}受到[{CJK}]{{0,10}}(?:表彰|表扬|通报表扬))"
)
NAMED = re.compile(
    rf"(?:命名|表彰|通报)(?:表彰|表扬)?了?(?:第[一二三四五六七八九十\d]+[届批])?(?P<what>“[^”]{{2,30}}”)(?P<who>{WHO}{{2,60}}?){SOME}(?=[,。;])"
)
# a sentence without one of these honours nobody
HONOURS = re.compile(r"授|获|表彰|表扬|嘉奖|评为|认定|命名|确定为|列为|入选|荣登|捧回|摘得|颁发|奖励")
PATTERNS = (HANDED, OF_WINNERS, CONFERRED, NAMED, RECEIVED, AS_WHAT, RECEIVED_PLAIN, COUNTED, PRAISED, THINGS)
# whole classes are no recipient, nor is the occasion
NOBODY = re.compile(
    r"(?:一批|各类|全[省市县区]|上述|以上|获奖|受表彰|先进|优秀)?[^、]{0,8}(?:先进集体|先进个人|先进单位|优秀个人|单位和个人|集体和个人|获奖代表|获奖单位|获奖者|企业家代表|代表|人员|他们|大家|成绩|工作)|.*(?:情况|进展|活动|方案|通知)"
)

CLASSES = re.compile(
    r"(?:先进|优秀|模范|纳税|突出|最美|获奖|一批|各类|\d{4}年|\d+[家个名位]).*|.*(?:企业|单位|个人|集体|十强)"
)

COUNT_AFTER = re.compile(r"等?(?:(?:\d{1,6}|[两三四五六七八九十]+)[家个名位人])?(?:单位|企业|同志|乡镇)?$")


def find_honours(source: SourceText) -> tuple[Honour, ...]:
    """Who was honoured with what, one honour for each recipient of a list."""
    honours: list[Honour] = []
    for sentence in source.sentences:
        if sentence.kind != "body" or not HONOURS.search(source.text, sentence.start, sentence.end):
            continue
        praising = bool(re.compile(PRAISE).search(source.text, sentence.start, sentence.end))
        taken: list[tuple[int, int]] = []
        for pattern in PATTERNS:
            if pattern is COUNTED and not praising:
                continue
            for match in pattern.finditer(source.text, sentence.start, sentence.end):
                if not any(match.start() < end and start < match.end() for start, end in taken):
                    taken.append(match.span())
                    honours += _honours(source, match)
    return tuple(sorted(honours, key=lambda honour: honour.recipient.start))


def _honours(source: SourceText, match: re.Match[str]) -> list[Honour]:
    who, what = _groups(match)
    title = source.text[slice(*match.span(what))]
    shown = re.fullmatch(r"[^“]*“([^”]*)”(?:荣誉称号|称号)?", title)
    span = source.span(*match.span(what), value=shown.group(1) if shown else title, confidence=70)
    told = re.match(r"(\d{1,6})", title)
    honours = []
    for start, name in _recipients(match, who):
        figure = _counted().match(name) or told
        count = read_number(figure.group(1)) if figure else None
        recipient = source.span(start, start + len(name), confidence=70)
        honours.append(Honour(recipient, span, int(count) if count is not None else None))
    return honours


def _groups(match: re.Match[str]) -> tuple[str, str]:
    after = match.re is PRAISED and match["what_first"] is not None
    return ("who_after", "what_first") if after else ("who", "what")


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(r"(\d{1,6}|[一二三四五六七八九十]+)[家个名位项]")


def _recipients(match: re.Match[str], group: str) -> list[tuple[int, str]]:
    """Each recipient of a list with its offset; neither the organ that confers nor a whole class is one."""
    found = []
    for piece in re.finditer(r"(?:(?!以及)[^、])+", match[group]):
        who = COUNT_AFTER.sub("", piece.group()) or piece.group()
        who = re.sub(r"\d{4}年$|(?:分别|均|还|先后)$", "", who)
        bare = re.sub(r"^(?:会上|大会|会议|其中|,|对|为|给|向|通报|表彰了?|决定|以及|和|及|有)+", "", who)
        whole = NOBODY.fullmatch(bare) or (match.re in {PRAISED, COUNTED} and CLASSES.fullmatch(bare))
        if len(bare) >= SHORTEST and not whole:
            found.append((match.start(group) + piece.start() + len(who) - len(bare), bare))
    return found
