"""People a report names who take no part in what it tells: whose speech is studied, who sends somebody, who is quoted from afar."""

import re

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.people import PersonMention, PersonMentions

BEFORE = 8
# What follows the name of somebody whose words or orders are only passed on.
PASSED_ON = re.compile(
    r"(?:同志)?(?:(?:在|对|就|关于)[^,。;]{0,30}?)?的?(?:系列)?(?:重要)?(?:讲话|批示|指示|要求|论述|部署|回信)(?:指示|批示|要求)?精神"
    r"|(?:同志)?(?:作出的?|关于[^,。;]{2,24}?的?|的)(?:重要|有关|相关)?(?:指示批示|批示|指示)"
    r"|(?:同志)?(?:(?:当天|当日|专门|随后|立即|及时|第一时间)?在[^,。;“]{0,12}(?:批示|批阅|来信|信息|专报|简报)[^,。;“]{0,4}(?:中|上)?(?:批示|要求|写道)|(?:专门|随后|立即)?(?:作出|作)?了?批示)"
    r"|(?:同志)?的?(?:委托|指派)|因(?:公|事|病)?[^,。;]{0,4}(?:出差|请假|外出|公务|缺席)"
)
PASSED_ON_TO = re.compile(r"(?:受|按照|根据|遵照|贯彻落实|传达学习|学习贯彻)$")


def is_absent(text: str, mention: PersonMention) -> bool:
    """Whether somebody is only referred to: 受县委书记甲委托, 传达学习省委书记乙在全省大会上的讲话精神."""
    if PASSED_ON.match(text, mention.end):
        return True
    first = min([start for start, _end in mention.posts], default=mention.start)
    sent = PASSED_ON_TO.search(text, max(first - BEFORE, 0), first)
    return bool(sent) and bool(
        re.match(r"(?:同志)?(?:委托|指派|的?(?:要求|指示|部署|安排))", text[mention.end : mention.end + 6])
    )


def present(source: SourceText, people: PersonMentions) -> PersonMentions:
    """The mentions without those of people who take no part."""
    kept = tuple(m for m in people.mentions if not is_absent(source.text, m))
    return PersonMentions(kept, tuple(m.start for m in kept))
