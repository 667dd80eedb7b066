"""Reads what a firm makes and buys out of a visit note, by cue words and the goods beside them. Pure, offline.

The results are proposals that a clerk confirms. Plans, goods no longer made, people, money and services are left out.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from gongjian.markets.rules import fold, kinds_of

SHORTEST, LONGEST = 2, 12
_SENTENCE = re.compile(r"[。！？!?\n；;]+")
_CLAUSE = re.compile(r"[，,：:]+")
_LIST = re.compile(r"[、/]|以及|(?<=.)(?:和|及|与)(?=.{2})")
_NOT = re.compile(
    r"不再|停产|停掉|原来|没有(?:采购|生产)|拟|计划|打算|准备|正在办|新上(?!马的)|安全生产|希望协调|外协|委托加工"
)
_FROM = (
    r"(?:采购|收购|购进|购入|购买|购得|进货|拿货|订货|订购|供货|供应|供给|提供|调入|调运|运来|运进|拉来|发货|发来|直发|定做|定制|订做|承做"
    r"|买|进|订|定|供|印|来|拉|拿|要|调|运|发)"
)
_OFTEN = r"(?:都是|全部|全靠|一直|长期|每次|每年|每月|一年|目前|眼下|现在|也是|只能|要|基本|主要|大多|去年起|今年起|过去|暂|暂由|改|全|都|均|现|也|还)*"
_ARABIC = r"\d[\d.,]*余?多?"
_COUNT = rf"(?:约|近|超)?(?:{_ARABIC}|[一二两三四五六七八九十百千万几半多]+)(?:余|多)?"
_UNIT = r"(?:万吨|吨|万元|亿元|万米|万套|万件|万只|万台|公斤|[台套件辆个只条米箱双斤头亩]|多万)"
_WORDS = (
    r"(?:需要采购|需长期采购|需采购|需外购|采购|外购|购买|购进|采买|订购|消耗|耗用|需用|需要|年需|要买|要用)"
)

# what is bought: goods and place; the first pattern that matches a clause counts
_BOUGHT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?P<goods>.*?){_OFTEN}(?:采购自|购自|来自|(?<!自)产自)(?P<place>.+)$",
        rf"^(?P<goods>.*?){_OFTEN}(?:用的)?(?:是|为)(?P<place>.{{2,6}}?)(?:货|产的|供应的|的货)$",
        r"用的(?P<goods>.+?)是(?P<place>.{2,6}?)(?:货|产的|供应的)$",
        r"从(?P<place>.{2,12}?)(?:采购|购进|购入|购买|买)(?P<goods>[^\d一二两三].*)$",
        rf"^(?P<goods>.*?){_OFTEN}(?:从|由|靠|到|去|在|自|找)(?P<place>.{{1,12}}?)(?:去|来)?{_FROM}(?:的)?(?:{_COUNT}{_UNIT})?$",
        rf"^(?P<goods>.*?)(?P<place>外地|外省|省外|外边|本地|本市|就近)(?:厂家)?{_FROM}",
        r"^(?P<goods>.*?)(?:全靠|都靠|以)(?P<place>外地|外省|省外)(?:厂家|为主)?$",
        rf"^(?P<goods>.*?){_OFTEN}(?:供应商|供货商|厂家|货源)(?:也|都)?在(?P<place>.{{2,8}})$",
        r"^(?P<goods>.*?)(?:没有|缺少)本地配套$",
        r"^(?:主要)?(?:原材料|原料|辅料|配套件)(?:主要)?(?:为|是|有|以)(?P<goods>.+?)(?:为主)?$",
        r"(?:能|会)(?:供|做|生产)(?P<goods>.{2,12}?)的(?:厂家|企业|供应商)",
        r"^(?P<goods>.*?)(?:等配套件)?(?:全部|目前)?(?:需外购|外购|一直靠买|靠买|用量大|用量较大)$",
        rf"^(?P<goods>.+?)(?:今年|每年|将|需)*(?:集中)?采购(?:一批|{_COUNT}{_UNIT})?$",
        rf"{_WORDS}(?P<goods>.+)$",
    )
)
# what is made although the clause says "buy", because others buy it
_SOLD = tuple(
    re.compile(pattern)
    for pattern in (
        r"采购(?:我们|我厂|我公司|本厂|我司)的(?P<goods>.+?)(?:很少|不多)?$",
        r"(?:采购|多用|使用)本地产的(?P<goods>.+)$",
    )
)
_SO_FAR = r"(?:已|可以|能够|取得|获|进入|通过|出口|打进|打入|销往|批量|供货|试产|热销|入选).*"
# what is made
_MADE = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:产品|主营业务|主业)(?:主要)?(?:为|有|是|包括|以)(?P<goods>.+?)(?:为主)?$",
        rf"年(?:产|生产){_COUNT}{_UNIT}(?P<goods>.+)$",
        rf"年(?:产(?!量|值)|生产)(?P<goods>[^\d].*?){_COUNT}{_UNIT}$",
        r"以(?:生产|加工|制造)?(?P<goods>.+?)(?:为主打|为主业|为主导|为主)$",
        r"^(?P<goods>.*?)(?:自产自销|(?:他们|我们)?厂?就能生产)",
        r"(?:我们的|我厂的)(?P<goods>.+?)(?:交期|质量|价格)",
        r"配套(?P<goods>.+)的$",
        rf"(?:生产|研发|开发|研制|自产|新上马|产)的(?P<goods>.+?)(?:{_SO_FAR})?$",
        r"(?:生产|加工|制造|出产|副产|转产|主营|主打|承接|主要做|专做|做)(?!量|值|经营|许可|用)(?:销售|产品)?(?P<goods>.+?)的?$",
    )
)
_AHEAD = re.compile(
    r"^(?:主要原材料|原材料|主要原料|原料|辅料|配套的?|反映|提出|老板说|该|企业家?|公司|工厂|厂里|食品厂|我们|他们|是|给|大量|一批|部分|各类|各种|一些"
    r"|已|现有|所用|所需|生产中|还|多用|本地产的|政府采购|希望|产品|目前|每年|每月|今年|年"
    rf"|{_ARABIC}{_UNIT}|[一两几][台批])+"
)
_BEHIND = re.compile(
    r"(?:等.*|这些|系列|原料|(?:一年|每年|每月|年|每天|去年|今年|过去|本地|目前).*|[两三四几](?:大类|种).*|约?\d.*|[一二两三四五六七八九十百千万几半多]{2,}.*|用量.*|到货.*|现$|均$|都$|为主)$"
)
_NO_GOODS = re.compile(
    r"经营|资金|贷款|政策|订单|生产线|项目|计划|许可|司机|[员师]$|人员|工人|情况|服务|价格|费用|成本|问题|道路|合同|厂家|供应商|渠道|下滑|维修"
    r"|企业|客户|运输|^生产用|^用[水电]|天然气后|正常|要求|需求|证|^[^\u4e00-\u9fffA-Za-z]|不[^锈]|没|找|能[^源量]|说|就|把|被|让|我|他|可以|紧张|希望|时间|周期|场地|转向"
)
_HEAD = re.compile(
    r"一年|每年|每月|本地|目前|没人|没有|用量|到货|消耗|过去|今年|去年|要用|占|价格"
)  # where a subject ends
_NEAR = re.compile(r"本地|本市|市里|就近|附近|园区|邻县|五金城|自备|自己")


@dataclass(frozen=True)
class GoodsMention:
    """A thing that a note says a firm makes or buys; `outside`: bought from outside, None when not stated."""

    buys: bool
    name: str
    outside: bool | None
    sentence: str

    @property
    def key(self) -> str:
        """The side and the name as a form submits them."""
        return f"{'BUYS' if self.buys else 'MAKES'}:{self.name}"

    @property
    def parts(self) -> tuple[str, str, str]:
        """The sentence before the name, the name, and what follows."""
        return self.sentence.partition(self.name)


def read_goods(text: str, *, known: Collection[str] = ()) -> list[GoodsMention]:
    """The goods named in a note, in order, each once.

    `known` are the folded names of goods already recorded for any firm.
    """
    goods: dict[tuple[bool, str], GoodsMention] = {}
    one_line_lists = re.sub(
        r"产品[：:]([^。\n]*)", lambda met: "产品为" + re.sub("[；;]", "、", met[1]), text
    )
    for sentence in _SENTENCE.split(one_line_lists):
        for mention in _goods_of_sentence(sentence.strip(), known):
            earlier = goods.get((mention.buys, fold(mention.name)))
            if earlier is None or earlier.outside is None:
                goods[mention.buys, fold(mention.name)] = mention
    return list(goods.values())


def _goods_of_sentence(sentence: str, known: Collection[str]) -> Iterator[GoodsMention]:
    before: list[str] = []
    for clause in (part.strip() for part in _CLAUSE.split(sentence)):
        if _NOT.search(clause) and "转产" not in clause:
            before = []
            continue
        sold = _goods_matched(_SOLD, clause, known)
        bought = None if sold else _goods_bought(clause, before, known)
        if bought is not None:
            names, outside = bought
            yield from (
                GoodsMention(buys=True, name=name, outside=outside, sentence=sentence) for name in names
            )
            before = names
            continue
        goods_made = sold or _goods_matched(_MADE, clause, known)
        yield from (
            GoodsMention(buys=False, name=name, outside=None, sentence=sentence) for name in goods_made
        )
        before = [] if goods_made else _goods(_HEAD.split(clause)[0], known)


def _goods_bought(
    clause: str, before: list[str], known: Collection[str]
) -> tuple[list[str], bool | None] | None:
    """The goods bought and whether from outside; those of the clause before when this one names only the place."""
    for pattern in _BOUGHT:
        match = pattern.search(clause)
        if match is None:
            continue
        place = match.groupdict().get("place")
        outside = None if place is None else not _NEAR.search(place)
        names = _goods(match["goods"] or "", known)
        return (names or before, outside) if names or before else None
    return None


def _goods_matched(patterns: Iterable[re.Pattern[str]], clause: str, known: Collection[str]) -> list[str]:
    for pattern in patterns:
        match = pattern.search(clause)
        if match is not None:
            return _goods(match["goods"], known)
    return []


def _goods(text: str, known: Collection[str]) -> list[str]:
    """The names in a list of goods, without the words around them."""
    names = [_bare_name(part) for part in _LIST.split(text)]
    return [name for name in dict.fromkeys(names) if _is_goods(name, known)]


def _bare_name(part: str) -> str:
    name = part.strip().rpartition("用的")[2].rpartition("的")[2]
    for _n in range(2):
        name = _BEHIND.sub("", _AHEAD.sub("", name)).strip()
    return name


def _is_goods(name: str, known: Collection[str]) -> bool:
    if not SHORTEST <= len(name) <= LONGEST:
        return False
    return bool(fold(name) in known or kinds_of(name)) or not _NO_GOODS.search(name)
