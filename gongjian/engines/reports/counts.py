"""Counts in a range of the text: firms, people, villages and questions, and money where an event is about it."""

import re
from decimal import Decimal

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.draft import ReportedCount
from gongjian.engines.reports.vocabulary import any_of, either, words

CN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
NUMBER = re.compile(
    r"(?P<n>(?<![\d.])\d{1,9}(?:\.\d{1,4})?|[一二两三四五六七八九十百千]{1,7})(?P<more>多|余)?(?P<u>亿美元|亿元|万元|亿|家|名|位|户|个|项|条|件|笔|处|人|支|份)"
)
FEWEST_PEOPLE = 10  # below, 3人 is more often a remark than the size of a meeting
NOUN_NEAR = 8
SIGNED = re.compile(r"协议|合同|意向书|备忘录|军令状|责任书")  # of what 份 counts
SPAN = re.compile(r"多?(?:工作日|月|小时|百分点|季度|交易日|自然日|星期)")  # what 个 counts in a term
LACKING = re.compile(r"(?:缺口|缺工|短缺|缺少)(?:约|在|达|近|为|大约|有)*$")
THING = re.compile(
    r"(?:规上|重点|重大|民营|骨干|龙头|辖区|工业|产业|相关|参会|有关|集中|签约|开工|竣工|新)+(?P<thing>企业|公司|项目|单位|部门)"
)


def read_number(word: str) -> Decimal | None:
    """The value of a number in digits or in Chinese numerals below ten thousand; None for zero in numerals."""
    if word[0].isdigit():
        return Decimal(word)
    total, digit = 0, 0
    for char in word:
        if char in CN_DIGITS:
            digit = CN_DIGITS[char]
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
    return Decimal(total + digit) if total + digit else None


def find_counts(source: SourceText, start: int, end: int, *, money: bool) -> list[ReportedCount]:
    """Numbers of firms, people and questions, and of money where asked for or where it is lent or invested.

    The same number of different things counts twice (10家企业与10家银行); slogans, ordinals and shares are left out.
    """
    counts: dict[tuple[Decimal, str, str], ReportedCount] = {}
    for match in NUMBER.finditer(source.text, start, end):
        value, unit = read_number(match["n"]), match["u"]
        if value is not None and _is_count(source.text, match, value, money=money):
            span = source.span(match.start(), match.end(), confidence=75)
            thing = counted_thing(source.text, match.end())
            counts.setdefault((value, unit, thing), ReportedCount(value, unit, span))
    return list(counts.values())


def counted_thing(text: str, end: int) -> str:
    """The two characters after a count, by which a count told again is known; 9家规上企业 and 9家企业 are one."""
    noun = THING.match(text, end)
    if noun:
        return noun["thing"]
    if text.startswith(("建设", "投资", "用于", "新建"), end):
        return text[end : end + 6]  # 3000万元建设甲项目 and 3000万元建设乙项目
    return text[end : end + 2] if text[end : end + 1] not in tuple(",。;、") else ""


def _is_count(text: str, match: re.Match[str], value: Decimal, *, money: bool) -> bool:
    before, after = text[max(match.start() - 12, 0) : match.start()], text[match.end() : match.end() + 10]
    unit = match["u"]
    if _describes(text, match.start()):
        return False
    if unit in words("counts", "money"):
        return _is_of_event(text, match, before, money=money)
    if match["n"] in {"两", "一", "1"}:
        return _counts_a_list(before, unit, after) and match["n"] == "两"
    if unit in words("counts", "people"):
        return _is_of_people(value, unit, after, party=before.endswith("一行"))
    if unit == "份" or unit in words("counts", "with_noun"):
        return _noun_near(text, match, after)
    return not after.startswith(
        ("之", "单位", "庭", "义", "副其实", "列", "于", "中的", "中,", "中有", "班子", "长", "人")
    )


def _counts_a_list(before: str, unit: str, after: str) -> bool:
    """Whether a small number counts the firms listed before it: 三和塑胶、利民五金两家企业."""
    return (
        unit in {"家", "户"}
        and after.startswith(("企业", "公司", "单位"))
        and bool(re.search(r"、|[和及与]", re.split(r"[,。;]", before)[-1]))
    )


def _is_of_event(text: str, match: re.Match[str], before: str, *, money: bool) -> bool:
    """Whether money is that of the event, not of one project in a list of examples: 分别是总投资5.8亿元的…项目."""
    clause = re.split(r"[。;]", text[max(match.start() - 80, 0) : match.start()])[-1]
    if text.startswith(("以上", "以下"), match.end()):
        return False
    if re.search(r"其中,?由?[^,。;]{2,40}项目[^,。;]{0,4}总投资(?:约|达)?$", clause):
        return False  # 其中,由某某集团建设的某某项目总投资20亿元: one of those counted before
    of_one = re.match(r"元?的(?!\d)", text[match.end() : match.end() + 3])
    if of_one and (not money or re.search(r"、(?:总|计划)?投资$", before)):
        return False  # 投资135亿元的某某项目, 甲项目、总投资10亿元的乙项目
    if re.search(r"分别(?:是|为)|项目有|包括|其中|涵盖", clause) and re.match(
        r"的(?!\d)", text[match.end() : match.end() + 2]
    ):
        return False
    return money or bool(any_of("counts", "of_money").search(before))


def _is_of_people(value: Decimal, unit: str, after: str, *, party: bool) -> bool:
    """Whether people who took part are counted, not the workers or the customers of a firm."""
    if unit == "人":
        return (value >= FEWEST_PEOPLE or party) and not re.match(r"[次均口民大员事力才社行工为类份]", after)
    if unit == "支":
        return bool(re.match(r"[^,。]{0,6}队", after))
    workers = re.search(rf"{either(words('counts', 'not_people'))}(?!代表|家)", after[:6])
    return not workers and not after.startswith(("之", "列", "于"))


def _describes(text: str, at: int) -> bool:
    """Whether a number describes a firm or a year (现有员工320人), or is an ordinal or part of a slogan."""
    clause = re.split(r"[,。;:]", text[max(at - 40, 0) : at])[-1]
    return (
        bool(any_of("counts", "describing").search(clause))
        or clause.endswith(words("counts", "not_before"))
        or bool(LACKING.search(clause))
        or text[at - 1 : at].isdigit()
        or text[max(at - 1, 0) : at] in tuple("第一每这几某“‘")
        or text[max(at - 1, 0) : at + 1] == "同一"
    )


def _noun_near(text: str, match: re.Match[str], after: str) -> bool:
    """Whether the thing counted stands after the number (31个村) or before it (先进集体20个)."""
    if match["n"] in {"一", "1", "两"} or SPAN.match(after):
        return False
    if match["u"] == "份":
        return bool(SIGNED.search(text[max(match.start() - NOUN_NEAR, 0) : match.end() + NOUN_NEAR]))
    nouns = either(words("counts", "nouns"))
    if (
        match["u"] == "个"
        and re.match(r"[一-鿿(]", after)
        and not after.startswith(words("counts", "abstract"))
    ):
        return match["n"] not in {"几", "十"}
    before = text[max(match.start() - NOUN_NEAR, 0) : match.start()]
    if match["u"] != "处" and re.search(
        r"(?:解决|答复|解答|交办|转办|受理|办结|办理|化解|回复|带回|研究|梳理|收集|征集|接听(?:来电|电话)?)(?:了)?$",
        before,
    ):
        return True
    if re.match(rf"[^,。、;和与\d]{{0,5}}?{nouns}", after) or re.match(
        r"事(?![故业])|[村镇乡县区市](?![镇委级])", after
    ):
        return True
    honoured = re.search(r"受到.{0,6}(?:表彰|表扬)", text[match.end() : match.end() + 20])
    return bool(honoured or re.search(rf"{nouns}(?:共有|共计|共|达|分别|有)?$", before))
