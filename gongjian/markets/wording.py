"""Why two goods fit, kept with an introduction in the source language and worded again for its readers."""

from django.utils.translation import gettext as _

from gongjian.audit.wording import in_chinese, said_again, words
from gongjian.markets.rules import kind_in_english, kinds
from gongjian.markets.vocabulary import JOINT

NEAR = ("city", "county", "township")
REASON_MESSAGES = {
    "kind": "“%(a)s”与“%(b)s”同属%(kind)s",
    "same": "都是“%(a)s”",
    "words": "“%(a)s”与“%(b)s”都有“%(words)s”",
    "chain": "同在%(chain)s产业链",
    "city": "同市",
    "county": "同县（市、区）",
    "township": "同乡镇（街道）",
}


def reason_in_words(kept: str) -> str:
    """The reason kept with an introduction, in the language of the reader."""
    if in_chinese():
        return kept
    parts = [said_again(part, REASON_MESSAGES.values(), word=_word) or part for part in kept.split(JOINT)]
    return _("；").join(parts)


def _word(kept: str) -> str:
    return kind_in_english(kept) if kept in kinds() else words(kept)
