"""The fixed words of bulletins, in the language of the place that issues them (`audit.wording.paper_words`)."""

import re
from datetime import date

from django.utils.translation import gettext as _

from gongjian.audit.wording import in_chinese, paper_words
from gongjian.engines.writing.days import english_day

LARGEST_ISSUE = 9_999  # of a number of issue
TITLE_MESSAGES = {
    "BRIEF": "%(area)s全力拼经济工作情况",
    "NOTICE": "关于%(area)s企业问题办理情况的通报",
    "SPECIAL": "关于%(subject)s企业问题办理情况的专报",
}
NAME_MESSAGES = {"BRIEF": "简报", "NOTICE": "通报", "SPECIAL": "专报"}
OFFICE_MESSAGES = {"head": "%(area)s攻坚工作%(name)s", "unit": "%(area)s攻坚办"}
NUMBER_HEAD_MESSAGES = {"number": "编号", "problem": "问题编号"}  # of tables whose rows each name a problem
RECEIVER_MESSAGES = {"superiors": "报：%(area)s领导。", "units": "送：下级攻坚办，各牵头单位。"}
PLACE = re.compile(r"%\((\w+)\)s")
ONE_OR_MANY = re.compile(r"([A-Za-z]+(?: (?:is|was))?)\|([A-Za-z]+(?: (?:are|were))?)")
Run = str | dict[str, str]


def title_of(kind: str, *, area: str, subject: str = "") -> str:
    """The title of a bulletin of an area, or about a subject within it."""
    with paper_words(area):
        return _(TITLE_MESSAGES[kind]) % {"area": area, "subject": subject or area}


def name_of(kind: str) -> str:
    """What a kind of bulletin is called in its red head."""
    return _(NAME_MESSAGES[kind])


def head_of(area: str, kind: str) -> str:
    """The red head of an area that has named none."""
    return _(OFFICE_MESSAGES["head"]) % {"area": area, "name": name_of(kind)}


def office_name(area: str) -> str:
    """The office that issues the bulletins of an area that has named none."""
    return _(OFFICE_MESSAGES["unit"]) % {"area": area}


def usual_receivers(area: str) -> tuple[str, ...]:
    """To whom a bulletin goes that names nobody."""
    return tuple(_(message) % {"area": area} for message in RECEIVER_MESSAGES.values())


def number_heads() -> set[str]:
    """The headings of a column whose rows each name a problem."""
    return {said for head in NUMBER_HEAD_MESSAGES.values() for said in (head, _(head))}


def not_open(count: int) -> str:
    """What stands in place of rows the reader may not open."""
    return _("另有%(count)s项不向您的账号开放，没有列出") % {"count": count}


def day_on_paper(on: date) -> str:
    """A day as the head and the imprint of a paper write it; empty where the layout has its own way."""
    return "" if in_chinese() else english_day(on, today=date.min)


def sentence(message: str, **facts: Run) -> list[Run]:
    """A message as pieces of a paragraph, each counted number in its place; "firm|firms" is said by the number before it."""
    runs: list[Run] = []
    one = False
    for n, piece in enumerate(PLACE.split(message)):
        fact = facts[piece] if n % 2 else ""
        if isinstance(fact, dict):
            runs.append(fact)
            one = fact["number"] == "1"
            continue
        said = fact if n % 2 else ONE_OR_MANY.sub(r"\1" if one else r"\2", piece)
        if runs and isinstance(runs[-1], str):
            runs[-1] += said
        elif said:
            runs.append(said)
    return runs
