"""Firms that a report names and that an event is not about: those that came along, hotels it was held in, customers."""

import re

from gongjian.engines.reports.firm_names import NameMention

# A firm of the county itself, named among its bureaus: 县财政局、县工投公司.
OF_THE_COUNTY = re.compile(
    r"[市县区](?:农|工|中|建|农商|邮储|农村商业)?(?:银)?行|(?:[市县区镇]|园区|开发区|街道)(?:[^市县区镇]{1,6})(?:(?<!有限)公司|集团)$"
)
# banks that are offices of the state
REGULATOR = re.compile(r"(?:中国)?人民银行|央行")
GUEST_HOUSE = re.compile(r"[市县区镇](?:委|政府)?[^市县区镇]{0,3}(?:宾馆|招待所|饭店|酒店)")
HOTEL = re.compile(r"(?:酒店|饭店|宾馆|大厦|山庄|度假村|会展中心|会议中心)$")
UTILITY = re.compile(
    r"(?:供电|供水|自来水|燃气|热力|通信|烟草|石油|水务|电力|移动|联通|电信)(?:分|支)?公司$|[行社]$|担保(?:集团|公司)$"
)
# What follows the names of those who only came along; those who 作表态发言 or 签约 did more.
CAME_ALONG = re.compile(
    r"(?:、[^,。;]{0,40}?)?(?:等)?(?:相关|有关)?(?:部门|单位)?(?:主要|分管|相关|有关)?(?:负责人|负责同志|领导)(?P<then>.{0,4})"
)
DID_MORE = re.compile(r"作|发言|表态|上台|签")
# A clause that describes a firm: its owners, partners and customers are not visited.
DESCRIBES = re.compile(
    r"(?:该|这家)(?:企业|公司|厂|项目)|(?:企业|公司|产品|项目)(?!负责|家|代表|总经理|董事|副总|服务)|.*(?:出口|供货给|供应给|配套(?!公司|企业|厂|有限|股份|件)|客户有|客户包括)"
)
# Whoever invests in the project told of takes part all the same: 该项目由某某集团投资建设.
INVESTS = re.compile(r"(?:集团|公司)?(?:共同|联合|全额|计划|全资)?(?:投资|出资)")
# Where somebody goes: what is named after it is visited, whoever owns it.
GOES = re.compile(
    r"(?:来到|走访了?|走进|深入到?|前往|奔赴|抵达|赴|(?<![收得达])到|调研|看望|慰问|考察)[^,。;]{0,50}$"
)


def is_bystander(text: str, firm: NameMention, start: int) -> bool:
    """Whether a firm named after offset `start` only stands by: 率市工信局、国网云台供电公司负责人, 在云台大酒店召开."""
    if OF_THE_COUNTY.fullmatch(firm.value) and not _is_gone_to(text, firm, start):
        return True
    if GUEST_HOUSE.fullmatch(firm.value) or REGULATOR.match(firm.value):
        return True
    if firm.value.startswith("各") or re.search(r"\d家$", text[max(firm.start - 4, 0) : firm.start]):
        return True
    clause = re.split(r"[,。;]", text[max(firm.start - 60, start) : firm.start])[-1]
    if HOTEL.search(firm.value) and clause.endswith("在"):
        return bool(re.match(r"[,;]|.{0,8}?(?:召开|举行|举办|开幕)", text[firm.end : firm.end + 12]))
    if re.search(r"项目,?由$|^由$", clause) and INVESTS.match(text, firm.end, firm.end + 12):
        return False
    supplied = re.match(r"为|给", clause + firm.value) and re.match(
        r"[^,。;]{0,30}?(?:配套|供货)", text[firm.end : firm.end + 36]
    )
    return bool(supplied or DESCRIBES.match(clause + firm.value)) or _came_along(text, firm, clause)


def _is_gone_to(text: str, firm: NameMention, start: int) -> bool:
    """Whether a firm of the county is where somebody goes, not one of the bureaus that go with him."""
    clause = re.split(r"[,。;]", text[max(firm.start - 60, start) : firm.start])[-1]
    return bool(GOES.search(clause)) and not re.search(r"[局委办]、", clause)


def _came_along(text: str, firm: NameMention, clause: str) -> bool:
    after = CAME_ALONG.match(text, firm.end, firm.end + 64)
    if after is None or DID_MORE.search(after["then"]):
        return False
    with_bureaus = re.search(r"(?:局|委|办|办公室|中心)、(?:[^、]{2,14}、)*$", clause)
    serves = UTILITY.search(firm.value) and re.match(r"参加|陪同|列席|到会|出席|一同|随同", after["then"])
    return bool(with_bureaus or serves or firm.value.startswith("省"))
