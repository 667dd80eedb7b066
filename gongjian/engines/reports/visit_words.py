"""The words that show a visit took place: a verb of visiting, or of arriving somewhere."""

import re

from gongjian.engines.reports.clean_text import Sentence
from gongjian.engines.reports.event_words import EventSign, TitleLimits
from gongjian.engines.reports.vocabulary import any_rule, either, grammar

# Where somebody goes and what for, in a sentence that also tells of a meeting: 到石桥镇开展“大走访”活动,并召开座谈会.
GOES_FOR = re.compile(
    r"(?:(?<![收得达遇])到|赴|深入|走进|前往|来到)[^,。;“”]{2,24}?(?:开展|进行)[^,。;“”]{0,10}(?:“[^“”]{2,20}”)?[^,。;“”]{0,8}?(?:活动|服务|行动|工作)(?=[,。;])"
)


# before 到 they make another verb: 遇到, 达到, 了解到
NO_ARRIVAL = "遇收达得感看听想谈提受见碰直解找遭料接来识做回送拿学签办"


def visit_signs(
    text: str, sentence: Sentence, limits: TitleLimits, meetings: list[EventSign]
) -> list[EventSign]:
    """The first verb of visiting in a sentence, as a list of at most one; nouns, plans and 陪同 do not count."""
    titles = [t.title for t in meetings if t.title]
    before_meeting = titles[0][0] if titles else sentence.end
    activity = GOES_FOR.search(text, sentence.start, min(before_meeting, sentence.end)) if meetings else None
    for key in ("strong", "weak"):
        if key == "weak" and activity and not limits.quoted[activity.start()]:
            return [EventSign("visit", activity.start(), activity.end(), takes_place=True)]
        for match in any_rule("visits", key).finditer(text, sentence.start, sentence.end):
            inside = any(a <= match.start() < b for a, b in titles) or limits.quoted[match.start()]
            if key == "weak" and meetings and "," not in text[match.end() : before_meeting]:
                break
            if match.group() == "到" and text[match.start() - 1 : match.start()] in tuple(NO_ARRIVAL):
                continue
            if _only_names_work(text, titles, match.start()):
                continue
            if not inside and _is_visit(text, match, sentence, key):
                strong = key == "strong"
                arrives = match.group() in {"来到", "走进"} and "," in text[match.end() : before_meeting]
                return [
                    EventSign(
                        "visit",
                        match.start(),
                        match.end(),
                        takes_place=strong or not meetings or arrives,
                        strong=strong,
                    )
                ]
    return []


def _only_names_work(text: str, titles: list[tuple[int, int]], at: int) -> bool:
    """Whether a verb of visiting after the name of a meeting is part of its business: 召开…会,通报检查情况."""
    before = [end for _, end in titles if end <= at]
    if before and re.search(r"到(?:活动|招聘|仪式|会议|培训)?(?:现场|会场)$", text[before[-1] : at]):
        return True
    return bool(before) and not re.search(
        r"到|赴|深入|走进|前往|随后|会后|之后|先后|接着|一行|实地|下午|上午", text[before[-1] : at]
    )


def _is_visit(text: str, match: re.Match[str], sentence: Sentence, key: str) -> bool:
    clause = max(text.rfind(c, sentence.start, match.start()) for c in ",;:。") + 1
    before = text[max(clause, sentence.start) : match.start()]
    before = re.sub(r"(?<=[长记任席员])应", "", before)  # 局长应某某 is a surname
    if re.search(rf"{either(grammar('visits', 'company'))}[^,。]{{0,4}}$", before) or text.startswith(
        grammar("visits", "noun_after"), match.end()
    ):
        return False
    if match.group() == "会见" and re.match(
        r"(?:了)?并(?:共同)?(?:见证|出席)", text[match.end() : match.end() + 8]
    ):
        return False
    activity = text.startswith("活动", match.end()) and re.search(r"(?:组织|举办|举行|开展).{0,8}$", before)
    if not activity and re.search(
        rf"(?:{either(grammar('visits', 'goal'))}|组织|加强|加大|强化|推进|接受).{{0,6}}$", before
    ):
        return False
    return key == "strong" or bool(
        re.match(r"(?:位于)?[^,。;说要位于年月日目了]{2,}", text[match.end() : match.end() + 12])
    )
