"""The campaign, its targets, topics of a visit and policy measures in a report."""

import re
from collections import Counter

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.draft import PolicyMeasure, TextSpan
from gongjian.engines.reports.vocabulary import CJK, either, words

CAMPAIGN = re.compile(
    r"“([^”]{0,12}(?:攻坚战|大会战|行动|攻坚|大比拼|保卫战|战役|大突破))”|((?<![一二三四五六七八九十\d])[一二三四五六七八九十\d]{1,4}大攻坚战)"
)
SHORTEST = 2
TOPICS = re.compile(
    r"(?:详细|深入|认真|全面)?(?:了解|询问|察看)(?:了)?(?P<what>[^。;]{4,80}?)(?:等?(?:有关|相关|方面的)?情况)"
)


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
    for match in re.finditer(either(words("campaign_and_topics", "targets")), source.text):
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
        either(words("campaign_and_topics", "policy_verbs")),
        either(words("campaign_and_topics", "policy")),
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
