"""Honours, the campaign, its targets, topics of a visit and policy measures in a report."""

import re
from collections import Counter

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.counts import read_number
from gongjian.engines.reports.draft import Honour, PolicyMeasure, TextSpan
from gongjian.engines.reports.vocabulary import CJK, either, words

WHO = rf"[{CJK}A-Za-z\d()、·]"
HONOUR_RECEIVED = re.compile(
    rf"(?P<who>{WHO}{{2,60}}?)(?:还|分别|均|先后)?(?:\d{{4}}年)?(?:被授予|荣获|获评|被评为|获得|获授|被表彰为|被命名为|被认定为|获|捧回|摘得)(?P<what>[^,。;“”]{{0,20}}“[^”]{{2,30}}”(?:荣誉称号|称号)?)"
)
TITLE_END = r"(?:单位|集体|个人|企业家|企业|工厂|园区|示范区|基地|标兵|模范|能手|奖章|之星|先锋|功臣|乡镇|村|社区|家庭|[一二三]等奖|[金银铜]奖|奖)"
HONOUR_UNQUOTED = re.compile(
    rf"(?P<who>{WHO}{{2,60}}?)(?:还|分别|均|先后|被)?(?:授予|荣获|被评为|获评|获得|斩获|认定为|命名为|表彰为)(?:了)?(?P<what>(?:\d{{4}}年度?)?[{CJK}\d]{{2,24}}?{TITLE_END})(?:荣誉称号|荣誉|称号)?(?=[,。;])"
)
HONOUR_HANDED = re.compile(
    rf"(?:向|为|给|对)(?P<who>{WHO}{{2,80}}?)(?:等\d{{0,6}}[家个名位人]?(?:单位|企业|个人|同志|代表)?)?(?:颁发|授予|授)(?:了)?(?P<what>“[^”]{{2,30}}”)"
)
HONOUR_PRAISED = re.compile(
    rf"(?:对|表彰了?|通报表扬了?)(?P<who>{WHO}{{2,80}}?)(?:等)?(?:\d{{1,6}}[家个名位])(?P<what>“[^”]{{2,30}}”|[{CJK}]{{2,12}}?(?:先进集体|先进单位|先进个人|优秀企业|纳税大户|标兵))(?:进行|予以|给予|表彰|[,。;])"
)
HONOUR_CONFERRED = re.compile(
    rf"授予(?P<who>{WHO}{{2,80}}?)(?:等\d{{1,6}}[家个名位](?:单位|企业|个人|同志)?)?(?P<what>“[^”]{{2,30}}”)"
)
PRAISED = re.compile(
    rf"(?P<who>[{CJK}]{{1,8}}?[市县区镇乡局委司团])(?P<what>(?P<n>\d{{1,6}})?[项个]?[{CJK}]{{0,10}}受到[{CJK}]{{0,10}}(?:表彰|表扬|通报表扬))"
)
PATTERNS = (HONOUR_HANDED, HONOUR_CONFERRED, HONOUR_RECEIVED, HONOUR_UNQUOTED, HONOUR_PRAISED, PRAISED)
CAMPAIGN = re.compile(
    r"“([^”]{0,12}(?:攻坚战|大会战|行动|攻坚|大比拼|保卫战|战役|大突破))”|((?<![一二三四五六七八九十\d])[一二三四五六七八九十\d]{1,4}大攻坚战)"
)
SHORTEST = 2
TOPICS = re.compile(
    r"(?:详细|深入|认真|全面)?(?:了解|询问|察看)(?:了)?(?P<what>[^。;]{4,80}?)(?:等?(?:有关|相关|方面的)?情况)"
)


def find_honours(source: SourceText) -> tuple[Honour, ...]:
    """Who was honoured with what, one honour for each recipient of a list."""
    honours: list[Honour] = []
    for sentence in source.sentences:
        if sentence.kind != "body":
            continue
        taken: list[tuple[int, int]] = []
        for pattern in PATTERNS:
            for match in pattern.finditer(source.text, sentence.start, sentence.end):
                low, high = match.span("who")[0], match.span("what")[1]
                if not any(low < end and start < high for start, end in taken):
                    taken.append((low, high))
                    honours += _honours(source, match)
    return tuple(sorted(honours, key=lambda honour: honour.recipient.start))


def _honours(source: SourceText, match: re.Match[str]) -> list[Honour]:
    what = source.span(
        match.start("what"),
        match.end("what"),
        value=re.sub(r".*“([^”]*)”.*", r"\1", match["what"]),
        confidence=70,
    )
    told = re.match(r"(\d{1,6})", match["what"])
    honours = []
    for start, who in _recipients(match):
        figure = re.match(r"(\d{1,6}|[一二三四五六七八九十]+)[家个名位项]", who) or told
        count = read_number(figure.group(1)) if figure else None
        span = source.span(start, max(start + len(who), start + 1), confidence=70)
        honours.append(Honour(span, what, int(count) if count is not None else None))
    return honours


def _recipients(match: re.Match[str]) -> list[tuple[int, str]]:
    """Each recipient of a list with its offset; the organ that confers is none of them."""
    found = []
    for piece in re.finditer(r"(?:(?!以及)[^、])+", match["who"]):
        who = (
            re.sub(r"等?(?:\d+[家个名位人])?(?:单位|企业|同志)?$", "", piece.group())
            if "、" in match["who"]
            else piece.group()
        )
        who = re.sub(r"\d{4}年$", "", who)
        bare = re.sub(r"^(?:会上|大会|会议|其中|,|对|表彰了?|决定|以及)", "", who)
        if len(bare) >= SHORTEST:
            found.append((match.start("who") + piece.start() + len(who) - len(bare), bare))
    return found


def find_campaign(source: SourceText) -> TextSpan | None:
    """The campaign (攻坚战) named most often in the report; None without one."""
    matches = list(CAMPAIGN.finditer(source.text))
    if not matches:
        return None
    best, _ = Counter(m.group(1) or m.group(2) for m in matches).most_common(1)[0]
    first = next(m for m in matches if best in (m.group(1), m.group(2)))
    group = 1 if first.group(1) else 2
    return source.span(first.start(group), first.end(group), confidence=75)


def find_targets(source: SourceText) -> tuple[TextSpan, ...]:
    """The targets of the year named in set phrases (开门红, 全年红), each once."""
    targets: dict[str, TextSpan] = {}
    for match in re.finditer(either(words("honours_and_topics", "targets")), source.text):
        targets.setdefault(match.group(), source.span(match.start(), match.end(), confidence=80))
    return tuple(sorted(targets.values(), key=lambda s: s.start))


def find_visit_topics(source: SourceText) -> tuple[TextSpan, ...]:
    """What visitors asked about: each item of the list before 等情况."""
    topics: dict[str, TextSpan] = {}
    for match in TOPICS.finditer(source.text):
        if "、" in match["what"]:
            for piece in re.finditer(r"[^、,及和]+", match["what"]):
                word = re.sub(r"^(?:各?企业的?|其)|等$", "", piece.group())
                at = match.start("what") + piece.start() + piece.group().find(word)
                if len(word) >= SHORTEST:
                    topics.setdefault(word, source.span(at, at + len(word), confidence=60))
    return tuple(topics.values())


def find_policy_measures(source: SourceText) -> tuple[PolicyMeasure, ...]:
    """The policies issued, each with its issuer when that is the subject of the sentence."""
    verbs, nouns = (
        either(words("honours_and_topics", "policy_verbs")),
        either(words("honours_and_topics", "policy")),
    )
    pattern = re.compile(
        rf"(?:(?P<by>各县\(市(?:、)?区?\)区?|[{CJK}]{{1,6}}[市县区局委])[^。]{{0,24}}?)?{verbs}(?:了)?(?P<what>[^,。;]{{0,24}}?{nouns}|《[^》]{{4,40}}》)"
    )
    measures = []
    for sentence in source.sentences:
        if sentence.kind == "body":
            for match in pattern.finditer(source.text, sentence.start, sentence.end):
                by = source.span(match.start("by"), match.end("by"), confidence=55) if match["by"] else None
                measures.append(
                    PolicyMeasure(source.span(match.start("what"), match.end("what"), confidence=60), by)
                )
    return tuple(measures)
