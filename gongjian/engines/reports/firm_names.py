"""The names of firms by what they end in, and where in the text such a name begins."""

import re
from dataclasses import dataclass
from functools import cache

from gongjian.engines.reports.posts import cut_left
from gongjian.engines.reports.vocabulary import CJK, either, either_of_many, grammar, words

LONGEST = 30
SHORTEST, SHORT_MIN, SHORT_MAX = 2, 4, 8
COMPANY = r"(?:股份有限|有限责任|有限)公司(?:(?![和与及])[一-鿿]){2,6}?(?:分公司|支公司|分行|支行)|集团(?:(?![和与及])[一-鿿]){2,8}?(?:分|子|有限责任|股份有限|有限)公司|集团(?:(?![和与及等到的在对为总])[一-鿿]){2,5}?公司|(?:\(集团\)|集团|控股|实业|投资)*(?:股份|有限责任|有限|集团|总|分|子)+公司|公司|(?:控股)?集团(?!军|化|式|成员)(?:总部)?|\(集团\)"
ITEM_END = r"(?=[,、。;)\s]|\d家|$|和|及|以及|等|会议室|车间|调研|走访|考察|视察|督导|检查|看望|慰问|负责人|董事长|总经理|获|荣获|被|作了|签订|老板|查看|察看|了解|参观|观摩|学习|协调|用电|用地|用工|办理|实地|现场|座谈|开展|听取|详细|颁发|说,|则|反映|提出|表示|建议|希望|介绍|一线|参加|出席|召开|因(?!素)|已|计划|目前|总部|办公|门口|所在|内部|党委|新厂|新上|老厂|生产|项目|厂区|展厅|就|的|时[,了得发]|,)"
# A word before the name of a firm that is no part of it: 麦田所在企业海拓科技有限公司.
TRADES = "[竹木石铸铝铜钢铁矿药乳奶纸酒茶盐糖棉鞋帽瓷陶油米面粮牧花果菜蜂蛋禽肉菌烟丝绸绒皮胶塑漆箱缸管缆泵阀轴模灯镜表印染织服袜伞毯锁刀锅玻硅碳锂镁锌锡钨钼钛锰磷氟肥饲种苗]业"
BEFORE_NAME = re.compile(
    r"(?:(?:街道|[镇乡区县市局委办])(?:联合|携手|会同)|企业|单位|辖区|在建的?|(?:绿色|智能|灯塔|示范)工厂|单项冠军|获得者|获奖者|业主|客商|商户|园区|(?:上市|子|分|央企)公司)(?=.{3})"
)
DESCRIBED = re.compile(r"(?:辖区|会员企业|会员单位|包联企业|帮扶企业)(?=.{4})")
UTILITY = re.compile(r"(?:供电|供水|燃气|热力|自来水|电力|水务|天然气)公司")
HONOURED = re.compile(r"(?:国家级?|[省市县]级?)?(?:绿色|智能|数字化?|灯塔|示范|无人|未来)[^,。;]{0,3}工厂")
TO_WHOM = re.compile(r"(?<![\u4e00-\u9fffA-Za-z\d”])[向给对](?![阳荣日力往口外里得上流])")


@dataclass(frozen=True)
class NameMention:
    """The name of a firm, project or sector in the text; `by` is register or rule."""

    value: str
    start: int
    end: int
    by: str = "rule"


@cache
def full_ending() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{COMPANY}|(?:农商行|农商银行|银行|信用社)[{CJK}]{{2,6}}(?:支行|分行)|{either(words('firms', 'full'))})(?!化|长|房|区|里)"
    )


@cache
def trade_words() -> tuple[str, ...]:
    """The words in which the short names of firms end."""
    return words("firms", "short") + words("firms", "trades")


@cache
def short_ending() -> re.Pattern[str]:
    return re.compile(rf"(?:{either_of_many(trade_words())}|{TRADES}){ITEM_END}")


def longest_names(mentions: list[NameMention]) -> list[NameMention]:
    """Each name once, without those that are part of a longer name."""
    by_name: dict[str, NameMention] = {}
    for mention in mentions:
        by_name.setdefault(mention.value, mention)
    return [f for v, f in by_name.items() if not any(v != w and v in w for w in by_name)]


def names_with_ending(text: str, start: int, end: int, ending: re.Pattern[str]) -> list[NameMention]:
    names: list[NameMention] = []
    floor = start
    for match in ending.finditer(text, start, end):
        low = noun_start(text, match.start(), max(floor, match.start() - LONGEST), match.end())
        stem = text[low : match.start()]
        floor = match.end()
        if (
            is_stem(stem)
            and not HONOURED.fullmatch(text, low, match.end())
            and not re.search(
                r"暨|书记|[市县区镇乡]长(?![春城江安风青丰龙河兴沙岭白海汀寿乐宁虹盛荣润])|主任|局长|主席",
                stem,
            )
        ):
            names.append(NameMention(text[low : match.end()], low, match.end()))
    return names


def noun_start(text: str, position: int, floor: int, end: int) -> int:
    """Where a name that ends at `end` begins, at most at `floor`; `position` is where its ending begins."""
    low = position
    while low > floor and (text[low - 1].isalnum() or text[low - 1] in "()·&"):
        low -= 1
    while low < position and text[low] in ")·&":
        low += 1
    if text.count("(", low, position) != text.count(")", low, position):
        low = max(text.rfind("(", low, position), text.rfind(")", low, position)) + 1
    low = max(low, text.rfind("以及", low, position) + len("以及")) if "以及" in text[low:position] else low
    low = cut_left(text, low, end, joined=False)
    low += bool(TO_WHOM.match(text, low)) and position - low > SHORTEST
    low += bool(re.match(r"[给向对与][市县区镇乡]", text[low : low + 2]))
    described = DESCRIBED.match(text, low, end)
    low = described.end() if described and described.end() < position else low
    before = BEFORE_NAME.search(text, low, position)
    return _after_join(text, before.end() if before else low, end)


@cache
def rank_within() -> re.Pattern[str]:
    return re.compile(either(grammar("posts", "ranks")))


def _after_join(text: str, low: int, end: int) -> int:
    """The start of the last name where two are joined by 和; a 和 inside a name (天和药业) stays."""
    low += text[low] in "和及与" and end - low > SHORT_MIN
    for match in re.compile(r"[和及与]").finditer(text, low, end):
        if text.startswith(("配套", "附属"), match.end()):
            continue  # 仓储物流基地及配套设施项目 is one
        first = text[low : match.start()]
        whole = first.endswith(trade_words()) or full_ending().search(first)
        last_of_list = (
            text[low - 1 : low] == "、" and len(first) >= SHORT_MIN and end - match.end() >= SHORT_MIN + 1
        )
        if (
            whole
            or UTILITY.match(text, match.end(), end)
            or last_of_list
            or rank_within().search(first)
            or re.search(
                r"(?:[市县区镇委府局办]|[银农工中建商]行|机构|部门|企业|单位)(?:分别|还|也|又|均)?$", first
            )
        ):
            low = match.end()
    return low


def is_stem(stem: str) -> bool:
    if len(stem) < SHORTEST or stem in words("firms", "generic") or stem.isdigit():
        return False
    remainder = stem
    for word in words("firms", "generic"):
        remainder = (
            remainder.replace(word, "", 1) if remainder.startswith(word) and len(word) > 1 else remainder
        )
    return len(remainder) >= 1 and not re.match(
        r"[一二三四五六七八九十\d]+[家个]|.*等(?:相关|有关|多家)?$|.*[来到在对我本该贵赴与]$|[的了牌]|各|每|多|该|本|某|几[家个]|周边|附近|部分",
        stem,
    )
