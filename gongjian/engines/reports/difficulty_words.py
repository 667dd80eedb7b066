"""The patterns of a difficulty in a clause, and where the few words that name it begin."""

import re
from collections.abc import Iterator
from functools import cache

from gongjian.engines.reports.vocabulary import CJK, either, mapping, words

LONGEST_KEY = 16
SHORTEST_STEM, SHORTEST_SIDE = 2, 3
DEGREE = r"(?:普遍|持续|相对|总体|整体|仍然|依然|比较|越来越|十分|非常|极其|有点|严重|实在|还是|逐年|不断|明显|大幅|连续)?(?:较|偏|过|太|很|更|也|又|最|真|还|特别|变|拉|走)?"
NOT_ENDING = r"(?<!克)(?<!解)(?<!为)(?<!不)(?<!避)(?<!排)(?<!畏)(?<!迎)(?<!万)(?<!破)(?<!快)(?<!新)(?<!依)(?<!仍)(?<!照)(?<!怀)(?<!赶)(?<!抓)(?<!要)(?<!拧)(?<!打)(?<!刷)(?<!或)(?<!疑)(?<!两)(?<!急)(?<!危)(?<!其)(?<!苦)(?<!重)(?<!攻)(?<!纾)(?<!捣)(?<!银行)(?<!社保)(?<!名)"
NEVER_MIND = r"(?!忘不了|离不开|少不了|免不了|大不了|挡不住|忍不住|止不住|禁不住|对不起|了不起|看不起|想不到|料不到|用不了|算不上|谈不上|说不上|要不了|锁不住|藏不住|掩不住|捺不住|制不住|比不上|瞧不起|美不|好不|毫不|从不|并不|绝不|决不|永不|而不|也不|都不|就不|还不|再不|又不|却不|更不)"
UNDONE = r"(?:接通|办|批|落实|到位|到账|拨付|兑现|解决|通过|下来|建|配套|纳入|取得|拿到|得到|修|通车|通气|通水|通电|返还|退还|支付|结算|付|完成|开通|答复|调整|安装|食堂|地方|场地|车位|抵押|资质|手续|证|处停|活干|人干|人手|资金|着落|下文|进展|渠道|专门的|专用|合适|稳定|统一|足够|固定|配)"
TAIL = re.compile(
    r"(?:了|的|得很|啊|呀|些|点|等|情况|现象|的情况|的现象|这一|这个|以?及|问题|难题|困难|诉求)+$"
)


@cache
def trouble() -> re.Pattern[str]:
    """Whatever troubles a firm in one clause: 订单下滑, 成本偏高, 没有接通, 招不到人, 无法网上申请."""
    measured = "|".join(
        rf"(?:{nouns})(?:每[{CJK}]|又|一年一)?{DEGREE}{word}(?![于度质效端新标层管温压]|家|量|数|多|型|小|力|件|项|区)"
        for word, nouns in mapping("problems", "measured").items()
    )
    judged = r"(?:太|过于|偏|(?<![不超通经路])过|更)(?:高|长|慢|贵|少|小|窄|远|难|低|短|散|乱|旧|差|紧|弱)(?![效质端新标层管温于好速])"
    left = rf"(?:还|仍|尚|一直|至今|都|却)?未(?!来|必|雨|婚|成年|能|经|曾|知)[{CJK}]{{2,3}}"
    undone = rf"(?:一直|迟迟|至今|始终|仍|还|尚)*(?:没有|没|未能|未)(?:及时|按时|全部|完全|正式|真正)?{UNDONE}[{CJK}]{{0,3}}"
    overdue = rf"(?:一直|迟迟|至今|始终)(?:没有?|未能?|不)[{CJK}]{{1,10}}"
    unable = rf"(?:无法|不能|难以|无力|没法|很难)(?!忘|置信|松|等|停|让|只|缺|少|没|不|言|说|想|像|仅|光|再|掉|丢|一|替代|简单|复制)[{CJK}]{{2,7}}"
    verb = rf"{NEVER_MIND}[{CJK}]不(?:到|了|下来|起来|出去|进来|过来|上去|来(?!自|了)|去|上|开|起|动|住|齐|出|进|下|够|成|通|满)(?!(?:几天|多久|多少|一会|\d|[一二三四五六七八九十]))[{CJK}]?"
    return re.compile(
        rf"{either(words('problems', 'trouble'))}|(?:{measured})(?:了?(?:将近|近)?[一二三四五六七八九十两\d]{{1,3}}(?:番|倍|成))?|{judged}|{overdue}|{undone}|{left}|{unable}|{verb}|来不及|等不起|没法[{CJK}]{{1,5}}|被[{CJK}]{{0,6}}(?:暂缓|取消|退回|拒收|压价|扣款|拖欠|索赔|叫停|关停|驳回|罚款|封堵|占用)|(?:订单|客户|客源|客流|销量|销售额?|产量|产值|营收|利润|需求|市场份额|开工率|入住率)[{CJK}]{{0,5}}(?:减少|减半|取消|推迟|流失|只有[一二三四五六七八九]成|打了?[一二三四五六七八九]折)"
    )


@cache
def lack() -> re.Pattern[str]:
    """What is missing, said from the front: 缺技术工人, 急需流动资金."""
    return re.compile(
        rf"(?:(?<![紧短欠或不残空匮稀])缺(?:少|乏|的就?是)?(?![口席位陷勤点额项斤失憾损])|急需|亟需|急缺|奇缺)(?!解决|破解|处理|协调|尽快)[{CJK}\d]{{1,10}}"
    )


@cache
def ending() -> re.Pattern[str]:
    """One word that troubles at the end of an item: 招工难, 兑现慢."""
    return re.compile(rf"{DEGREE}{NOT_ENDING}{either(words('problems', 'ending'))}$")


WORRY = re.compile(
    r"(?:为|因)(?P<a>[^,。;、“”]{2,14}?)而?(?:发愁|犯愁|犯难|头疼|苦恼|着急|烦恼|焦急|一筹莫展|愁眉不展|揪心|忧心)"
    r"|被(?P<b>[^,。;“”]{2,14}?)(?:一直|长期)?(?:困扰|难住|卡住|缠住|拖累|拖住|困住|绊住)"
    r"|(?P<c>[^,。;“”、]{2,14}?)(?:问题|难题)?(?:一直|长期|始终|着实)*(?:困扰|制约|难住|卡住|难倒)(?:着|了)?(?:企业|公司|我们|他|她|发展|工厂|项目)"
    r"|(?P<d>[^,。;“”、]{2,14}?)(?:问题)?(?:一直|也|就|便|始终)*(?:成了|成为|是)[^,。;]{0,10}?(?:难题|烦心事|心病|拦路虎|绊脚石|心头事|老大难|心头病|最大困难|首要困难|主要困难|首要问题|主要问题|当务之急|大问题|卡点)"
    r"|(?:头疼|着急|关心|揪心|愁|担心|发愁|闹心|烦心|棘手|迫切|苦恼|犯愁|挠头|盼|难)的(?:事情?|问题|诉求)?(?:就|还)?是(?:因为)?(?P<e>[^,。;“”]{2,20})"
    r"|(?:难处|担忧|顾虑|心事|困难|问题|难题|瓶颈|症结|痛点|堵点|诉求|愿望|心愿)(?:就|还)?(?:主要)?(?:是|在于|在(?!于)|集中在)(?!什么|哪|于|怎)(?P<f>[^,。;“”]{2,20})"
)


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence, divided at every sign but the one of a list."""
    low = start
    for match in re.compile(r"[,;:。!?…“”\n()【】]|(?<=\d)\.").finditer(text, start, end):
        if match.start() > low:
            yield low, match.start()
        low = match.end()
    if end > low:
        yield low, end


def items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list within a clause; 和 and 以及 divide where both sides could stand alone."""
    low = start
    for match in re.compile(r"、|以及|还有|[和及与]").finditer(text, start, end):
        joined = match.group() != "、"
        if joined and (
            match.start() - low < SHORTEST_SIDE
            or end - match.end() < SHORTEST_SIDE
            or not _stands_alone(text, low, match.start())
        ):
            continue
        yield low, match.start()
        low = match.end()
    yield low, end


def _stands_alone(text: str, start: int, end: int) -> bool:
    piece = text[start:end]
    return bool(
        trouble().search(piece) or ending().search(piece) or piece.endswith(words("problems", "nouns"))
    )


@cache
def _cut() -> re.Pattern[str]:
    return re.compile(rf"{either(words('problems', 'cut'))}|(?<![原基起])因(?![素此子果])")


@cache
def _lead_in() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{either(words('problems', 'lead_in'))}|[一二三四五六七八九]是|\d+[.、]|\s|约?\d+[家名户]|[一二三四五六七八九十]家|[^,。]{{2,8}}以来)+"
    )


def key_start(text: str, low: int, at: int, *, longest: int = LONGEST_KEY) -> int:
    """Where the few words that end at or after `at` begin: after a verb of telling, without an opening."""
    for match in _cut().finditer(text, low, at):
        low = match.end()
    opening = _lead_in().match(text, low, at)
    low = opening.end() if opening else low
    if at - low > longest:
        joints = [m.end() for m in re.compile(r"[的在对将把让从]").finditer(text, at - longest, at - 2)]
        low = joints[0] if joints else at - longest // 2
    return low


@cache
def _generic() -> frozenset[str]:
    return frozenset(words("problems", "generic"))


def says_nothing(word: str) -> bool:
    """Whether a few words name no difficulty in particular: 存在的突出问题."""
    stem = TAIL.sub("", word)
    return (
        len(stem) < SHORTEST_STEM
        or stem in _generic()
        or bool(
            re.fullmatch(
                rf"(?:{either(words('problems', 'generic'))}|[的和与及、各了等\d一二三四五六七八九十两几多条个项件方面])+",
                stem,
            )
        )
    )
