"""Projects named in a range of the text."""

import re
from functools import cache

from gongjian.engines.reports.clean_text import SourceText
from gongjian.engines.reports.firm_names import LONGEST, SHORTEST, NameMention, longest_names, noun_start
from gongjian.engines.reports.vocabulary import CJK, either, words

LONGEST_QUOTED = 14
NOT_NAME = re.compile(
    r"^(?:.*(?:拉练|观摩|察看|视察|督导|调研|检查|签订|签署|签约)了?)?(?:总?投资)?(?:\d{1,9}(?:\.\d{1,4})?(?:亿|万)?元的?)?"
)
# the area before a word for projects: of 云台回族区重大项目 nothing is left that names one
AREA_FIRST = re.compile(r"^[一-鿿]{2,6}?(?:自治)?[市县区旗州](?![一-鿿]{0,2}$)")
ABOUT_PROJECTS = re.compile(r"签约|开工|投产|竣工|奠基|点火|封顶|通车|投用|察看|来到|走进|观摩")
# what is built, as an item of a list of projects: 包括甲项目、乙项目和文旅康养综合体
BUILT = re.compile(
    r"(?P<name>(?:(?!项目|工程|[和及,。;、“”]).){2,16}?(?:综合体|产业园|中心|基地|生产线|改造|扩建|新厂区|厂房|园区|大桥|快速路|公园))(?=[,。;]|等|$)"
)
ITEM = r"(?:(?!等)[^,。;、:“”]){3,24}"
# a list that says by its end that all in it are projects: 甲产业园、乙扩建等12个项目
CLOSED_LIST = re.compile(
    rf"(?P<items>{ITEM}(?:、{ITEM}){{1,20}})(?:等(?:\d{{1,3}}|[一二三四五六七八九十两几数多]{{1,3}})?(?:余|多)?个?|(?:\d{{1,3}}|[两三四五六七八九十])个)(?:(?!企业|公司|[家户])[{CJK}]){{0,6}}?(?:项目|工程)(?!负责人|业主|单位)"
)


@cache
def _project_ending() -> re.Pattern[str]:
    return re.compile(
        rf"{either(words('firms', 'project'))}|(?<![一二三四五六七八九十\d本上下同近长中定])[二三四五]期(?=[,、。;和及等]|以及)"
    )


def is_about_projects(passage: str) -> bool:
    """Whether a passage tells of projects signed, begun, finished or visited."""
    return bool(ABOUT_PROJECTS.search(passage))


def find_projects(source: SourceText, start: int, end: int) -> list[NameMention]:
    """The projects named in a range, each once."""
    projects: list[NameMention] = []
    floor = start
    for match in _project_ending().finditer(source.text, start, end):
        low = _name_start(source.text, match, max(floor, match.start() - LONGEST))
        floor = match.end() + source.text.startswith("部", match.end())
        stem = NOT_NAME.sub("", source.text[low : match.start()])
        low = _with_quoted_name(source.text, match.start() - len(stem), max(start, floor - LONGEST))
        if not stem and source.text.startswith("”", match.start() - 1):
            low = _with_quoted_name(source.text, match.start(), max(start, match.start() - LONGEST_QUOTED))
            stem = source.text[low : match.start()].strip("“”")
        led = source.text.startswith("负责人", match.end()) and stem.endswith(("公司", "集团", "厂"))
        if not led and _is_project(stem) and not _names_no_project(source.text, match.end()):
            projects.append(NameMention(source.text[low : match.end()], low, match.end()))
    projects += [m for p in projects for m in _next_in_list(source.text, p.end, end)]
    projects += _of_closed_lists(source.text, start, end)
    return longest_names(projects)


def _name_start(text: str, ending: re.Match[str], floor: int) -> int:
    """Where a name begins, with figures like 1.5 and signs like + inside it."""
    low = noun_start(text, ending.start(), floor, ending.end())
    low += bool(re.match(r"就(?![业地近医学餐])", text[low : low + 2]))
    while floor < low - 1 and text[low - 1] in ".+-/~" and text[low - 2].isalnum():
        low = noun_start(text, low - 1, floor, ending.end())
    return low


def _of_closed_lists(text: str, start: int, end: int) -> list[NameMention]:
    """The items of lists that end in 等12个项目, but for those that are the names of firms."""
    found = []
    for closed in CLOSED_LIST.finditer(text, start, end):
        pieces = re.split("、", closed["items"])
        if sum(p.endswith(words("firms", "short") + words("firms", "trades")) for p in pieces) * 2 > len(
            pieces
        ):
            continue  # a list of firms at work on their projects
        for item in re.compile(r"[^、]+").finditer(text, *closed.span("items")):
            low = noun_start(text, item.end(), item.start(), item.end())
            name = text[low : item.end()]
            if (
                len(name) > SHORTEST + 1
                and not name.endswith((*words("firms", "short"), "公司", "集团", "厂"))
                and _is_project(name)
            ):
                found.append(NameMention(name, low, item.end()))
    return found


def _next_in_list(text: str, start: int, end: int) -> list[NameMention]:
    """What is built and stands beside a project in its list, although its name does not end in 项目."""
    joint = re.compile(r"、|和|以及|及").match(text, start, end)
    built = BUILT.match(text, joint.end(), end) if joint else None
    return [NameMention(built["name"], *built.span("name"))] if built else []


def _with_quoted_name(text: str, low: int, floor: int) -> int:
    """The start of the name with the quoted one before it: “东方云谷”算力中心项目."""
    opening = text.rfind("“", floor, low) if text.startswith("”", low - 1) and low > floor else -1
    return opening if opening >= 0 and low - opening <= LONGEST_QUOTED else low


def _names_no_project(text: str, end: int) -> bool:
    """Whether the word goes on, as in 项目建设, 工程师 or 工程有限公司, and so names no project."""
    return bool(
        re.match(
            r"代表|经理|方(?![案面])|建设(?!现场|情况|进度|进展|工地)|情况|概况|进展|业主|师|推进(?!情况)|招引|落地|谋划|清单|审批|数|投资|库|质量|[是要将]|为王|投产(?!仪式|典礼|活动)|负责(?!人)|[早周月]?调度|招商|储备|签约|专班|部(?![和、,。;及])|攻坚|双|集中|局|处|院|机械|技术|集团|总数|共|个数|化|申报|工作|名单|服务|管理|资金|用地",
            text[end : end + 5],
        )
    ) or bool(re.match(r"[一-鿿]{0,6}(?:有限|公司|集团)", text[end : end + 10]))


def _is_project(stem: str) -> bool:
    if re.search(
        r"(?:公司|集团|现场)就|就$|负责人|代表|主任|书记|局长|常委|[市县区镇乡]长|等企业|情况和|介绍|[与同对]$|^年$|^年度|以上|宣布|推动|共同|领导|嘉宾|一批|有关|相关",
        stem,
    ):
        return False
    generic = re.sub(either(words("firms", "not_projects")), "", AREA_FIRST.sub("", stem))
    if re.search(
        r"争上|新上|谋划|各部门|等(?:重点|重大|一批|系列|产业|工业|民生|\d+个)?$|[两三四五六七八九十\d]个$|计划|上马|准备|正在|已经|拟",
        stem,
    ):
        return False
    generic = re.sub(r"第[一二三四五六七八九十\d]{1,3}[批期轮次]", "", generic)
    generic = re.sub(r"(?:第?[一二三四]季度|\d{4}年度?|[上下]半年|\d{1,2}月份?|全年|本月|当年)", "", generic)
    return (
        len(stem) > SHORTEST
        and len(generic) >= SHORTEST
        and not re.search(r"[\d一二三四五六七八九十]+[个项](?!目)", stem)
    )
