"""Promises in a report (承诺、答复): what somebody of office says will be done, and what a reply says."""

import re

from gongjian.engines.reports.clean_text import Sentence
from gongjian.engines.reports.deadlines import DEADLINE, bare_term
from gongjian.engines.reports.speech import Utterance

WILL = re.compile(r"(?:表示|承诺|说|答复|回应),?(?:[^,。]{0,8})?(?:将|一定会?)(?!以|继续)[^,。]{4,}")
PROMISED = re.compile(
    rf"(?:表示|承诺|答复|回应|说)[,:]?“?(?:我们)?(?=(?:{bare_term()}))|"
    r"(?:承诺|保证|表态|答复|拍板)(?!发言|会|书)(?:说|道)?[,:]?[^。]*?(?:[前内](?![来往期部])|将|确保|一定|纳入|马上)"
    r"|[前内将定入上][^“”]{2,60}”[^,。“”]{0,16}?(?:承诺|答复|保证|表态)"
)
# What is promised in these words is zeal.
EAGER = re.compile(
    r"(?:将|一定)(?:坚定|全力|努力|竭尽|用心|尽心|倾力|一如既往|不断|持续|进一步|切实|坚定|深入|大力)|当好|店小二|提供(?:更加?)?(?:高效|优质|全方位|更好|更优|有力|坚实|一流|优良)"
)
ANSWERED = re.compile(r"^\s*[【(]?(?:回复|答复|办理|处理|承办|整改|落实)[^,。:]{0,6}[】)]?[:]")
PLEDGED = re.compile(rf"(?:(?P<by>承诺)|将|力争|确保)(?:于|在)?(?=(?:{bare_term()}))")
REPLIED = re.compile(
    r"(?:(?<!企业)(?<!公司)负责人|负责同志|有关方面)[^,。]{0,6}?(?:表示|承诺|答复|回应)[,:]?[^。]{0,12}?(?:将|一定|尽快)"
)
SPOKEN = re.compile(r"“(?P<words>[^“”]{6,400})”")
ZEAL = re.compile(r"弘扬|全力以赴|认真落实|认真贯彻|抓手|始终|坚决")


def promised_by(text: str, sentence: Sentence, utterance: Utterance) -> tuple[int, int] | None:
    """The range of what a speaker promises in a sentence whose text is `text`; zeal alone is no promise."""
    if ZEAL.search(text):
        return None
    will = WILL.search(text) and (not EAGER.search(text) or DEADLINE.search(text))
    if not PROMISED.search(text) and not will:
        return None
    before = not text[utterance.verb_end - sentence.start :].strip("。:! ")
    return (sentence.start if before else utterance.verb_end), sentence.end


def promised_in_quotation(text: str, sentence: Sentence) -> tuple[int, int] | None:
    """The words quoted, where they set a term: “照明灯一周内装好。”"""
    for match in SPOKEN.finditer(text):
        due = DEADLINE.search(match["words"])
        if due and due.group().endswith(("前", "内")):
            return sentence.start + match.start("words"), sentence.start + match.end("words")
    return None


def promised_by_nobody(text: str, sentence: Sentence) -> tuple[int, int] | None:
    """The range of a promise whose speaker has no name: 有关负责人表示,将…; 回复:…将于9月1日前恢复站点."""
    pledged = PLEDGED.search(text)
    if pledged and (pledged["by"] or ANSWERED.match(text)):
        return sentence.start + pledged.start(), sentence.end
    replied = REPLIED.search(text)
    if not replied or EAGER.search(text) or ZEAL.search(text):
        return None
    return sentence.start + max(text.rfind(c, 0, replied.start()) for c in ",;。") + 1, sentence.end
