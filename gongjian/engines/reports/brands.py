"""Firms by where they stand, whatever their names end in: what somebody walks into, where the report then tells of a firm."""

import re

from gongjian.engines.reports.firm_names import NameMention
from gongjian.engines.reports.vocabulary import CJK, words

SHORTEST, LONGEST = 3, 12
AHEAD = 16  # characters after the range that show who speaks
SINGLE = 4  # characters of a name that stands alone
NEAR = 90  # characters after a name in which the report must tell of a firm
NAME = rf"[{CJK}A-Za-z\d]{{{SHORTEST},{LONGEST}}}?"
LIST = rf"(?:[{CJK}A-Za-z\d()]{{2,24}})(?:(?:、|以及|和|及)[{CJK}A-Za-z\d()]{{2,24}}){{0,12}}?"
# 在顶呱呱,甲走进烘焙车间
INSIDE = re.compile(rf"(?:^|(?<=[。;”\n]))在(?P<items>{NAME})(?=,)")
# 永兴模具的财务经理说
WITH_HEAD = re.compile(
    rf"(?:^|(?<=[,。;、:”\n]))(?P<items>[{CJK}A-Za-z]{{4,10}}?)(?=的?(?:(?:财务|人事|行政|销售|生产|技术|市场|运营)(?:负责人|经理|总监|主管)|董事长|(?:副)?总经理|总裁|厂长|店长|老板|创始人|总会计师)(?:[{CJK}]{{2,10}})?(?:说|表示|介绍|坦言|告诉|反映|提出|希望|建议|谈|感慨|,|、))"
)
# 来到嘉和百年、中原云谷,与企业负责人交流
GONE_TO = re.compile(
    rf"(?:先后|分别|依次|还|又|一行|实地)?(?:来到|走进|走访了?|前往|考察了?|参观了?|到访|拜访了?|走访慰问了?|赶往|赶赴|莅临)(?:了)?(?:位于|地处|坐落于|辖区|园区)?(?:[^,。;、]{{2,12}}的)?(?P<items>{LIST})"
    r"(?=[,。;]|等(?:\d|多|企业|地|处)|实地|调研|走访|考察|视察|慰问|查看|察看|了解|检查|指导|督导|[,，]?开展)"
)
# what somebody goes to and is called a firm before its name: 来到国家高新技术企业浩瀚传感
APPOSED = re.compile(
    rf"(?:来到|走进|走访了?|到|赴|前往|考察了?|参观了?)(?:(?!企业|公司)[^,。;、]){{0,20}}(?:(?:高新技术|龙头|领军|骨干|上市|链主|标杆|重点|民营|外资|台资|规上|会员|包联|联系|帮扶|标杆|独角兽|特新|小巨人”?|老字号|单项冠军”?|示范)企业|老字号|小巨人”)(?P<name>[{CJK}A-Za-z]{{3,10}}?)(?=[,。;、]|的?(?:车间|生产车间|展厅|厂区))"
)
TELLS_OF_FIRM = re.compile(
    r"企业(?!家)|公司|生产(?:车间|线|经营|情况|流程|工艺)|车间|产线|订单|产能|产值|营收|研发|厂房|总经理|董事长|厂长|创始人|产品|市场(?:开拓|前景|份额|销售)|复工|用工|品牌|销售|经营|职工|员工|工人|负责人"
)
# what is no proper name: times, words of everyday speech, parts of a firm
NO_NAME = re.compile(
    r"[的了着还不就在与为给对把被并很都也您你我他她它]|情况|问题|发展|工作|开展|困难|诉求|建设|改革|需求|政策|活动|座谈|现场|调研|走访|服务|负责|代表|一线|帮扶|慰问|考察|生产|用工|企业|公司|项目|工程|群众|职工|干部|部门|单位|重点|部分|辖区|期间|过程|随后|当天|当日|当地|有关|相关|所有|全部|同时|书记|老板|多数|大家|基层|纷纷|普遍|意见|影响|会上|常务|首席|高级|[市县区镇乡局部]长|主任"
    r"|^(?:[一二两三四五六七八九十多几各全每该本这那\d]|[市县区镇乡](?![一-鿿]{3}))"
    r"|(?<!百)年$|(?<!到)家$|[主者联中时后前上里内外处下边旁间起际日月天线户人员们会]$"
)
PART = re.compile(
    r"(?:园|区|楼|基地|中心|小镇|[镇乡村庄屯寨]|厂房|大厦|大楼|综合体|孵化器|实验室|研究院|[所院馆校站库段组队部局委办室厅场房厢棚田地坝堤闸渠河湖江山岛路街桥港站口门台墙廊仓亭寺庙塔府宫城带圈谷湾]|市场|广场|码头|平台|窗口|食堂|宿舍|设备|展厅|生产线|产线|方面|环节|企业|产业|行业|领域|地块|片区|线路|管网|设施|大棚|工地|公园|社区|小区|道路|高速|大道)$"
)


def find_brands(text: str, start: int, end: int) -> list[NameMention]:
    """The names that nothing but their place in the text shows to be firms."""
    called = [NameMention(m["name"], *m.span("name")) for m in APPOSED.finditer(text, start, end)]
    found = [firm for firm in called if is_brand(firm.value)]
    for pattern in (INSIDE, GONE_TO, WITH_HEAD):
        for match in pattern.finditer(text, start, min(end + AHEAD, len(text))):
            if match.end("items") > end:
                break
            goes = re.match("调研|走访|视察|慰问|考察", text[match.end() : match.end() + 2])
            if (
                pattern is WITH_HEAD
                or goes
                or TELLS_OF_FIRM.search(text, match.end(), _paragraph_end(text, match.end()))
            ):
                found += [f for f in _items(text, match) if not any(f.end == one.end for one in found)]
    return found


def _paragraph_end(text: str, at: int) -> int:
    """Where the paragraph ends, or what is near."""
    line = text.find("\n", at, at + NEAR)
    return line if line >= 0 else at + NEAR


def _items(text: str, match: re.Match[str]) -> list[NameMention]:
    """The items of a list that can be proper names; none where one of the list is no place to go to."""
    items = list(
        re.compile(r"(?:(?!、|以及|(?<=.{3})[和及](?=.{3})).)+", re.DOTALL).finditer(
            text, *match.span("items")
        )
    )
    names = []
    for item in items:
        value = re.sub(r"^(?:以及|和|及|、)", "", item.group())
        if is_brand(value) and (len(value) >= SINGLE or len(items) > 1 or match.re is INSIDE):
            names.append(NameMention(value, item.end() - len(value), item.end()))
    return names


def is_brand(name: str) -> bool:
    """Whether a word can be the name of a firm by itself: no place, no part of a firm, no word of everyday speech."""
    if not SHORTEST <= len(name) <= LONGEST or NO_NAME.search(name) or PART.search(name):
        return False
    other = words("firms", "not_firms") + words("sectors", "names") + words("firms", "not_visited")
    return not name.endswith(other) and name not in words("firms", "generic")
